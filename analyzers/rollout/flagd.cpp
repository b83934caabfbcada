#include "analyzers/rollout/flagd.h"

#include <algorithm>

#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

class Flag {
 public:
  Flag(const std::string& path, const std::string& key, const DocNode& flag) : path_(path), flag_(flag) {
    share_.system = "flagd";
    share_.key = key;
    share_.at = place(flag);
  }

  FlagShare read() {
    read_share();
    return std::move(share_);
  }

 private:
  Place place(const DocNode& node) const { return {path_, node.line, 0}; }
  void trap(const DocNode& node, std::string text) { share_.traps.emplace_back(place(node), std::move(text)); }

  /// The value of a variant, where it is true or false.
  std::optional<bool> value_of(const std::string& variant) const {
    const DocNode* value = flag_.find({"variants", variant});
    return value == nullptr ? std::nullopt : truth_of(*value);
  }

  bool has_only_truths() const {
    const DocNode* variants = flag_.find("variants");
    return variants != nullptr && !variants->members.empty() &&
           std::all_of(variants->members.begin(), variants->members.end(),
                       [](const auto& variant) { return truth_of(variant.value).has_value(); });
  }

  void read_share() {
    const DocNode* state = flag_.find("state");
    if (scalar_text(state) != "ENABLED") {
      trap(state == nullptr ? flag_ : *state,
           "the flag " + share_.key + " is not ENABLED: the default that the code gives decides");
      share_.unknown = "it is not ENABLED, and the default that the code gives decides";
      return;
    }
    if (!has_only_truths()) {
      share_.unknown = "its variants are not all true or false, so which of them runs the new code is not seen";
      return;
    }
    const DocNode* targeting = flag_.find("targeting");
    const DocNode* given = flag_.find("defaultVariant");
    const auto fallback = given == nullptr ? std::nullopt : value_of(scalar_text(given));
    if (targeting == nullptr || targeting->is_null() || (targeting->is_map() && targeting->members.empty())) {
      if (!fallback) {
        share_.unknown = "it has no defaultVariant that is one of its variants";
        return;
      }
      share_.at = place(*given);
      share_.gets_true = *fallback ? 100.0 : 0.0;
      return;
    }
    if (fallback == true) {
      trap(*given, "the default of the flag " + share_.key + " is on: whoever the targeting does not pick gets true");
    }
    const DocNode* fractional = targeting->find("fractional");
    if (fractional == nullptr || targeting->members.size() != 1) {
      share_.unknown = "its targeting asks for more than a share";
      share_.at = place(*targeting);
      return;
    }
    read_fractional(*fractional);
  }

  void read_fractional(const DocNode& fractional) {
    share_.at = place(fractional);
    double all = 0, on = 0;
    bool first = true;
    for (const DocNode& part : fractional.items) {
      // What the users are told apart by may stand in front.
      const bool is_bucket_key = first && (part.is_map() || part.is_scalar());
      first = false;
      if (is_bucket_key) continue;
      const auto weight = part.items.size() < 2 ? std::optional<double>(1) : number_of(part.items[1]);
      const auto value = part.items.empty() ? std::nullopt : value_of(scalar_text(&part.items[0]));
      if (!weight || *weight < 0 || !value) {
        share_.unknown = "its fractional has a part that is not [variant, weight]";
        share_.at = place(part);
        return;
      }
      all += *weight;
      if (*value) on += *weight;
    }
    if (all <= 0) {
      share_.unknown = "its fractional has no weight above 0";
      return;
    }
    if (all != 100) {
      share_.remarks.emplace_back(place(fractional), "weights of flagd are relative: they add up to " +
                                                         short_number(all) + ", " + short_number(on) + " of it is on");
    }
    share_.gets_true = 100 * on / all;
  }

  const std::string& path_;
  const DocNode& flag_;
  FlagShare share_;
};

bool is_flagd(const DocNode& document) {
  const DocNode* flags = document.find("flags");
  return flags != nullptr && flags->is_map() &&
         std::all_of(flags->members.begin(), flags->members.end(),
                     [](const auto& flag) { return flag.value.find("variants") != nullptr; });
}

Result<RolloutReading> read_flagd(const std::string& path, const DocNode& document, const RolloutSet&) {
  RolloutReading reading;
  for (const auto& [key, flag] : document.find("flags")->members) reading.flags.push_back(Flag(path, key, flag).read());
  return reading;
}

}  // namespace

const RolloutFormat flagd_flags{"flagd", is_flagd, read_flagd};

}  // namespace patchgate
