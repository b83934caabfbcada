#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "analyzers/model/unit.h"

namespace patchgate {

/// What units would have seen of a project that does not exist, file by file: about `edges` edges, one symbol for ten
/// of them. The same numbers for the same arguments, on every machine.
///
/// - 50 symbols a file: functions and methods, types, fields, variables, macros; every twentieth file holds tests.
/// - How many edges leave a symbol, and how often one is used, follow power laws; half of the edges stay in the file,
///   the others go to lower files; one in two hundred goes up again, so that there are circles.
/// - Four edges of five are exact, the others possible (overriders, pointers), a few by name.
/// - One function in five hundred calls what the built-in catalogue counts as a sink.
class SyntheticProject {
 public:
  explicit SyntheticProject(std::uint64_t edges, std::uint64_t seed = 1);
  std::uint32_t symbols() const { return symbols_; }
  std::uint32_t files() const;
  FileFacts file(std::uint32_t number) const;
  /// Ten symbols to touch: four of those that are used most, six anywhere; all of them have a body.
  std::vector<UnitSymbol> touched() const;

 private:
  UnitSymbol symbol(std::uint32_t number) const;
  bool is_callable_number(std::uint32_t number) const;
  std::uint32_t callable_near(std::uint32_t number) const;
  std::uint32_t symbols_;
  std::uint64_t seed_;
};

}  // namespace patchgate
