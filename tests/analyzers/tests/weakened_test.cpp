#include <gtest/gtest.h>

#include "analyzers/tests/tests.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::Story;

std::string weakened(std::vector<ChangedText> texts) {
  Story story("src/a.cpp:1 function f\n");
  for (const auto& text : texts) {
    FileChange file;
    file.path = text.path;
    file.c_family = is_c_family(text.path);
    file.file_class = classify(text.path);
    story.patch.files.push_back(file);
  }
  story.context.test_evidence.texts = std::move(texts);
  story.run(tests_weakened);
  std::string text = to_string(story.findings.facts.get("tests.weakened.count").value);
  for (const auto& one : story.findings.test_evidence.weakened) {
    text +=
        " | " + one.test + ": " + one.what + " " + std::to_string(one.base.line) + ">" + std::to_string(one.head.line);
  }
  return text;
}

struct Case {
  const char* name;
  std::string base, head;
  std::string expected;
};

std::string in_test(const std::string& body) { return "#include <gtest/gtest.h>\nTEST(Fee, A) {\n" + body + "}\n"; }

TEST(TestsWeakened, Bodies) {
  const std::string two = "  EXPECT_EQ(fee(1), 2);\n  EXPECT_EQ(fee(5), 6);\n";
  const std::string one = "  EXPECT_EQ(fee(1), 2);\n";
  const Case cases[] = {
      {"nothing changed", two, two, "0"},
      {"another order and layout", two, "EXPECT_EQ( fee( 5 ) , 6 ) ;\n EXPECT_EQ(fee(1),2);", "0"},
      {"an assertion more", one, two, "0"},
      {"another expectation is a change, not a loss", one, "  EXPECT_EQ(fee(1), 3);\n", "0"},
      {"FN_ another assertion for it that says less", one, "  EXPECT_GT(fee(1), 0);\n", "0"},
      {"another assertion for it", one, "  EXPECT_THAT(fee(1), Eq(2));\n", "0"},
      {"an assertion is gone", two, one, "1 | Fee.A: an assertion is gone 4>0"},
      {"all are gone", two, "  fee(1);\n", "1 | Fee.A: an assertion is gone 3>0 | Fee.A: an assertion is gone 4>0"},
      {"a wrapper of the project", "  checkFee(1, 2);\n  VERIFY_FEE(5);\n", "  checkFee(1, 2);\n",
       "1 | Fee.A: an assertion is gone 4>0"},
      {"it became a log line", two, one + "  printf(\"%d\", fee(5));\n",
       "1 | Fee.A: an assertion became a log line 4>4"},
      {"it is streamed", two, one + "  std::cerr << fee(5);\n", "1 | Fee.A: an assertion became a log line 4>4"},
      {"it always holds now", one, "  EXPECT_TRUE(true);\n",
       "1 | Fee.A: an assertion became one that always holds 3>3"},
      {"both sides are the same", one, "  EXPECT_EQ(want, want);\n",
       "1 | Fee.A: an assertion became one that always holds 3>3"},
      {"it compares a thing with itself", one, "  EXPECT_TRUE(want == want);\n",
       "1 | Fee.A: an assertion became one that always holds 3>3"},
      {"two calls may differ", one, "  EXPECT_EQ(fee(1), fee(1));\n", "0"},
      {"it depends on a condition", two, one + "  if (quick()) EXPECT_EQ(fee(5), 6);\n",
       "1 | Fee.A: an assertion depends on a condition now 4>4"},
      {"it is in a block behind else", two, one + "  if (quick()) {\n  } else {\n EXPECT_EQ(fee(5), 6);\n }\n",
       "1 | Fee.A: an assertion depends on a condition now 4>6"},
      {"an if that ends before it", two, one + "  if (quick()) { slow(); }\n  EXPECT_EQ(fee(5), 6);\n", "0"},
      {"a loop is no condition", two, one + "  for (int i : all) EXPECT_EQ(fee(5), 6);\n", "0"},
      {"the condition was there", "  if (quick()) EXPECT_EQ(fee(5), 6);\n", "  if (slow()) EXPECT_EQ(fee(5), 6);\n",
       "0"},
      {"it is in a comment now", two, one + "  // EXPECT_EQ(fee(5), 6);\n",
       "1 | Fee.A: an assertion is no longer compiled 4>4"},
      {"a tolerance is raised", "  EXPECT_NEAR(rate(), 1.5, 0.001);\n", "  EXPECT_NEAR(rate(), 1.5, 0.1);\n",
       "1 | Fee.A: a tolerance is raised 3>3"},
      {"a tolerance is lowered", "  EXPECT_NEAR(rate(), 1.5, 0.1);\n", "  EXPECT_NEAR(rate(), 1.5, 0.001);\n", "0"},
      {"another value is no tolerance", "  EXPECT_NEAR(rate(), 1.5, 0.1);\n", "  EXPECT_NEAR(rate(), 2.5, 0.1);\n",
       "0"},
      {"Approx", "  CHECK(rate() == Approx(1.5).epsilon(0.01));\n", "  CHECK(rate() == Approx(1.5).epsilon(0.5));\n",
       "1 | Fee.A: a tolerance is raised 3>3"},
      {"more time", "  ASSERT_TRUE(done.wait_for(std::chrono::seconds(1)));\n",
       "  ASSERT_TRUE(done.wait_for(std::chrono::seconds(60)));\n", "1 | Fee.A: a tolerance is raised 3>3"},
      {"it skips itself", one, "  GTEST_SKIP();\n" + one, "1 | Fee.A: it skips itself 2>3"},
      {"it returns first", one, "  return;\n" + one, "1 | Fee.A: it returns before its last assertions 2>3"},
      {"a return that a condition guards", one, "  if (!here()) return;\n" + one, "0"},
      {"FN_ a name for a tolerance", "  EXPECT_NEAR(rate(), 1.5, kSmall);\n", "  EXPECT_NEAR(rate(), 1.5, kLarge);\n",
       "0"},
      {"FN_ a weaker comparison", one, "  EXPECT_GE(fee(1), 0);\n", "0"},
      {"FN_ an assertion for another one", two, one + "  EXPECT_TRUE(other());\n", "0"},
      {"FP_ an assertion that a loop makes needless", two, "  for (int i : {1, 5}) EXPECT_EQ(fee(i), i + 1);\n",
       "1 | Fee.A: an assertion is gone 4>0"},
  };
  for (const auto& c : cases)
    EXPECT_EQ(weakened({{"tests/fee_test.cpp", "tests/fee_test.cpp", in_test(c.base), in_test(c.head)}}), c.expected)
        << c.name;
}

