#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "analyzers/tests/test_texts.h"
#include "analyzers/tests/tests.h"
#include "analyzers/tests/weakened_builds.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostPlaces = 20;
constexpr std::size_t kMostPairs = 10'000;     // of changed assertions of one test that are compared
constexpr std::size_t kLongestCompared = 200;  // tokens of assertions that may differ in a tolerance
constexpr std::size_t kMostOfOneTest = 20;     // lost assertions that are listed
constexpr std::size_t kMostFindings = 1000;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// A test of one side, and its file there.
struct Sided {
  const TestText* test = nullptr;
  std::string path;
};

std::optional<double> number(const std::string& token) {
  if (token.empty() || (token.front() != '.' && (token.front() < '0' || token.front() > '9'))) return std::nullopt;
  std::string digits;
  for (const char c : token)
    if (c != '\'') digits += c;
  char* end = nullptr;
  errno = 0;
  const double value = std::strtod(digits.c_str(), &end);
  const std::string_view rest = end;
  const bool plain = rest.find_first_not_of("fFlLuUsmhn") == std::string_view::npos;
  return errno == 0 && plain ? std::optional(value) : std::nullopt;
}

/// The top-level arguments: where each begins among the tokens.
std::vector<std::size_t> argument_starts(const TestAssertion& call) {
  std::vector<std::size_t> starts{0};
  int depth = 0;
  for (std::size_t i = 0; i < call.tokens.size(); ++i) {
    const auto& token = call.tokens[i];
    if (is_one_of(token, {"(", "{", "["})) ++depth;
    if (is_one_of(token, {")", "}", "]"})) --depth;
    if (token == "," && depth == 0) starts.push_back(i + 1);
  }
  return starts;
}

/// The number at that place says how far apart things may be, or how long something may take.
bool is_tolerance(const TestAssertion& call, std::size_t at) {
  const auto& name = call.call;
  const bool near = name.find("NEAR") != std::string::npos || name.find("CLOSE") != std::string::npos ||
                    name.find("WITHIN") != std::string::npos || name.find("_double_eq_tol") != std::string::npos ||
                    name.find("_float_eq_tol") != std::string::npos || name.find("DELTA") != std::string::npos;
  const auto starts = argument_starts(call);
  if (near && starts.size() >= 3 && at >= starts[2]) return true;
  // Unity: TEST_ASSERT_INT_WITHIN(delta, expected, actual)
  if (name.find("WITHIN") != std::string::npos && starts.size() >= 2 && at < starts[1]) return true;
  constexpr std::size_t kLookBack = 3;
  for (std::size_t back = 1; back <= std::min(at, kLookBack); ++back) {
    const auto& word = call.tokens[at - back];
    if (is_one_of(word, {"epsilon", "margin", "tolerance", "seconds", "milliseconds", "timeout", "WithinAbs",
                         "WithinRel", "WithinULP", "DoubleNear", "FloatNear"}))
      return true;
    if (back > 1 && word == ",") continue;
  }
  if (at >= 2)
    for (const auto& word : call.tokens)
      if (is_one_of(word, {"DoubleNear", "FloatNear", "WithinAbs", "WithinRel"})) return true;
  return false;
}

/// The same assertion with more room: equal but for numbers, of which a tolerance grew.
bool is_looser(const TestAssertion& base, const TestAssertion& head) {
  if (base.call != head.call || base.tokens.size() != head.tokens.size() || base.tokens.size() > kLongestCompared)
    return false;
  bool grew = false;
  for (std::size_t i = 0; i < base.tokens.size(); ++i) {
    if (base.tokens[i] == head.tokens[i]) continue;
    const auto was = number(base.tokens[i]), now = number(head.tokens[i]);
    if (!was || !now || !is_tolerance(base, i)) return false;
    grew = grew || *now > *was;
  }
  return grew;
}

/// Both are about something of the same name.
bool share_a_name(const TestAssertion& a, const TestAssertion& b) {
  auto left = a.names.begin(), right = b.names.begin();
  while (left != a.names.end() && right != b.names.end()) {
    if (*left == *right) return true;
    ++(*left < *right ? left : right);
  }
  return false;
}

