#include "analyzers/graph/derived.h"

#include <algorithm>
#include <type_traits>

#include "analyzers/graph/edge_list.h"
#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {

namespace {

constexpr std::uint8_t kTag = 'G';
constexpr std::uint32_t kFormat = 4;
constexpr std::size_t kChecksum = 8;

/// One column: its values one after the other, each in as many bytes as its type has.
template <class Range, class Of>
void write_column(ByteWriter& out, const Range& range, Of of) {
  using Value = std::decay_t<decltype(of(*range.begin()))>;
  std::string bytes(range.size() * sizeof(Value), '\0');
  char* next = bytes.data();
  for (const auto& element : range) {
    const auto value = static_cast<std::uint64_t>(of(element));
    for (std::size_t i = 0; i < sizeof(Value); ++i) *next++ = static_cast<char>(value >> (8 * i));
  }
  out.raw(bytes);
}

template <class Value, class Put>
void read_column(ByteReader& in, std::size_t count, Put put) {
  const std::string_view bytes = in.raw(count * sizeof(Value));
  if (!in.ok()) return;
  const char* next = bytes.data();
  for (std::size_t row = 0; row < count; ++row) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Value); ++i) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(*next++)) << (8 * i);
    }
    put(row, static_cast<Value>(value));
  }
}

template <class Value>
void read_column(ByteReader& in, std::vector<Value>& column, std::size_t count) {
  if (in.left() / sizeof(Value) < count) return in.fail("a column passes the end");
  column.resize(count);
  read_column<Value>(in, count, [&](std::size_t row, Value value) { column[row] = value; });
}

const auto kSame = [](std::uint32_t value) { return value; };

}  // namespace

class GraphCodec {
 public:
  static void write(ByteWriter& out, const Graph& graph);
  static void read(ByteReader& in, Graph& graph);

 private:
  static void write_rest(ByteWriter& out, const Graph& graph);
  static void read_nodes(ByteReader& in, Graph& graph);
  static void read_links(ByteReader& in, Graph& graph);
  static void read_rest(ByteReader& in, Graph& graph);
};

void GraphCodec::write(ByteWriter& out, const Graph& graph) {
  const auto& nodes = graph.nodes_;
  StringTable strings;
  std::vector<std::uint32_t> files, origins;
  for (const auto& node : nodes) {
    files.push_back(static_cast<std::uint32_t>(strings.index(node.file)));
    origins.push_back(static_cast<std::uint32_t>(strings.index(node.origin)));
  }
  out.number(nodes.size());
  strings.write(out);
  write_column(out, nodes, [](const Node& n) { return n.usr; });
  write_column(out, nodes, [](const Node& n) { return n.line; });
  write_column(out, nodes, [](const Node& n) { return n.end_line; });
  write_column(out, nodes, [](const Node& n) { return n.flags; });
  write_column(out, nodes, [](const Node& n) { return static_cast<std::uint8_t>(n.kind); });
  write_column(out, files, kSame);
  write_column(out, origins, kSame);
  write_column(out, graph.by_usr_, kSame);
  write_column(out, graph.by_name_, kSame);
  for (const auto& node : nodes) out.text(node.name);

  out.number(graph.out_.size());
  write_column(out, graph.out_begin_, kSame);
  write_column(out, graph.out_, [](const Link& l) { return l.node; });
  write_column(out, graph.out_, [](const Link& l) { return l.line; });
  write_column(out, graph.out_, [](const Link& l) { return static_cast<std::uint8_t>(l.kind); });
  write_column(out, graph.out_, [](const Link& l) { return static_cast<std::uint8_t>(l.confidence); });
  write_column(out, graph.out_, [](const Link& l) { return static_cast<std::uint8_t>(l.rule); });
  write_rest(out, graph);
}

