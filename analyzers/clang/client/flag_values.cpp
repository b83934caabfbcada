#include <algorithm>
#include <iterator>

#include "analyzers/clang/client/flag_lists.h"

namespace patchgate {
namespace {

// clang-format off
constexpr std::string_view kX86Processors[] = {
    "alderlake", "amdfam10", "athlon", "athlon64", "athlon64-sse3", "atom", "barcelona", "bdver1", "bdver2", "bdver3",
    "bdver4", "bonnell", "broadwell", "btver1", "btver2", "cannonlake", "cascadelake", "cooperlake", "core-avx-i",
    "core-avx2", "core2", "corei7", "corei7-avx", "emeraldrapids", "geode", "goldmont", "goldmont-plus", "gracemont",
    "grandridge", "graniterapids", "haswell", "i386", "i486", "i586", "i686", "icelake-client", "icelake-server",
    "ivybridge", "k6", "k6-2", "k6-3", "k8", "k8-sse3", "knl", "knm", "lakemont", "meteorlake", "nehalem", "nocona",
    "opteron", "opteron-sse3", "penryn", "pentium", "pentium-m", "pentium-mmx", "pentium2", "pentium3", "pentium4",
    "pentiumpro", "prescott", "raptorlake", "rocketlake", "sandybridge", "sapphirerapids", "sierraforest",
    "silvermont", "skylake", "skylake-avx512", "tigerlake", "tremont", "westmere", "x86-64", "x86-64-v2", "x86-64-v3",
    "x86-64-v4", "znver1", "znver2", "znver3", "znver4"};
// clang-format on

struct StandardName {
  std::string_view year, canonical;
};
constexpr StandardName kCplusplusYears[] = {{"98", "98"}, {"03", "03"}, {"0x", "11"}, {"11", "11"}, {"1y", "14"},
                                            {"14", "14"}, {"1z", "17"}, {"17", "17"}, {"2a", "20"}, {"20", "20"},
                                            {"2b", "23"}, {"23", "23"}, {"2c", "26"}, {"26", "26"}};
constexpr StandardName kCNames[] = {
    {"c89", "c89"},          {"c90", "c89"},          {"iso9899:1990", "c89"}, {"iso9899:199409", "iso9899:199409"},
    {"gnu89", "gnu89"},      {"gnu90", "gnu89"},      {"c9x", "c99"},          {"c99", "c99"},
    {"gnu9x", "gnu99"},      {"gnu99", "gnu99"},      {"iso9899:1999", "c99"}, {"iso9899:199x", "c99"},
    {"c1x", "c11"},          {"c11", "c11"},          {"gnu1x", "gnu11"},      {"gnu11", "gnu11"},
    {"iso9899:2011", "c11"}, {"c17", "c17"},          {"c18", "c17"},          {"gnu17", "gnu17"},
    {"gnu18", "gnu17"},      {"iso9899:2017", "c17"}, {"iso9899:2018", "c17"}, {"c2x", "c23"},
    {"c23", "c23"},          {"gnu2x", "gnu23"},      {"gnu23", "gnu23"},      {"iso9899:2024", "c23"}};

constexpr std::string_view kCplusplusNames[] = {"c++98", "c++03", "c++11", "c++14", "c++17", "c++20", "c++23", "c++26"};
constexpr std::string_view kGnuNames[] = {"gnu++98", "gnu++03", "gnu++11", "gnu++14",
                                          "gnu++17", "gnu++20", "gnu++23", "gnu++26"};

}  // namespace

Standard standard_of(std::string_view name) {
  for (const auto& [alias, canonical] : kCNames)
    if (name == alias) return {canonical, false, true};
  const bool gnu = name.starts_with("gnu");
  const auto year = name.substr(std::min(name.size(), gnu ? std::size_t{5} : std::size_t{3}));
  if (name.starts_with("c++") || name.starts_with("gnu++")) {
    const auto& names = gnu ? kGnuNames : kCplusplusNames;
    for (const auto& [alias, canonical] : kCplusplusYears)
      if (year == alias)
        return {*std::find_if(std::begin(names), std::end(names),
                              [&](std::string_view one) { return one.ends_with(canonical); }),
                true, true};
    return {names[std::size(names) - 1], true, false};
  }
  if (gnu) return {"gnu23", false, false};
  if (name.starts_with("c") || name.starts_with("iso9899:")) return {"c23", false, false};
  return {};
}

bool is_known_x86_processor(std::string_view name) {
  return std::find(std::begin(kX86Processors), std::end(kX86Processors), name) != std::end(kX86Processors);
}

}  // namespace patchgate
