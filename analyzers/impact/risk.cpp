#include "analyzers/impact/impact.h"
#include "analyzers/impact/level.h"

namespace patchgate {

namespace {

constexpr int kModerate = 1;

void run(const Context& context, Findings& findings) {
  const Fact impact = findings.facts.get("impact.level");
  if (const auto* unknown = std::get_if<Unknown>(&impact.value)) {
    findings.facts.set("risk.level", Unknown{"the impact is not known: " + unknown->why}, impact.from);
    return;
  }
  const Fact likelihood = findings.facts.get("likelihood.level");
  const auto rank = [](const Fact& fact) {
    const auto* word = std::get_if<std::string>(&fact.value);
    return word == nullptr ? -1 : rank_of_level(*word);
  };
  const int row = rank(impact);
  const int column = rank(likelihood) < 0 ? kModerate : rank(likelihood);
  if (row < 0 || column > 2) {
    findings.facts.set("risk.level", Unknown{"impact and likelihood are no levels of the table"});
    return;
  }
  const int risk = context.risk.risk[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
  if (risk > 3) {
    findings.facts.set("risk.level", Unknown{"the risk table holds a level that does not exist"});
    return;
  }
  findings.facts.set("risk.level", std::string(level_name(risk)), impact.from);
}

}  // namespace

const Analyzer impact_risk{"impact/risk", "impact and likelihood, joined by the policy's table", run};

}  // namespace patchgate
