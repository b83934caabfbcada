#pragma once

#include <string>
#include <string_view>

namespace patchgate {

/// A name or path that may hold anything, made safe for one cell of a table on a terminal: control, bidirectional and
/// invisible characters, bytes that are no UTF-8, and the backslash itself become \t \n \r \\ \xNN \uNNNN. Reversible.
std::string printable(std::string_view text);

/// The same text as a JSON string, with its quotes. Characters keep their value; bytes that are no UTF-8 become the
/// four characters \xNN.
std::string json_string(std::string_view text);

}  // namespace patchgate
