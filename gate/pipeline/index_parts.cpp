#include "gate/pipeline/index_parts.h"

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>

#include "gate/pipeline/choose_units.h"
#include "gate/pipeline/phase_timer.h"
#include "gate/pipeline/shards.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFaultsSaid = 20;
/// So many more shards than parts are thought of, when units are missing.
constexpr std::uint32_t kShardsMissing = 16;
constexpr const char* kAdvice =
    "make the part again: patchgate index --shard I/N at this revision, on a machine like this";

struct Part {
  std::string name;
  Store store;
  bool of_use = false;
};

struct Taken {
  std::size_t part = 0;
  std::int64_t id = 0;
  Hash128 content;
};

class PartsReader {
 public:
  PartsReader(const OverlayInput& input, std::vector<CompileCommand> commands)
      : input_(input), commands_(std::move(commands)), taken_(commands_.size()) {}

  void open(const std::vector<fs::path>& parts) {
    for (const auto& file : parts) {
      std::error_code error;
      if (fs::equivalent(file, input_.store.file(), error)) {
        say(file.string() + " is the index that is to be written");
        continue;
      }
      auto store = Store::open_part(file);
      if (store) {
        parts_.push_back({file.string(), std::move(*store)});
      } else {
        say(store.error().message);
      }
    }
  }

  /// Finds and checks all; then nothing was written.
  Result<void> check() {
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < commands_.size(); ++i)
      if (!look_for(i)) missing.push_back(i);
    for (auto& part : parts_) {
      if (!part.of_use && part.store.unit_count() != 0)
        say(part.name +
            " has no unit of this revision: was it made with the same compile commands, headers and versions of "
            "patchgate and Clang?");
    }
    if (!missing.empty() && faults_.empty()) say_missing(missing);
    if (faults_.empty()) return {};
    std::string text;
    for (std::size_t i = 0; i < faults_.size() && i < kFaultsSaid; ++i) text += (i == 0 ? "" : "\n") + faults_[i];
    if (faults_.size() > kFaultsSaid) text += "\nand " + std::to_string(faults_.size() - kFaultsSaid) + " more";
    return fail(Error::Kind::io, text, kAdvice);
  }

  Result<std::vector<IndexedUnit>> take() {
    PATCHGATE_CHECK(input_.store.clear());
    std::vector<IndexedUnit> units;
    for (std::size_t i = 0; i < commands_.size(); ++i) {
      auto& part = parts_[taken_[i].part];
      PATCHGATE_TRY(auto stored, input_.store.adopt(part.store, taken_[i].id));
      if (stored.content != taken_[i].content) return fail(Error::Kind::io, part.name + " changes while it is read");
      units.push_back({commands_[i], stored.id, stored.content, true, false, std::move(stored.unit)});
      if (input_.progress) input_.progress(i + 1, commands_.size());
    }
    return units;
  }

 private:
  void say(std::string fault) { faults_.push_back(std::move(fault)); }

  /// False where no part says anything about that unit.
  bool look_for(std::size_t index) {
    const auto& command = commands_[index];
    const auto key = input_.indexer.key_of(command);
    std::optional<Taken> found;
    std::string stale;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      auto& part = parts_[i];
      std::string changed;
      const auto same = [&](const UnitFacts& unit) {
        changed = input_.indexer.changed_input(SourceSide::base, unit);
        return changed.empty();
      };
      const auto unit = part.store.find(key, same);
      if (!unit) {
        if (!changed.empty()) {
          stale = part.name + " read " + command.file + " with another " + changed;
          part.of_use = true;  // what is wrong with it is said by that
        }
        continue;
      }
      part.of_use = true;
      if (!part.store.is_whole(unit->id)) {
        say(part.name + ": what it has about " + command.file + " is damaged");
        return true;
      }
      if (found && found->content != unit->content) {
        say(parts_[found->part].name + " and " + part.name + " contradict each other about " + command.file);
        return true;
      }
      if (!found) found = Taken{i, unit->id, unit->content};
    }
    if (found) taken_[index] = *found;
    if (!found && !stale.empty()) say(stale + " than this revision has here");
    return found || !stale.empty();
  }

  /// Which shards these would be, if somebody forgot some.
  void say_missing(const std::vector<std::size_t>& missing) {
    std::string text = "no part has " + commands_[missing.front()].file;
    if (missing.size() > 1) text += " and " + std::to_string(missing.size() - 1) + " other units";
    const std::set<std::size_t> all(missing.begin(), missing.end());
    const auto given = static_cast<std::uint32_t>(parts_.size());
    for (auto shards = given + 1; shards <= given + kShardsMissing; ++shards) {
      const auto dealt = deal(commands_, shards);
      std::set<std::uint32_t> without;
      for (const auto unit : missing) without.insert(dealt[unit]);
      std::size_t units = 0;
      for (const auto shard : dealt) units += without.contains(shard) ? 1 : 0;
      if (units != all.size() || without.size() + given != shards) continue;
      text += ": that is shard";
      for (const auto shard : without) text += " " + std::to_string(shard + 1) + "/" + std::to_string(shards);
      break;
    }
    say(text);
  }

  const OverlayInput& input_;
  std::vector<CompileCommand> commands_;
  std::vector<Taken> taken_;
  std::vector<Part> parts_;
  std::vector<std::string> faults_;
};

}  // namespace

Result<std::vector<IndexedUnit>> index_shard(const OverlayInput& input, const Shard& shard) {
  const PhaseTimer timer(input.seconds, "parse");
  std::vector<std::string> notes;
  const auto all = commands_of_base(input, notes);
  const auto dealt = deal(all, shard.of);
  std::vector<CompileCommand> commands;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (dealt[i] + 1 == shard.number) commands.push_back(all[i]);
  return input.indexer.refresh(SourceSide::base, commands, input.progress);
}

Result<std::pair<RankedGraph, std::vector<IndexedUnit>>> graph_of_parts(const OverlayInput& input,
                                                                        const std::vector<fs::path>& parts) {
  std::vector<std::string> notes;
  PartsReader reader(input, commands_of_base(input, notes));
  std::vector<IndexedUnit> units;
  {
    const PhaseTimer timer(input.seconds, "parse");
    reader.open(parts);
    PATCHGATE_CHECK(reader.check());
    PATCHGATE_TRY(units, reader.take());
    input.indexer.keep_heads(units);
  }
  const PhaseTimer timer(input.seconds, "graph");
  PATCHGATE_TRY(auto graph, base_graph(input.store, units));
  return std::pair(std::move(graph), std::move(units));
}

}  // namespace patchgate
