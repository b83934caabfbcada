#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/sql/statement.h"

namespace patchgate {

/// A statement where it stands in a file.
struct PlacedStatement {
  ReadStatement read;
  std::string text;   ///< words with one blank between them: equal ones are the same statement
  std::string key;    ///< what it is about: "DELETE sessions"
  std::string shown;  ///< as written, in one line, at most 160 bytes
  std::uint32_t line = 0;
  bool open_end = false;
};

/// For each statement of head the one of the base that it comes from: equal ones first, then those about the same in
/// the order of the text. `same[i]`: nothing about it changed.
struct Pairing {
  std::vector<std::optional<std::size_t>> base_of;
  std::vector<bool> same;
};
Pairing pair_statements(const std::vector<PlacedStatement>& base, const std::vector<PlacedStatement>& head);

}  // namespace patchgate
