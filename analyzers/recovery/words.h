#pragma once

#include <string>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/touched.h"

namespace patchgate {

/// "a, b, c, d, e and 3 more".
std::string listed(const std::vector<std::string>& names);

/// "src/a.cpp:12-14", "src/a.cpp:12", "src/a.cpp" where the lines are not known.
std::string place_of(const std::string& path, const LineRange& lines);

/// `text` as one word of a POSIX shell; nothing where it holds what a terminal does not show as it is (control
/// characters, bytes above 0x7e), so that nobody pastes what nobody saw.
std::string shell_word(const std::string& text);

/// The sinks that are fed for certain, by kind and function: who calls each.
struct WatchedSink {
  std::string kind, name;
  std::vector<std::string> callers;  ///< sorted: the functions next to the sink, whose names stand in logs
  std::vector<std::string> audits;   ///< sorted: as the project declares them; "" where there is a way without one
  Place at;                          ///< of a call of it; where there is a way without an audit, on such a way
};
std::vector<WatchedSink> certain_sinks(const std::vector<TouchedSymbol>& touched);

}  // namespace patchgate
