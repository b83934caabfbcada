#include "analyzers/model/file_facts_codec.h"

#include <algorithm>

#include "analyzers/model/unit_codec.h"

namespace patchgate {

namespace {

// Numbers that mostly rise are written as the difference from the one before, modulo 2^32: short when they rise,
// correct when they do not.
struct Rising {
  std::uint32_t last = 0;
  std::uint32_t step(std::uint32_t value) {
    const std::uint32_t difference = value - last;
    last = value;
    return difference;
  }
  std::uint32_t back(std::uint32_t difference) { return last += difference; }
};

constexpr std::uint8_t kHasType = 0x80;
constexpr std::uint8_t kThroughOutside = 0x80;  // a unit's own edges are of no other rule than this one and syntax

void write_symbols(ByteWriter& out, StringTable& strings, const std::vector<UnitSymbol>& symbols) {
  out.number(symbols.size());
  for (const auto& symbol : symbols) {
    out.fixed64(symbol.usr);
    out.byte(static_cast<std::uint8_t>(static_cast<std::uint8_t>(symbol.kind) | (symbol.type != 0 ? kHasType : 0U)));
    out.number(symbol.flags);
    out.number(symbol.line);
    out.number(symbol.end_line);
    out.number(strings.index(symbol.name));
    out.number(strings.index(symbol.file));
    out.number(strings.index(symbol.origin));
    if (symbol.type != 0) out.fixed64(symbol.type);
  }
}

void write_places(ByteWriter& out, const FileFacts& facts) {
  out.number(facts.extents.size());
  Rising begin;
  for (const auto& extent : facts.extents) {
    out.number(extent.symbol);
    out.number(begin.step(extent.range.begin));
    out.number(extent.range.end - extent.range.begin);
    out.number(extent.range.end - extent.body);
    out.byte(extent.definition ? 1 : 0);
    out.number(extent.first_line);
    out.number(extent.last_line - extent.first_line);
  }
  out.number(facts.edges.size());
  Rising from;
  for (const auto& edge : facts.edges) {
    out.number(from.step(edge.from));
    out.number(edge.to);
    out.byte(static_cast<std::uint8_t>(static_cast<unsigned>(edge.kind) |
                                       (static_cast<unsigned>(edge.confidence) << 4U) |
                                       (edge.rule == EdgeRule::outside ? kThroughOutside : 0U)));
    out.number(edge.line);
  }
}

void write_pointers(ByteWriter& out, const FileFacts& facts) {
  out.number(facts.indirect_calls.size());
  for (const auto& call : facts.indirect_calls) {
    out.number(call.caller);
    out.fixed64(call.type);
    out.number(call.line);
    out.fixed64(call.slot);
  }
  out.number(facts.addresses.size());
  for (const auto& taken : facts.addresses) {
    out.number(taken.function);
    out.number(taken.taker);
    out.fixed64(taken.type);
  }
  out.number(facts.slot_values.size());
  for (const auto& value : facts.slot_values) {
    out.fixed64(value.slot);
    out.number(value.function);
  }
  out.number(facts.slot_copies.size());
  for (const auto& copy : facts.slot_copies) {
    out.fixed64(copy.from);
    out.fixed64(copy.to);
  }
  out.number(facts.open_slots.size());
  for (const auto slot : facts.open_slots) out.fixed64(slot);
  out.number(facts.overrides.size());
  for (const auto& pair : facts.overrides) {
    out.number(pair.method);
    out.number(pair.overridden);
  }
}

void write_data(ByteWriter& out, StringTable& strings, const FileFacts& facts) {
  out.number(facts.outside_slots.size());
  for (const auto& outside : facts.outside_slots) {
    out.fixed64(outside.slot);
    out.number(strings.index(outside.name));
  }
  out.number(facts.flows.size());
  for (const auto& flow : facts.flows) {
    out.number(flow.caller);
    out.number(flow.producer);
    out.number(flow.consumer + 1U);  // kReturned becomes 0
    out.number(flow.line);
  }
  out.number(facts.literals.size());
  for (const auto& literal : facts.literals) {
    out.number(literal.caller);
    out.number(literal.callee);
    out.byte(literal.position);
    out.number(strings.index(literal.text));
    out.number(literal.line);
  }
  out.number(facts.blind_spots.size());
  for (const auto& spot : facts.blind_spots) {
    out.number(spot.symbol + 1U);  // kFileScope becomes 0
    out.byte(static_cast<std::uint8_t>(spot.kind));
    out.number(spot.line);
    out.number(strings.index(spot.text));
  }
  out.number(facts.includes.size());
  for (const auto& file : facts.includes) out.number(strings.index(file));
  out.number(facts.inactive.size());
  Rising line;
  for (const auto& [first, last] : facts.inactive) {
    out.number(line.step(first));
    out.number(line.step(last));
  }
}

/// Reads one FileFacts; the counterpart of the writers above, in their order.
class FileReader {
 public:
  FileReader(std::string_view bytes, DecodeBudget& budget) : in_(bytes, budget) {}

