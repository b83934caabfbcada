#include "policies/engine/load_loosens.h"

#include <optional>

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr const char* kImpacts[] = {"low", "moderate", "high", "critical"};

template <class Number>
void raised(const std::string& what, Number before, Number now, std::vector<std::string>& loosened) {
  if (now <= before) return;
  loosened.push_back(what + " " + to_string(Value{static_cast<double>(before)}) + " → " +
                     to_string(Value{static_cast<double>(now)}));
}

std::vector<std::string> loosened_risk(const RiskTable& before, const RiskTable& now) {
  std::vector<std::string> loosened;
  const auto band = [&](const std::string& name, const RiskTable::Band& was, const RiskTable::Band& is) {
    raised(name + ".percentile", was.percentile, is.percentile, loosened);
    raised(name + ".transitive", was.transitive, is.transitive, loosened);
  };
  band("moderate", before.moderate, now.moderate);
  band("high", before.high, now.high);
  band("critical", before.critical, now.critical);
  if (before.high_feeding_a_sink_is_critical && !now.high_feeding_a_sink_is_critical)
    loosened.emplace_back("high_feeding_a_sink_is_critical");
  raised("likelihood.moderate", before.likelihood_moderate, now.likelihood_moderate, loosened);
  raised("likelihood.high", before.likelihood_high, now.likelihood_high, loosened);
  for (std::size_t impact = 0; impact < now.risk.size(); ++impact) {
    const auto& was = before.risk[impact];
    const auto& is = now.risk[impact];
    bool lower = false;
    for (std::size_t i = 0; i < is.size(); ++i) lower = lower || is[i] < was[i];
    if (lower) loosened.push_back(std::string("table.") + kImpacts[impact]);
  }
  return loosened;
}

class FrameCheck {
 public:
  FrameCheck(const JsonNode& node, Policy& now, std::vector<Error>& warnings)
      : node_(node), now_(now), warnings_(warnings) {
    if (!node.has("loosens") || !node["loosens"].object()) return;
    reasons_ = node["loosens"];
    reasons_->only({"risk", "if_no_rule_applies"});
  }

  void part(const char* name, const std::vector<std::string>& loosened) {
    const bool given = reasons_ && reasons_->has(name);
    const auto reason = given ? (*reasons_)[name].text() : std::nullopt;
    if (loosened.empty()) {
      if (given)
        warnings_.push_back(Error{Error::Kind::config,
                                  "'loosens' is given, but nothing about " + in_quotes(name) + " is loosened",
                                  (*reasons_)[name].key_place(),
                                  {},
                                  {}});
      return;
    }
    const auto what = in_quotes(name) + " (" + join(loosened) + ")";
    if (!given)
      return node_[name].error_at_key("this loosens " + what + "; say why with 'loosens': { \"" + name +
                                      "\": \"reason\" }");
    const auto at = node_[name].key_place();
    now_.notes.push_back(what + " is loosened by " + at.file + ":" + std::to_string(at.line) + ": " +
                         one_line(reason.value_or(""), 200));
  }

 private:
  const JsonNode& node_;
  Policy& now_;
  std::vector<Error>& warnings_;
  std::optional<JsonNode> reasons_;
};

}  // namespace

PolicyFrame frame_of(const Policy& policy) { return {policy.risk, policy.if_no_rule_applies}; }

void check_frame(const JsonNode& node, const PolicyFrame& before, Policy& now, std::vector<Error>& warnings) {
  FrameCheck check(node, now, warnings);
  check.part("risk", loosened_risk(before.risk, now.risk));
  std::vector<std::string> decision;
  if (now.if_no_rule_applies < before.if_no_rule_applies)
    decision.push_back(std::string(name_of(before.if_no_rule_applies)) + " → " + name_of(now.if_no_rule_applies));
  check.part("if_no_rule_applies", decision);
}

}  // namespace patchgate
