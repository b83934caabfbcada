#pragma once

#include <string_view>

/// Files that the build turns into constants (embed.cmake); the names are those of packs/CMakeLists.txt.
namespace patchgate::embedded {

extern const std::string_view baseline;
extern const std::string_view hotfix;
extern const std::string_view library;
extern const std::string_view observe;
extern const std::string_view strict;
extern const std::string_view policy_schema;

}  // namespace patchgate::embedded
