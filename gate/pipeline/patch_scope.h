#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/model/touched.h"
#include "analyzers/scope/mentioning.h"
#include "gate/pipeline/merged_graph.h"
#include "gate/pipeline/overlay_input.h"

namespace patchgate {

/// --scope patch: which units of the base are read.
///
/// First what the patch itself needs; then every unit that can use a touched symbol, as the names in all files say
/// (ProjectScan); then, in rounds, those that can use its users: until what depends on each symbol is seen to the end,
/// or is so much that only its rank in the whole project says more, or the rounds have read their share of the project.
class PatchScope {
 public:
  /// `commands`: all of the base.
  static Result<PatchScope> start(const OverlayInput& input, std::vector<CompileCommand> commands);

  /// Reads what the patch itself needs: the units of touched files, and some that include touched headers.
  Result<void> read_patch();
  /// Reads who depends on `touched`, and says of each symbol how much of that was seen.
  Result<void> read_users(std::vector<TouchedSymbol>& touched);

  /// The same of what is new on head, whose users are there.
  void say_what_was_seen_on_head(const Graph& head, std::vector<TouchedSymbol>& touched);
  /// All that was read so far, in the order of the commands.
  std::vector<IndexedUnit> units() const;
  /// Files of the repository that some unit would read; none when the scan did not come to its end.
  std::optional<std::set<std::string>> covered() const;
  /// The time was over before all that matters was read.
  bool cut_short() const { return cut_short_; }

 private:
  using Key = std::pair<std::uint64_t, std::string>;  // usr, file
  struct Walk {
    std::uint32_t users = 0;  // symbols of the project that reach it for certain
    bool tested = false;      // one of them in a test's file
    bool outside_tests = false;
    bool whole = true;         // nobody is left whose users were not looked for
    std::vector<NodeId> open;  // those that are
  };

  explicit PatchScope(const OverlayInput& input) : input_(input) {}
  /// For each answer, whether all that it asks for was read: neither the limit (of units) nor the time was in the way.
  Result<std::vector<bool>> read(const std::vector<ScopeAnswer>& wanted, std::size_t at_most);
  Result<void> read_commands(std::vector<std::size_t> numbers);
  std::vector<std::size_t> commands_of(ScanIndex main) const;
  std::vector<std::size_t> commands_reading(ScanIndex header) const;
  std::size_t share_of_rounds() const;
  /// Those of a unit for each header that no unit has read yet; `given_up`: none is left to try.
  std::vector<std::size_t> commands_for(const std::vector<ScanIndex>& headers, std::set<ScanIndex>& given_up) const;
  void read_who_names(const std::string& path, std::vector<std::size_t>& numbers) const;
  bool was_read(ScanIndex header) const;
  // revert_scope.cpp
  Result<void> read_users_of_revert(const Graph& graph, const std::vector<TouchedSymbol>& touched);
  Result<void> read_callees(const std::vector<TouchedSymbol>& touched);
  std::vector<NodeId> callees_without_body(const Graph& graph, const std::vector<TouchedSymbol>& touched) const;
  Result<std::vector<std::size_t>> commands_defining(const Node& function) const;
  Result<void> ask(const Graph& graph, const std::vector<NodeId>& nodes, std::size_t at_most);
  Walk walk(const Graph& graph, NodeId start) const;
  bool decided(const TouchedSymbol& symbol, const Walk& walk) const;
  std::vector<const IndexedUnit*> read_so_far() const;

  const OverlayInput& input_;
  std::vector<CompileCommand> commands_;
  std::multimap<std::string, std::size_t> command_of_;  // by file
  std::optional<ProjectScan> scan_;
  std::map<std::size_t, IndexedUnit> units_;  // by command
  std::set<std::string> files_read_;          // by any of them
  bool cut_short_ = false;
  bool has_tests_ = false;     // some unit is a test
  std::map<Key, bool> asked_;  // whose users were looked for, and whether all that was wanted was read
};

}  // namespace patchgate
