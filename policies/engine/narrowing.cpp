#include "policies/engine/narrowing.h"

#include <algorithm>
#include <set>
#include <string>

#include "policies/engine/lint.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

class Author {
 public:
  explicit Author(const Policy& policy)
      : names_hotfix_(policy.hotfix.target.empty() && !policy.hotfix.source.empty()) {}

  /// Whether the condition can still hold (`wanted`), or fail to, when the author says whatever prevents that, and all
  /// that is not theirs to say is as it has to be.
  bool leaves_it(const Condition& condition, bool wanted) const {
    const auto left = [&](const Condition& child) { return leaves_it(child, wanted); };
    const auto& children = condition.children;
    switch (condition.kind) {
      case Condition::Kind::all:
        return wanted ? std::all_of(children.begin(), children.end(), left)
                      : std::any_of(children.begin(), children.end(), left);
      case Condition::Kind::any:
        return wanted ? std::any_of(children.begin(), children.end(), left)
                      : std::all_of(children.begin(), children.end(), left);
      case Condition::Kind::none: {
        const auto denied = [&](const Condition& child) { return leaves_it(child, !wanted); };
        return wanted ? std::all_of(children.begin(), children.end(), denied)
                      : std::any_of(children.begin(), children.end(), denied);
      }
      default:
        return names(condition).empty();
    }
  }

  /// What the author says of the facts that it asks for.
  std::set<std::string> names(const Condition& condition) const {
    std::set<std::string> all;
    for (const auto* parts : {&condition.children, &condition.where, &condition.has}) {
      for (const auto& part : *parts) all.merge(names(part));
    }
    const auto* fact = condition.fact;
    if (fact == nullptr || fact->trust != Trust::claimed) return all;
    if (fact->name != "patch.hotfix" || names_hotfix_) all.emplace(fact->name);
    return all;
  }

 private:
  bool names_hotfix_;  ///< by the branch that the patch comes from alone
};

}  // namespace

void find_avoidable_rules(const Policy& policy, std::vector<Error>& warnings) {
  const Author author(policy);
  for (const auto& rule : policy.rules) {
    if (!rule.when || !rule.narrows.empty() || never_holds(*rule.when) || author.leaves_it(*rule.when, true)) continue;
    const auto names = author.names(*rule.when);
    warnings.push_back(Error{Error::Kind::config,
                             "rule " + in_quotes(rule.id) + " applies by what the patch's author says (" +
                                 join({names.begin(), names.end()}) +
                                 "), who can avoid it by saying otherwise; ask for target.ref instead, or say with "
                                 "'narrows' why that is fine",
                             rule.at,
                             {},
                             {}});
  }
}

}  // namespace patchgate
