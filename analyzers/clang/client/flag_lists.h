#pragma once

#include <cstdint>
#include <string_view>

namespace patchgate {

/// What becomes of a compiler flag.
enum class FlagFate : std::uint8_t {
  keep,          ///< changes what the code means, and can do no harm
  quiet,         ///< of no matter here: optimisation, warnings, outputs
  count,         ///< left out, and said so
  macro,         ///< kept when its value starts with a name
  folder,        ///< kept: a place to search, which the file system guards
  include_file,  ///< kept when the file lies in an allowed folder
  sysroot,       ///< kept when the folder is an allowed one
  standard,      ///< mapped to a name that Clang knows
  target,        ///< kept when Clang knows the processor
  processor,     ///< -march: kept when Clang knows it
  depth,         ///< a number, bounded
  library,       ///< -stdlib=
};

/// How a flag takes its value.
enum class FlagForm : std::uint8_t {
  alone,     ///< none
  joined,    ///< the rest of the word, not empty
  separate,  ///< the next word
  either,    ///< the rest of the word, or the next word
  prefix,    ///< any word that starts so
};

struct FlagRule {
  std::string_view name;
  FlagForm form = FlagForm::alone;
  FlagFate fate = FlagFate::quiet;
};

/// The rule with the longest name that fits `word`; the catch-all counts.
const FlagRule& rule_of(std::string_view word);

/// The name under which Clang 19 knows a language standard ("gnu++2d" → "gnu++26"); `exact` is false when it had to be
/// guessed. Empty for what is no standard at all.
struct Standard {
  std::string_view name;
  bool cplusplus = false;
  bool exact = true;
};
Standard standard_of(std::string_view name);

/// Whether Clang 19 takes it for -march= (x86).
bool is_known_x86_processor(std::string_view name);

}  // namespace patchgate
