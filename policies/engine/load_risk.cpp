#include "policies/engine/load_risk.h"

#include <limits>

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

const std::vector<std::string> kLevels{"low", "moderate", "high", "critical"};
const std::vector<std::string> kLikelihoods{"low", "moderate", "high"};
constexpr std::uint32_t kMostSymbols = 1'000'000'000;

void read_band(const JsonNode& node, RiskTable::Band& band) {
  if (!node.object()) return;
  node.only({"percentile", "transitive"});
  if (node.has("percentile")) band.percentile = node["percentile"].number(0, 100).value_or(band.percentile);
  if (node.has("transitive")) band.transitive = node["transitive"].count(kMostSymbols).value_or(band.transitive);
}

void read_impact(const JsonNode& node, RiskTable& table) {
  if (!node.object()) return;
  node.only({"moderate", "high", "critical", "high_feeding_a_sink_is_critical"});
  if (node.has("moderate")) read_band(node["moderate"], table.moderate);
  if (node.has("high")) read_band(node["high"], table.high);
  if (node.has("critical")) read_band(node["critical"], table.critical);
  if (node.has("high_feeding_a_sink_is_critical")) {
    auto& flag = table.high_feeding_a_sink_is_critical;
    flag = node["high_feeding_a_sink_is_critical"].flag().value_or(flag);
  }
  const auto above = [](const RiskTable::Band& a, const RiskTable::Band& b) {
    return a.percentile > b.percentile || a.transitive > b.transitive;
  };
  if (above(table.moderate, table.high)) node.error("'moderate' begins above 'high'");
  if (above(table.high, table.critical)) node.error("'high' begins above 'critical'");
}

void read_likelihood(const JsonNode& node, RiskTable& table) {
  if (!node.object()) return;
  node.only({"moderate", "high", "min_commits"});
  if (node.has("moderate")) {
    table.likelihood_moderate = node["moderate"].number(0, 100).value_or(table.likelihood_moderate);
  }
  if (node.has("high")) table.likelihood_high = node["high"].number(0, 100).value_or(table.likelihood_high);
  if (node.has("min_commits")) {
    table.likelihood_min_commits = node["min_commits"].count(kMostSymbols).value_or(table.likelihood_min_commits);
  }
  if (table.likelihood_moderate > table.likelihood_high) node.error("'moderate' begins above 'high'");
}

void read_row(const JsonNode& node, std::array<std::uint8_t, 3>& row) {
  const auto elements = node.list();
  if (!elements) return;
  if (elements->size() != kLikelihoods.size()) {
    return node.error(node.called() + " must have 3 levels: for likelihood low, moderate and high");
  }
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto level = (*elements)[i].word(kLevels);
    if (level) row[i] = static_cast<std::uint8_t>(*level);
  }
}

void read_table(const JsonNode& node, RiskTable& table) {
  if (!node.object()) return;
  node.only(kLevels);
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    if (node.has(kLevels[i])) read_row(node[kLevels[i]], table.risk[i]);
  }
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    for (std::size_t j = 0; j < kLikelihoods.size(); ++j) {
      if (j > 0 && table.risk[i][j] < table.risk[i][j - 1]) {
        node.error("at impact " + kLevels[i] + " the risk falls from likelihood " + kLikelihoods[j - 1] + " to " +
                   kLikelihoods[j]);
      }
      if (i > 0 && table.risk[i][j] < table.risk[i - 1][j]) {
        node.error("at likelihood " + kLikelihoods[j] + " the risk falls from impact " + kLevels[i - 1] + " to " +
                   kLevels[i]);
      }
    }
  }
}

}  // namespace

void read_risk(const JsonNode& node, RiskTable& table) {
  if (!node.object()) return;
  node.only({"impact", "likelihood", "table"});
  if (node.has("impact")) read_impact(node["impact"], table);
  if (node.has("likelihood")) read_likelihood(node["likelihood"], table);
  if (node.has("table")) read_table(node["table"], table);
}

}  // namespace patchgate
