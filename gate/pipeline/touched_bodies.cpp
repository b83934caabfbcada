#include "gate/pipeline/touched_bodies.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "gate/pipeline/choose_units.h"

namespace patchgate {
namespace {

/// Configurations of one file that are compared.
constexpr std::size_t kMostUnits = 2;

using Wanted = std::vector<std::pair<std::string, ByteRange>>;

/// Definitions of that symbol in the changed files of one side.
Wanted definitions_of(std::uint64_t usr, SymbolKind kind, const TwoSides& sides, SourceSide which) {
  Wanted found;
  for (const auto& both : sides.files) {
    const auto& file = which == SourceSide::base ? both.base : both.head;
    for (const auto& facts : file.facts) {
      for (const auto& extent : facts->extents) {
        const auto& symbol = facts->symbols[extent.symbol];
        if (!extent.definition || symbol.usr != usr || symbol.kind != kind) continue;
        const std::pair one(file.path, extent.range);
        if (std::find(found.begin(), found.end(), one) == found.end()) found.push_back(one);
      }
    }
  }
  return found;
}

/// The units that are asked about one file: its own, else the first that includes it.
std::vector<const IndexedUnit*> readers_of(const std::string& path, const std::vector<IndexedUnit>& units) {
  std::vector<const IndexedUnit*> readers;
  for (const auto& unit : units)
    if (unit.unit.failure.empty() && unit.command.file == path && readers.size() < kMostUnits) readers.push_back(&unit);
  if (!readers.empty()) return readers;
  for (const auto& unit : units) {
    if (!unit.unit.failure.empty() || !includes(unit, path)) continue;
    readers.push_back(&unit);
    break;
  }
  return readers;
}

class Asked {
 public:
  explicit Asked(const TwoSides& sides) : sides_(sides) {}

  void add(const TouchedSymbol& symbol, SourceSide side) {
    const auto usr = side == SourceSide::base ? symbol.base_usr : symbol.head_usr;
    for (const auto& one : definitions_of(usr, symbol.kind, sides_, side)) {
      for (const auto* unit : readers_of(one.first, side == SourceSide::base ? sides_.base_units : sides_.head_units)) {
        auto& wanted = by_unit_[{side, unit}];
        if (std::find(wanted.begin(), wanted.end(), one) == wanted.end()) wanted.push_back(one);
      }
    }
  }

  Result<void> ask(WorkerPool& pool) {
    std::vector<WorkerPool::ShapeJob> jobs;
    for (const auto& [key, wanted] : by_unit_) jobs.push_back({{key.first, key.second->command}, wanted});
    std::vector<UnitShapes> answers(jobs.size());
    PATCHGATE_CHECK(pool.shape(jobs, [&](WorkerPool::Outcome outcome) {
      auto& answer = answers[outcome.job];
      if (!outcome.error.empty()) {
        answer.failure = outcome.error;
        return;
      }
      auto shapes = decode_unit_shapes(outcome.facts);
      if (shapes) {
        answer = std::move(*shapes);
      } else {
        answer.failure = shapes.error().message;
      }
    }));
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      const auto side = jobs[i].unit.side;
      for (const auto& [path, range] : jobs[i].wanted)
        if (!answers[i].failure.empty()) failures_[{side, path, range.begin}] = answers[i].failure;
      if (!answers[i].failure.empty()) continue;
      for (auto& shape : answers[i].shapes) {
        auto& seen = shapes_[{side, shape.file, shape.range.begin}];
        seen.push_back(std::move(shape));
      }
    }
    return {};
  }

  void take(const TouchedSymbol& symbol, SourceSide side, TouchedBody& body) const {
    const auto usr = side == SourceSide::base ? symbol.base_usr : symbol.head_usr;
    if (usr == 0) return;
    for (const auto& [path, range] : definitions_of(usr, symbol.kind, sides_, side)) {
      const Key key{side, path, range.begin};
      const auto seen = shapes_.find(key);
      if (seen == shapes_.end()) {
        const auto failure = failures_.find(key);
        body.unknown = failure != failures_.end() ? failure->second : "its body was not seen";
        continue;
      }
      for (const auto& shape : seen->second) {
        if (shape.cut) body.unknown = "its body is too large to be compared";
        (side == SourceSide::base ? body.base : body.head).push_back(shape);
      }
    }
  }

 private:
  using Key = std::tuple<SourceSide, std::string, std::uint32_t>;
  struct ByPlace {
    bool operator()(const std::pair<SourceSide, const IndexedUnit*>& a,
                    const std::pair<SourceSide, const IndexedUnit*>& b) const {
      return std::tie(a.first, a.second->command.file, a.second->command.hash, a.second) <
             std::tie(b.first, b.second->command.file, b.second->command.hash, b.second);
    }
  };
  const TwoSides& sides_;
  std::map<std::pair<SourceSide, const IndexedUnit*>, Wanted, ByPlace> by_unit_;
  std::map<Key, std::vector<BodyShape>> shapes_;
  std::map<Key, std::string> failures_;
};

}  // namespace

Result<std::vector<TouchedBody>> touched_bodies(const OverlayInput& input, const TwoSides& sides) {
  const auto& touched = sides.touched.symbols;
  const auto has_body = [](const TouchedSymbol& symbol) {
    return is_callable(symbol.kind) && symbol.kind != SymbolKind::lambda && !symbol.in_test_code;
  };
  Asked asked(sides);
  for (const auto& symbol : touched) {
    if (!has_body(symbol)) continue;
    for (const auto side : {SourceSide::base, SourceSide::head}) asked.add(symbol, side);
  }
  PATCHGATE_CHECK(asked.ask(input.pool));
  std::vector<TouchedBody> bodies(touched.size());
  for (std::size_t i = 0; i < touched.size(); ++i) {
    if (!has_body(touched[i])) continue;
    for (const auto side : {SourceSide::base, SourceSide::head}) asked.take(touched[i], side, bodies[i]);
  }
  return bodies;
}

}  // namespace patchgate
