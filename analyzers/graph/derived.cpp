#include "analyzers/graph/derived.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "analyzers/graph/name_ranks.h"
#include "analyzers/graph/packed_numbers.h"
#include "analyzers/graph/sections.h"
#include "analyzers/graph/source_hash.h"
#include "analyzers/graph/stored_blocks.h"
#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"

namespace patchgate {

namespace {

constexpr std::uint32_t kFormat = 6;
constexpr std::size_t kChecksum = 8;
constexpr unsigned kOrigin = 0x80;  // beside a kind: the node has an origin
constexpr std::uint32_t kNodeMask = (1U << UserLink::kNodeBits) - 1;
constexpr unsigned kKindBits = 32 - UserLink::kNodeBits;

/// Differences of node numbers, small ones of either sign first.
std::uint32_t folded(std::uint32_t difference) {
  difference &= kNodeMask;
  return (difference << 1U ^ (difference >> (UserLink::kNodeBits - 1) != 0 ? kNodeMask : 0U)) & kNodeMask;
}
std::uint32_t unfolded(std::uint32_t number) { return number >> 1U ^ ((number & 1U) != 0 ? kNodeMask : 0U); }

const auto kSame = [](auto value) { return value; };

template <class Range>
bool all_below(const Range& range, std::size_t limit) {
  // Without an early end, so that it takes many at a time.
  std::uint32_t most = 0;
  for (const std::uint32_t value : range) most = std::max(most, value);
  return range.size() == 0 || most < limit;
}

}  // namespace

class GraphCodec {
 public:
  static void write(Sections& out, const Graph& graph, Compressor::Level level);
  static bool read(SectionReader& in, const std::shared_ptr<const std::string>& owner, Graph& graph);

