#include "analyzers/guards/other_changes.h"

#include "analyzers/guards/match_uses.h"

namespace patchgate {

bool is_empty_value(ShapeView view) {
  switch (view.kind()) {
    case ShapeKind::null:
      return true;
    case ShapeKind::number:
      return view.text() == "0";
    case ShapeKind::text:
      return view.text().empty();
    case ShapeKind::construct:
    case ShapeKind::list:
      return view.child_count() == 0;
    default:
      return false;
  }
}

bool is_constant(ShapeView view) {
  return is_empty_value(view) || view.is(ShapeKind::number) || view.is(ShapeKind::text) ||
         (view.is(ShapeKind::unary) && view.text() == "-" && view.child(0).is(ShapeKind::number));
}

CodeChange change_between(CodeChange::Kind kind, const Use& before, const Use& after) {
  CodeChange change;
  change.kind = kind;
  change.base.line = before.line;
  change.head.line = after.line;
  change.before = before.source;
  change.after = after.source;
  change.use = after.source;
  change.uses = 1;
  return change;
}

std::vector<CodeChange> other_changes(const ComparedBody& body) {
  std::vector<CodeChange> found;
  const auto matched = match_uses(body.before.uses, body.after.uses);
  value_changes(body, matched, found);
  error_changes(body, matched, found);
  loop_changes(body, matched, found);
  switch_changes(body, found);
  return found;
}

}  // namespace patchgate
