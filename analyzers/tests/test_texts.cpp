#include "analyzers/tests/test_texts.h"

#include <algorithm>
#include <array>

#include "analyzers/tests/test_names.h"

namespace patchgate {
namespace {

constexpr std::size_t kLongestText = 160;
constexpr std::size_t kMostArguments = 2000;  // tokens of one call
constexpr std::size_t kMostNames = 64;        // of one call
constexpr std::size_t kMostOfALog = 64;       // tokens
constexpr std::size_t kMostLogs = 1000;       // of one test
constexpr std::size_t kMostAsides = 2000;     // comments with code, of one file

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// `check`, `all`, `rows` of `check_all_rows`, `CheckAllRows`, `CHECK_ALL_ROWS`.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool starts = is_upper(name[i]) && i > 0 && !is_upper(name[i - 1]);
    if ((name[i] == '_' || starts) && !words.back().empty()) words.emplace_back();
    if (name[i] != '_') words.back() += lower(name[i]);
  }
  return words;
}

bool is_log_name(std::string_view name) {
  if (is_one_of(name, {"printf", "fprintf", "puts", "cout", "cerr", "clog", "SUCCEED", "RecordProperty"})) return true;
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_one_of(word, {"log", "print", "println", "warn", "warning", "trace", "debug", "info", "message"});
  });
}

bool compares_what_it_is_given(std::string_view name) {
  return is_one_of(name, {"EXPECT_TRUE",      "ASSERT_TRUE",   "EXPECT_FALSE", "ASSERT_FALSE", "EXPECT_EQ",
                          "ASSERT_EQ",        "EXPECT_NE",     "ASSERT_NE",    "CHECK",        "REQUIRE",
                          "CHECK_FALSE",      "REQUIRE_FALSE", "CHECK_EQ",     "REQUIRE_EQ",   "BOOST_CHECK",
                          "BOOST_TEST",       "BOOST_REQUIRE", "assert",       "assert_true",  "ck_assert",
                          "ck_assert_int_eq", "TEST_ASSERT",   "QVERIFY"});
}

bool is_skip_name(std::string_view name) {
  return is_one_of(name, {"GTEST_SKIP", "SKIP", "QSKIP", "skip", "TEST_IGNORE", "TEST_IGNORE_MESSAGE"});
}

/// Tokens that count, and for each that opens a bracket the place just behind the one that closes it (the end where
/// none does): looked up, so that brackets in brackets cost no more than their number.
struct Tokens {
  std::vector<const SourceToken*> all;
  std::vector<std::uint32_t> closed;

  explicit Tokens(std::vector<const SourceToken*> tokens) : all(std::move(tokens)) {
    closed.assign(all.size(), static_cast<std::uint32_t>(all.size()));
    std::vector<std::uint32_t> open;
    for (std::uint32_t at = 0; at < all.size(); ++at) {
      if (all[at]->kind != SourceToken::Kind::sign) continue;
      const char sign = all[at]->spelling.front();
      if (sign == '(' || sign == '{' || sign == '[') open.push_back(at);
      if ((sign == ')' || sign == '}' || sign == ']') && !open.empty()) {
        closed[open.back()] = at + 1;
        open.pop_back();
      }
    }
  }
  std::size_t size() const { return all.size(); }
  const SourceToken* operator[](std::size_t at) const { return all[at]; }
};

bool is_sign(const Tokens& tokens, std::size_t at, std::string_view sign) {
  return at < tokens.size() && tokens[at]->kind == SourceToken::Kind::sign && tokens[at]->spelling == sign;
}
bool is_word(const Tokens& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at]->kind == SourceToken::Kind::word;
}

std::size_t behind(const Tokens& tokens, std::size_t open) { return tokens.closed[open]; }

/// Words that say which things an assertion is about.
void add_name(TestAssertion& call, const SourceToken& token) {
  const auto word = token.spelling;
  if (token.kind != SourceToken::Kind::word || call.names.size() >= kMostNames || word.size() < 2 ||
      is_one_of(word, {"std", "true", "false", "nullptr"}))
    return;
  const auto at = std::lower_bound(call.names.begin(), call.names.end(), word);
  if (at == call.names.end() || *at != word) call.names.insert(at, std::string(word));
}

