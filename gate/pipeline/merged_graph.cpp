#include "gate/pipeline/merged_graph.h"

#include <algorithm>

#include "analyzers/graph/derived.h"
#include "gate/pipeline/chunk_feed.h"

namespace patchgate {

namespace {

std::optional<RankedGraph> stored(Store& store, const Hash128& key) {
  auto bytes = store.derived(key);
  if (!bytes) return std::nullopt;
  auto known = decode_derived(std::move(*bytes));
  if (!known) return std::nullopt;
  RankedGraph ranked{std::move(known->graph), {}};
  ranked.ranks.emplace(ranked.graph, std::move(known->lower));
  return ranked;
}

}  // namespace

std::optional<RankedGraph> stored_base_graph(Store& store, const std::vector<IndexedUnit>& units) {
  return stored(store, derived_key(contents_of(units)));
}

Result<RankedGraph> merged(Store& store, const std::vector<Hash128>& units, const std::function<Result<Graph>()>& merge,
                           const Hash128& salt, Keep keep) {
  const auto key = derived_key(units, salt);
  if (auto known = stored(store, key)) return std::move(*known);
  PATCHGATE_TRY(auto graph, merge());
  RankedGraph ranked{std::move(graph), {}};
  ranked.ranks.emplace(ranked.graph);
  // A cache that cannot be written costs time, nothing else.
  const auto level = keep == Keep::small ? Compressor::Level::small : Compressor::Level::fast;
  if (keep != Keep::no) static_cast<void>(store.put_derived(key, encode_derived(ranked.graph, *ranked.ranks, level)));
  return ranked;
}

std::vector<std::int64_t> ids_of(const std::vector<IndexedUnit>& units) {
  std::vector<std::int64_t> ids;
  for (const auto& unit : units)
    if (unit.id != 0) ids.push_back(unit.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<Hash128> contents_of(const std::vector<IndexedUnit>& units) {
  std::vector<Hash128> contents;
  for (const auto& unit : units)
    if (unit.id != 0) contents.push_back(unit.content);
  std::sort(contents.begin(), contents.end());
  return contents;
}

ChunkFeed feed_of_base(Store& store, const std::vector<IndexedUnit>& units, bool keep) {
  auto ids = ids_of(units);
  return keep ? ChunkFeed(store, std::move(ids), raw_facts_key(contents_of(units))) : ChunkFeed(store, std::move(ids));
}

namespace {

Result<Graph> merge_all(ChunkFeed& feed) {
  PATCHGATE_TRY(const auto* facts, feed.all());
  GraphBuilder builder;
  builder.add(*facts, {});
  return std::move(builder).build();
}

}  // namespace

Result<Graph> merge_units(Store& store, const std::vector<const IndexedUnit*>& units) {
  std::vector<std::int64_t> ids;
  for (const auto* unit : units)
    if (unit->id != 0) ids.push_back(unit->id);
  std::sort(ids.begin(), ids.end());
  ChunkFeed feed(store, std::move(ids));
  return merge_all(feed);
}

Result<RankedGraph> base_graph(Store& store, const std::vector<IndexedUnit>& units, ChunkFeed& feed, Keep keep) {
  return merged(
      store, contents_of(units), [&] { return merge_all(feed); }, {}, keep);
}

Result<RankedGraph> base_graph(Store& store, const std::vector<IndexedUnit>& units) {
  const auto merge = [&] {
    auto feed = feed_of_base(store, units, true);  // gone before the graph is packed
    return merge_all(feed);
  };
  return merged(store, contents_of(units), merge, {}, Keep::small);
}

}  // namespace patchgate
