#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// The headers that the text of a main file includes before anything else than comments and white space, as the
/// directives write them: "a.h" or <a.h>. Stops in front of whatever is not as plain as that. None for a text that has
/// to be Clang's main file from its first byte on, because it says #pragma once or the like.
std::optional<std::vector<std::string>> leading_headers(std::string_view text);

}  // namespace patchgate
