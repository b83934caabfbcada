#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gate/cli/flags.h"
#include "gate/cli/options.h"

namespace patchgate {

/// The words after a command, sorted into flags and operands, and checked against the table.
struct SortedWords {
  std::map<FlagId, std::vector<std::string>> values;  ///< a flag that takes no value has an empty list
  std::vector<std::string> operands;
  std::vector<std::string> problems;  ///< one line each, in the order of the words; names are made visible

  bool has(FlagId flag) const { return values.contains(flag); }
  std::optional<std::string> text(FlagId flag) const;
  std::vector<std::string> texts(FlagId flag) const;
};

SortedWords sort_words(const Command& command, const std::vector<std::string>& words);

/// The number, or none where it is no plain decimal number from `least` to `most`.
std::optional<std::uint32_t> plain_number(const std::string& text, std::uint32_t least, std::uint32_t most);

/// I/N with 1 <= I <= N <= 1000, as two plain decimal numbers.
std::optional<Shard> plain_shard(const std::string& text);

std::vector<std::string> split_at_commas(const std::string& text);

/// 'text', fit for a line of a message, whatever it holds.
std::string in_quotes(const std::string& text);

}  // namespace patchgate
