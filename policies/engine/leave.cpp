#include "policies/engine/leave.h"

#include <algorithm>
#include <set>

#include "analyzers/model/rfc3339.h"
#include "policies/engine/judged_rule.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostNamed = 20;

bool matches_any(const std::vector<Glob>& globs, const std::string& path) {
  return std::any_of(globs.begin(), globs.end(), [&](const Glob& glob) { return glob.matches(path); });
}

/// The exceptions of one rule that are active, and what each of them covered.
class ExceptionsOfRule {
 public:
  ExceptionsOfRule(const std::string& rule, const Leave& leave) : leave_(&leave) {
    for (std::size_t i = 0; i < leave.exceptions.size(); ++i) {
      const auto& one = leave.exceptions[i];
      if (one.rule == rule && is_active(one, leave.now)) uses_.push_back({i, {}});
    }
  }

  bool empty() const { return uses_.empty(); }

  /// These facts without what is covered.
  Facts without_covered(const Facts& facts, const std::set<std::string>& names) {
    Facts left;
    for (const auto& name : names) {
      const auto* decl = find_fact(name);
      if (decl == nullptr) continue;  // a field of a row
      if (const auto* rows = facts.list(name)) {
        left.set_list(name, rows_left(*rows));
      } else if (decl->type == FactType::list) {
        left.set_list_unknown(name, facts.why_unknown(name));
      }
      const auto found = facts.all().find(name);
      if (found == facts.all().end()) continue;
      const auto& fact = found->second;
      left.set(name, fact.value, fact.from, fact.details);
      const auto* count = std::get_if<std::int64_t>(&fact.value);
      // Which of them are covered can be told only where it is told where each one is.
      if (count == nullptr || *count <= 0 || static_cast<std::size_t>(*count) != fact.from.size()) continue;
      auto from = places_left(fact.from);
      const auto rest = static_cast<std::int64_t>(from.size());
      if (rest != *count) left.set(name, rest, std::move(from), fact.details);
    }
    return left;
  }

  bool covers_patch(const std::vector<std::string>& paths) {
    return !paths.empty() &&
           std::all_of(paths.begin(), paths.end(), [&](const std::string& path) { return cover(path, "", path); });
  }

  std::vector<ExceptionUse> uses() const {
    std::vector<ExceptionUse> found;
    for (const auto& [index, covered] : uses_) {
      if (covered.empty()) continue;
      const auto& one = leave_->exceptions[index];
      found.push_back({one.at, one.reason, one.owner, one.ticket, utc_day(one.expires), covered, index});
    }
    return found;
  }

 private:
  struct Use {
    std::size_t index;
    std::vector<std::string> covered;
  };

  std::vector<Row> rows_left(const std::vector<Row>& rows) {
    std::vector<Row> left;
    for (const auto& row : rows)
      if (!cover(row.at.file, row.label, row.label)) left.push_back(row);
    return left;
  }

  std::vector<Place> places_left(const std::vector<Place>& places) {
    std::vector<Place> left;
    for (const auto& at : places)
      if (!cover(at.file, "", at.line == 0 ? at.file : at.file + ":" + std::to_string(at.line))) left.push_back(at);
    return left;
  }

  /// The first exception that covers it remembers it.
  bool cover(const std::string& path, const std::string& symbol, const std::string& label) {
    if (path.empty()) return false;
    const auto moved = leave_->moved.find(path);
    for (auto& use : uses_) {
      const auto& one = leave_->exceptions[use.index];
      if (!one.symbol.empty() && one.symbol != symbol) continue;
      if (!matches_any(one.paths, path)) continue;
      // An exception is for what stands there, not for what is brought there.
      const bool all_from_there =
          moved == leave_->moved.end() ||
          std::all_of(moved->second.begin(), moved->second.end(),
                      [&](const std::string& before) { return matches_any(one.paths, before); });
      if (!all_from_there) continue;
      const bool named = std::find(use.covered.begin(), use.covered.end(), label) != use.covered.end();
      if (!named && use.covered.size() < kMostNamed) use.covered.push_back(label);
      return true;
    }
    return false;
  }

  const Leave* leave_;
  std::vector<Use> uses_;
};

/// What `require` and the fixes ask for.
std::set<std::string> facts_of(const Rule& rule) {
  std::set<std::string> names;
  const auto add = [&](const Condition& condition) {
    for (auto& name : names_in(condition)) names.insert(std::move(name));
  };
  add(rule.require);
  for (const auto& fix : rule.fixes)
    if (fix.when) add(*fix.when);
  return names;
}

