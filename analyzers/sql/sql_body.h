#pragma once

#include <string>
#include <string_view>

#include "analyzers/sql/statement.h"

namespace patchgate {

/// By its words, what the body of a function or of a DO block does: also the texts that it hands to EXECUTE. An EXECUTE
/// of a text that is made at run time and a CALL are `not_seen`.
void judge_body(std::string_view body, ReadStatement& statement);

/// The statement runs `what`, which is not in it. The first one stays.
void hide(ReadStatement& statement, const std::string& what);

/// A function that by its name takes something away: purge_all, app.deleteOld; not deleted_count.
bool sounds_destructive(std::string_view name);

}  // namespace patchgate