/// Takes out of both what stands on both sides.
void drop_equal(std::vector<const TestAssertion*>& base, std::vector<const TestAssertion*>& head) {
  const auto less = [](const TestAssertion* a, const TestAssertion* b) {
    return std::tie(a->call, a->tokens) < std::tie(b->call, b->tokens);
  };
  std::map<const TestAssertion*, std::size_t, decltype(less)> there(less);
  for (const auto* now : head) ++there[now];
  std::map<const TestAssertion*, std::size_t, decltype(less)> dropped(less);
  std::erase_if(base, [&](const auto* old) {
    const auto found = there.find(old);
    if (found == there.end() || found->second == 0) return false;
    --found->second;
    ++dropped[found->first];
    return true;
  });
  std::erase_if(head, [&](const auto* now) {
    const auto found = dropped.find(now);
    return found != dropped.end() && found->second > 0 && found->second-- > 0;
  });
}

std::vector<const TestAssertion*> pointers(const std::vector<TestAssertion>& calls) {
  std::vector<const TestAssertion*> all;
  for (const auto& call : calls) all.push_back(&call);
  return all;
}

/// Two texts of one test.
class Comparison {
 public:
  Comparison(const Sided& base, const Sided& head, std::vector<const TestAssertion*>& moved_to,
             std::vector<WeakenedTest>& found)
      : base_(base), head_(head), moved_to_(moved_to), found_(found) {}

  void run() {
    const auto& was = *base_.test;
    const auto& now = *head_.test;
    if (!now.off.empty()) {
      if (was.off.empty()) add("it is switched off by " + now.off, was.line, now.line);
      return;
    }
    if (now.skips.size() > was.skips.size()) add("it skips itself", was.line, now.skips.back());
    if (now.returns_at != 0 && was.returns_at == 0)
      add("it returns before its last assertions", was.line, now.returns_at);
    compare_assertions();
  }

 private:
  void add(std::string what, std::uint32_t base_line, std::uint32_t head_line, std::string was = {},
           std::string now = {}) {
    found_.push_back({base_.test->name, std::move(what), base_line == 0 ? Place() : Place{base_.path, base_line, 0},
                      head_line == 0 ? Place() : Place{head_.path, head_line, 0}, std::move(was), std::move(now)});
  }

  /// The same assertion stood by itself before, and stands only behind an `if` now.
  void became_conditional(const std::vector<const TestAssertion*>& base,
                          const std::vector<const TestAssertion*>& head) {
    using Text = std::pair<std::string, std::vector<std::string>>;
    std::map<Text, const TestAssertion*> freest;
    for (const auto* now : head) {
      auto& best = freest[{now->call, now->tokens}];
      if (best == nullptr || now->conditions < best->conditions) best = now;
    }
    for (const auto* old : base) {
      const auto now = freest.find({old->call, old->tokens});
      if (old->conditions != 0 || now == freest.end() || now->second->conditions == 0) continue;
      add("an assertion depends on a condition now", old->line, now->second->line, old->text(), now->second->text());
      freest.erase(now);
    }
  }