  Result<FileFacts> read() {
    if (in_.byte() != kFileFactsTag) in_.fail("not a file's facts");
    facts_.path = copy(in_.text());
    strings_ = read_string_table(in_);
    read_symbols();
    read_places();
    read_pointers();
    read_data();
    if (in_.ok() && in_.left() != 0) in_.fail("something follows its end");
    if (!in_.ok()) return fail(Error::Kind::io, "damaged facts of a file: " + in_.why());
    return std::move(facts_);
  }

 private:
  std::string copy(std::string_view text) { return in_.charge_text(text.size()) ? std::string(text) : std::string(); }
  std::string string() {
    const auto index = in_.index(strings_.size(), "string");
    return in_.ok() ? copy(strings_[index]) : std::string();
  }
  std::uint32_t symbol() { return in_.index(facts_.symbols.size(), "symbol"); }

  // The loops end at the first mistake, not only at their count: a count may be far larger than what was meant.
  template <class T, class Read>
  void fill(std::vector<T>& elements, std::size_t least, Read read) {
    const auto count = in_.count(least);
    elements.reserve(std::min<std::size_t>(count, 1U << 16U));
    for (std::size_t i = 0; i < count && in_.ok(); ++i) elements.push_back(read());
  }

  void read_symbols() {
    fill(facts_.symbols, 14, [&] {
      UnitSymbol symbol;
      symbol.usr = in_.fixed64();
      const auto kind = in_.byte();
      if ((kind & ~kHasType) >= kSymbolKinds) in_.fail("no such kind of symbol");
      symbol.kind = static_cast<SymbolKind>(kind & ~kHasType);
      symbol.flags = static_cast<std::uint16_t>(in_.index(0x10000, "flag"));
      symbol.line = in_.number32();
      symbol.end_line = in_.number32();
      symbol.name = string();
      symbol.file = string();
      symbol.origin = string();
      if ((kind & kHasType) != 0) {
        symbol.type = in_.fixed64();
        if (symbol.type == 0) in_.fail("a type is missing");
      }
      return symbol;
    });
  }

  void read_places() {
    Rising begin;
    fill(facts_.extents, 7, [&] {
      Extent extent;
      extent.symbol = symbol();
      extent.range.begin = begin.back(in_.number32());
      const auto size = in_.number32();
      const auto body = in_.number32();
      if (size > 0xffffffffU - extent.range.begin || body > size) in_.fail("a range is out of bounds");
      extent.range.end = extent.range.begin + size;
      extent.body = extent.range.end - body;
      extent.definition = in_.index(2, "boolean") == 1;
      extent.first_line = in_.number32();
      const auto lines = in_.number32();
      if (lines > 0xffffffffU - extent.first_line) in_.fail("a range is out of bounds");
      extent.last_line = extent.first_line + lines;
      return extent;
    });
    Rising from;
    fill(facts_.edges, 4, [&] {
      UnitEdge edge;
      edge.from = from.back(in_.number32());
      if (edge.from >= facts_.symbols.size()) in_.fail("a symbol is out of range");
      edge.to = symbol();
      const auto how = in_.byte();
      const auto confidence = (how >> 4U) & 0x7U;
      if ((how & 0xfU) >= kEdgeKinds || confidence >= kConfidences) in_.fail("no such kind of edge");
      edge.kind = static_cast<EdgeKind>(how & 0xfU);
      edge.confidence = static_cast<Confidence>(confidence);
      edge.rule = (how & kThroughOutside) != 0 ? EdgeRule::outside : EdgeRule::syntax;
      edge.line = in_.number32();
      return edge;
    });
  }

