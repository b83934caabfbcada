#pragma once

#include <string_view>

namespace patchgate {

/// A function outside the repository that loads code while the program runs, or finds a function of a given name.
struct RunTimeLookup {
  std::string_view function;
  int name_at = -1;  ///< the argument, from 0, that says the name; -1: it loads code
};

/// POSIX, Windows, GLib, libtool and SDL. Null where it is none of them.
const RunTimeLookup* find_run_time_lookup(std::string_view function);

}  // namespace patchgate
