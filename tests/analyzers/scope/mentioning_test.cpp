#include "analyzers/scope/mentioning.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

/// Every file that ends with .c or .cc is a unit.
ProjectScan project_of(const std::map<std::string, std::string>& texts) {
  std::vector<ScannedFile> files;
  std::vector<ScanIndex> mains;
  for (const auto& [path, text] : texts) {
    if (path.ends_with(".c") || path.ends_with(".cc")) mains.push_back(static_cast<ScanIndex>(files.size()));
    files.push_back({path, scan_file(text), {}});
  }
  return ProjectScan(std::move(files), std::move(mains));
}

std::string found(const ProjectScan& project, const ScopeQuery& query) {
  const auto answer = project.users_of(query);
  std::string text;
  for (const auto file : answer.units) text += project.files()[file].path + " ";
  text += "|";
  for (const auto file : answer.once) text += " " + project.files()[file].path;
  for (const auto file : answer.varying) text += " ?" + project.files()[file].path;
  return text;
}

struct UserCase {
  const char* about;
  std::map<std::string, std::string> texts;
  ScopeQuery query;
  const char* expected;
};

const char* const kHeader = "#pragma once\nint fee(int);\n";
const std::string kInclude = "#include \"fee.h\"\n";

TEST(UsersOf, FindsEveryUnitThatMayUseTheSymbol) {
  const ScopeQuery fee{"fee", "", "fee.c"};
  const std::vector<UserCase> cases = {
      {"a call; a unit that does not mention it is left out",
       {{"fee.h", kHeader},
        {"fee.c", kInclude + "int fee(int x) { return x; }"},
        {"a.c", kInclude + "int a() { return fee(1); }"},
        {"b.c", kInclude + "int b() { return 1; }"}},
       fee,
       "a.c fee.c |"},
      {"the same name in a unit that sees no declaration of it",
       {{"fee.h", kHeader}, {"fee.c", kInclude + "int fee(int x) { return x; }"}, {"a.c", "int a() { return t.fee; }"}},
       fee,
       "fee.c |"},
      {"declared on the spot",
       {{"fee.h", kHeader}, {"fee.c", kInclude}, {"a.c", "int fee(int); int a() { return fee(1); }"}},
       fee,
       "a.c fee.c |"},
      {"nothing declares it that can be seen: all who mention it",
       {{"fee.c", "DECLARE(fee)"}, {"a.c", "int a() { return fee(1); }"}, {"b.c", "int b;"}},
       fee,
       "a.c fee.c |"},
      {"who reads a field depends on the layout of its type, which it need not name",
       {{"fee.h", "#pragma once\nstruct fee { int cents; };\nstruct fee* get(void);\n"},
        {"fee.c", kInclude},
        {"a.c", kInclude + "int a() { return get()->cents; }"},
        {"b.c", kInclude + "int b() { return get() != 0; }"},
        {"c.c", "struct other { int cents; } o; int c() { return o.cents; }"}},
       {"fee", "", "fee.h", false, false, true, {"cents"}},
       "a.c | fee.h"},
      {"internal: nobody else can mean it",
       {{"fee.h", kHeader}, {"fee.c", "static int fee(int x) { return x; }"}, {"a.c", kInclude + "int a = fee(1);"}},
       {"fee", "", "fee.c", false, true},
       "fee.c |"},
      {"a macro in a header hides the name",
       {{"fee.h", std::string(kHeader) + "#define CHARGE(x) fee(x)\n"},
        {"fee.c", kInclude},
        {"a.c", kInclude + "int a() { return CHARGE(1); }"},
        {"b.c", "int b() { return CHARGE(1); }"}},
       fee,
       "a.c fee.c |"},
      {"a macro of a macro of another header",
       {{"fee.h", std::string(kHeader) + "#define CHARGE(x) fee(x)\n"},
        {"all.h", "#pragma once\n#include \"fee.h\"\n#define ALL CHARGE(2)\n"},
        {"fee.c", kInclude},
        {"a.c", "#include \"all.h\"\nint a() { return ALL; }"}},
       fee,
       "a.c fee.c |"},
      {"a name that ## makes",
       {{"fee.h", "#pragma once\nint cmd_fee(void);\n#define RUN(x) cmd_##x()\n"},
        {"fee.c", kInclude + "int cmd_fee(void) { return 1; }"},
        {"a.c", kInclude + "int a() { return RUN(fee); }"},
        {"b.c", kInclude + "int b() { return RUN(tax); }"}},
       {"cmd_fee", "", "fee.c"},
       "a.c fee.c |"},
      {"a list of names that ## completes",
       {{"list.h", "#pragma once\n#define ALL X(fee) X(tax)\n"},
        {"fee.c", "int cmd_fee(void) { return 1; }"},
        {"a.c",
         "#include \"list.h\"\n#define X(n) int cmd_##n(void);\nALL\n#undef X\n#define X(n) cmd_##n,\nint (*t[])(void) "
         "= { ALL };"},
        {"b.c", "int b;"}},
       {"cmd_fee", "", "fee.c"},
       "a.c fee.c |"},
      {"## of two parameters",
       {{"fee.c", "int cmd_fee(void) { return 1; }"},
        {"a.c", "#define CAT(a, b) a##b\nint a() { return CAT(cmd_, fee)(); }"},
        {"b.c", "#define CAT(a, b) a##b\nint b() { return CAT(cmd_, tax)(); }"}},
       {"cmd_fee", "", "fee.c"},
       "a.c fee.c |"},
      {"an inline function of a header: one unit that includes it, no matter which",
       {{"fee.h", kHeader},
        {"twice.h", "#pragma once\n#include \"fee.h\"\ninline int twice() { return fee(2); }\n"},
        {"fee.c", kInclude},
        {"a.c", "#include \"twice.h\"\n"},
        {"b.c", "#include \"twice.h\"\n"}},
       fee,
       "fee.c | twice.h"},
      {"a header without a guard means something else each time",
       {{"fee.h", kHeader},
        {"calls.def", "CALL(fee)\n"},
        {"fee.c", kInclude},
        {"a.c", "#include \"calls.def\"\n"},
        {"b.c", "#include \"calls.def\"\n"}},
       fee,
       "a.c b.c fee.c |"},
      {"a template takes its uses to whoever names it",
       {{"fee.h", kHeader},
        {"each.h", "#pragma once\ntemplate <class T> void each(T x) { x.fee(1); }\n"},
        {"fee.c", kInclude},
        {"a.cc", kInclude + "#include \"each.h\"\nvoid a() { each(1); }"},
        {"b.cc", "#include \"each.h\"\nvoid b();"}},
       fee,
       "a.cc fee.c | each.h"},
      {"an include that a macro names may declare anything",
       {{"fee.h", kHeader}, {"fee.c", kInclude}, {"a.c", "#include CONFIG\nint a() { return fee(1); }"}},
       fee,
       "a.c fee.c |"},
      {"an overridden method is called by its name alone",
       {{"base.h", "#pragma once\nstruct Base { virtual int fee(); };\n"},
        {"mine.h", "#pragma once\n#include \"base.h\"\nstruct Mine : Base { int fee() override; };\n"},
        {"mine.cc", "#include \"mine.h\"\nint Mine::fee() { return 1; }"},
        {"a.cc", "#include \"base.h\"\nint a(Base& b) { return b.fee(); }"}},
       {"fee", "Mine", "mine.cc"},
       "a.cc mine.cc |"},
      {"a constructor is not named: all that see the class",
       {{"mine.h", "#pragma once\nstruct Mine { Mine(); };\nMine make();\n"},
        {"mine.cc", "#include \"mine.h\"\nMine::Mine() {}"},
        {"a.cc", "#include \"mine.h\"\nvoid a() { auto x = make(); }"},
        {"b.cc", "struct Mine;\nvoid b(Mine*);"}},
       {"Mine", "Mine", "mine.cc", true},
       "a.cc mine.cc |"},
      {"an operator outside of a class",
       {{"mine.h", "#pragma once\nstruct Mine {};\nbool operator==(Mine, Mine);\n"},
        {"mine.cc", "#include \"mine.h\"\nbool operator==(Mine, Mine) { return true; }"},
        {"a.cc", "#include \"mine.h\"\nbool a(Mine x) { return x == x; }"},
        {"b.cc", "void b();"}},
       {"operator==", "", "mine.cc", true},
       "a.cc mine.cc |"},
      {"a type is used by declarations too",
       {{"money.h", "#pragma once\nstruct Money { int cents; };\n"},
        {"bill.h", "#pragma once\n#include \"money.h\"\nstruct Bill { Money sum; };\n"},
        {"a.cc", "#include \"bill.h\"\nint a(Money);"},
        {"b.cc", "#include \"bill.h\"\nint b(Bill);"}},
       {"Money", "", "money.h", false, false, true},
       "a.cc | bill.h money.h"},
      {"a part of a unit leaves the macro to the unit",
       {{"fee.h", std::string(kHeader) + "#define CHARGE(x) fee(x)\n"},
        {"fee.c", kInclude},
        {"a.c", kInclude + "#include \"a_part.inc\"\n"},
        {"a_part.inc", "static int a() { return CHARGE(1); }"},
        {"b.c", "#include \"b_part.inc\"\n"},
        {"b_part.inc", "static int b() { return CHARGE(1); }"}},
       fee,
       "a.c fee.c |"},
      {"declared within a body",
       {{"fee.h", kHeader},
        {"fee.c", kInclude},
        {"a.c", "int a() { extern int fee(int); return fee(1); }"},
        {"b.c", "int b() { return x.fee; }"}},
       fee,
       "a.c fee.c |"},
      {"a macro's list declares it; what else has its name declares something else",
       {{"all.h", "#pragma once\n#define ALL X(fee) X(tax)\n#define X(n) int n(int);\nALL\n"},
        {"fee.c", kInclude},
        {"a.c", "#include \"all.h\"\nint a() { return fee(1); }"},
        {"b.c", "struct B { int fee; };"}},
       fee,
       "a.c b.c fee.c |"},
      {"a header that uses it under a condition may do so in some units alone",
       {{"fee.h", kHeader},
        {"twice.h", "#pragma once\n#include \"fee.h\"\n#ifdef TWICE\ninline int twice() { return fee(2); }\n#endif\n"},
        {"fee.c", kInclude},
        {"a.c", "#include \"twice.h\"\n"}},
       fee,
       "fee.c | twice.h ?twice.h"},
      {"so may one that uses a macro which is there under a condition",
       {{"fee.h", std::string(kHeader) + "#ifdef FEE\n#define CHARGE fee(1)\n#else\n#define CHARGE 0\n#endif\n"},
        {"once.h", "#pragma once\n#include \"fee.h\"\ninline int once() { return CHARGE; }\n"},
        {"fee.c", kInclude},
        {"a.c", "#include \"once.h\"\n"}},
       fee,
       "fee.c | once.h ?once.h"},
      {"or one whose includer says what the macro is",
       {{"fee.h", kHeader},
        {"run.h", "#pragma once\ninline int run() { return FN(1); }\n"},
        {"fee.c", kInclude},
        {"a.c", kInclude + "#define FN fee\n#include \"run.h\"\n"}},
       fee,
       "a.c fee.c | run.h ?run.h"},
      {"a unit that another unit includes",
       {{"fee.h", kHeader}, {"fee.c", kInclude}, {"a.c", "#include \"b.c\"\n"}, {"b.c", kInclude + "int b = fee(1);"}},
       fee,
       "a.c b.c fee.c |"},
  };
  for (const auto& [about, texts, query, expected] : cases)
    EXPECT_EQ(found(project_of(texts), query), expected) << about;
}

