#include "analyzers/model/run_time_lookup.h"

#include <algorithm>
#include <array>

namespace patchgate {

namespace {

constexpr std::array<RunTimeLookup, 15> kLookups{{
    {"dlsym", 1},
    {"dlvsym", 1},
    {"GetProcAddress", 1},
    {"g_module_symbol", 1},
    {"lt_dlsym", 1},
    {"SDL_LoadFunction", 1},
    {"dlopen"},
    {"dlmopen"},
    {"LoadLibraryA"},
    {"LoadLibraryW"},
    {"LoadLibraryExA"},
    {"LoadLibraryExW"},
    {"g_module_open"},
    {"lt_dlopen"},
    {"SDL_LoadObject"},
}};

}  // namespace

const RunTimeLookup* find_run_time_lookup(std::string_view function) {
  const auto* const found = std::find_if(kLookups.begin(), kLookups.end(),
                                         [&](const RunTimeLookup& lookup) { return lookup.function == function; });
  return found == kLookups.end() ? nullptr : found;
}

}  // namespace patchgate
