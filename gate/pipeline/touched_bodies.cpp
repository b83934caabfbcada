#include "gate/pipeline/touched_bodies.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "analyzers/model/hash.h"
#include "gate/pipeline/choose_units.h"
#include "gate/pipeline/macro_value.h"

namespace patchgate {
namespace {

/// Configurations of one file that are compared.
constexpr std::size_t kMostUnits = 2;

struct WantedPlace {
  std::string path;
  Extent extent;
};

/// A declaration that is no definition says something of interest only where it has a default.
bool may_start_with(const SideFile& file, const ByteRange& range) {
  static const auto kEquals = strong_hash("=");
  static const auto kBrace = strong_hash("{");
  return std::any_of(file.tokens.begin(), file.tokens.end(), [&](const Token& token) {
    return range.begin <= token.offset && token.offset < range.end && (token.text == kEquals || token.text == kBrace);
  });
}

/// Where that symbol is defined and declared in the changed files of one side.
std::vector<WantedPlace> places_of(std::uint64_t usr, SymbolKind kind, const TwoSides& sides, SourceSide which) {
  std::vector<WantedPlace> found;
  for (const auto& both : sides.files) {
    const auto& file = which == SourceSide::base ? both.base : both.head;
    for (const auto& facts : file.facts) {
      for (const auto& extent : facts->extents) {
        const auto& symbol = facts->symbols[extent.symbol];
        if (symbol.usr != usr || symbol.kind != kind) continue;
        const bool body = is_callable(kind) && extent.definition;
        if (!body && kind != SymbolKind::macro && !may_start_with(file, extent.range)) continue;
        const bool known = std::any_of(found.begin(), found.end(), [&](const WantedPlace& one) {
          return one.path == file.path && one.extent.range == extent.range;
        });
        if (!known) found.push_back({file.path, extent});
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
  Asked(const OverlayInput& input, const TwoSides& sides) : input_(input), sides_(sides) {}

  void add(const TouchedSymbol& symbol, SourceSide side) {
    const auto usr = side == SourceSide::base ? symbol.base_usr : symbol.head_usr;
    for (const auto& place : places_of(usr, symbol.kind, sides_, side)) {
      if (symbol.kind == SymbolKind::macro) continue;
      const std::pair one(place.path, place.extent.range);
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
    const bool on_base = side == SourceSide::base;
    auto& starts = on_base ? body.base_starts : body.head_starts;
    for (const auto& [path, extent] : places_of(usr, symbol.kind, sides_, side)) {
      if (symbol.kind == SymbolKind::macro) {
        take_macro(symbol, side, path, extent, starts);
        continue;
      }
      const Key key{side, path, extent.range.begin};
      const auto failure = failures_.find(key);
      const auto seen = shapes_.find(key);
      bool defined = false;
      if (failure != failures_.end()) body.unknown = failure->second;
      for (const auto& shape : seen == shapes_.end() ? std::vector<BodyShape>() : seen->second) {
        if (shape.cut) body.unknown = "its body is too large to be compared";
        defined = defined || shape.has_body;
        if (shape.has_body) (on_base ? body.base : body.head).push_back(shape);
        if (!shape.defaults.empty()) starts.push_back(shape);
      }
      if (!defined && extent.definition && is_callable(symbol.kind) && body.unknown.empty())
        body.unknown = "its body was not seen";
    }
  }

 private:
  void take_macro(const TouchedSymbol& symbol, SourceSide side, const std::string& path, const Extent& extent,
                  std::vector<BodyShape>& starts) const {
    const auto text = read_file(input_.repository, input_.sides.of(side), path);
    if (!text || !*text) return;
    auto shape = macro_value(**text, extent, symbol.name);
    if (!shape) return;
    shape->file = path;
    shape->range = extent.range;
    starts.push_back(std::move(*shape));
  }

  using Key = std::tuple<SourceSide, std::string, std::uint32_t>;
  struct ByPlace {
    bool operator()(const std::pair<SourceSide, const IndexedUnit*>& a,
                    const std::pair<SourceSide, const IndexedUnit*>& b) const {
      return std::tie(a.first, a.second->command.file, a.second->command.hash, a.second) <
             std::tie(b.first, b.second->command.file, b.second->command.hash, b.second);
    }
  };
  const OverlayInput& input_;
  const TwoSides& sides_;
  std::map<std::pair<SourceSide, const IndexedUnit*>, std::vector<std::pair<std::string, ByteRange>>, ByPlace> by_unit_;
  std::map<Key, std::vector<BodyShape>> shapes_;
  std::map<Key, std::string> failures_;
};

}  // namespace

Result<std::vector<TouchedBody>> touched_bodies(const OverlayInput& input, const TwoSides& sides) {
  const auto& touched = sides.touched.symbols;
  // A lambda is seen with the function around it.
  const auto is_looked_at = [](const TouchedSymbol& symbol) {
    return symbol.kind != SymbolKind::type && symbol.kind != SymbolKind::lambda && !symbol.in_test_code;
  };
  Asked asked(input, sides);
  for (const auto& symbol : touched) {
    if (!is_looked_at(symbol)) continue;
    for (const auto side : {SourceSide::base, SourceSide::head}) asked.add(symbol, side);
  }
  PATCHGATE_CHECK(asked.ask(input.pool));
  std::vector<TouchedBody> bodies(touched.size());
  for (std::size_t i = 0; i < touched.size(); ++i) {
    if (!is_looked_at(touched[i])) continue;
    for (const auto side : {SourceSide::base, SourceSide::head}) asked.take(touched[i], side, bodies[i]);
  }
  return bodies;
}

}  // namespace patchgate
