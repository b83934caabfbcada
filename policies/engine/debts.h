#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "policies/engine/override.h"

namespace patchgate {

/// Whether a text has the test that was promised: the words of `name` (`Retry.Backoff`, `test_backoff`) one after the
/// other with only signs between them, or as the whole text of a string; comments and what `#if 0` switches off do not
/// count. An empty name: any text has it.
bool has_test(std::string_view text, std::string_view name);

/// open: promised, and the day has not passed. overdue: it has. paid: the test is there.
enum class DebtState { open, overdue, paid };
const char* name_of(DebtState state);

/// Where the promised test was found; nothing but false where no test is promised.
struct TestSeen {
  bool at_override = false;  ///< at the commit that was overridden
  bool on_base = false;      ///< at the tip of the target
  bool on_head = false;      ///< with this patch
};

/// What an override leaves to be done.
struct Debt {
  DebtState state = DebtState::open;
  std::string text;  ///< for a person: who promised what until when, and how that stands
};

/// Of an override whose commit is in the target, or that was for this target. Without a promise it is remembered for
/// kPromiseDays after it ended, then it is paid.
Debt debt_of(const BreakGlass& used, const TestSeen& seen, std::int64_t now);

}  // namespace patchgate