void except(const Rule& rule, const FactsInOrder& facts, const std::vector<std::string>& paths, TouchedPaths& touched,
            const Leave& leave, JudgedRule& judged) {
  if (rule.floor) return;
  ExceptionsOfRule exceptions(rule.id, leave);
  if (exceptions.empty() || judged.outcome.effect == Effect::none) return;
  const auto without = exceptions.without_covered(facts.facts(), facts_of(rule));
  auto rest = judge_rule(rule, facts, FactsInOrder(without), touched);
  if (rest.outcome.result == RuleResult::pass) {
    judged.outcome.excepted = true;
  } else if (auto whole = ExceptionsOfRule(rule.id, leave); whole.covers_patch(paths)) {
    judged.outcome.excepted = true;
    exceptions = std::move(whole);
  } else if (!exceptions.uses().empty()) {
    judged = std::move(rest);
  }
  judged.outcome.exceptions = exceptions.uses();
  if (judged.outcome.excepted) judged.outcome.effect = Effect::none;
}

const BreakGlass* override_for(const Rule& rule, const std::vector<BreakGlass>& overrides) {
  for (const auto& one : overrides) {
    const bool named = std::any_of(one.rules.begin(), one.rules.end(),
                                   [&](const auto& named_rule) { return named_rule.id == rule.id; });
    if (named) return &one;
  }
  return nullptr;
}

/// What the rules that were lifted would have said, and who lifted them.
std::string overridden_headline(const Verdict& verdict, std::vector<Objection> lifted) {
  const RuleOutcome* first = nullptr;
  for (const auto& rule : verdict.rules)
    if (first == nullptr && rule.overridden) first = &rule;
  Verdict blocked;
  blocked.decision = Decision::block;
  auto text = headline(blocked, lifted);
  constexpr std::string_view kBlock = "BLOCK: ";
  text.replace(0, kBlock.size(), "OVERRIDDEN: ");
  return text + "; " + one_line(first->overridden->approved_by, 80) + " approved it until " +
         utc_time(first->overridden->not_after);
}

ExceptionState state_of(const Exception& exception, std::size_t index, const Verdict& verdict,
                        const std::vector<std::string>& paths, std::int64_t now) {
  if (!is_active(exception, now)) return ExceptionState::expired;
  for (const auto& rule : verdict.rules)
    for (const auto& use : rule.exceptions)
      if (use.index == index) return ExceptionState::used;
  const bool touched =
      std::any_of(paths.begin(), paths.end(), [&](const auto& path) { return matches_any(exception.paths, path); });
  return touched ? ExceptionState::not_needed : ExceptionState::idle;
}

}  // namespace

const char* name_of(ExceptionState state) {
  switch (state) {
    case ExceptionState::used:
      return "used";
    case ExceptionState::not_needed:
      return "not_needed";
    case ExceptionState::idle:
      return "idle";
    case ExceptionState::expired:
      break;
  }
  return "expired";
}

VerdictWithLeave evaluate(const Policy& policy, const Facts& facts, const std::vector<std::string>& touched_paths,
                          const Leave& leave) {
  std::vector<JudgedRule> rules;
  std::vector<Objection> lifted;
  std::size_t excepted = 0;
  const FactsInOrder in_order(facts);
  TouchedPaths paths(touched_paths);
  for (const auto& rule : policy.rules) {
    auto judged = judge_rule(rule, in_order, in_order, paths);
    except(rule, in_order, touched_paths, paths, leave, judged);
    if (judged.outcome.excepted) ++excepted;
    const auto* by = override_for(rule, leave.overrides);
    if (by != nullptr && judged.outcome.effect == Effect::block && rule.level != RuleLevel::final_ && !rule.floor) {
      judged.outcome.overridden = *by;
      judged.outcome.effect = Effect::warn;
      lifted.push_back(judged.objection);
      judged.objection.effect = Effect::warn;
    }
    rules.push_back(std::move(judged));
  }
  VerdictWithLeave result{conclude(policy, std::move(rules)), {}};
  auto& verdict = result.verdict;
  if (!lifted.empty() && verdict.decision == Decision::warn)
    verdict.headline = overridden_headline(verdict, std::move(lifted));
  if (excepted != 0 && verdict.decision != Decision::none)
    verdict.headline += "; standing exceptions lift " + std::to_string(excepted) + (excepted == 1 ? " rule" : " rules");
  for (std::size_t i = 0; i < leave.exceptions.size(); ++i)
    result.exceptions.push_back(state_of(leave.exceptions[i], i, verdict, touched_paths, leave.now));
  return result;
}

}  // namespace patchgate
