#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace patchgate {

// Names, paths and messages come from the patch: each is escaped for the place that it is written to, exactly once.
// Every function takes any bytes, and its result depends on them alone.

/// For a terminal or a log: one line of visible, valid UTF-8. Invisible characters (see is_invisible) become `\n`,
/// `\r`, `\t`, `\x1b` (below U+0080), `\u202e`, `\U000e0041`; a byte that is not UTF-8 becomes `\xff`. A backslash
/// stays, so the result is for reading, not for turning back.
std::string visible(std::string_view text);

/// The first `most` characters of text that went through visible(), with `...` where something was cut off.
std::string clipped(std::string_view visible_text, std::size_t most);

/// A finished text that a CI runner will read line by line: no line begins with `::` (blanks before it included), and
/// none holds `##[` or `##word[`. Broken up as `\x3a:` and `#\x23[`; all else is left as it is, newlines included.
std::string without_workflow_commands(std::string_view text);

/// Valid UTF-8 for JSON: a byte that is not UTF-8 becomes `%FF`. A `%` that was there stays.
std::string json_text(std::string_view text);

/// For the text or an attribute of XML 1.0: what it can't hold, and bytes that are not UTF-8, become U+FFFD.
std::string xml_text(std::string_view text);

/// Markdown prose on one line: nothing in it is markup, a link, a mention, a reference to an issue or a command of the
/// forge. Zero-width spaces break what the forge would find in plain text.
std::string markdown_prose(std::string_view text);

/// A Markdown code span, fenced longer than the longest run of backticks inside.
std::string markdown_code(std::string_view text);

/// The same inside a table, where a pipe needs a backslash even in a code span.
std::string markdown_code_in_table(std::string_view text);

}  // namespace patchgate