 private:
  static void write_users(Sections& out, const UserLists& lists);
  static bool read_users(SectionReader& in, std::size_t nodes, std::size_t count, Graph& graph);
  static bool read_files(Compressor& compressor, std::string_view frame, std::size_t nodes, Graph& graph);
  static void write_rest(ByteWriter& out, const Graph& graph);
  static void read_rest(ByteReader& in, Graph& graph);
};

void GraphCodec::write_users(Sections& out, const UserLists& lists) {
  std::vector<std::uint32_t> counts, values;
  counts.reserve(lists.nodes());
  values.reserve(lists.users().size());
  for (NodeId id = 0; id < lists.nodes(); ++id) {
    const auto users = lists.of(id);
    counts.push_back(static_cast<std::uint32_t>(users.size()));
    for (std::size_t i = 0; i < users.size(); ++i) {
      const auto difference = i == 0 ? folded(users[0].node() - id) : users[i].node() - users[i - 1].node();
      values.push_back(difference << kKindBits | users[i].kind_bits());
    }
  }
  out.add(pack_numbers(counts));
  out.add(pack_numbers(values));
}

bool GraphCodec::read_users(SectionReader& in, std::size_t nodes, std::size_t count, Graph& graph) {
  auto counts = in.numbers(nodes);
  auto values = in.numbers(count);
  if (!counts || !values) return false;
  std::vector<std::uint32_t> begin{0};
  begin.reserve(nodes + 1);
  std::vector<UserLink> users;
  users.reserve(count);
  std::uint64_t kinds = 0;
  std::uint32_t most = 0;
  for (NodeId id = 0; id < nodes; ++id) {
    std::uint32_t left = counts->next();
    if (left > count - users.size()) return false;
    NodeId last = id;
    for (bool first = true; left > 0; --left, first = false) {
      const auto value = values->next();
      const unsigned kind = value & ((1U << kKindBits) - 1);
      const auto difference = value >> kKindBits;
      last = (last + (first ? unfolded(difference) : difference)) & kNodeMask;
      most = std::max(most, last);
      kinds |= 1ULL << kind;
      users.emplace_back(last | kind << UserLink::kNodeBits);
    }
    begin.push_back(static_cast<std::uint32_t>(users.size()));
  }
  if (users.size() != count || (count != 0 && most >= nodes)) return false;
  graph.user_lists_ = std::make_shared<const UserLists>(std::move(begin), std::move(users), kinds);
  return true;
}

void GraphCodec::write(Sections& out, const Graph& graph, Compressor::Level level) {
  const auto count = static_cast<NodeId>(graph.nodes().size());
  const auto& lists = graph.user_lists();
  ByteWriter head;
  head.number(kFormat);
  head.number(count);
  head.number(graph.edge_count());
  head.number(lists.users().size());
  out.add(head.take());

  std::vector<NodeId> ids(count);
  std::iota(ids.begin(), ids.end(), 0U);
  out.add_column(ids, [&](NodeId id) { return graph.usr_of(id); });
  out.add_bits(graph.by_usr_, kSame);
  out.add_bits(graph.by_name_, kSame);
  // Rising, so that the differences need fewer bits.
  out.add_bits(graph.name_hashes_,
               [last = 0U](std::uint32_t hash) mutable { return hash - std::exchange(last, hash); });
  out.add_bits(name_ranks(graph), kSame);
  out.add_bits(ids, [&](NodeId id) {
    return static_cast<std::uint32_t>(graph.kind(id)) | (graph.has_origin(id) ? kOrigin : 0U);
  });
  out.add_bits(graph.flags_, kSame);
  out.add_bits(graph.walk_order().steps(), [](WalkOrder::Step step) { return std::rotl(step.bits(), 2); });
  write_users(out, lists);

  Compressor compressor;
  const auto pack = [&](const std::string& bytes) { return compressor.pack(bytes, {}, level); };
  ByteWriter files;
  files.number(graph.files().size());
  for (const auto& file : graph.files()) {
    files.number(file.end - file.first);
    files.text(file.file);
  }
  out.add(pack(files.take()));
  std::vector<std::uint32_t> lines;
  lines.reserve(count);
  for (const Node& node : graph.nodes()) lines.push_back(node.line);
  out.add(pack_numbers(lines));
  std::vector<std::string> of_nodes, of_uses, of_users;
  for (NodeId first = 0; first < count; first += StoredBlocks::kNodes) {
    std::vector<const Node*> nodes;
    std::vector<std::span<const Link>> uses, users;
    for (NodeId id = first; id < count && id < first + StoredBlocks::kNodes; ++id) {
      nodes.push_back(&graph.node(id));
      uses.push_back(graph.uses(id));
      users.push_back(graph.users(id));
    }
    of_nodes.push_back(pack(block_of_nodes(nodes)));
    of_uses.push_back(pack(block_of_links(uses, first, false, lines)));
    of_users.push_back(pack(block_of_links(users, first, true, lines)));
  }
  for (const auto* blocks : {&of_nodes, &of_uses, &of_users}) out.add_blocks(*blocks);
  ByteWriter rest;
  write_rest(rest, graph);
  out.add(pack(rest.take()));
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

bool GraphCodec::read_files(Compressor& compressor, std::string_view frame, std::size_t nodes, Graph& graph) {
  const auto bytes = compressor.unpack(frame, {});
  if (!bytes) return false;
  DecodeBudget budget;
  ByteReader in(*bytes, budget);
  std::vector<FileNodes> files(in.count(2));
  NodeId first = 0;
  for (auto& file : files) {
    const auto count = in.number();
    if (count == 0 || count > nodes - first) return false;
    file.first = first;
    file.end = first += static_cast<NodeId>(count);
    file.file = in.text();
  }
  if (!in.ok() || in.left() != 0 || first != nodes) return false;
  if (!files.empty() && files.front().file.empty()) graph.first_with_file_ = files.front().end;
  graph.files_ = std::make_shared<const std::vector<FileNodes>>(std::move(files));
  return true;
}

bool GraphCodec::read(SectionReader& in, const std::shared_ptr<const std::string>& owner, Graph& graph) {
  DecodeBudget budget;
  ByteReader head(in.next(), budget);
  if (head.number() != kFormat) return false;
  const auto count = head.number();
  graph.edge_count_ = head.number();
  const auto users = head.number();
  // Each node takes more than a byte, each user one: sizes that pass are no larger than the bytes.
  if (!head.ok() || head.left() != 0 || count > kNodeMask || count > owner->size() || users > owner->size())
    return false;
  graph.usr_ = Column<std::uint64_t>(in.next(count * 8), owner);
  graph.by_usr_ = Column<NodeId>(in.bits(count));
  graph.by_name_ = Column<NodeId>(in.bits(count));
  auto hashes = in.bits(count);
  std::partial_sum(hashes.begin(), hashes.end(), hashes.begin());
  graph.name_hashes_ = Column<std::uint32_t>(std::move(hashes));
  graph.name_ranks_ = Column<std::uint32_t>(in.bits(count));
  const auto kinds = in.bits(count);
  const auto flags = in.bits(count);
  const auto steps = in.bits(count);
  if (!in.ok() || !all_below(graph.by_usr_, count) || !all_below(graph.by_name_, count)) return false;
  if (!read_users(in, count, users, graph)) return false;
  Compressor compressor;
  if (!read_files(compressor, in.next(), count, graph)) return false;

  std::vector<WalkOrder::Step> order;
  order.reserve(count);
  NodeId most = 0;
  for (const auto bits : steps) {
    order.push_back(WalkOrder::Step(std::rotr(bits, 2)));
    most = std::max(most, order.back().node());
  }
  if (count != 0 && most >= count) return false;
  graph.walk_order_ = std::make_shared<const WalkOrder>(std::move(order));
  graph.kinds_.resize(count);
  graph.flags_.assign(flags.begin(), flags.end());  // the lower halves, whatever else is there
  graph.in_project_.resize(count);
  graph.has_origin_.resize(count);
  bool known_kinds = true;
  for (NodeId id = 0; id < count; ++id) {
    const auto kind = kinds[id];
    known_kinds = known_kinds && (kind & ~kOrigin) < kSymbolKinds;
    graph.kinds_[id] = static_cast<SymbolKind>(kind & ~kOrigin);
    graph.has_origin_[id] = (kind & kOrigin) != 0;
    graph.in_project_[id] = graph.has_file(id) && graph.has(id, UnitSymbol::defined);
  }
  auto packed_lines = in.numbers(count);
  if (!packed_lines) return false;
  std::vector<std::uint32_t> lines(count);
  for (auto& line : lines) line = packed_lines->next();
  const std::size_t blocks = (count + StoredBlocks::kNodes - 1) / StoredBlocks::kNodes;
  auto of_nodes = in.blocks(blocks);
  auto of_uses = in.blocks(blocks);
  auto of_users = in.blocks(blocks);
  const auto rest_bytes = compressor.unpack(in.next(), {});
  if (!known_kinds || !in.ok() || !rest_bytes) return false;
  graph.stored_ = std::make_shared<StoredBlocks>(
      owner,
      StoredBlocks::Known{graph.usr_, graph.kinds_, graph.flags_, std::move(lines), graph.user_lists_, graph.files_},
      std::move(of_nodes), std::move(of_uses), std::move(of_users));
  ByteReader rest(*rest_bytes, budget);
  read_rest(rest, graph);
  return rest.ok() && rest.left() == 0;
}

void GraphCodec::read_rest(ByteReader& in, Graph& graph) {
  const std::size_t nodes = graph.nodes().size();
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

std::string encode_derived(const Graph& graph, const FanInRanks& ranks, Compressor::Level level) {
  Sections sections;
  GraphCodec::write(sections, graph, level);
  sections.add(pack_numbers(ranks.all_lower()));
  const std::string bytes = sections.take();
  ByteWriter out;
  out.raw(Compressor::kMark);
  out.fixed64(hash64(bytes));
  out.raw(bytes);
  return out.take();
}

Result<DerivedGraph> decode_derived(std::string bytes) {
  const auto damaged = [](const char* why) {
    return fail(Error::Kind::io, std::string("damaged graph in the index: ") + why);
  };
  const auto owner = std::make_shared<const std::string>(std::move(bytes));
  const std::string_view all = *owner;
  constexpr std::size_t kStart = Compressor::kMark.size() + kChecksum;
  if (all.size() < kStart || !all.starts_with(Compressor::kMark)) return damaged("another format");
  DecodeBudget budget;
  if (ByteReader(all.substr(Compressor::kMark.size()), budget).fixed64() != hash64(all.substr(kStart)))
    return damaged("its checksum does not fit");
  SectionReader in(all.substr(kStart));
  DerivedGraph derived;
  if (!GraphCodec::read(in, owner, derived.graph)) return damaged("it is not what a graph is written as");
  const std::size_t count = derived.graph.nodes().size();
  auto lower = in.numbers(count);
  if (!lower) return damaged("it is not what a graph is written as");
  if (!in.at_end()) return damaged("something follows its end");
  derived.lower.reserve(count);
  for (std::size_t i = 0; i < count; ++i) derived.lower.push_back(lower->next());
  return derived;
}

Hash128 derived_key(std::vector<Hash128> units, const Hash128& salt) {
  std::sort(units.begin(), units.end());
  ByteWriter parts;
  parts.fixed128(salt);
  parts.number(kFormat);
  parts.text(graph_source_hash());
  for (const auto& unit : units) parts.fixed128(unit);
  return strong_hash(parts.take());
}

}  // namespace patchgate
