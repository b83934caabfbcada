#include "analyzers/model/touched.h"

namespace patchgate {

const char* name_of(Side side) {
  switch (side) {
    case Side::both:
      return "both";
    case Side::base:
      return "base";
    case Side::head:
      return "head";
  }
  return "?";
}

const char* name_of(ChangeKind change) {
  switch (change) {
    case ChangeKind::body:
      return "body";
    case ChangeKind::signature:
      return "signature";
    case ChangeKind::added:
      return "added";
    case ChangeKind::removed:
      return "removed";
    case ChangeKind::value:
      return "value";
    case ChangeKind::layout:
      return "layout";
  }
  return "?";
}

}  // namespace patchgate