void GraphCodec::write_rest(ByteWriter& out, const Graph& graph) {
  out.number(graph.flows_.size());
  for (const auto& flow : graph.flows_) {
    out.number(flow.caller);
    out.number(flow.producer);
    out.number(flow.consumer + 1U);  // nobody becomes 0
    out.number(flow.line);
  }
  out.number(graph.literals_.size());
  for (const auto& literal : graph.literals_) {
    out.number(literal.caller);
    out.number(literal.callee);
    out.byte(literal.position);
    out.text(literal.text);
    out.number(literal.line);
  }
  out.number(graph.entrances_.size());
  for (const auto& entrance : graph.entrances_) {
    out.number(entrance.function);
    out.text(entrance.through);
  }
  out.number(graph.blind_spots_.size());
  for (const auto& spot : graph.blind_spots_) {
    out.number(spot.in + 1U);  // file scope becomes 0
    out.byte(static_cast<std::uint8_t>(spot.kind));
    out.number(spot.line);
    out.text(spot.file);
    out.text(spot.text);
  }
  out.number(graph.includes_.size());
  for (const auto& [file, included] : graph.includes_) {
    out.text(file);
    out.number(included.size());
    for (const auto& other : included) out.text(other);
  }
}

void GraphCodec::read(ByteReader& in, Graph& graph) {
  read_nodes(in, graph);
  if (in.ok()) read_links(in, graph);
  if (in.ok()) read_rest(in, graph);
  if (in.ok()) graph.make_columns();
}

void GraphCodec::read_nodes(ByteReader& in, Graph& graph) {
  const std::size_t count = in.count(8 + 4 + 4 + 2 + 1 + 4 + 4 + 4 + 4 + 1);
  const auto strings = read_string_table(in);
  if (!in.ok()) return;
  auto& nodes = graph.nodes_;
  nodes.resize(count);
  read_column<std::uint64_t>(in, count, [&](std::size_t i, std::uint64_t v) { nodes[i].usr = v; });
  read_column<std::uint32_t>(in, count, [&](std::size_t i, std::uint32_t v) { nodes[i].line = v; });
  read_column<std::uint32_t>(in, count, [&](std::size_t i, std::uint32_t v) { nodes[i].end_line = v; });
  read_column<std::uint16_t>(in, count, [&](std::size_t i, std::uint16_t v) { nodes[i].flags = v; });
  bool in_range = true;
  read_column<std::uint8_t>(in, count, [&](std::size_t i, std::uint8_t v) {
    in_range = in_range && v < kSymbolKinds;
    nodes[i].kind = static_cast<SymbolKind>(v);
  });
  const auto string = [&](std::string& target) {
    return [&](std::uint32_t v) {
      if (v < strings.size() && in.charge_text(strings[v].size())) {
        target = strings[v];
      } else {
        in_range = false;
      }
    };
  };
  read_column<std::uint32_t>(in, count, [&](std::size_t i, std::uint32_t v) { string(nodes[i].file)(v); });
  read_column<std::uint32_t>(in, count, [&](std::size_t i, std::uint32_t v) { string(nodes[i].origin)(v); });
  read_column(in, graph.by_usr_, count);
  read_column(in, graph.by_name_, count);
  for (const auto* order : {&graph.by_usr_, &graph.by_name_}) {
    in_range = in_range && std::all_of(order->begin(), order->end(), [&](NodeId id) { return id < count; });
  }
  if (!in_range) in.fail("a node is out of range");
  for (auto& node : nodes) {
    const auto name = in.text();
    if (in.charge_text(name.size())) node.name = name;
  }
}

void GraphCodec::read_links(ByteReader& in, Graph& graph) {
  const std::size_t nodes = graph.nodes_.size();
  const std::size_t count = in.count(4 + 4 + 1 + 1 + 1);
  Adjacency out;
  read_column(in, out.begin, nodes + 1);
  if (!in.ok()) return;
  if (out.begin.front() != 0 || out.begin.back() != count || !std::is_sorted(out.begin.begin(), out.begin.end())) {
    return in.fail("links are out of range");
  }
  out.links.resize(count);
  bool in_range = true;
  read_column<std::uint32_t>(in, count, [&](std::size_t i, std::uint32_t v) {
    in_range = in_range && v < nodes;
    out.links[i].node = v;
  });
  read_column<std::uint32_t>(in, count, [&](std::size_t i, std::uint32_t v) { out.links[i].line = v; });
  read_column<std::uint8_t>(in, count, [&](std::size_t i, std::uint8_t v) {
    in_range = in_range && v < kEdgeKinds;
    out.links[i].kind = static_cast<EdgeKind>(v);
  });
  read_column<std::uint8_t>(in, count, [&](std::size_t i, std::uint8_t v) {
    in_range = in_range && v < kConfidences;
    out.links[i].confidence = static_cast<Confidence>(v);
  });
  read_column<std::uint8_t>(in, count, [&](std::size_t i, std::uint8_t v) {
    in_range = in_range && v < kEdgeRules;
    out.links[i].rule = static_cast<EdgeRule>(v);
  });
  if (!in.ok()) return;
  if (!in_range) return in.fail("a link is out of range");
  auto back = reversed(out);
  graph.out_begin_ = std::move(out.begin);
  graph.out_ = std::move(out.links);
  graph.in_begin_ = std::move(back.begin);
  graph.in_ = std::move(back.links);
}

