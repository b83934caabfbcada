#pragma once

#include <string>

namespace patchgate {

// Scripts that complete commands, flags and their values; all from the table of flags.

std::string bash_completions();
std::string zsh_completions();
std::string fish_completions();

}  // namespace patchgate
