#include "policies/engine/debts.h"

#include <algorithm>
#include <vector>

#include "analyzers/model/rfc3339.h"
#include "analyzers/model/source_tokens.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::size_t kShortId = 12;

std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  const auto in_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80U;
  };
  for (std::size_t begin = 0; begin < name.size();) {
    if (!in_word(name[begin])) {
      ++begin;
      continue;
    }
    auto end = begin;
    while (end < name.size() && in_word(name[end])) ++end;
    words.push_back(name.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

bool is_string_of(std::string_view spelling, std::string_view name) {
  const auto first = spelling.find('"');
  const auto last = spelling.rfind('"');
  return first != std::string_view::npos && last > first && spelling.substr(first + 1, last - first - 1) == name;
}

std::string rules_of(const BreakGlass& used) {
  std::vector<std::string> ids;
  for (const auto& rule : used.rules) ids.push_back(rule.id);
  return join(ids);
}

std::string days(std::int64_t count) { return std::to_string(count) + (count == 1 ? " day" : " days"); }

}  // namespace

bool has_test(std::string_view text, std::string_view name) {
  if (name.empty()) return true;
  const auto words = words_of(name);
  std::size_t next = 0;
  for (const auto& token : source_tokens(text)) {
    if (token.kind == SourceToken::Kind::comment || token.directive || token.switched_off) continue;
    if (token.kind == SourceToken::Kind::text && is_string_of(token.spelling, name)) return true;
    if (token.kind == SourceToken::Kind::sign) continue;
    if (!words.empty() && token.spelling == words[next]) {
      if (++next == words.size()) return true;
    } else {
      next = !words.empty() && token.spelling == words.front() ? 1 : 0;
    }
  }
  return false;
}

const char* name_of(DebtState state) {
  switch (state) {
    case DebtState::open:
      return "open";
    case DebtState::overdue:
      return "overdue";
    case DebtState::paid:
      break;
  }
  return "paid";
}

Debt debt_of(const BreakGlass& used, const TestSeen& seen, std::int64_t now) {
  const auto whose = one_line(used.requested_by, 80);
  const auto what = rules_of(used) + ", overridden at " + used.head.substr(0, kShortId);
  const auto today = now / kDay * kDay;
  if (!used.promise) {
    const bool over = today > used.not_after + kPromiseDays * kDay;
    return {over ? DebtState::paid : DebtState::open,
            "nothing was promised by " + whose + " for " + what + ": the rule still has to pass"};
  }
  const auto& promise = *used.promise;
  const auto wanted = promise.test.empty() ? one_line(promise.text, 200)
                      : promise.text.empty()
                          ? "the test " + one_line(promise.test, 200)
                          : one_line(promise.text, 200) + " (the test " + one_line(promise.test, 200) + ")";
  const auto said = whose + " promised by " + utc_day(promise.until) + ": " + wanted + "; for " + what;
  if (!promise.test.empty() && seen.at_override) {
    return {today > promise.until ? DebtState::overdue : DebtState::open,
            said + ". That test was there already when it was promised"};
  }
  if (!promise.test.empty() && seen.on_base) return {DebtState::paid, said + ". It is there"};
  if (!promise.test.empty() && seen.on_head) return {DebtState::paid, said + ". This patch brings it"};
  const auto lacks = std::string(promise.test.empty() ? "" : ", and the test is not there");
  if (today > promise.until) return {DebtState::overdue, said + ". That day has passed" + lacks};
  const auto left = (promise.until - today) / kDay;
  return {DebtState::open, said + (left == 0 ? ". That is today" : ". " + days(left) + " left")};
}

}  // namespace patchgate
