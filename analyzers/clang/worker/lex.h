#pragma once

#include <string_view>
#include <vector>

#include "analyzers/model/unit.h"

namespace patchgate {

/// The preprocessing tokens of a text, in order. Never fails: what is no token of the language (an open literal, a
/// stray byte) is one token too; an open comment is none. Texts over 4 GiB are cut there.
std::vector<Token> lex_tokens(std::string_view text, bool cplusplus);

}  // namespace patchgate
