#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// Edits that turn one text into the other: insert, delete, replace a byte, swap two neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The name that was probably meant: the one with the fewest edits, at most a third of the written text, rounded up;
/// the first of equals. Empty where none is near, or the text is longer than 200 bytes.
std::string nearest(std::string_view written, const std::vector<std::string>& names);

/// `; did you mean 'NAME'?`, or nothing where no name is near.
std::string did_you_mean(std::string_view written, const std::vector<std::string>& names);

/// 'text', fit for a message of one line: control bytes become `?`, more than 80 bytes are cut.
std::string in_quotes(std::string_view text);

/// As `in_quotes`, without the quotes and with a limit of the caller's.
std::string one_line(std::string_view text, std::size_t limit);

/// As `one_line`, but cut between words where there are any: "the first words …".
std::string shortened(std::string_view text, std::size_t limit);

/// "a, b, c".
std::string join(const std::vector<std::string>& parts, std::string_view between = ", ");

}  // namespace patchgate
