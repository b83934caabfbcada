#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

enum class EmitterKind : std::uint8_t { log, metric, http };

/// A string that code hands to something that shows it to the outside.
struct EmittedString {
  EmitterKind kind = EmitterKind::log;
  std::string text;  ///< the longest part that does not vary: no format specifier, no escape, no blank at its ends
  std::uint32_t line = 0;  ///< in the text, from 1
};

/// What a function of that name does with a string, by the words in its name: `serverLog`, `log_error`, `LOG`,
/// `statsd_incr` → log, metric; nothing for others. The table is in emitters.cpp.
bool is_emitter(std::string_view name, EmitterKind& kind);

/// String literals of C or C++ code that are arguments of a log, a metric or an HTTP call, or are streamed into a log
/// (`LOG(INFO) << "…"`); those that begin with an HTTP method or `http://` wherever they stand. Parts of fewer than 4
/// characters tell nothing and are left out. In order of place; time grows with the text.
std::vector<EmittedString> emitted_strings(std::string_view text);

}  // namespace patchgate
