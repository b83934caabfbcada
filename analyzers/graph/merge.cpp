#include <algorithm>
#include <tuple>

#include "analyzers/graph/blind_spots.h"
#include "analyzers/graph/edge_list.h"
#include "analyzers/graph/graph.h"
#include "analyzers/graph/mentions.h"
#include "analyzers/graph/possible_targets.h"
#include "analyzers/model/parameter_slot.h"
#include "analyzers/graph/raw_facts.h"
#include "analyzers/model/sort_unique.h"

namespace patchgate {

namespace {

struct RawEdge {
  MentionId from, to;
  std::uint32_t line;
  EdgeKind kind;
  Confidence confidence;
  EdgeRule rule;
};

constexpr MentionId kNoMention = 0xffffffffU;

struct RawFlow {
  MentionId caller, producer, consumer;
  std::uint32_t line;
};

struct RawLiteral {
  MentionId caller, callee;
  std::uint32_t text, line;
  std::uint8_t position;
};

struct RawBlindSpot {
  MentionId in;
  std::uint32_t file, line, text;
  BlindSpotKind kind;
};

}  // namespace

/// Facts as they came, with symbols as mentions: which node a mention is can only be said when all are known.
struct GraphBuilder::State {
  Strings strings;
  Mentions mentions;
  std::vector<bool> has_facts;  // by number of the file's name
  std::vector<RawEdge> edges;
  std::vector<std::pair<MentionId, MentionId>> overrides;
  struct RawCall {
    MentionId caller;
    std::uint32_t line;
    std::uint64_t type;
    Slot slot;
  };
  std::vector<RawCall> calls;
  std::vector<std::pair<Slot, MentionId>> slot_values;
  SlotTargets slots;
  std::vector<std::pair<Slot, std::uint32_t>> outside_slots;  // with the number of the name
  std::vector<std::pair<std::uint64_t, MentionId>> addresses;
  std::vector<RawFlow> flows;
  std::vector<RawLiteral> literals;
  std::vector<RawBlindSpot> blind_spots;
  std::map<std::string, std::vector<std::string>> includes;
};

GraphBuilder::GraphBuilder() : state_(std::make_unique<State>()) {}
GraphBuilder::GraphBuilder(GraphBuilder&&) noexcept = default;
GraphBuilder& GraphBuilder::operator=(GraphBuilder&&) noexcept = default;
GraphBuilder::~GraphBuilder() = default;

void GraphBuilder::add(const FileFacts& facts) {
  State& s = *state_;
  const std::uint32_t file = s.strings.number(facts.path);
  if (s.has_facts.size() <= file) s.has_facts.resize(file + 1);
  s.has_facts[file] = true;

  std::vector<MentionId> mention;
  mention.reserve(facts.symbols.size());
  for (const auto& symbol : facts.symbols) mention.push_back(s.mentions.add(symbol, file, s.strings));

  for (const auto& edge : facts.edges) {
    if (edge.kind == EdgeKind::include) continue;  // files are no symbols
    const auto rule = edge.confidence == Confidence::name ? EdgeRule::name : edge.rule;
    s.edges.push_back({mention[edge.from], mention[edge.to], edge.line, edge.kind, edge.confidence, rule});
  }
  for (const auto& pair : facts.overrides) s.overrides.emplace_back(mention[pair.method], mention[pair.overridden]);
  for (const auto& call : facts.indirect_calls) {
    s.calls.push_back({mention[call.caller], call.line, call.type, call.slot});
  }
  for (const auto& value : facts.slot_values) s.slot_values.emplace_back(value.slot, mention[value.function]);
  for (const auto& copy : facts.slot_copies) s.slots.copy(copy.from, copy.to);
  for (const auto slot : facts.open_slots) s.slots.open(slot);
  for (const auto& outside : facts.outside_slots) {
    s.outside_slots.emplace_back(outside.slot, s.strings.number(outside.name));
  }
  for (const auto& taken : facts.addresses) s.addresses.emplace_back(taken.type, mention[taken.function]);
  for (const auto& flow : facts.flows) {
    const auto consumer = flow.consumer == DataFlow::kReturned ? kNoMention : mention[flow.consumer];
    s.flows.push_back({mention[flow.caller], mention[flow.producer], consumer, flow.line});
  }
  for (const auto& literal : facts.literals) {
    s.literals.push_back({mention[literal.caller], mention[literal.callee], s.strings.number(literal.text),
                          literal.line, literal.position});
  }
  for (const auto& spot : facts.blind_spots) {
    const auto in = spot.symbol == UnitBlindSpot::kFileScope ? kNoMention : mention[spot.symbol];
    s.blind_spots.push_back({in, file, spot.line, s.strings.number(spot.text), spot.kind});
  }
  auto& includes = s.includes[facts.path];
  includes.insert(includes.end(), facts.includes.begin(), facts.includes.end());
}

namespace {

/// The rows of one file after the other.
template <std::size_t Columns>
class RowsByFile {
 public:
  explicit RowsByFile(const RawFacts::Rows<Columns>& rows) : next_(rows.begin()), end_(rows.end()) {}
  template <class Take>
  void of(std::uint32_t file, bool wanted, Take take) {
    for (; next_ != end_ && (*next_)[0] <= file; ++next_)
      if (wanted) take(*next_);
  }

