#include "synthetic_project.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "analyzers/model/hash.h"

namespace patchgate {

namespace {

constexpr std::uint32_t kSymbolsAFile = 50;
constexpr std::uint32_t kEdgesASymbol = 10;
constexpr std::uint32_t kTestFiles = 20;  // one in so many
constexpr const char* kSinks[] = {"write", "send", "rename", "unlink", "fwrite", "curl_easy_perform", "sqlite3_exec"};

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same on every machine, which the standard's distributions are
/// not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
  }
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>((next() >> 32U) * limit >> 32U); }
  double share() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

SymbolKind kind_of(std::uint32_t number) {
  switch (number % 10) {
    case 0:
      return SymbolKind::type;
    case 1:
      return SymbolKind::field;
    case 2:
      return number % 20 == 2 ? SymbolKind::macro : SymbolKind::variable;
    case 3:
    case 4:
    case 5:
      return SymbolKind::method;
    default:
      return SymbolKind::function;
  }
}

EdgeKind edge_to(SymbolKind kind, std::uint32_t dice) {
  switch (kind) {
    case SymbolKind::type:
      return EdgeKind::type;
    case SymbolKind::macro:
      return EdgeKind::macro;
    case SymbolKind::field:
    case SymbolKind::variable:
      return dice % 3 == 0 ? EdgeKind::write : EdgeKind::read;
    default:
      return EdgeKind::call;
  }
}

bool is_test_file(std::uint32_t file) { return file % kTestFiles == kTestFiles - 1; }

std::string path_of(std::uint32_t file) {
  const auto folder = std::to_string(file / 100);
  return is_test_file(file) ? "tests/part" + folder + "/case" + std::to_string(file) + "_test.cpp"
                            : "src/part" + folder + "/module" + std::to_string(file) + ".cpp";
}

}  // namespace

SyntheticProject::SyntheticProject(std::uint64_t edges, std::uint64_t seed)
    : symbols_(static_cast<std::uint32_t>(std::max<std::uint64_t>(edges / kEdgesASymbol, kSymbolsAFile))),
      seed_(seed) {}

std::uint32_t SyntheticProject::files() const { return (symbols_ + kSymbolsAFile - 1) / kSymbolsAFile; }

bool SyntheticProject::is_callable_number(std::uint32_t number) const { return is_callable(kind_of(number)); }

std::uint32_t SyntheticProject::callable_near(std::uint32_t number) const {
  while (!is_callable_number(number)) number = number + 1 < symbols_ ? number + 1 : 3;
  return number;
}

UnitSymbol SyntheticProject::symbol(std::uint32_t number) const {
  const std::uint32_t file = number / kSymbolsAFile, place = number % kSymbolsAFile;
  UnitSymbol symbol;
  symbol.kind = kind_of(number);
  symbol.flags = UnitSymbol::defined;
  symbol.line = 10 + place * 12;
  symbol.end_line = symbol.line + 9;
  symbol.file = path_of(file);
  const auto area = "part" + std::to_string(file / 100) + "::Module" + std::to_string(file);
  const auto own = std::to_string(number);
  if (is_test_file(file) && symbol.kind == SymbolKind::method) {
    symbol.name = area + "_Case" + own + "_Test::TestBody";
    symbol.origin = "TEST(Module" + std::to_string(file) + ", Case" + own + ")";
  } else {
    symbol.name = area + "::" + name_of(symbol.kind) + "_" + own;
  }
  symbol.usr = hash64(seed_, hash64(symbol.name));
  return symbol;
}

