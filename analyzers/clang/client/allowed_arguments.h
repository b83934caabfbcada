#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analyzers/clang/client/compiler_call.h"

namespace patchgate {

/// What one command's flags are judged by.
struct FlagSetting {
  std::string directory;                     ///< absolute, normal form
  std::vector<std::string> include_folders;  ///< -include may name a file below these; normal form
  Language language = Language::other;       ///< other = not known: a -std= of either language stays
  std::string target;                        ///< of the driver's name; empty = the machine's own
};

/// As allowed_arguments of compile_database.h. Every answer is one word with its value joined to it, so that no value
/// can be taken for a flag.
std::vector<std::string> allowed_flags(const std::vector<std::string>& arguments, const FlagSetting& setting,
                                       std::map<std::string, std::uint32_t>& dropped);

}  // namespace patchgate