/// EXPECT_EQ(x, x) and EXPECT_TRUE(x == x). Calls may give another value each time.
bool compares_with_itself(const TestAssertion& call) {
  const auto words = words_of(call.call);
  const bool may_differ = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_one_of(word, {"ne", "lt", "gt", "neq", "not", "false"});
  });
  if (may_differ) return false;
  std::vector<std::vector<std::string_view>> sides(1);
  const auto& tokens = call.tokens;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (is_one_of(tokens[at], {"(", "{", "!", "<", ">"})) return false;
    const bool equals = tokens[at] == "=" && at + 1 < tokens.size() && tokens[at + 1] == "=";
    if (equals) ++at;
    if (equals || tokens[at] == "," || tokens[at] == "==") {
      sides.emplace_back();
    } else {
      sides.back().push_back(tokens[at]);
    }
  }
  return sides.size() == 2 && !sides[0].empty() && sides[0] == sides[1];
}

TestAssertion call_at(const Tokens& tokens, std::size_t name, std::size_t end) {
  TestAssertion call;
  call.call = std::string(tokens[name]->spelling);
  call.line = tokens[name]->line;
  call.always_holds = true;
  for (auto at = name + 2; at + 1 < end && call.tokens.size() < kMostArguments; ++at) {
    call.tokens.emplace_back(tokens[at]->spelling);
    add_name(call, *tokens[at]);
    const bool says_something = tokens[at]->kind == SourceToken::Kind::word &&
                                !is_one_of(tokens[at]->spelling, {"true", "false", "TRUE", "FALSE", "nullptr", "NULL"});
    if (says_something) call.always_holds = false;
  }
  call.always_holds = call.always_holds || compares_with_itself(call);
  // FAIL() never holds; what a wrapper of the project does with numbers is not known here.
  if (call.tokens.empty() || !compares_what_it_is_given(call.call)) call.always_holds = false;
  return call;
}

/// `std::cerr << a << b;` as a call.
TestAssertion streamed_at(const Tokens& tokens, std::size_t name) {
  TestAssertion call;
  call.call = std::string(tokens[name]->spelling);
  call.line = tokens[name]->line;
  for (auto at = name + 1; at < tokens.size() && !is_sign(tokens, at, ";") && call.tokens.size() < kMostOfALog; ++at) {
    call.tokens.emplace_back(tokens[at]->spelling);
    add_name(call, *tokens[at]);
  }
  return call;
}

/// Behind the statement that begins there; 0 where it is longer than any that a person writes.
std::size_t statement_end(const Tokens& tokens, std::size_t at, std::size_t end) {
  constexpr std::size_t kLongestStatement = 2000;  // tokens, what is in brackets counts as one
  auto left = kLongestStatement;
  if (is_sign(tokens, at, "{")) return std::min<std::size_t>(behind(tokens, at), end);
  for (; at < end && !is_sign(tokens, at, ";"); ++at) {
    if (--left == 0) return 0;
    if (is_sign(tokens, at, "(") || is_sign(tokens, at, "{")) at = std::min<std::size_t>(behind(tokens, at), end) - 1;
  }
  return std::min(at + 1, end);
}

/// Where what an `if`, `else` or `switch` governs ends; 0 where none begins there. `else if` is one condition.
std::size_t governed_until(const Tokens& tokens, std::size_t at, std::size_t end) {
  const auto word = tokens[at]->spelling;
  if (word == "else" && !(at + 1 < end && tokens[at + 1]->spelling == "if")) return statement_end(tokens, at + 1, end);
  if (word != "if" && word != "switch") return 0;
  const auto open = at + 1 < end && tokens[at + 1]->spelling == "constexpr" ? at + 2 : at + 1;
  return is_sign(tokens, open, "(") && behind(tokens, open) < end ? statement_end(tokens, behind(tokens, open), end)
                                                                  : 0;
}

