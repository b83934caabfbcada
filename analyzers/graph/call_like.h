#pragma once

#include <algorithm>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// Calls, constructions, destructions and macros: the used code runs when the user does. An address that is taken may
/// lead to a call as well; see confidence_of_step.
inline bool is_call_like(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::call:
    case EdgeKind::construct:
    case EdgeKind::destruct:
    case EdgeKind::virtual_:
    case EdgeKind::override_:
    case EdgeKind::address:
    case EdgeKind::indirect:
    case EdgeKind::macro:
      return true;
    case EdgeKind::read:
    case EdgeKind::write:
    case EdgeKind::type:
    case EdgeKind::include:
      return false;
  }
  return false;
}

/// Of one step along a link: an address is never more than possible.
inline Confidence confidence_of_step(const Link& link) {
  return link.kind == EdgeKind::address ? std::max(link.confidence, Confidence::possible) : link.confidence;
}

}  // namespace patchgate
