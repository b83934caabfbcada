#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// Where the things of a JSON text stand, by JSON pointer (RFC 6901; "" = the whole text). Lines and columns count
/// from 1, columns in characters.
struct Positions {
  struct At {
    Place key;    ///< of a member's name; for an element of a list as `value`
    Place value;  ///< first character
  };
  std::map<std::string, At, std::less<>> by_pointer;

  /// What stands in no text, because it was filled in for a parameter, has the place of what it was filled in for.
  Place key(std::string_view pointer) const;
  Place value(std::string_view pointer) const;

 private:
  const At* find(std::string_view pointer) const;
};

/// `pointer` + "/" + `key`, the key escaped.
std::string child_pointer(const std::string& pointer, std::string_view key);

/// Reads the structure of a JSON text with `//` and `/* */` comments. Adds to `errors` (kind config): every duplicate
/// key, and the first of what stops it: more than 1 MiB, a byte order mark, a NUL, nesting deeper than 64, an integer
/// beyond 2^53 - 1, a number that a double cannot hold, wrong structure, text after the end. The spelling inside of
/// strings and numbers is not checked.
Positions scan_positions(const std::string& file, std::string_view text, std::vector<Error>& errors);

}  // namespace patchgate