 private:
  typename RawFacts::Rows<Columns>::const_iterator next_, end_;
};

Mention mention_of(const std::array<std::uint32_t, 8>& row, const RawFacts& facts,
                   const std::vector<std::uint32_t>& texts) {
  Mention mention;
  mention.file = texts[row[0]];
  mention.line = row[1];
  mention.usr = facts.hashes[row[2]];
  mention.name = texts[row[3]];
  mention.end_line = row[4];
  mention.origin = texts[row[5]];
  mention.flags = static_cast<std::uint16_t>(row[6]);
  mention.kind = static_cast<SymbolKind>(row[7]);
  return mention;
}

}  // namespace

void GraphBuilder::add(const RawFacts& facts, const std::set<std::string, std::less<>>& without) {
  State& s = *state_;
  std::vector<std::uint32_t> texts;
  texts.reserve(facts.texts.size());
  for (const auto text : facts.texts) texts.push_back(s.strings.number(text));
  if (s.has_facts.size() < s.strings.size()) s.has_facts.resize(s.strings.size());
  std::vector<Mention> symbols;
  symbols.reserve(facts.symbols.size());
  for (const auto& row : facts.symbols) symbols.push_back(mention_of(row, facts, texts));
  const auto& hash = facts.hashes;
  s.edges.reserve(s.edges.size() + facts.edges.size());

  RowsByFile seen(facts.seen);
  RowsByFile edges(facts.edges);
  RowsByFile overrides(facts.overrides);
  RowsByFile calls(facts.calls);
  RowsByFile slot_values(facts.slot_values);
  RowsByFile slot_copies(facts.slot_copies);
  RowsByFile open_slots(facts.open_slots);
  RowsByFile outside_slots(facts.outside_slots);
  RowsByFile addresses(facts.addresses);
  RowsByFile flows(facts.flows);
  RowsByFile literals(facts.literals);
  RowsByFile blind_spots(facts.blind_spots);
  RowsByFile includes(facts.includes);
  std::uint32_t file = 0;
  std::vector<MentionId> mentions(facts.symbols.size(), kNoMention);  // as this file means them
  const auto mention = [&](std::uint32_t symbol) {
    if (mentions[symbol] == kNoMention) mentions[symbol] = s.mentions.add(symbols[symbol], file, s.strings);
    return mentions[symbol];
  };
  const auto mention_or_none = [&](std::uint32_t symbol) { return symbol == 0 ? kNoMention : mention(symbol - 1); };
  for (const auto& [number] : facts.files) {
    const auto path = facts.texts[number];
    file = texts[number];
    const bool wanted = !without.contains(path);
    if (wanted) s.has_facts[file] = true;
    seen.of(number, wanted,
            [&](const auto& row) { mentions[row[1]] = s.mentions.add(symbols[row[1]], file, s.strings); });
    edges.of(number, wanted, [&](const auto& row) {
      const auto confidence = RawFacts::confidence_of(row[3]);
      const auto rule = confidence == Confidence::name ? EdgeRule::name : RawFacts::rule_of(row[3]);
      s.edges.push_back({mention(row[1]), mention(row[2]), row[4], RawFacts::kind_of(row[3]), confidence, rule});
    });
    overrides.of(number, wanted, [&](const auto& row) { s.overrides.emplace_back(mention(row[1]), mention(row[2])); });
    calls.of(number, wanted, [&](const auto& row) {
      s.calls.push_back({mention(row[1]), row[4], hash[row[2]], hash[row[3]]});
    });
    slot_values.of(number, wanted, [&](const auto& row) { s.slot_values.emplace_back(hash[row[1]], mention(row[2])); });
    slot_copies.of(number, wanted, [&](const auto& row) { s.slots.copy(hash[row[1]], hash[row[2]]); });
    open_slots.of(number, wanted, [&](const auto& row) { s.slots.open(hash[row[1]]); });
    outside_slots.of(number, wanted,
                     [&](const auto& row) { s.outside_slots.emplace_back(hash[row[1]], texts[row[2]]); });
    addresses.of(number, wanted, [&](const auto& row) { s.addresses.emplace_back(hash[row[1]], mention(row[2])); });
    flows.of(number, wanted, [&](const auto& row) {
      s.flows.push_back({mention(row[1]), mention(row[2]), mention_or_none(row[3]), row[4]});
    });
    literals.of(number, wanted, [&](const auto& row) {
      s.literals.push_back(
          {mention(row[1]), mention(row[2]), texts[row[4]], row[5], static_cast<std::uint8_t>(row[3])});
    });
    blind_spots.of(number, wanted, [&](const auto& row) {
      s.blind_spots.push_back(
          {mention_or_none(row[1]), file, row[4], texts[row[3]], static_cast<BlindSpotKind>(row[2])});
    });
    if (wanted) s.includes[std::string(path)];
    includes.of(number, wanted,
                [&](const auto& row) { s.includes[std::string(path)].emplace_back(facts.texts[row[1]]); });
  }
}

namespace {

std::vector<FullEdge> full_edges(const std::vector<RawEdge>& raw, const Nodes& nodes) {
  std::vector<FullEdge> edges;
  edges.reserve(raw.size() + raw.size() / 4);
  for (const auto& edge : raw) {
    for (const NodeId from : nodes.of(edge.from)) {
      for (const NodeId to : nodes.of(edge.to)) {
        // The deleting destructor calls the complete one; both are one symbol here.
        if (from == to && edge.kind == EdgeKind::destruct) continue;
        edges.push_back({from, to, edge.line, edge.kind, edge.confidence, edge.rule});
      }
    }
  }
  return edges;
}

std::vector<Flow> full_flows(const std::vector<RawFlow>& raw, const Nodes& nodes) {
  std::vector<Flow> flows;
  const NodeId nobody = kNoNode;
  for (const auto& flow : raw) {
    const auto consumers = flow.consumer == kNoMention ? std::span(&nobody, 1) : nodes.of(flow.consumer);
    for (const NodeId caller : nodes.of(flow.caller)) {
      for (const NodeId producer : nodes.of(flow.producer)) {
        for (const NodeId consumer : consumers) flows.push_back({caller, producer, consumer, flow.line});
      }
    }
  }
  const auto ends = [](const Flow& f) { return std::tuple(f.producer, f.caller, f.consumer); };
  std::sort(flows.begin(), flows.end(),
            [&](const Flow& a, const Flow& b) { return std::pair(ends(a), a.line) < std::pair(ends(b), b.line); });
  flows.erase(std::unique(flows.begin(), flows.end(), [&](const Flow& a, const Flow& b) { return ends(a) == ends(b); }),
              flows.end());
  return flows;
}

std::vector<Literal> full_literals(const std::vector<RawLiteral>& raw, const Nodes& nodes, const Strings& strings) {
  std::vector<Literal> literals;
  for (const auto& literal : raw) {
    for (const NodeId caller : nodes.of(literal.caller)) {
      for (const NodeId callee : nodes.of(literal.callee)) {
        literals.push_back({caller, callee, literal.position, std::string(strings.text(literal.text)), literal.line});
      }
    }
  }
  const auto what = [](const Literal& l) { return std::tie(l.caller, l.callee, l.position, l.text); };
  std::sort(literals.begin(), literals.end(), [&](const Literal& a, const Literal& b) {
    return what(a) != what(b) ? what(a) < what(b) : a.line < b.line;
  });
  literals.erase(std::unique(literals.begin(), literals.end(),
                             [&](const Literal& a, const Literal& b) { return what(a) == what(b); }),
                 literals.end());
  return literals;
}

std::vector<BlindSpot> full_blind_spots(const std::vector<RawBlindSpot>& raw, const Nodes& nodes,
                                        const Strings& strings) {
  std::vector<BlindSpot> spots;
  const NodeId nobody = kNoNode;
  for (const auto& spot : raw) {
    for (const NodeId in : spot.in == kNoMention ? std::span(&nobody, 1) : nodes.of(spot.in)) {
      spots.push_back(
          {in, spot.kind, spot.line, std::string(strings.text(spot.file)), std::string(strings.text(spot.text))});
    }
  }
  return spots;
}

/// What the project declares and nobody defines is code that is not here: what it gives back can be anything.
/// A pure virtual method gives back what its overriders do.
void open_results(SlotTargets& slots, std::span<const Node> nodes) {
  for (const auto& node : nodes) {
    const bool function =
        node.kind == SymbolKind::function || node.kind == SymbolKind::method || node.kind == SymbolKind::operator_;
    if (function && !node.has(UnitSymbol::defined) && !node.has(UnitSymbol::pure)) slots.open(result_slot(node.usr));
  }
}

/// So many parameters of a function without a definition are looked at.
constexpr unsigned kParameters = 8;

/// What such a function is given is called by code that is not here, as where it is declared outside of the project.
void add_undefined(std::span<const Node> nodes, Strings& strings,
                   std::vector<std::pair<Slot, std::uint32_t>>& outside) {
  for (const auto& node : nodes) {
    if (node.kind != SymbolKind::function || node.has(UnitSymbol::outside) || node.has(UnitSymbol::defined)) continue;
    const auto name = strings.number(node.name);
    for (unsigned place = 0; place < kParameters; ++place) outside.emplace_back(parameter_slot(node.usr, place), name);
  }
}

/// `handed`: what is put into slots by itself, sorted; it counts also where a slot has too much to say something.
std::vector<Entrance> entrances(const std::vector<std::pair<Slot, std::uint32_t>>& outside, const SlotTargets& slots,
                                const std::vector<std::pair<Slot, NodeId>>& handed, const Strings& strings,
                                std::span<const Node> nodes) {
  std::vector<Entrance> found;
  for (const auto& [slot, name] : outside) {
    const auto enter = [&, through = strings.text(name)](NodeId function) {
      if (nodes[function].in_project()) found.push_back({function, std::string(through)});
    };
    for (const NodeId function : slots.of(slot).functions) enter(function);
    for (auto own = std::lower_bound(handed.begin(), handed.end(), std::pair(slot, NodeId{0}));
         own != handed.end() && own->first == slot; ++own)
      enter(own->second);
  }
  const auto key = [](const Entrance& e) { return std::tie(e.function, e.through); };
  std::sort(found.begin(), found.end(), [&](const Entrance& a, const Entrance& b) { return key(a) < key(b); });
  found.erase(
      std::unique(found.begin(), found.end(), [&](const Entrance& a, const Entrance& b) { return key(a) == key(b); }),
      found.end());
  return found;
}

}  // namespace

Graph GraphBuilder::build() && {
  State& s = *state_;
  s.has_facts.resize(s.strings.size());
  Nodes nodes = resolve(s.mentions, s.strings, s.has_facts);

  auto edges = full_edges(s.edges, nodes);
  std::vector<OverridePair> overrides;
  for (const auto& [method, overridden] : s.overrides) {
    for (const NodeId low : nodes.of(method)) {
      for (const NodeId high : nodes.of(overridden)) overrides.emplace_back(low, high);
    }
  }
  std::vector<PointerCall> calls;
  for (const auto& call : s.calls) {
    for (const NodeId caller : nodes.of(call.caller)) calls.push_back({call.type, caller, call.line, call.slot});
  }
  std::vector<TakenAddress> addresses;
  for (const auto& [type, function] : s.addresses) {
    for (const NodeId node : nodes.of(function)) addresses.emplace_back(type, node);
  }
  add_undefined(nodes.nodes, s.strings, s.outside_slots);
  sort_unique(s.outside_slots);
  std::vector<std::pair<Slot, NodeId>> handed;
  for (const auto& [slot, function] : s.slot_values) {
    const auto outside = std::lower_bound(s.outside_slots.begin(), s.outside_slots.end(), std::pair(slot, 0U));
    const bool is_outside = outside != s.outside_slots.end() && outside->first == slot;
    for (const NodeId node : nodes.of(function)) {
      s.slots.put(slot, node);
      if (is_outside) handed.emplace_back(slot, node);
    }
  }
  sort_unique(handed);
  open_results(s.slots, nodes.nodes);
  s.slots.solve();
  add_other_definitions(edges, nodes.nodes, nodes.by_usr);
  const auto without_target = add_pointer_targets(edges, calls, std::move(addresses), s.slots);
  add_overriders(edges, std::move(overrides));
  add_behind_aliases(edges, nodes.nodes);

  Graph graph;
  graph.literals_ = full_literals(s.literals, nodes, s.strings);
  add_named_lookups(edges, graph.literals_, nodes.nodes);
  graph.blind_spots_ =
      settled_blind_spots(full_blind_spots(s.blind_spots, nodes, s.strings), without_target, nodes.nodes);
  auto out = by_source(edges, nodes.nodes.size());
  edges = {};
  auto in = reversed(out);
  graph.out_begin_ = std::move(out.begin);
  graph.out_ = std::move(out.links);
  graph.in_begin_ = std::move(in.begin);
  graph.in_ = std::move(in.links);
  graph.flows_ = full_flows(s.flows, nodes);
  graph.entrances_ = entrances(s.outside_slots, s.slots, handed, s.strings, nodes.nodes);
  graph.nodes_ = std::move(nodes.nodes);
  graph.by_usr_ = Column<NodeId>(std::move(nodes.by_usr));
  graph.includes_ = std::move(s.includes);
  for (auto& [file, included] : graph.includes_) {
    sort_unique(included);
  }
  graph.index_names();
  graph.make_columns();
  return graph;
}

}  // namespace patchgate
