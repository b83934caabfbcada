#include "analyzers/graph/builder_state.h"
#include "analyzers/graph/raw_facts.h"

namespace patchgate {

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

}  // namespace patchgate
