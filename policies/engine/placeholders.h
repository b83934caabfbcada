#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// The names that a `missing` text may hold in braces: count, offenders, value.
const std::vector<std::string>& placeholder_names();

/// What stands in braces in `text`, in order.
std::vector<std::string> placeholders_in(std::string_view text);

/// `text` with each {name} replaced; a name without a value stays as it is written.
std::string fill(std::string_view text, const std::map<std::string, std::string, std::less<>>& values);

}  // namespace patchgate
