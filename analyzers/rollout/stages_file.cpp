#include "analyzers/rollout/stages_file.h"

#include <algorithm>

#include "analyzers/rollout/conditions.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostStages = 100;

class StagesReader {
 public:
  explicit StagesReader(const std::string& path) : path_(path) {}

  Result<RolloutReading> read(const DocNode& document) const {
    PATCHGATE_CHECK(has_only(document, {"$schema", "rollout", "ships", "stages"}));
    const DocNode& version = *document.find("rollout");
    if (!version.plain || version.text != "1")
      return wrong(version, "\"rollout\" must be 1, the version of this format");
    const DocNode* stages = document.find("stages");
    if (stages == nullptr || !stages->is_list() || stages->items.empty()) {
      return wrong(stages == nullptr ? document : *stages, "\"stages\" must be a list with at least one stage");
    }
    RolloutPlan plan;
    PATCHGATE_CHECK(read_ships(document.find("ships"), plan));
    if (stages->items.size() > kMostStages) return wrong(*stages, "\"stages\" holds more than 100 stages");
    plan.system = "stages";
    plan.share_of = "traffic";
    plan.at = place(*stages);
    double before = 0;
    for (const DocNode& item : stages->items) {
      PATCHGATE_TRY(auto stage, read_stage(item, plan));
      if (*stage.percent <= before) return wrong(item, "the percent of each stage must be higher than that before it");
      before = *stage.percent;
      plan.stages.push_back(std::move(stage));
    }
    return RolloutReading{{std::move(plan)}, {}, {}};
  }

 private:
  Place place(const DocNode& node) const { return {path_, node.line, 0}; }
  tl::unexpected<Error> wrong(const DocNode& node, std::string message) const {
    return fail_at(Error::Kind::config, place(node), std::move(message));
  }

  Result<void> has_only(const DocNode& node, std::initializer_list<std::string_view> keys) const {
    if (!node.is_map()) return wrong(node, "must be an object");
    for (const auto& [key, value] : node.members) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      std::string known;
      for (const auto allowed : keys) known += (known.empty() ? "" : ", ") + std::string(allowed);
      return wrong(value, "unknown key \"" + key + "\"; known are " + known);
    }
    return {};
  }

  Result<void> read_ships(const DocNode* ships, RolloutPlan& plan) const {
    if (ships == nullptr) return {};
    if (!ships->is_list() || ships->items.size() > kMostStages) {
      return wrong(*ships, "\"ships\" must be a list of at most 100 names of programs, images or folders");
    }
    for (const DocNode& name : ships->items) {
      if (!name.is_scalar() || name.plain || name.text.empty()) return wrong(name, "must be a text");
      plan.ships.emplace_back(place(name), name.text);
    }
    return {};
  }

  Result<RolloutStage> read_stage(const DocNode& item, RolloutPlan& plan) const {
    PATCHGATE_CHECK(has_only(item, {"percent", "bake", "abort"}));
    RolloutStage stage;
    stage.at = place(item);
    const DocNode* percent = item.find("percent");
    const auto share = percent == nullptr ? std::nullopt : number_of(*percent);
    if (!share || *share <= 0 || *share > 100) {
      return wrong(percent == nullptr ? item : *percent, "\"percent\" must be a number above 0 and at most 100");
    }
    stage.percent = share;
    stage.at = place(*percent);
    const DocNode* bake = item.find("bake");
    const auto minutes =
        bake == nullptr || !bake->is_scalar() || bake->plain ? std::nullopt : minutes_of(bake->text, false);
    if (!minutes || *minutes <= 0) {
      return wrong(bake == nullptr ? item : *bake,
                   "\"bake\" must be a time above zero such as \"30m\", \"2h\" or \"1h30m\"");
    }
    stage.bake_minutes = minutes;
    stage.bake_at = place(*bake);
    stage.waits = true;
    if (const DocNode* abort = item.find("abort")) {
      PATCHGATE_CHECK(has_only(*abort, {"metric", "when"}));
      for (const char* key : {"metric", "when"}) {
        const DocNode* text = abort->find(key);
        if (text == nullptr || !text->is_scalar() || text->plain || text->text.empty()) {
          return wrong(text == nullptr ? *abort : *text, std::string("\"") + key + "\" must be a text");
        }
      }
      const DocNode& when = *abort->find("when");
      if (const auto kind = kind_of_condition(when.text); kind != ConditionKind::measured) {
        plan.traps.emplace_back(place(when), "the abort condition " + when.text + " is " +
                                                 (kind == ConditionKind::always ? "always" : "never") +
                                                 " true: it measures nothing");
        return stage;
      }
      stage.aborts = true;
      stage.abort_by = abort->find("metric")->text + " " + abort->find("when")->text;
      stage.abort_at = place(*abort);
    }
    return stage;
  }

  const std::string& path_;
};

bool is_stages_file(const DocNode& document) { return document.find("rollout") != nullptr; }

Result<RolloutReading> read_stages_file(const std::string& path, const DocNode& document, const RolloutSet&) {
  return StagesReader(path).read(document);
}

}  // namespace

const RolloutFormat stages_file{"rollout.json with its version", is_stages_file, read_stages_file};

}  // namespace patchgate