TEST(UsersOf, MacrosOfTheCommandLineCount) {
  std::vector<ScannedFile> files(3);
  files[0] = {"<command line 1>", scan_file("#define malloc(n) my_malloc(n)\n"), {}};
  files[1] = {"a.c", scan_file("int my_malloc(int); void a() { malloc(1); }"), {0}};
  files[2] = {"b.c", scan_file("void b() { malloc(1); }"), {}};
  EXPECT_EQ(found(ProjectScan(std::move(files), {1, 2}), {"my_malloc", "", "m.c"}), "a.c |");
}

TEST(IncludeFinder, TakesTheFileBesideElseEveryPathThatEndsSo) {
  const std::vector<std::string> paths = {"a.h", "lib/a.h", "lib/b.h", "lib/sub/b.h", "xa.h"};
  const IncludeFinder finder(paths);
  const auto names = [&](const IncludeLine& line, const char* from) {
    std::string text;
    for (const auto at : finder.find(line, from)) text += paths[at] + " ";
    return text;
  };
  EXPECT_EQ(names({"a.h", true}, "lib/x.c"), "lib/a.h ");
  EXPECT_EQ(names({"a.h", true}, "x.c"), "a.h ");
  EXPECT_EQ(names({"a.h", false}, "lib/x.c"), "a.h lib/a.h ");
  EXPECT_EQ(names({"../b.h", true}, "lib/sub/x.c"), "lib/b.h ");
  EXPECT_EQ(names({"sub/b.h", true}, "x.c"), "lib/sub/b.h ");
  EXPECT_EQ(names({"../../b.h", true}, "x.c"), "lib/b.h lib/sub/b.h ");
  EXPECT_EQ(names({"stdio.h", false}, "x.c"), "");
  EXPECT_EQ(names({"..", true}, "x.c"), "");
}

}  // namespace
}  // namespace patchgate
