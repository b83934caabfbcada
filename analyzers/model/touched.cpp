#include "analyzers/model/touched.h"

namespace patchgate {

const char* possible_by(EdgeRule rule) {
  switch (rule) {
    case EdgeRule::syntax:
      return "templates that nobody instantiates";
    case EdgeRule::outside:
      return "code outside that it is handed to";
    case EdgeRule::override_:
      return "virtual overrides";
    case EdgeRule::slot:
      return "stored pointers";
    case EdgeRule::type:
      return "pointers of the same type";
    case EdgeRule::name:
      return "name only";
  }
  return "?";
}

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
