#pragma once

#include <string_view>

namespace patchgate {

/// What a piece of SQL does, as far as its first words tell. `unclear`: the text goes on past what was recorded, or is
/// empty.
enum class SqlEffect { reads, writes, unclear };

/// Every statement of the text is looked at. A SELECT counts as reading even where it calls a function that writes; a
/// WITH is searched for words that write. `longest` bytes or more = the text may be cut off.
SqlEffect sql_effect(std::string_view text, std::size_t longest = 120);

}  // namespace patchgate
