#pragma once

#include <string>
#include <utility>

#include "analyzers/model/rollout.h"
#include "analyzers/rollout/document.h"

namespace patchgate {

/// A plan as it is read off one document.
class PlanReading {
 public:
  /// `at`: the line that stands for the whole plan.
  PlanReading(std::string system, const std::string& path, const DocNode& at) : path_(path) {
    plan.system = std::move(system);
    plan.at = place(at);
  }

  Place place(const DocNode& node) const { return {path_, node.line, 0}; }
  void trap(const DocNode& node, std::string text) { plan.traps.emplace_back(place(node), std::move(text)); }
  void remark(const DocNode& node, std::string text) { plan.remarks.emplace_back(place(node), std::move(text)); }
  /// No stage: everything follows without a stop, for that reason.
  void plain(const DocNode& node, std::string why) {
    plan.stages.clear();
    plan.plain_why = std::move(why);
    trap(node, plan.plain_why);
  }
  /// What is rolled out, where the document says it. `by`: what refers to it, where it stands in another document.
  void ships(const DocNode* name, const DocNode* by = nullptr) {
    if (name == nullptr || !name->is_scalar() || name->text.empty()) return;
    plan.ships.emplace_back(place(by == nullptr ? *name : *by), name->text);
  }
  const std::string& path() const { return path_; }

  RolloutPlan plan;

 private:
  const std::string& path_;
};

}  // namespace patchgate
