#pragma once

#include <string>

namespace patchgate {

/// patchgate(1) for man, in the man(7) macros; commands, options and formats from the same tables as the help. Its date
/// is that of the version.
std::string man_page();

}  // namespace patchgate
