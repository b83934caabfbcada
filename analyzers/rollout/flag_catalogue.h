#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// A function that asks for a feature flag.
struct FlagFunction {
  std::string name;                     ///< its last part, as a call spells it: "BoolVariation"
  std::optional<std::size_t> argument;  ///< that is the key, from 0; none: the first one that is a string
};

/// flags.schema.json. Strict: a key, a type or a version that is not known is an error (config) with its line; so is
/// what parse_documents refuses.
Result<std::vector<FlagFunction>> parse_flag_catalogue(const std::string& name, std::string_view text);

}  // namespace patchgate
