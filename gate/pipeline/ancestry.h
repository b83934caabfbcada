#pragma once

#include "analyzers/git/repository.h"

namespace patchgate {

/// Whether `newer` contains `older`, or is it.
inline Result<bool> is_ancestor(const Repository& repository, const Oid& older, const Oid& newer) {
  PATCHGATE_TRY(const auto base, repository.merge_base(older, newer));
  return base == older;
}

}  // namespace patchgate
