#pragma once

#include <string_view>

namespace patchgate {

/// Whether `text` seems to define a function of that name (its last part): the name, parameters in parentheses, then a
/// body or a constructor's initialisers. By words alone: a definition in the old style of C, or one that a macro
/// spells, is not seen; a loop macro of that name is taken for one. Time grows with the text.
bool seems_to_define(std::string_view text, std::string_view name);

}  // namespace patchgate