/// Reads what stands in [begin, end) into the test.
void read_body(const Tokens& tokens, std::size_t begin, std::size_t end, TestText& test) {
  int depth = 0;
  std::uint32_t returned = 0;
  std::vector<std::size_t> governed;
  for (auto at = begin; at < end; ++at) {
    while (!governed.empty() && governed.back() <= at) governed.pop_back();
    const auto& token = *tokens[at];
    if (token.kind == SourceToken::Kind::sign) {
      if (token.spelling == "{") ++depth;
      if (token.spelling == "}") --depth;
      continue;
    }
    if (token.kind != SourceToken::Kind::word) continue;
    if (const auto until = governed_until(tokens, at, end); until != 0) governed.push_back(until);
    const bool called = is_sign(tokens, at + 1, "(");
    if (token.spelling == "return" && depth == 0 && at > 0 && returned == 0 &&
        (at == begin || is_sign(tokens, at - 1, ";") || is_sign(tokens, at - 1, "}") || is_sign(tokens, at - 1, "{")))
      returned = token.line;
    if (called && is_skip_name(token.spelling)) test.skips.push_back(token.line);
    if (called && is_assertion_name(token.spelling)) {
      // Where it is a function of the test code, this is its own head: `void checkRows(int n) {`.
      const auto close = std::min(behind(tokens, at + 1), end);
      const bool defined = is_sign(tokens, close, "{") && is_word(tokens, at - (at > 0 ? 1 : 0)) && at > 0;
      if (defined) continue;
      test.assertions.push_back(call_at(tokens, at, close));
      test.assertions.back().conditions = static_cast<std::uint32_t>(governed.size());
      if (returned != 0 && test.returns_at == 0) test.returns_at = returned;
      at = close - 1;
    } else if (is_log_name(token.spelling) && test.logs.size() < kMostLogs) {
      test.logs.push_back(called ? call_at(tokens, at, std::min(behind(tokens, at + 1), end))
                                 : streamed_at(tokens, at));
    }
  }
}

std::string without_disabled(const std::string& name, bool& disabled) {
  constexpr std::string_view kMark = "DISABLED_";
  std::string plain;
  for (std::size_t at = 0; at < name.size();) {
    const bool begins = at == 0 || name[at - 1] == '.';
    if (begins && name.compare(at, kMark.size(), kMark) == 0) {
      disabled = true;
      at += kMark.size();
    } else {
      plain += name[at++];
    }
  }
  return plain;
}

/// Tags and decorators that take a test out of a plain run, in the arguments of its macro.
std::string off_by_arguments(const Tokens& tokens, std::size_t begin, std::size_t end) {
  for (auto at = begin; at < end; ++at) {
    const auto spelling = tokens[at]->spelling;
    if (tokens[at]->kind == SourceToken::Kind::text) {
      for (const char* tag : {"[.]", "[.", "[!hide]", "[!mayfail]", "[!shouldfail]"})
        if (spelling.find(tag) != std::string_view::npos)
          return std::string("the tag ") + (tag[1] == '.' ? "[.]" : tag);
    } else if (is_one_of(spelling, {"skip", "may_fail", "should_fail", "disabled", "expected_failures"})) {
      return "the decorator " + std::string(spelling);
    }
  }
  return {};
}

class TextReader {
 public:
  explicit TextReader(std::string_view off) : off_(off) {}

  std::vector<TestText> found;
  TestText outside;

  void read(const Tokens& tokens) {
    std::size_t from = 0;
    for (std::size_t at = 0; at < tokens.size();) {
      const auto end = test_at(tokens, at);
      if (end == at) {
        ++at;
        continue;
      }
      read_body(tokens, from, at, outside);
      from = at = end;
    }
    read_body(tokens, from, tokens.size(), outside);
  }

 private:
  /// Behind the test that begins there; `at` where none does.
  std::size_t test_at(const Tokens& tokens, std::size_t at) {
    if (!is_word(tokens, at) || !is_sign(tokens, at + 1, "(")) return at;
    const auto word = tokens[at]->spelling;
    const bool by_function = is_test_function_name(word);
    const bool may_be_macro = is_upper(word.front());
    if (!by_function && !may_be_macro) return at;
    const auto close = behind(tokens, at + 1);
    if (!is_sign(tokens, close, "{")) return at;
    TestText test;
    test.line = tokens[at]->line;
    test.off = std::string(off_);
    if (test.off.empty() && tokens[at]->switched_off) test.off = "#if 0";
    std::string spelt(word);
    for (auto i = at + 1; i < close && i < at + 64; ++i) spelt += tokens[i]->spelling;
    const auto known = may_be_macro ? test_of_invocation(spelt) : TestSpelling();
    if (known.macro == TestMacro::none && !by_function) return at;
    bool disabled = false;
    test.name = known.macro == TestMacro::none ? std::string(word) : without_disabled(known.name, disabled);
    if (disabled && test.off.empty()) test.off = "DISABLED_";
    if (known.macro != TestMacro::none && test.off.empty()) test.off = off_by_arguments(tokens, at + 2, close);
    const auto end = behind(tokens, close);
    read_body(tokens, close + 1, end > close + 1 ? end - 1 : end, test);
    found.push_back(std::move(test));
    return end;
  }

