#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace patchgate {

/// Any bytes as one line that is safe to show: control characters, invisible and direction-changing characters and
/// bytes that are not UTF-8 become \n, \x1b, \u202e; a backslash is doubled. More than `most` bytes of input are cut
/// with "...".
std::string escaped(std::string_view bytes, std::size_t most = 300);

/// escaped(), in single quotes.
std::string escaped_in_quotes(std::string_view bytes);

}  // namespace patchgate
