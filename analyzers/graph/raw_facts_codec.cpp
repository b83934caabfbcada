#include <algorithm>
#include <utility>

#include "analyzers/graph/derived.h"
#include "analyzers/graph/raw_facts.h"
#include "analyzers/graph/raw_facts_tables.h"
#include "analyzers/graph/sealed.h"
#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"

namespace patchgate {

namespace {

constexpr std::uint8_t kTag = 'F';
constexpr std::uint32_t kFormat = 1;
constexpr std::size_t kChecksum = 8;

/// Small for small differences of either sign.
template <class Value>
Value folded(Value difference) {
  return static_cast<Value>(difference << 1U) ^ static_cast<Value>(0 - (difference >> (sizeof(Value) * 8 - 1)));
}

template <class Value>
Value unfolded(Value value) {
  return static_cast<Value>(value >> 1U) ^ static_cast<Value>(0 - (value & 1U));
}

/// One column as differences from the value before, their lowest bytes first, then the next ones of all: most of the
/// higher ones are zero, which packs to nothing and costs no branch to read.
template <class Value, class Of>
void write_planes(ByteWriter& out, std::size_t count, Of of) {
  std::string planes(count * sizeof(Value), '\0');
  Value before = 0;
  for (std::size_t row = 0; row < count; ++row) {
    const Value value = of(row);
    const auto difference = folded(static_cast<Value>(value - before));
    for (std::size_t i = 0; i < sizeof(Value); ++i) planes[i * count + row] = static_cast<char>(difference >> (8 * i));
    before = value;
  }
  out.raw(planes);
}

template <class Value, class Put>
void read_planes(ByteReader& in, std::size_t count, Put put) {
  const std::string_view planes = in.raw(count * sizeof(Value));
  if (!in.ok()) return;
  Value value = 0;
  for (std::size_t row = 0; row < count; ++row) {
    Value difference = 0;
    for (std::size_t i = 0; i < sizeof(Value); ++i)
      difference |=
          static_cast<Value>(static_cast<Value>(static_cast<unsigned char>(planes[i * count + row])) << (8 * i));
    value = static_cast<Value>(value + unfolded(difference));
    put(row, value);
  }
}

struct Limits {
  std::size_t texts = 0, hashes = 0, symbols = 0;

  bool allow(RawColumn column, std::uint32_t value) const {
    switch (column) {
      case RawColumn::text:
        return value < texts;
      case RawColumn::hash:
        return value < hashes;
      case RawColumn::symbol:
        return value < symbols;
      case RawColumn::symbol_or_none:
        return value <= symbols;
      case RawColumn::symbol_kind:
        return value < kSymbolKinds;
      case RawColumn::blind_spot_kind:
        return value < kBlindSpotKinds;
      case RawColumn::edge:
        return (value & 0xffU) < kEdgeKinds && (value >> 8U & 0xffU) < kConfidences && value >> 16U < kEdgeRules;
      case RawColumn::number:
      case RawColumn::line:
        return true;
    }
    return false;
  }
};

template <std::size_t Columns>
void write_rows(ByteWriter& out, const RawFacts::Rows<Columns>& rows) {
  out.number(rows.size());
  for (std::size_t column = 0; column < Columns; ++column)
    write_planes<std::uint32_t>(out, rows.size(), [&](std::size_t row) { return rows[row][column]; });
}

template <std::size_t Columns>
void read_rows(ByteReader& in, RawFacts::Rows<Columns>& rows, const std::array<RawColumn, Columns>& columns,
               const Limits& limits) {
  const std::size_t count = in.count(4 * Columns);
  if (!in.ok()) return;
  rows.resize(count);
  for (std::size_t column = 0; column < Columns; ++column) {
    bool allowed = true;
    read_planes<std::uint32_t>(in, count, [&](std::size_t row, std::uint32_t value) {
      allowed = allowed && limits.allow(columns[column], value);
      rows[row][column] = value;
    });
    if (!allowed) return in.fail("a number is out of range");
  }
  const auto file = [](const auto& a, const auto& b) { return a[0] < b[0]; };
  if (!std::is_sorted(rows.begin(), rows.end(), file)) in.fail("rows are not sorted");
}

}  // namespace

Hash128 raw_facts_key(std::vector<Hash128> units) {
  ByteWriter what;
  what.byte(kTag);
  what.number(kFormat);
  return derived_key(std::move(units), strong_hash(what.take()));
}

std::string encode_raw_facts(const RawFacts& facts) {
  ByteWriter body;
  body.byte(kTag);
  body.number(kFormat);
  body.number(facts.texts.size());
  for (const auto text : facts.texts) body.text(text);
  body.number(facts.hashes.size());
  write_planes<std::uint64_t>(body, facts.hashes.size(), [&](std::size_t i) { return facts.hashes[i]; });
  write_rows(body, facts.symbols);
  for_each_table(facts, [&](const auto& rows, const auto&) { write_rows(body, rows); });
  return sealed(body.take());
}

Result<RawFacts> decode_raw_facts(std::string encoded) {
  RawFacts facts;
  facts.bytes = std::make_shared<const std::string>(std::move(encoded));
  const std::string_view bytes = *facts.bytes;
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  const std::uint64_t checksum = in.fixed64();
  if (in.ok() && checksum != hash64(bytes.substr(kChecksum))) in.fail("its checksum does not fit");
  if (in.byte() != kTag || in.number() != kFormat) in.fail("another format");
  facts.texts.resize(in.count(1));
  for (auto& text : facts.texts) text = in.text();
  if (in.ok() && (facts.texts.empty() || !facts.texts.front().empty())) in.fail("no first text");
  facts.hashes.resize(in.count(8));
  read_planes<std::uint64_t>(in, facts.hashes.size(), [&](std::size_t i, std::uint64_t v) { facts.hashes[i] = v; });
  Limits limits{facts.texts.size(), facts.hashes.size(), 0};
  if (in.ok()) read_rows(in, facts.symbols, kSymbolColumns, limits);
  limits.symbols = facts.symbols.size();
  for_each_table(facts, [&](auto& rows, const auto& columns) {
    if (in.ok()) read_rows(in, rows, columns, limits);
  });
  if (in.ok() && in.left() != 0) in.fail("something follows its end");
  if (!in.ok()) return fail(Error::Kind::io, "damaged facts in the index: " + in.why());
  return facts;
}

}  // namespace patchgate