  std::string_view off_;
};

/// Code that is in comments: the text of comments that follow each other, without their signs, lines kept.
struct Aside {
  std::string text;
  std::uint32_t first = 0, last = 0;
};

std::vector<Aside> asides_in(const std::vector<SourceToken>& tokens) {
  std::vector<Aside> asides;
  for (const auto& token : tokens) {
    if (token.kind != SourceToken::Kind::comment || token.spelling.size() < 2) continue;
    auto text = token.spelling.substr(2);
    if (token.spelling[1] == '*' && text.ends_with("*/")) text.remove_suffix(2);
    const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
    if (!asides.empty() && token.line <= asides.back().last + 1) {
      asides.back().text += token.line > asides.back().last ? "\n" : " ";
      asides.back().text += text;
      asides.back().last = token.line + lines;
    } else {
      asides.push_back({std::string(text), token.line, token.line + lines});
    }
  }
  return asides;
}

Tokens code_of(const std::vector<SourceToken>& tokens) {
  std::vector<const SourceToken*> code;
  for (const auto& token : tokens)
    if (token.kind != SourceToken::Kind::comment && !token.directive) code.push_back(&token);
  return Tokens(std::move(code));
}

/// Assertions that stand in a comment belong to the test around it.
void put_aside(std::vector<TestText>& tests, std::uint32_t line) {
  TestText* around = &tests.back();
  for (auto& test : tests)
    if (test.line != 0 && test.line <= line && (around->line < test.line)) around = &test;
  around->asides.push_back(line);
}

}  // namespace

std::string TestAssertion::text() const {
  std::string text = call + "(";
  for (std::size_t i = 0; i < tokens.size() && text.size() < kLongestText; ++i) {
    const bool tight = i == 0 || is_one_of(tokens[i], {",", ")", ".", "(", "::", "->", "[", "]", ";"}) ||
                       is_one_of(tokens[i - 1], {"(", ".", "::", "->", "[", "!", "&"});
    text += (tight ? "" : " ") + tokens[i];
  }
  if (text.size() >= kLongestText) return text.substr(0, kLongestText) + "...";
  return text + ")";
}

bool is_assertion_name(std::string_view name) {
  if (is_one_of(name, {"FAIL", "ADD_FAILURE", "QVERIFY", "QCOMPARE", "FAIL_CHECK"})) return true;
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_one_of(word, {"expect", "assert", "check", "require", "verify", "ensure", "should"});
  });
}

std::vector<TestText> tests_in_text(std::string_view text) {
  const auto tokens = source_tokens(text);
  TextReader reader("");
  // What is switched off belongs to no test that runs; a whole test in it is one that does not.
  std::vector<const SourceToken*> on, off;
  for (const auto* token : code_of(tokens).all) (token->switched_off ? off : on).push_back(token);
  reader.read(Tokens(std::move(on)));
  TextReader switched_off("#if 0");
  switched_off.read(Tokens(std::move(off)));
  auto tests = std::move(reader.found);
  tests.push_back(std::move(reader.outside));
  auto add_off = [&](TextReader& other) {
    tests.insert(tests.begin(), std::make_move_iterator(other.found.begin()),
                 std::make_move_iterator(other.found.end()));
  };
  std::size_t with_code = 0;
  for (const auto& aside : asides_in(tokens)) {
    const auto words = source_tokens(aside.text);
    TextReader commented("a comment");
    commented.read(code_of(words));
    if (commented.found.empty() && commented.outside.assertions.empty()) continue;
    if (++with_code > kMostAsides) break;
    for (auto& test : commented.found) test.line += aside.first - 1;
    if (commented.found.empty() && !commented.outside.assertions.empty())
      put_aside(tests, aside.first + commented.outside.assertions.front().line - 1);
    add_off(commented);
  }
  if (!switched_off.outside.assertions.empty()) put_aside(tests, switched_off.outside.assertions.front().line);
  add_off(switched_off);
  std::stable_sort(tests.begin(), tests.end(), [](const TestText& a, const TestText& b) {
    return (a.line == 0 ? UINT32_MAX : a.line) < (b.line == 0 ? UINT32_MAX : b.line);
  });
  return tests;
}

}  // namespace patchgate
