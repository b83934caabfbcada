#include "gate/pipeline/overlay.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "gate/pipeline/both_graphs.h"
#include "gate/pipeline/choose_units.h"
#include "gate/pipeline/patch_scope.h"
#include "gate/pipeline/phase_timer.h"
#include "gate/pipeline/rerouted.h"
#include "gate/pipeline/touched_bodies.h"

namespace patchgate {
namespace {

/// Versions of one unit that stay in the index: those of some branches side by side.
constexpr std::uint32_t kUnitsKept = 8;

/// Everything that the units of one side saw, unit by unit.
struct SideChunks {
  std::vector<const IndexedUnit*> units;
  std::vector<Chunks> chunks;
};

struct Seen {
  std::vector<std::shared_ptr<const FileFacts>> facts;
  std::string unread;
  UnreadCause cause = UnreadCause::failed;
};

/// What `side`'s units saw of `path`; unread when none read it without an error.
Seen seen_in(const SideChunks& side, const std::string& path, const std::string& why_no_unit) {
  Seen seen;
  std::string failure;
  bool late = false;
  bool any_whole = false;
  for (std::size_t i = 0; i < side.units.size(); ++i) {
    const auto& unit = *side.units[i];
    const auto at = side.chunks[i].by_path.find(path);
    const bool concerned = at != side.chunks[i].by_path.end() || unit.command.file == path || includes(unit, path);
    if (!concerned) continue;
    if (unit.unit.failure.empty())
      any_whole = true;
    else if (failure.empty())
      failure = unit.unit.failure;
    late = late || unit.out_of_time;
    if (at == side.chunks[i].by_path.end()) continue;
    for (const auto& chunk : at->second) seen.facts.push_back(chunk.facts);
  }
  if (any_whole) return seen;
  seen.unread = failure.empty() ? why_no_unit : failure;
  seen.cause = late ? UnreadCause::budget : failure.empty() ? UnreadCause::no_command : UnreadCause::failed;
  return seen;
}

Result<SideFile> side_file(const OverlayInput& input, SourceSide which, const std::string& path, Seen seen) {
  SideFile file;
  file.path = path;
  file.facts = std::move(seen.facts);
  file.unread = std::move(seen.unread);
  file.unread_cause = seen.cause;
  PATCHGATE_TRY(const auto text, read_file(input.repository, input.sides.of(which), path));
  if (!text) return file;
  PATCHGATE_TRY(file.tokens, input.pool.lex(*text, !path.ends_with(".c")));
  return file;
}

/// Reads every block of a graph that may come from the index; see Graph::is_whole().
bool is_whole_throughout(const Graph& graph) {
  const auto nodes = graph.nodes();
  for (NodeId id = 0; id < nodes.size(); ++id) {
    static_cast<void>(graph.uses(id));
    static_cast<void>(graph.users(id));
    static_cast<void>(graph.node(id));
  }
  return graph.is_whole();
}

Result<std::pair<RankedGraph, std::vector<IndexedUnit>>> read_base(const OverlayInput& input) {
  std::vector<std::string> notes;
  std::vector<IndexedUnit> units;
  {
    const PhaseTimer timer(input.seconds, "parse");
    PATCHGATE_TRY(units, input.indexer.refresh(SourceSide::base, commands_of_base(input, notes), input.progress));
    input.indexer.keep_heads(units);
  }
  const PhaseTimer timer(input.seconds, "graph");
  PATCHGATE_TRY(auto graph, base_graph(input.store, units));
  // Who asks has no place where it could begin again: so all of a stored graph is looked at first.
  if (!is_whole_throughout(graph.graph)) {
    PATCHGATE_CHECK(input.store.forget_derived());
    PATCHGATE_TRY(graph, base_graph(input.store, units));
  }
  return std::pair(std::move(graph), std::move(units));
}

/// So often a further damaged place may turn up once the one before it was mended.
constexpr int kReadAgain = 16;

/// An index that turns out to be damaged when it is read costs time and nothing else: what was lost is parsed again.
template <class Read>
auto read_again_if_lost(const OverlayInput& input, Read read) {
  auto result = read(input);
  for (int i = 0; !result && i < kReadAgain && input.store.has_lost_units(); ++i) result = read(input);
  return result;
}

/// What is done while units are parsed ends with the scope of what it refers to, however that is left.
class WhileParsing {
 public:
  WhileParsing(WorkerPool& pool, std::function<bool()> piece) : pool_(pool) { pool_.while_parsing(std::move(piece)); }
  WhileParsing(const WhileParsing&) = delete;
  WhileParsing& operator=(const WhileParsing&) = delete;
  ~WhileParsing() { pool_.while_parsing(nullptr); }

