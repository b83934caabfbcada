#include <map>
#include <string>

#include "analyzers/guards/other_changes.h"

namespace patchgate {
namespace {

/// One label of a switch and what follows it up to the next one.
struct CaseGroup {
  std::uint32_t line = 0;
  bool has_statements = false;
  bool leaves = false;
  bool runs_on = false;  ///< something of another label follows
};

using CaseGroups = std::map<std::string, CaseGroup>;

/// Where a label stands twice (nested blocks), what is said of it is not used.
CaseGroups groups_of(ShapeView choice) {
  CaseGroups groups;
  CaseGroup* open = nullptr;
  for (const auto& child : choice.child(1).children()) {
    if (child.is(ShapeKind::case_)) {
      if (open != nullptr && open->has_statements && !open->leaves) open->runs_on = true;
      open = &groups[child.text()];
      *open = {child.node().line, false, false, false};
    } else if (open != nullptr) {
      open->has_statements = true;
      open->leaves = open->leaves || leaves(child);
    }
  }
  return groups;
}

std::vector<ShapeView> switches_in(const BodyShape& shape) {
  std::vector<ShapeView> all;
  for (std::size_t i = 0; i < shape.nodes.size(); ++i)
    if (shape.nodes[i].kind == ShapeKind::switch_) all.emplace_back(shape.nodes, i);
  return all;
}

}  // namespace

void switch_changes(const ComparedBody& body, std::vector<CodeChange>& found) {
  const auto before = switches_in(*body.base);
  const auto after = switches_in(*body.head);
  if (before.size() != after.size()) return;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (key_of(before[i].child(0), {}, nullptr) != key_of(after[i].child(0), body.renames, nullptr)) continue;
    const auto old_groups = groups_of(before[i]);
    for (const auto& [label, group] : groups_of(after[i])) {
      const auto old = old_groups.find(label);
      if (old == old_groups.end() || !group.runs_on || !old->second.leaves) continue;
      CodeChange change;
      change.kind = CodeChange::Kind::guard_weakened;
      change.base.line = old->second.line;
      change.head.line = group.line;
      change.before = label.empty() ? "default: … break" : "case " + label + ": … break";
      change.uses = 1;
      change.how = "it runs on into the next case";
      found.push_back(std::move(change));
    }
  }
}

}  // namespace patchgate