TEST(TestsWeakened, WholeTests) {
  const std::string a = "TEST(Fee, A) { EXPECT_EQ(fee(1), 2); }\n";
  const std::string c = "TEST_CASE(\"fee\", \"[fee]\") { REQUIRE(fee(1) == 2); }\n";
  const Case cases[] = {
      {"DISABLED_", a, "TEST(Fee, DISABLED_A) { EXPECT_EQ(fee(1), 2); }\n",
       "1 | Fee.A: it is switched off by DISABLED_ 1>1"},
      {"a whole suite", a, "TEST(DISABLED_Fee, A) { EXPECT_EQ(fee(1), 2); }\n",
       "1 | Fee.A: it is switched off by DISABLED_ 1>1"},
      {"switched on again", "TEST(Fee, DISABLED_A) { EXPECT_EQ(fee(1), 2); }\n", a, "0"},
      {"#if 0", a, "#if 0\n" + a + "#endif\n", "1 | Fee.A: it is switched off by #if 0 1>2"},
      {"a comment", a, "/* " + a + " */\n", "1 | Fee.A: it is switched off by a comment 1>1"},
      {"comments", "int x;\nTEST(Fee, A) {\n  EXPECT_EQ(fee(1), 2);\n}\n",
       "int x;\n// TEST(Fee, A) {\n//   EXPECT_EQ(fee(1), 2);\n// }\n",
       "1 | Fee.A: it is switched off by a comment 2>2"},
      {"Catch2's hidden tag", c, "TEST_CASE(\"fee\", \"[.][fee]\") { REQUIRE(fee(1) == 2); }\n",
       "1 | fee: it is switched off by the tag [.] 1>1"},
      {"Catch2: may fail", c, "TEST_CASE(\"fee\", \"[!mayfail]\") { REQUIRE(fee(1) == 2); }\n",
       "1 | fee: it is switched off by the tag [!mayfail] 1>1"},
      {"a removed test is counted elsewhere", a + c, c, "0"},
      {"a helper loses an assertion", "void checkAll(int n) { assert(n > 0); assert(n < 9); }\n" + a,
       "void checkAll(int n) { assert(n > 0); }\n" + a, "1 | : an assertion is gone 1>0"},
      {"an assertion moves into a helper",
       "void all(int n) { use(n); }\nTEST(Fee, A) { EXPECT_EQ(fee(1), 2); EXPECT_EQ(fee(5), 6); }\n",
       "void all(int n) { use(n); EXPECT_EQ(fee(5), 6); }\nTEST(Fee, A) { EXPECT_EQ(fee(1), 2); all(1); }\n", "0"},
      {"a function of a C program", "void test_fee(void) { assert(fee(1) == 2); }\n",
       "void test_fee(void) { fee(1); }\n", "1 | test_fee: an assertion is gone 1>0"},
  };
  for (const auto& one : cases)
    EXPECT_EQ(weakened({{"tests/fee_test.cpp", "tests/fee_test.cpp", one.base, one.head}}), one.expected) << one.name;
}