  void compare_assertions() {
    auto base = pointers(base_.test->assertions), head = pointers(head_.test->assertions);
    became_conditional(base, head);
    drop_equal(base, head);
    drop_equal(base, moved_to_);
    std::vector<const TestAssertion*> hollow;
    for (const auto* now : head)
      if (now->always_holds) hollow.push_back(now);
    std::erase_if(head, [](const auto* now) { return now->always_holds; });
    // So many assertions that nobody reads them one by one: only how many there are counts.
    if (base.size() * head.size() > kMostPairs) {
      if (base.size() <= head.size()) return;
      base.erase(base.begin(), base.begin() + static_cast<std::ptrdiff_t>(head.size()));
      head.clear();
    }
    std::erase_if(base, [&](const auto* old) {
      const auto looser =
          std::find_if(head.begin(), head.end(), [&](const auto* now) { return is_looser(*old, *now); });
      if (looser == head.end()) return old->always_holds;
      add("a tolerance is raised", old->line, (*looser)->line, old->text(), (*looser)->text());
      head.erase(looser);
      return true;
    });
    // What is left over was rewritten: each new one stands for the old one that is most like it.
    for (const auto& alike :
         {+[](const TestAssertion&a, const TestAssertion&b) { return a.call == b.call && share_a_name(a, b); },
          +[](const TestAssertion&a, const TestAssertion&b) { return share_a_name(a, b); },
          +[](const TestAssertion&a, const TestAssertion&b) { return a.call == b.call; },
          +[](const TestAssertion&, const TestAssertion&) { return true; }}) {
      std::erase_if(base, [&](const auto* old) {
        const auto found = std::find_if(head.begin(), head.end(), [&](const auto* now) { return alike(*old, *now); });
        if (found == head.end()) return false;
        head.erase(found);
        return true;
      });
    }
    auto logs = pointers(head_.test->logs), old_logs = pointers(base_.test->logs);
    drop_equal(old_logs, logs);
    // drop_equal leaves in its second list what only head has.
    for (std::size_t i = 0; i < std::min(base.size(), kMostOfOneTest); ++i) lost(*base[i], logs, hollow);
    if (base.size() > kMostOfOneTest)
      add(std::to_string(base.size() - kMostOfOneTest) + " more assertions are gone", base[kMostOfOneTest]->line, 0);
  }

  void lost(const TestAssertion& old, std::vector<const TestAssertion*>& logs,
            std::vector<const TestAssertion*>& hollow) {
    const auto log = std::find_if(logs.begin(), logs.end(), [&](const auto* call) { return share_a_name(old, *call); });
    if (log != logs.end()) {
      add("an assertion became a log line", old.line, (*log)->line, old.text(), (*log)->text());
      logs.erase(log);
    } else if (!hollow.empty()) {
      add("an assertion became one that always holds", old.line, hollow.front()->line, old.text(),
          hollow.front()->text());
      hollow.erase(hollow.begin());
    } else if (head_.test->asides.size() > base_.test->asides.size()) {
      add("an assertion is no longer compiled", old.line, head_.test->asides.front(), old.text());
    } else {
      add("an assertion is gone", old.line, 0, old.text());
    }
  }

  const Sided& base_;
  const Sided& head_;
  std::vector<const TestAssertion*>& moved_to_;
  std::vector<WeakenedTest>& found_;
};

struct TextSides {
  const ChangedText* text = nullptr;
  std::vector<TestText> base, head;
};

/// By name, for tests that moved to another file; what has several places is left out.
std::map<std::string, Sided> tests_by_name(const std::vector<TextSides>& files) {
  std::map<std::string, Sided> by_name;
  for (const auto& file : files)
    for (const auto& test : file.head)
      if (!test.name.empty()) {
        const auto [known, is_new] = by_name.try_emplace(test.name, Sided{&test, file.text->path});
        // One that runs stands for one that is switched off beside it.
        if (!is_new && !known->second.test->off.empty() && test.off.empty()) known->second = {&test, file.text->path};
      }
  return by_name;
}

/// The tests of one side by name; where there are several, one that runs.
std::map<std::string, const TestText*> named_tests(const std::vector<TestText>& tests) {
  std::map<std::string, const TestText*> named;
  for (const auto& test : tests) {
    const auto [known, is_new] = named.try_emplace(test.name, &test);
    if (!is_new && !known->second->off.empty()) known->second = &test;
  }
  return named;
}