void GraphCodec::read_rest(ByteReader& in, Graph& graph) {
  const std::size_t nodes = graph.nodes_.size();
  const auto text = [&] {
    const auto view = in.text();
    return in.charge_text(view.size()) ? std::string(view) : std::string();
  };
  for (std::size_t left = in.count(4); left > 0 && in.ok(); --left) {
    Flow flow;
    flow.caller = in.index(nodes, "node");
    flow.producer = in.index(nodes, "node");
    flow.consumer = in.index(nodes + 1, "node") - 1U;
    flow.line = in.number32();
    graph.flows_.push_back(flow);
  }
  for (std::size_t left = in.count(5); left > 0 && in.ok(); --left) {
    Literal literal;
    literal.caller = in.index(nodes, "node");
    literal.callee = in.index(nodes, "node");
    literal.position = in.byte();
    literal.text = text();
    literal.line = in.number32();
    graph.literals_.push_back(std::move(literal));
  }
  for (std::size_t left = in.count(2); left > 0 && in.ok(); --left) {
    Entrance entrance;
    entrance.function = in.index(nodes, "node");
    entrance.through = text();
    graph.entrances_.push_back(std::move(entrance));
  }
  for (std::size_t left = in.count(5); left > 0 && in.ok(); --left) {
    BlindSpot spot;
    spot.in = in.index(nodes + 1, "node") - 1U;
    const auto kind = in.byte();
    if (kind >= kBlindSpotKinds) in.fail("a blind spot is of no known kind");
    spot.kind = static_cast<BlindSpotKind>(kind);
    spot.line = in.number32();
    spot.file = text();
    spot.text = text();
    graph.blind_spots_.push_back(std::move(spot));
  }
  for (std::size_t left = in.count(2); left > 0 && in.ok(); --left) {
    auto& included = graph.includes_[text()];
    for (std::size_t others = in.count(1); others > 0 && in.ok(); --others) included.push_back(text());
  }
}

std::string encode_derived(const Graph& graph, const FanInRanks& ranks) {
  ByteWriter body;
  body.byte(kTag);
  body.number(kFormat);
  GraphCodec::write(body, graph);
  write_column(body, ranks.all_lower(), kSame);
  const std::string bytes = body.take();
  ByteWriter out;
  out.fixed64(hash64(bytes));
  out.raw(bytes);
  return out.take();
}

Result<DerivedGraph> decode_derived(std::string_view bytes) {
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  const std::uint64_t checksum = in.fixed64();
  if (in.ok() && checksum != hash64(bytes.substr(kChecksum))) in.fail("its checksum does not fit");
  if (in.byte() != kTag || in.number() != kFormat) in.fail("another format");
  DerivedGraph derived;
  if (in.ok()) GraphCodec::read(in, derived.graph);
  if (in.ok()) read_column(in, derived.lower, derived.graph.nodes().size());
  if (in.ok() && in.left() != 0) in.fail("something follows its end");
  if (!in.ok()) return fail(Error::Kind::io, "damaged graph in the index: " + in.why());
  return derived;
}

Hash128 derived_key(std::vector<Hash128> units, const Hash128& salt) {
  std::sort(units.begin(), units.end());
  ByteWriter parts;
  parts.fixed128(salt);
  parts.number(kFormat);
  parts.number(kUnitFormat);
  for (const auto& unit : units) parts.fixed128(unit);
  return strong_hash(parts.take());
}

}  // namespace patchgate
