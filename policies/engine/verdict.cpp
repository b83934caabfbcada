#include "policies/engine/verdict.h"

namespace patchgate {

const char* name_of(RuleLevel level) {
  switch (level) {
    case RuleLevel::observe:
      return "observe";
    case RuleLevel::warn:
      return "warn";
    case RuleLevel::block:
      return "block";
    case RuleLevel::final_:
      break;
  }
  return "final";
}

const char* name_of(RuleResult result) {
  switch (result) {
    case RuleResult::pass:
      return "pass";
    case RuleResult::fail:
      return "fail";
    case RuleResult::unknown:
      return "unknown";
    case RuleResult::not_applicable:
      break;
  }
  return "not_applicable";
}

const char* name_of(Effect effect) {
  switch (effect) {
    case Effect::none:
      return "none";
    case Effect::observe:
      return "observe";
    case Effect::warn:
      return "warn";
    case Effect::block:
      break;
  }
  return "block";
}

const char* name_of(Decision decision) {
  switch (decision) {
    case Decision::allow:
      return "allow";
    case Decision::warn:
      return "warn";
    case Decision::block:
      return "block";
    case Decision::none:
      break;
  }
  return "none";
}

}  // namespace patchgate