/// Assertions that a test, or the code around tests, has on head and had not on the base, in code that runs: where one
/// may have moved to, a helper, a test that was split, another file.
std::vector<const TestAssertion*> new_assertions(const std::vector<TextSides>& files) {
  std::map<std::string, const TestText*> anywhere;
  for (const auto& file : files)
    for (const auto& test : file.base)
      if (!test.name.empty()) anywhere.emplace(test.name, &test);
  std::vector<const TestAssertion*> all;
  for (const auto& file : files) {
    const auto on_base = named_tests(file.base);
    for (const auto& test : file.head) {
      if (!test.off.empty()) continue;
      auto now = pointers(test.assertions);
      const auto here = on_base.find(test.name);
      const auto there = anywhere.find(test.name);
      const auto* before = here != on_base.end() ? here->second : there != anywhere.end() ? there->second : nullptr;
      auto old = before == nullptr ? std::vector<const TestAssertion*>() : pointers(before->assertions);
      drop_equal(old, now);
      all.insert(all.end(), now.begin(), now.end());
    }
  }
  return all;
}

void compare_file(const TextSides& file, const std::map<std::string, Sided>& elsewhere,
                  std::vector<const TestAssertion*>& moved_to, std::vector<WeakenedTest>& found) {
  const auto on_base = named_tests(file.base), on_head = named_tests(file.head);
  const auto find_test = [](const std::map<std::string, const TestText*>& tests, const std::string& name) {
    const auto known = tests.find(name);
    return known == tests.end() ? nullptr : known->second;
  };
  std::set<std::string> seen;
  for (const auto& test : file.base) {
    const bool helper = test.name.empty();
    if (!seen.insert(test.name).second) continue;
    const Sided base{find_test(on_base, test.name), file.text->base_path};
    Sided head{find_test(on_head, test.name), file.text->path};
    if (head.test == nullptr && !helper) {
      const auto moved = elsewhere.find(test.name);
      if (moved != elsewhere.end()) head = moved->second;
    }
    // A test that is gone altogether is counted as removed, not as weakened.
    if (head.test == nullptr) continue;
    if (helper && (file.base.size() == 1 || file.text->head.empty()) && classify(file.text->path) != FileClass::test)
      continue;
    Comparison(base, head, moved_to, found).run();
  }
}

void run(const Context& context, Findings& findings) {
  std::vector<TextSides> files;
  std::string unread;
  for (const auto& change : context.patch->files)
    if (change.file_class == FileClass::test && change.c_family && change.unread && unread.empty())
      unread = change.path + " could not be read: " + *change.unread;
  for (const auto& text : context.test_evidence.texts) {
    if (text.base.empty() || !is_c_family(text.path)) continue;
    files.push_back({&text, tests_in_text(text.base), tests_in_text(text.head)});
  }
  // Tests may move into a file that is new.
  for (const auto& text : context.test_evidence.texts)
    if (text.base.empty() && is_c_family(text.path)) files.push_back({&text, {}, tests_in_text(text.head)});
  const auto elsewhere = tests_by_name(files);
  auto moved_to = new_assertions(files);
  auto& found = findings.test_evidence.weakened;
  for (const auto& file : files) {
    const bool holds_tests = file.base.size() > 1 || classify(file.text->base_path) == FileClass::test;
    if (holds_tests) compare_file(file, elsewhere, moved_to, found);
  }
  auto builds = weakened_in_builds(context.test_evidence.texts);
  found.insert(found.end(), std::make_move_iterator(builds.begin()), std::make_move_iterator(builds.end()));

  std::set<std::pair<std::string, std::string>> distinct;
  std::vector<Place> places;
  std::vector<std::string> details;
  for (const auto& one : found) {
    const auto& at = one.head.line != 0 ? one.head : one.base;
    distinct.emplace(one.test, one.base.file.empty() ? one.head.file : one.base.file);
    if (places.size() == kMostPlaces) continue;
    places.push_back(at);
    details.push_back((one.test.empty() ? at.file : one.test) + ": " + one.what);
  }
  if (found.size() > kMostFindings) found.resize(kMostFindings);
  const auto count = static_cast<std::int64_t>(distinct.size());
  findings.facts.set("tests.weakened.count", unread.empty() ? Value(count) : Value(Unknown{unread, count}),
                     std::move(places), std::move(details));
}

}  // namespace

const Analyzer tests_weakened{"tests/weakened", "which tests the patch takes strength away from", run};

}  // namespace patchgate
