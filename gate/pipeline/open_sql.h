#pragma once

#include "analyzers/git/repository.h"
#include "analyzers/model/data_at_risk.h"
#include "analyzers/model/patch.h"

namespace patchgate {

/// Both sides of the changed files in which SQL may stand: C and C++ that is no test, *.sql that is no test, migrations
/// in any language. At most 8 MiB a file and 64 MiB in all; what is beyond is named in `unread`. `patch` must outlive
/// the result.
Result<SqlInput> open_sql(const Repository& repository, const Patch& patch);

}  // namespace patchgate
