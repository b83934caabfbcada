#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// The hash of a name, as all lists of a scan hold it.
std::uint64_t word_hash(std::string_view name);

/// Text that takes effect where its name stands: a macro's replacement, the body of a template.
struct Carrier {
  std::uint64_t name = 0;
  std::vector<std::uint64_t> words;  ///< names in that text, sorted
  bool pastes = false;               ///< it makes names with ##, of its arguments and of `glued`
  bool macro = false;
  bool conditional = false;        ///< there only under a condition, of the guard of its file apart
  std::vector<std::string> glued;  ///< what stands beside ## and is no parameter
};

struct IncludeLine {
  std::string name;
  bool quoted = false;
};

/// What one file says, as far as one can tell without compiling it. Names are hashes, lists are sorted. Both branches
/// of each condition count.
struct FileScan {
  /// In bodies, initialisers, conditions of the preprocessor, arguments of what looks like a macro: where a mention can
  /// be a use. A template's own text and a macro's replacement are in `carriers` (a template's in both).
  std::vector<std::uint64_t> used;
  std::vector<std::uint64_t> declared;  ///< in declarations; "operator==" is one name
  std::vector<std::uint64_t> types;     ///< classes, structs, unions and enumerations that are defined here
  /// Those of `used` and `declared` that stand under a condition, of the file's guard apart: whether they count depends
  /// on what the unit says before.
  std::vector<std::uint64_t> conditional;
  std::vector<Carrier> carriers;
  std::vector<IncludeLine> includes;
  bool computed_include = false;  ///< it includes what a macro names
  bool guarded = false;           ///< is read once a unit, whoever includes it
};

/// Pure; any bytes will do. What it cannot follow (braces that conditions tear apart) it takes for a body, so that
/// rather too many names count as used than too few.
FileScan scan_file(std::string_view text);

}  // namespace patchgate