  void read_pointers() {
    fill(facts_.indirect_calls, 18, [&] {
      IndirectCall call;
      call.caller = symbol();
      call.type = in_.fixed64();
      call.line = in_.number32();
      call.slot = in_.fixed64();
      return call;
    });
    fill(facts_.addresses, 10, [&] {
      AddressTaken taken;
      taken.function = symbol();
      taken.taker = symbol();
      taken.type = in_.fixed64();
      return taken;
    });
    fill(facts_.slot_values, 9, [&] {
      SlotValue value;
      value.slot = in_.fixed64();
      value.function = symbol();
      return value;
    });
    fill(facts_.slot_copies, 16, [&] {
      SlotCopy copy;
      copy.from = in_.fixed64();
      copy.to = in_.fixed64();
      return copy;
    });
    fill(facts_.open_slots, 8, [&] { return in_.fixed64(); });
    fill(facts_.overrides, 2, [&] {
      Override pair;
      pair.method = symbol();
      pair.overridden = symbol();
      return pair;
    });
  }

  void read_data() {
    fill(facts_.outside_slots, 9, [&] {
      OutsideSlot outside;
      outside.slot = in_.fixed64();
      outside.name = string();
      return outside;
    });
    fill(facts_.flows, 4, [&] {
      DataFlow flow;
      flow.caller = symbol();
      flow.producer = symbol();
      flow.consumer = in_.index(facts_.symbols.size() + 1, "symbol") - 1U;
      flow.line = in_.number32();
      return flow;
    });
    fill(facts_.literals, 5, [&] {
      LiteralArgument literal;
      literal.caller = symbol();
      literal.callee = symbol();
      literal.position = in_.byte();
      literal.text = string();
      literal.line = in_.number32();
      return literal;
    });
    fill(facts_.blind_spots, 4, [&] {
      UnitBlindSpot spot;
      spot.symbol = in_.index(facts_.symbols.size() + 1, "symbol") - 1U;
      const auto kind = in_.byte();
      if (kind >= kBlindSpotKinds) in_.fail("no such kind of blind spot");
      spot.kind = static_cast<BlindSpotKind>(kind);
      spot.line = in_.number32();
      spot.text = string();
      return spot;
    });
    fill(facts_.includes, 1, [&] { return string(); });
    Rising line;
    fill(facts_.inactive, 2, [&] {
      const auto first = line.back(in_.number32());
      const auto last = line.back(in_.number32());
      return std::pair(first, last);
    });
  }

  ByteReader in_;
  FileFacts facts_;
  std::vector<std::string_view> strings_;
};

}  // namespace

std::string encode(const FileFacts& facts) {
  StringTable strings;
  ByteWriter body;
  write_symbols(body, strings, facts.symbols);
  write_places(body, facts);
  write_pointers(body, facts);
  write_data(body, strings, facts);

  ByteWriter out;
  out.byte(kFileFactsTag);
  out.text(facts.path);  // in front, so that a unit can be split without decoding its files
  strings.write(out);
  out.raw(body.take());
  return out.take();
}

Result<FileFacts> decode_file_facts(std::string_view bytes, DecodeBudget& budget) {
  return FileReader(bytes, budget).read();
}

Result<FileFacts> decode_file_facts(std::string_view bytes) {
  DecodeBudget budget;
  return FileReader(bytes, budget).read();
}

}  // namespace patchgate
