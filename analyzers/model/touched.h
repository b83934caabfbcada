#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/model/result.h"
#include "analyzers/model/symbol.h"
#include "analyzers/model/test_evidence.h"

namespace patchgate {

/// [lower, upper]: lower = proven, upper = with all that is possible.
struct Interval {
  std::uint32_t lower = 0;
  std::uint32_t upper = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

struct ReachingTest {
  std::string name;
  Place at;
  std::uint32_t distance = 0;              ///< call edges from the test's body; a direct call is 1
  bool changed = false;                    ///< the patch added or changed it
  Confidence weakest = Confidence::exact;  ///< edge on the way
  std::string no_evidence{};               ///< why it does not count: "asserts nothing", …; empty = it does
};

struct FedSink {
  std::string kind;  ///< http_write, sql_write, file_write, …
  std::string name;  ///< of the function called: curl_easy_perform
  bool by_data = false;
  std::vector<std::string> path;  ///< by call: from the symbol; by data: from the caller that passes the object on
  Confidence confidence = Confidence::exact;  ///< the weakest step of `path`
  Place at{};                                 ///< of the call of the sink
  std::string
      audit{};  ///< where to look up what was there before, as the project declares it; empty = nothing declared
};

enum class Side { both, base, head };
enum class ChangeKind { body, signature, added, removed, value, layout };

/// One reason why the upper end of a fan-in lies above its lower end: users that are only possible. Each counts once,
/// for the surest rule that shows it.
struct WidenedBy {
  EdgeRule rule = EdgeRule::syntax;
  std::uint32_t direct = 0;
  std::uint32_t transitive = 0;
  friend bool operator==(const WidenedBy&, const WidenedBy&) = default;
};

/// How much of what depends on a symbol was looked at.
struct UsersSeen {
  bool direct = true;      ///< everything that may use it
  bool transitive = true;  ///< and everything that may use its users, to the end
};

/// A symbol whose tokens the patch changes, and what the analyzers found out about it. `patch/` fills the first part,
/// each other analyzer its own.
struct TouchedSymbol {
  std::string name;
  SymbolKind kind = SymbolKind::function;
  Side side = Side::both;
  ChangeKind change = ChangeKind::body;
  Place at;  ///< on head; on base for a removed one
  std::uint32_t end_line = 0;
  std::uint64_t base_usr = 0;  ///< 0 where it is not on that side
  std::uint64_t head_usr = 0;
  std::string base_file, head_file;  ///< where it is defined on that side
  std::string declared_in;           ///< the changed file that declares it to others; the defining one where none does
  bool in_test_code = false;
  UsersSeen seen;  ///< by whoever opened the graph

  // impact/
  bool known_fan_in = false;  ///< false: no graph for it; `why_unknown` says why
  std::string why_unknown;
  Interval direct, transitive;
  std::vector<WidenedBy> widened_by;                  ///< what adds up to upper - lower, the surest rule first
  bool direct_open = false, transitive_open = false;  ///< no upper end: see `seen`, or code outside calls it
  std::optional<double> percentile;
  std::uint32_t rank = 0, of = 0;                      ///< among the project's symbols of its kind, 1 = highest; 0, 0 =
                                                       ///< not all of them are known
  std::uint32_t entry_points = 0;                      ///< that reach it: main, exported API, tests left out
  std::uint32_t source_folders = 0;                    ///< that reach it
  std::vector<std::pair<std::string, Place>> callers;  ///< direct, by name; at most 20
  std::string impact = "unknown";                      ///< low, moderate, high, critical, unknown

  // tests/
  std::vector<ReachingTest> tests;  ///< nearest first; at most 20
  std::uint32_t tests_total = 0;
  std::uint32_t tests_changed = 0;
  SymbolProof proof;  ///< what coverage and results say about it

  // sinks/
  std::vector<FedSink> sinks;  ///< exact before possible, then shortest; at most 10
  std::uint32_t sinks_total = 0;
  std::uint32_t sinks_certain = 0;  ///< the exact ones of these

  // guards/
  std::uint32_t guards_removed = 0;
  std::string why_guards_unknown = "not measured";  ///< why there may be more; empty = both sides were compared
};

/// How far tests speak for the symbol.
TestGrades grades_of(const TouchedSymbol& symbol);

const char* name_of(Side side);
const char* name_of(ChangeKind change);

/// What users are possible by, for a person: "virtual overrides", "stored pointers", "pointers of the same type", …
const char* possible_by(EdgeRule rule);

}  // namespace patchgate
