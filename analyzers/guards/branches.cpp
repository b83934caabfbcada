#include "analyzers/guards/branches.h"

#include <algorithm>

namespace patchgate {

bool ends_dead(ShapeView block) {
  const auto children = block.children();
  return std::any_of(children.begin(), children.end(), [](const ShapeView& child) {
    return child.is(ShapeKind::dead_end) || (child.is(ShapeKind::discard) && child.child(0).is(ShapeKind::dead_end));
  });
}

bool refuses(ShapeView block) {
  const auto children = block.children();
  if (children.empty()) return false;
  const auto& last = children.back();
  switch (last.kind()) {
    case ShapeKind::goto_:
    case ShapeKind::continue_:
    case ShapeKind::break_:
    case ShapeKind::throw_:
      return true;
    case ShapeKind::discard:
      return is_dead_end(last.child(0));
    case ShapeKind::return_:
      break;
    default:
      return false;
  }
  if (last.child_count() == 0) return true;
  const auto value = last.child(0);
  if (value.is(ShapeKind::null) || value.is(ShapeKind::list)) return true;
  if (value.is(ShapeKind::unary) && value.text() == "-") return true;
  if (value.is(ShapeKind::name) || value.is(ShapeKind::call)) {
    for (const char* word : {"ERR", "Err", "err", "FAIL", "Fail", "fail", "Invalid", "Corrupt"})
      if (value.text().find(word) != std::string::npos) return true;
  }
  return false;
}

}  // namespace patchgate
