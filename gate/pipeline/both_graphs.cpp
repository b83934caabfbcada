#include "gate/pipeline/both_graphs.h"

#include <utility>

#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"
#include "gate/pipeline/rerouted.h"

namespace patchgate {

BothGraphs::BothGraphs(const OverlayInput& input, const std::vector<IndexedUnit>& base_units)
    : input_(input), base_units_(base_units), feed_(feed_of_base(input.store, base_units, !input.limits.patch_scope)) {
  for (const auto& change : input.patch.files) replaced_.insert({change.base_path(), change.path});
}

bool BothGraphs::step() {
  if (!std::exchange(looked_for_base_, true)) {
    base_ = stored_base_graph(input_.store, base_units_);
    return true;
  }
  if (feed_.step()) return true;
  if (!builder_) return start_head().has_value();
  if (base_) return false;
  if (auto graph = base()) base_ = std::move(*graph);
  return false;
}

Result<RankedGraph> BothGraphs::base() {
  if (base_) return std::move(*std::exchange(base_, {}));
  return base_graph(input_.store, base_units_, feed_, keep(Keep::small));
}

Result<void> BothGraphs::start_head() {
  if (builder_) return {};
  PATCHGATE_TRY(const auto* facts, feed_.all());
  builder_.emplace();
  builder_->add(*facts, replaced_);
  return {};
}

Hash128 BothGraphs::salt_of(const std::vector<IndexedUnit>& head_units, const std::vector<std::string>& reread) const {
  ByteWriter salt;
  salt.number(reread.size());
  for (const auto& path : reread) salt.text(path);
  salt.number(input_.patch.files.size());
  for (const auto& change : input_.patch.files) {
    for (const auto& path : {change.base_path(), change.path}) salt.text(path);
    salt.byte(change.head_blob.empty() ? 0 : 1);
  }
  for (const auto& content : contents_of(head_units)) salt.fixed128(content);
  return strong_hash(salt.take());
}

Result<RankedGraph> BothGraphs::head(const std::vector<IndexedUnit>& units, const std::vector<Chunks>& chunks) {
  const auto reread = reread_files(input_, base_units_, units);
  if (!reread.empty()) {
    builder_.reset();  // it has of the base what is replaced as well
    replaced_.insert(reread.begin(), reread.end());
  }
  return merged(
      input_.store, contents_of(base_units_),
      [&]() -> Result<Graph> {
        PATCHGATE_CHECK(start_head());
        GraphBuilder builder = std::move(*std::exchange(builder_, {}));
        for (const auto& unit : chunks)
          for (const auto& [path, variants] : unit.by_path)
            for (const auto& chunk : variants) builder.add(*chunk.facts);
        // A file that is gone: said with nothing in it, so that nobody believes in the definitions it had.
        for (const auto& path : replaced_) {
          if (input_.sides.head.find(path) != nullptr) continue;
          FileFacts gone;
          gone.path = path;
          builder.add(gone);
        }
        return std::move(builder).build();
      },
      salt_of(units, reread), keep(Keep::quickly));
}

}  // namespace patchgate
