#include "gate/pipeline/patch_scope.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "analyzers/graph/reach.h"
#include "analyzers/graph/touched_node.h"
#include "gate/pipeline/rerouted.h"
#include "gate/pipeline/scan_base.h"

namespace patchgate {
namespace {

/// A touched header is read in so many units at first, those that include the fewest files.
constexpr std::size_t kUnitsAHeader = 3;
/// A header that was to be seen and that a unit did not read after all (a condition) is tried in as many more.
constexpr int kTriesAHeader = 6;
/// What the rounds beyond direct users may read: one unit in so many, and a few in any case.
constexpr std::size_t kShareOfRounds = 80;
constexpr std::size_t kLeastOfRounds = 4;

constexpr auto kNoLimit = std::numeric_limits<std::size_t>::max();

/// Methods that the language calls without their name: a loop over a range, coroutines.
bool is_called_unspelt(std::string_view name) {
  static constexpr std::string_view kNames[] = {
      "begin",          "end",         "await_ready",  "await_suspend", "await_resume",      "initial_suspend",
      "final_suspend",  "return_void", "return_value", "yield_value",   "get_return_object", "unhandled_exception",
      "await_transform"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

/// The last parts of the names of a type's own fields.
std::vector<std::string> fields_of(const Graph& graph, const Node& type) {
  std::vector<std::string> fields;
  if (type.kind != SymbolKind::type) return fields;
  const auto nodes = graph.nodes();
  auto at =
      std::lower_bound(nodes.begin(), nodes.end(), type, [](const Node& a, const Node& b) { return a.file < b.file; });
  const auto scope = type.name + "::";
  for (; at != nodes.end() && at->file == type.file; ++at) {
    if (at->kind == SymbolKind::field && at->name.starts_with(scope))
      fields.push_back(at->name.substr(at->name.rfind("::") + 2));
  }
  return fields;
}

ScopeQuery query_of(const Graph& graph, const Node& node) {
  ScopeQuery query;
  const std::string_view qualified = node.name;
  const auto cut = qualified.rfind("::");
  query.name = cut == std::string_view::npos ? qualified : qualified.substr(cut + 2);
  if (cut != std::string_view::npos) {
    const auto outer = qualified.substr(0, cut);
    const auto before = outer.rfind("::");
    query.type_name = before == std::string_view::npos ? outer : outer.substr(before + 2);
  }
  query.file = node.file;
  using enum SymbolKind;
  query.unspelt =
      node.kind == constructor || node.kind == destructor || node.kind == operator_ || is_called_unspelt(query.name);
  // These have to be seen to be named, wherever else such a name stands.
  query.internal = node.has(UnitSymbol::internal) || node.kind == macro || node.kind == field ||
                   node.kind == enumerator || node.kind == lambda;
  query.in_declarations = !is_callable(node.kind);
  query.parts = fields_of(graph, node);
  return query;
}

void sort_unique(auto& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool is_test_file(const std::string& path) { return classify(path) == FileClass::test; }

}  // namespace

Result<PatchScope> PatchScope::start(const OverlayInput& input, std::vector<CompileCommand> commands) {
  PatchScope scope(input);
  scope.commands_ = std::move(commands);
  for (std::size_t i = 0; i < scope.commands_.size(); ++i) scope.command_of_.emplace(scope.commands_[i].file, i);
  PATCHGATE_TRY(scope.scan_, scan_base({input.repository, input.sides, scope.commands_, input.commands.root,
                                        input.build_folders, input.limits}));
  scope.cut_short_ = !scope.scan_;
  scope.has_tests_ = std::any_of(scope.commands_.begin(), scope.commands_.end(),
                                 [](const CompileCommand& command) { return is_test_file(command.file); });
  return scope;
}

Result<void> PatchScope::read_commands(std::vector<std::size_t> numbers) {
  std::vector<std::size_t> wanted;
  std::vector<CompileCommand> commands;
  for (const auto number : numbers)
    if (!units_.contains(number)) wanted.push_back(number);
  sort_unique(wanted);
  for (const auto number : wanted) commands.push_back(commands_[number]);
  PATCHGATE_TRY(auto units, input_.indexer.refresh(SourceSide::base, commands, input_.progress));
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    for (const auto& dependency : units[i].unit.dependencies) files_read_.insert(dependency.path);
    if (units[i].out_of_time) cut_short_ = true;
    if (!units[i].out_of_time) files_read_.insert(units[i].command.file);
    units_.emplace(wanted[i], std::move(units[i]));
  }
  return {};
}

Result<void> PatchScope::read_patch() {
  std::vector<std::size_t> numbers;
  for (const auto& change : input_.patch.files) {
    if (scan_ && appears(input_.sides.base, change)) read_who_names(change.path, numbers);
    const auto [first, last] = command_of_.equal_range(change.base_path());
    for (auto at = first; at != last; ++at) numbers.push_back(at->second);
    if (first != last || !scan_) continue;
    const auto file = scan_->find(change.base_path());
    if (file >= scan_->files().size()) continue;
    auto readers = scan_->units_reading(file);
    readers.resize(std::min(readers.size(), kUnitsAHeader));
    for (const auto main : readers)
      for (const auto number : commands_of(main)) numbers.push_back(number);
  }
  PATCHGATE_CHECK(read_commands(numbers));
  // A condition may have kept these units from the header.
  ScopeAnswer headers;
  for (const auto& change : input_.patch.files) {
    if (!scan_ || !change.c_family || change.base_blob.empty()) continue;
    if (const auto file = scan_->find(change.base_path()); file < scan_->files().size()) headers.once.push_back(file);
  }
  PATCHGATE_CHECK(read({headers}, kNoLimit));
  return {};
}

/// Who reads a file of that name may read the one that the patch adds instead.
void PatchScope::read_who_names(const std::string& path, std::vector<std::size_t>& numbers) const {
  const auto name = path.substr(path.rfind('/') + 1);
  std::size_t taken = 0;
  for (ScanIndex file = 0; file < scan_->files().size(); ++file) {
    const auto& other = scan_->files()[file].path;
    if (other == path || other.substr(other.rfind('/') + 1) != name) continue;
    for (const auto main : scan_->units_reading(file)) {
      // One more than may be read on head: that there are too many is to be seen.
      if (taken > kMostRerouted) return;
      ++taken;
      for (const auto number : commands_of(main)) numbers.push_back(number);
    }
  }
}

bool PatchScope::was_read(ScanIndex header) const { return files_read_.contains(scan_->files()[header].path); }

std::vector<std::size_t> PatchScope::commands_of(ScanIndex main) const {
  std::vector<std::size_t> numbers;
  const auto [first, last] = command_of_.equal_range(scan_->files()[main].path);
  for (auto at = first; at != last; ++at) numbers.push_back(at->second);
  return numbers;
}

std::vector<std::size_t> PatchScope::commands_reading(ScanIndex header) const {
  std::vector<std::size_t> numbers;
  for (const auto main : scan_->units_reading(header))
    for (const auto number : commands_of(main)) numbers.push_back(number);
  return numbers;
}

std::size_t PatchScope::share_of_rounds() const { return std::max(kLeastOfRounds, commands_.size() / kShareOfRounds); }

std::vector<std::size_t> PatchScope::commands_for(const std::vector<ScanIndex>& headers,
                                                  std::set<ScanIndex>& given_up) const {
  std::vector<std::size_t> numbers;
  std::set<ScanIndex> chosen;
  for (const auto header : headers) {
    if (was_read(header)) continue;
    bool any = false;
    const auto readers = scan_->units_reading(header);
    // One that another header needs will do.
    any = std::any_of(readers.begin(), readers.end(), [&](ScanIndex main) { return chosen.contains(main); });
    for (auto main = readers.begin(); main != readers.end() && !any; ++main) {
      const auto commands = commands_of(*main);
      if (commands.empty() || units_.contains(commands.front())) continue;
      numbers.insert(numbers.end(), commands.begin(), commands.end());
      chosen.insert(*main);
      any = true;
    }
    if (!any) given_up.insert(header);
  }
  return numbers;
}

Result<std::vector<bool>> PatchScope::read(const std::vector<ScopeAnswer>& wanted, std::size_t at_most) {
  std::vector<std::size_t> numbers;
  std::vector<ScanIndex> headers;
  for (const auto& answer : wanted) {
    for (const auto main : answer.units)
      for (const auto number : commands_of(main)) numbers.push_back(number);
    headers.insert(headers.end(), answer.once.begin(), answer.once.end());
    for (const auto header : answer.varying) {
      const auto readers = commands_reading(header);
      if (readers.size() <= share_of_rounds()) numbers.insert(numbers.end(), readers.begin(), readers.end());
    }
  }
  std::erase_if(numbers, [&](std::size_t number) { return units_.contains(number); });
  sort_unique(numbers);
  sort_unique(headers);
  const auto take = [&](std::vector<std::size_t> list) {
    // Tests first: that one reaches the symbol says more than one more user.
    std::stable_sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) {
      return is_test_file(commands_[a].file) && !is_test_file(commands_[b].file);
    });
    list.resize(std::min(list.size(), at_most));
    at_most -= list.size();
    return read_commands(std::move(list));
  };
  PATCHGATE_CHECK(take(std::move(numbers)));
  std::set<ScanIndex> given_up;  // no unit is left that could read it
  for (int tries = 0; tries < kTriesAHeader && at_most > 0; ++tries) {
    auto more = commands_for(headers, given_up);
    if (more.empty()) break;
    PATCHGATE_CHECK(take(std::move(more)));
  }
  const auto all_read = [&](const std::vector<std::size_t>& list) {
    return std::all_of(list.begin(), list.end(), [&](std::size_t number) {
      const auto unit = units_.find(number);
      return unit != units_.end() && !unit->second.out_of_time;
    });
  };
  const auto is_whole = [&](const ScopeAnswer& answer) {
    for (const auto main : answer.units)
      if (!all_read(commands_of(main))) return false;
    for (const auto header : answer.varying)
      if (!all_read(commands_reading(header))) return false;
    return std::all_of(answer.once.begin(), answer.once.end(),
                       [&](ScanIndex header) { return was_read(header) || given_up.contains(header); });
  };
  std::vector<bool> whole;
  for (const auto& answer : wanted) whole.push_back(is_whole(answer));
  return whole;
}

Result<void> PatchScope::ask(const Graph& graph, const std::vector<NodeId>& nodes, std::size_t at_most) {
  std::vector<Key> keys;
  std::vector<ScopeAnswer> answers;
  for (const auto id : nodes) {
    const auto& node = graph.node(id);
    Key key{node.usr, node.file};
    if (!asked_.emplace(key, false).second) continue;
    answers.push_back(scan_->users_of(query_of(graph, node)));
    keys.push_back(std::move(key));
  }
  PATCHGATE_TRY(const auto whole, read(answers, at_most));
  for (std::size_t i = 0; i < keys.size(); ++i) asked_[keys[i]] = whole[i];
  return {};
}

PatchScope::Walk PatchScope::walk(const Graph& graph, NodeId start) const {
  Walk result;
  const auto proven = [](NodeId, const Link& link) { return link.confidence == Confidence::exact; };
  const NodeId starts[] = {start};
  for (const auto& reached : reach(graph, starts, Direction::to_users, proven)) {
    const auto& node = graph.node(reached.node);
    if (!node.in_project()) continue;
    if (reached.node != start) {
      ++result.users;
      (is_test_file(node.file) ? result.tested : result.outside_tests) = true;
    }
    const auto asked = asked_.find({node.usr, node.file});
    if (asked == asked_.end()) result.open.push_back(reached.node);
    if (asked == asked_.end() || !asked->second) result.whole = false;
  }
  return result;
}

/// More users would change nothing that is said about the symbol.
bool PatchScope::decided(const TouchedSymbol& symbol, const Walk& walk) const {
  if (walk.open.empty()) return true;
  if (symbol.in_test_code && !walk.outside_tests) return false;
  return walk.users >= input_.limits.deciding_fan_in && (walk.tested || symbol.in_test_code || !has_tests_);
}

Result<void> PatchScope::read_users(std::vector<TouchedSymbol>& touched) {
  const auto say = [&](const Graph& graph) {
    for (auto& symbol : touched) {
      const auto node = node_of(graph, symbol.base_usr, symbol.base_file);
      if (symbol.base_usr == 0) continue;  // what is new on head has its users there, in the patch itself
      symbol.seen = {false, false};
      if (node == kNoNode) continue;
      const auto asked = asked_.find({graph.node(node).usr, graph.node(node).file});
      symbol.seen.direct = asked != asked_.end() && asked->second;
      symbol.seen.transitive = symbol.seen.direct && walk(graph, node).whole;
    }
  };
  PATCHGATE_TRY(auto graph, merge_units(input_.store, read_so_far()));
  if (!scan_) {
    say(graph);
    return {};
  }
  if (input_.limits.fast_lane) {
    PATCHGATE_CHECK(read_users_of_revert(graph, touched));
    PATCHGATE_CHECK(read_callees(touched));
    PATCHGATE_TRY(graph, merge_units(input_.store, read_so_far()));
    say(graph);
    return {};
  }
  std::vector<NodeId> next;
  for (const auto& symbol : touched)
    if (const auto node = node_of(graph, symbol.base_usr, symbol.base_file); node != kNoNode) next.push_back(node);
  auto at_most = kNoLimit;
  const auto share = share_of_rounds();
  std::size_t after_direct = 0;
  while (!next.empty() && at_most > 0 && !cut_short_) {
    PATCHGATE_CHECK(ask(graph, next, at_most));
    if (after_direct == 0) after_direct = units_.size();
    at_most = share - std::min(share, units_.size() - after_direct);
    PATCHGATE_TRY(graph, merge_units(input_.store, read_so_far()));
    next.clear();
    for (const auto& symbol : touched) {
      const auto node = node_of(graph, symbol.base_usr, symbol.base_file);
      if (node == kNoNode) continue;
      const auto users = walk(graph, node);
      if (!decided(symbol, users)) next.insert(next.end(), users.open.begin(), users.open.end());
    }
    sort_unique(next);
  }
  say(graph);
  return {};
}

void PatchScope::say_what_was_seen_on_head(const Graph& head, std::vector<TouchedSymbol>& touched) {
  // Nothing that the patch does not change can name what it adds.
  for (const auto& symbol : touched)
    if (symbol.base_usr == 0) asked_.emplace(Key{symbol.head_usr, symbol.head_file}, true);
  for (auto& symbol : touched) {
    if (symbol.base_usr != 0) continue;
    const auto node = node_of(head, symbol.head_usr, symbol.head_file);
    symbol.seen = {true, node != kNoNode && walk(head, node).whole};
  }
}

std::vector<const IndexedUnit*> PatchScope::read_so_far() const {
  std::vector<const IndexedUnit*> units;
  for (const auto& [number, unit] : units_) units.push_back(&unit);
  return units;
}

std::vector<IndexedUnit> PatchScope::units() const {
  std::vector<IndexedUnit> units;
  for (const auto& [number, unit] : units_) units.push_back(unit);
  return units;
}

std::optional<std::set<std::string>> PatchScope::covered() const {
  if (!scan_) return std::nullopt;
  std::set<std::string> files;
  std::vector<ScanIndex> mains;
  for (ScanIndex file = 0; file < scan_->files().size(); ++file)
    if (command_of_.contains(scan_->files()[file].path)) mains.push_back(file);
  for (const auto file : scan_->includes().closure(mains)) files.insert(scan_->files()[file].path);
  return files;
}

}  // namespace patchgate