 private:
  WorkerPool& pool_;
};

}  // namespace

Result<std::pair<RankedGraph, std::vector<IndexedUnit>>> graph_of_base(const OverlayInput& input) {
  return read_again_if_lost(input, read_base);
}

namespace {

/// The units of both sides that show the files of the patch, and their text.
Result<void> read_files(const OverlayInput& input, TwoSides& result, SideChunks& head) {
  SideChunks base;
  std::set<std::string> counterparts;  // base files of the units parsed on head, and touched files
  for (const auto& change : input.patch.files) counterparts.insert(change.base_path());
  for (const auto& unit : result.head_units) {
    counterparts.insert(unit.command.file);
    head.units.push_back(&unit);
    PATCHGATE_TRY(auto chunks, chunks_of(input.store, unit));
    head.chunks.push_back(std::move(chunks));
  }
  for (const auto& unit : result.base_units) {
    if (!counterparts.contains(unit.command.file)) continue;
    base.units.push_back(&unit);
    PATCHGATE_TRY(auto chunks, chunks_of(input.store, unit));
    base.chunks.push_back(std::move(chunks));
  }

  for (const auto& change : input.patch.files) {
    if (!change.c_family || change.hunks.empty()) continue;
    FileSides sides;
    sides.change = &change;
    const std::string no_unit = is_header(change.path) ? "no unit that could be read includes this header"
                                                       : "no compile command for this file, nor one to borrow";
    if (!change.base_blob.empty() && !change.unread) {
      PATCHGATE_TRY(sides.base,
                    side_file(input, SourceSide::base, change.base_path(), seen_in(base, change.base_path(), no_unit)));
    }
    if (!change.head_blob.empty() && !change.unread) {
      PATCHGATE_TRY(sides.head, side_file(input, SourceSide::head, change.path, seen_in(head, change.path, no_unit)));
    }
    result.files.push_back(std::move(sides));
  }
  result.touched = find_touched(result.files);
  return {};
}

Result<void> read_head(const OverlayInput& input, TwoSides& result, SideChunks& head) {
  {
    const PhaseTimer timer(input.seconds, "parse");
    auto rerouted = rerouted_units(input, result.base_units);
    PATCHGATE_TRY(const auto commands, commands_of_head(input, result.base_units, rerouted.units, result.notes));
    PATCHGATE_TRY(result.head_units, input.indexer.refresh(SourceSide::head, commands, input.progress));
    result.rerouted = std::move(rerouted.beyond);
    for (auto& place : rerouted_places(input, result.base_units, result.head_units))
      result.rerouted.push_back(std::move(place));
  }
  const PhaseTimer timer(input.seconds, "graph");
  return read_files(input, result, head);
}

Result<void> read_in_scope(const OverlayInput& input, std::vector<CompileCommand> commands,
                           std::optional<PatchScope>& scope, TwoSides& result, SideChunks& head) {
  {
    const PhaseTimer timer(input.seconds, "parse");
    PATCHGATE_TRY(auto started, PatchScope::start(input, std::move(commands)));
    scope.emplace(std::move(started));
    PATCHGATE_CHECK(scope->read_patch());
  }
  result.base_units = scope->units();
  PATCHGATE_CHECK(read_head(input, result, head));
  const PhaseTimer timer(input.seconds, "parse");
  PATCHGATE_CHECK(scope->read_users(result.touched.symbols));
  result.base_units = scope->units();
  result.covered = scope->covered();
  result.budget_ran_out = scope->cut_short();
  return {};
}

void say_what_is_left_out(const OverlayInput& input, TwoSides& result) {
  const auto late = [](const auto& unit) { return unit.out_of_time; };
  const auto late_on_base =
      static_cast<std::size_t>(std::count_if(result.base_units.begin(), result.base_units.end(), late));
  const bool late_on_head = std::any_of(result.head_units.begin(), result.head_units.end(), late);
  const auto read = result.base_units.size() - late_on_base;
  result.budget_ran_out = result.budget_ran_out || late_on_base != 0 || late_on_head;
  result.units_left_out = result.commands - std::min(read, result.commands);
  if (result.units_left_out != 0) {
    result.left_out = input.limits.patch_scope ? "--scope patch: " : "";
    result.left_out += std::to_string(result.units_left_out) + " of the " + std::to_string(result.commands) +
                       " units of the base were not read";
  }
  if (result.budget_ran_out) {
    result.left_out += result.left_out.empty() ? "" : "; ";
    result.left_out += out_of_budget(input.limits);
  }
  for (auto& symbol : result.touched.symbols) {
    if (result.left_out.empty()) symbol.seen = {};
    if (!input.limits.patch_scope && late_on_base != 0) symbol.seen = {symbol.base_usr == 0, false};
  }
}

Result<TwoSides> read_both(const OverlayInput& input) {
  TwoSides result;
  SideChunks head;
  std::optional<PatchScope> scope;
  std::optional<BothGraphs> graphs;
  auto commands = commands_of_base(input, result.notes);
  result.commands = commands.size();
  if (input.limits.patch_scope) {
    PATCHGATE_CHECK(read_in_scope(input, std::move(commands), scope, result, head));
  } else {
    {
      const PhaseTimer timer(input.seconds, "parse");
      PATCHGATE_TRY(result.base_units, input.indexer.refresh(SourceSide::base, commands, input.progress));
      input.indexer.keep_heads(result.base_units);
    }
    // While the units of head are parsed, what they are to be laid over is made ready.
    graphs.emplace(input, result.base_units);
    const WhileParsing meanwhile(input.pool, [&] { return graphs->step(); });
    PATCHGATE_CHECK(read_head(input, result, head));
  }
  const PhaseTimer timer(input.seconds, "graph");
  if (!graphs) graphs.emplace(input, result.base_units);
  PATCHGATE_TRY(result.base, graphs->base());
  PATCHGATE_TRY(result.head, graphs->head(result.head_units, head.chunks));
  if (scope) scope->say_what_was_seen_on_head(result.head.graph, result.touched.symbols);
  say_what_is_left_out(input, result);
  input.store.trim(kUnitsKept);
  std::sort(result.notes.begin(), result.notes.end());
  result.notes.erase(std::unique(result.notes.begin(), result.notes.end()), result.notes.end());
  return result;
}

}  // namespace

Result<TwoSides> lay_over(const OverlayInput& input) {
  PATCHGATE_TRY(auto sides, read_again_if_lost(input, read_both));
  const PhaseTimer timer(input.seconds, "bodies");
  PATCHGATE_TRY(sides.bodies, touched_bodies(input, sides));
  return sides;
}

}  // namespace patchgate