TEST(TestsWeakened, OtherFiles) {
  const std::string two = "TEST(Fee, A) { EXPECT_EQ(fee(1), 2); EXPECT_EQ(fee(5), 6); }\n";
  const std::string one = "TEST(Fee, A) { EXPECT_EQ(fee(1), 2); }\n";
  EXPECT_EQ(weakened({{"src/fee.cpp", "src/fee.cpp", "int f() { assert(a); assert(b); }", "int f() { assert(a); }"}}),
            "0")
      << "assertions of production code";
  EXPECT_EQ(weakened({{"src/fee.cpp", "src/fee.cpp", two, one}}), "1 | Fee.A: an assertion is gone 1>0")
      << "tests beside the code";
  EXPECT_EQ(weakened({{"tests/b_test.cpp", "tests/a_test.cpp", two, one}}), "1 | Fee.A: an assertion is gone 1>0")
      << "a renamed file";
  EXPECT_EQ(weakened({{"tests/a_test.cpp", "tests/a_test.cpp", two, ""}, {"tests/n_test.cpp", "", "", one}}),
            "1 | Fee.A: an assertion is gone 1>0")
      << "a test that moves and loses on the way";
  EXPECT_EQ(weakened({{"tests/a_test.cpp", "tests/a_test.cpp", two, one + "TEST(Fee, B) { EXPECT_EQ(fee(5), 6); }\n"}}),
            "0")
      << "a test that is split";
  EXPECT_EQ(weakened({{"tests/a_test.cpp", "tests/a_test.cpp", two,
                       one + "TEST(Fee, DISABLED_B) { EXPECT_EQ(fee(5), 6); }\n"}}),
            "1 | Fee.A: an assertion is gone 1>0")
      << "split, and one half is switched off";
  EXPECT_EQ(weakened({{"tests/a_test.cpp", "tests/a_test.cpp", "void bench() { assert(db); }\n" + one, one},
                      {"bench/a.cpp", "", "", "void bench() { assert(db); }\n"}}),
            "0")
      << "code beside the tests moves to another file";
  EXPECT_EQ(weakened({{"tests/a_test.cpp", "tests/a_test.cpp", two, ""}, {"tests/n_test.cpp", "", "", two}}), "0")
      << "a test that moves";
}

TEST(TestsWeakened, UnreadTestFilesAreNoZero) {
  Story story("src/a.cpp:1 function f\n");
  FileChange file;
  file.path = "tests/a_test.cpp";
  file.c_family = true;
  file.file_class = FileClass::test;
  file.unread = "too large";
  story.patch.files = {file};
  story.run(tests_weakened);
  EXPECT_EQ(story.fact("tests.weakened.count"), "tests.weakened.count ? tests/a_test.cpp could not be read: too large");
}

TEST(TestsWeakened, Builds) {
  const std::string base =
      "enable_testing()\nadd_test(NAME fee COMMAND fee_test)\nset_tests_properties(fee PROPERTIES TIMEOUT 10)\n";
  const Case cases[] = {
      {"nothing", base, base, "0"},
      {"no longer run", base, "enable_testing()\n", "1 | fee: the build no longer runs it 2>0"},
      {"in a comment", base, "enable_testing()\n# add_test(NAME fee COMMAND fee_test)\n",
       "1 | fee: the build no longer runs it 2>0"},
      {"no test is run", base, "add_test(NAME fee COMMAND fee_test)\n",
       "1 | enable_testing(): the build no longer runs it 1>0"},
      {"it has to fail", base, base + "set_tests_properties(fee PROPERTIES LABELS x WILL_FAIL TRUE)\n",
       "1 | fee: it has to fail to pass 0>4"},
      {"switched off", base, base + "set_property(TEST fee PROPERTY DISABLED ON)\n", "1 | fee: it is switched off 0>4"},
      {"switched off by no", base, base + "set_tests_properties(fee PROPERTIES DISABLED FALSE)\n", "0"},
      {"more time", base,
       "enable_testing()\nadd_test(NAME fee COMMAND fee_test)\nset_tests_properties(fee PROPERTIES TIMEOUT 100)\n",
       "1 | fee: it gets more time 3>3"},
      {"GoogleTest", "gtest_discover_tests(fee_test)\n", "\n", "1 | fee_test: the build no longer runs it 1>0"},
      {"FN_ a name that is made of variables", "add_test(NAME ${x} COMMAND a)\n", "add_test(NAME ${x} COMMAND true)\n",
       "0"},
      {"FN_ a source file that no test program has any more", "add_executable(t a.cpp b.cpp)\n",
       "add_executable(t a.cpp)\n", "0"},
  };
  for (const auto& one : cases)
    EXPECT_EQ(weakened({{"CMakeLists.txt", "CMakeLists.txt", one.base, one.head}}), one.expected) << one.name;
}

}  // namespace
}  // namespace patchgate