FileFacts SyntheticProject::file(std::uint32_t number) const {
  Random random(hash64(seed_, number));
  FileFacts facts;
  facts.path = path_of(number);
  std::unordered_map<std::uint32_t, std::uint32_t> index;
  const auto mention = [&](std::uint32_t other) {
    const auto [at, is_new] = index.try_emplace(other, static_cast<std::uint32_t>(facts.symbols.size()));
    if (!is_new) return at->second;
    UnitSymbol seen = symbol(other);
    if (seen.file != facts.path) {
      // As a file that includes a declaration sees it.
      seen.flags = 0;
      seen.end_line = 0;
      seen.origin.clear();
    }
    facts.symbols.push_back(std::move(seen));
    return at->second;
  };
  const std::uint32_t first = number * kSymbolsAFile, last = std::min(first + kSymbolsAFile, symbols_);
  for (std::uint32_t own = first; own < last; ++own) mention(own);

  // share^n picks the lower numbers far more often: a power law. Half of what is used is used once.
  const auto target = [&](std::uint32_t from, bool up) {
    const auto dice = random.below(100);
    if (dice < 50) {
      const auto limit = (up ? last : std::max(from, first + 1)) - first;
      return first + static_cast<std::uint32_t>(std::pow(random.share(), 4) * limit);
    }
    const auto limit = up ? symbols_ : std::max(from, 1U);
    const auto share = dice < 97 ? std::pow(random.share(), 6) : random.share();
    return std::min(static_cast<std::uint32_t>(share * limit), symbols_ - 1);
  };
  for (std::uint32_t own = first; own < last; ++own) {
    // Pareto with exponent 2: half of the mean at least; only what has a body uses others a lot.
    const double wanted =
        0.5 * kEdgesASymbol / std::sqrt(1.0 - random.share()) * (is_callable_number(own) ? 1.85 : 0.25);
    const auto count = static_cast<std::uint32_t>(std::min(wanted, 2000.0));
    for (std::uint32_t i = 0; i < count; ++i) {
      const bool up = random.below(200) == 0;
      auto to = target(own, up);
      // Tests are run by nobody.
      if (is_test_file(to / kSymbolsAFile) && to / kSymbolsAFile != number) to = std::min(to % 900, symbols_ - 1);
      const auto dice = random.below(100);
      auto kind = edge_to(kind_of(to), dice);
      auto confidence = Confidence::exact;
      auto rule = EdgeRule::syntax;
      // What goes up again to another file goes through a pointer or a base class.
      if (kind == EdgeKind::call && (dice < 25 || (up && to / kSymbolsAFile > number))) {
        const bool pointer = dice < 12;
        kind = pointer ? EdgeKind::indirect : EdgeKind::override_;
        confidence = Confidence::possible;
        rule = pointer ? EdgeRule::slot : EdgeRule::override_;
        if (dice == 24) kind = EdgeKind::call, confidence = Confidence::name, rule = EdgeRule::name;
      } else if (kind == EdgeKind::call && dice < 28) {
        kind = EdgeKind::address;
      }
      facts.edges.push_back({mention(own), mention(to), kind, confidence, symbol(own).line + 1 + i % 8, rule});
    }
    if (!is_test_file(number) && is_callable_number(own) && hash64(seed_, own) % 500 == 0) {
      UnitSymbol sink;
      sink.name = kSinks[random.below(std::size(kSinks))];
      sink.usr = hash64(sink.name);
      sink.flags = UnitSymbol::outside;
      facts.symbols.push_back(sink);
      const auto at = static_cast<std::uint32_t>(facts.symbols.size() - 1);
      facts.edges.push_back({mention(own), at, EdgeKind::call, Confidence::exact, symbol(own).line + 9});
    }
    // What it makes goes into what it calls: the way of data to a sink.
    if (is_callable_number(own) && facts.edges.size() > 2 && random.below(4) == 0) {
      const auto& produced = facts.edges[facts.edges.size() - 1];
      const auto& consumed = facts.edges[facts.edges.size() - 2];
      if (produced.from == consumed.from && is_callable(facts.symbols[produced.to].kind) &&
          is_callable(facts.symbols[consumed.to].kind))
        facts.flows.push_back({produced.from, produced.to, consumed.to, produced.line});
    }
  }
  return facts;
}

std::vector<UnitSymbol> SyntheticProject::touched() const {
  Random random(hash64(seed_, 77));
  std::vector<UnitSymbol> found;
  for (std::uint32_t i = 0; i < 10; ++i) {
    // The lower numbers are used most.
    auto number = callable_near(i < 4 ? i * 40 + 3 : random.below(symbols_));
    if (is_test_file(number / kSymbolsAFile)) number = callable_near(number % 900);
    found.push_back(symbol(number));
  }
  return found;
}

}  // namespace patchgate
