#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// Changes whenever an encoding does. Part of every key in the index.
inline constexpr std::uint32_t kUnitFormat = 9;

/// Compact binary form (LEB128 integers, a string table). Deterministic: equal values have equal bytes.
std::string encode(const FileFacts& facts);
std::string encode(const UnitFacts& facts);  ///< `files` are encoded each as a length-prefixed FileFacts

/// The inverse, for input that may be damaged or hostile: every index is checked against its table, every length
/// against what is left, at most 2^26 elements in all. Fails with Error::Kind::io.
Result<FileFacts> decode_file_facts(std::string_view bytes);
Result<UnitFacts> decode_unit_facts(std::string_view bytes);

/// As decode_unit_facts, but leaves each file's facts encoded (to be stored without decoding them).
struct EncodedUnit {
  UnitFacts unit;                                          ///< with `files` empty
  std::vector<std::pair<std::string, std::string>> files;  ///< path, encoded FileFacts
};
Result<EncodedUnit> split_unit_facts(std::string_view bytes);

std::string encode(const std::vector<Token>& tokens);
Result<std::vector<Token>> decode_tokens(std::string_view bytes);

}  // namespace patchgate
