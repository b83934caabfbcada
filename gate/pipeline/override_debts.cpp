#include "gate/pipeline/override_debts.h"

namespace patchgate {
namespace {

bool concerns(const Repository& repository, const Patch& patch, const BreakGlass& used) {
  if (!used.target.empty()) return used.target == patch.target_ref;
  // Not in this clone means that it never came into the target as it was.
  const auto common = repository.merge_base(used.head, patch.base);
  return common && *common == used.head;
}

Result<bool> test_is_there(const Repository& repository, const Snapshot& side, const PromisedTest& test) {
  PATCHGATE_TRY(const auto text, read_file(repository, side, test.file));
  return text && has_test(*text, test.name);
}

Result<TestSeen> look_for_test(const Repository& repository, const OpenedPatch& opened, const BreakGlass& used) {
  TestSeen seen;
  if (!used.promise || used.promise->test.empty()) return seen;
  const auto test = promised_test(*used.promise);
  PATCHGATE_TRY(seen.on_base, test_is_there(repository, opened.base_tip, test));
  PATCHGATE_TRY(seen.on_head, test_is_there(repository, opened.sides.head, test));
  if (const auto then = repository.snapshot(used.head)) {
    PATCHGATE_TRY(seen.at_override, test_is_there(repository, *then, test));
  }
  return seen;
}

}  // namespace

Result<std::vector<Debt>> open_debts(const Repository& repository, const OpenedPatch& opened,
                                     const std::vector<BreakGlass>& kept, std::int64_t now) {
  std::vector<Debt> debts;
  for (const auto& used : kept) {
    if (used.head == opened.patch.head || !concerns(repository, opened.patch, used)) continue;
    PATCHGATE_TRY(const auto seen, look_for_test(repository, opened, used));
    auto debt = debt_of(used, seen, now);
    const bool paid_here = seen.on_head && !seen.on_base;
    if (debt.state != DebtState::paid || paid_here) debts.push_back(std::move(debt));
  }
  return debts;
}

}  // namespace patchgate
