#include "analyzers/rollout/launchdarkly.h"

#include <algorithm>

#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

/// Weights are thousandths of a percent.
constexpr double kAllWeights = 100'000;

bool is_time(const std::string& text) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd";
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == 'd' ? !digit : text[i] != kShape[i]) return false;
  }
  return true;
}

class Flag {
 public:
  Flag(const std::string& path, const DocNode& flag, const DocNode* exported) : path_(path), flag_(flag) {
    share_.system = "launchdarkly";
    share_.key = scalar_text(flag.find("key"));
    share_.at = {path, flag.line, 0};
    if (exported == nullptr || !is_time(exported->text)) {
      share_.unknown = "the file does not say when it was exported (exportedAt, RFC 3339)";
    } else {
      share_.remarks.emplace_back(Place{path, exported->line, 0}, "exported at " + exported->text);
    }
  }

  FlagShare read() {
    if (!share_.unknown.empty()) return std::move(share_);
    const DocNode* environments = flag_.find("environments");
    if (environments == nullptr || !environments->is_map() || environments->members.empty()) {
      share_.unknown = "it has no environments";
    } else if (const DocNode* production = environments->find("production")) {
      share_.gets_true = share_in(*production);
    } else {
      std::optional<double> largest = 0;
      for (const auto& [name, environment] : environments->members) {
        const auto share = share_in(environment);
        if (!share) return std::move(share_);
        largest = std::max(*largest, *share);
      }
      share_.gets_true = largest;
      if (environments->members.size() > 1) {
        share_.remarks.emplace_back(Place{path_, environments->line, 0},
                                    "no environment is named production: the largest share counts");
      }
    }
    return std::move(share_);
  }

 private:
  std::optional<double> cannot(const DocNode& at, std::string why) {
    share_.at = {path_, at.line, 0};
    share_.unknown = std::move(why);
    return std::nullopt;
  }

  /// The value of the variation with that number, where it is true or false.
  std::optional<bool> value_of(const DocNode* number) const {
    const DocNode* variations = flag_.find("variations");
    const auto index = number == nullptr ? std::nullopt : whole_of(*number);
    if (variations == nullptr || !index || *index < 0 || static_cast<std::size_t>(*index) >= variations->items.size())
      return std::nullopt;
    const DocNode* value = variations->items[static_cast<std::size_t>(*index)].find("value");
    return value == nullptr ? std::nullopt : truth_of(*value);
  }

  std::optional<double> all_or_none(const DocNode& at, const DocNode* variation) {
    const auto value = value_of(variation);
    if (!value) return cannot(at, "its variations are not all true or false");
    share_.at = {path_, variation->line, 0};
    return *value ? 100.0 : 0.0;
  }

  std::optional<double> share_in(const DocNode& environment) {
    const DocNode* on = environment.find("on");
    if (scalar_text(flag_.find("archived")) == "true" || (on != nullptr && scalar_text(on) == "false")) {
      return all_or_none(environment, environment.find("offVariation"));
    }
    if (scalar_text(on) != "true") return cannot(environment, "it does not say whether it is on");
    for (const char* picks : {"rules", "targets", "contextTargets"}) {
      const DocNode* list = environment.find(picks);
      if (list != nullptr && !list->items.empty()) {
        return cannot(*list, std::string("its ") + picks + " pick users beside the share");
      }
    }
    const DocNode* fallthrough = environment.find("fallthrough");
    if (fallthrough == nullptr) return cannot(environment, "it has no fallthrough");
    const DocNode* parts = fallthrough->find({"rollout", "variations"});
    if (parts == nullptr) return all_or_none(*fallthrough, fallthrough->find("variation"));
    return rollout(*parts);
  }

  std::optional<double> rollout(const DocNode& parts) {
    double all = 0, on = 0;
    for (const DocNode& part : parts.items) {
      const DocNode* weight = part.find("weight");
      const auto given = weight == nullptr ? std::nullopt : number_of(*weight);
      const auto value = value_of(part.find("variation"));
      if (!given || *given < 0 || !value)
        return cannot(part, "a part of its rollout has no weight, or no true or false");
      all += *given;
      if (*value) on += *given;
    }
    if (all != kAllWeights) {
      return cannot(parts, "the weights of its rollout add up to " + short_number(all) + " and not to 100000");
    }
    share_.at = {path_, parts.line, 0};
    return 100 * on / kAllWeights;
  }

  const std::string& path_;
  const DocNode& flag_;
  FlagShare share_;
};

bool is_flag(const DocNode& node) {
  return node.find("environments") != nullptr && node.find("variations") != nullptr && node.find("key") != nullptr;
}

bool is_export(const DocNode& document) {
  if (is_flag(document)) return true;
  const DocNode* items = document.find("items");
  return items != nullptr && items->is_list() && !items->items.empty() &&
         std::all_of(items->items.begin(), items->items.end(), is_flag);
}

Result<RolloutReading> read_export(const std::string& path, const DocNode& document, const RolloutSet&) {
  RolloutReading reading;
  const DocNode* exported = document.find("exportedAt");
  if (is_flag(document)) {
    reading.flags.push_back(Flag(path, document, exported).read());
    return reading;
  }
  for (const DocNode& flag : document.find("items")->items) reading.flags.push_back(Flag(path, flag, exported).read());
  return reading;
}

}  // namespace

const RolloutFormat launchdarkly_flags{"exported LaunchDarkly flags", is_export, read_export};

}  // namespace patchgate
