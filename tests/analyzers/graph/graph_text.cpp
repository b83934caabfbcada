#include "graph_text.h"

#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "analyzers/model/hash.h"

namespace patchgate {

namespace {

const std::map<std::string, SymbolKind> kKinds{
    {"fn", SymbolKind::function},     {"method", SymbolKind::method},  {"ctor", SymbolKind::constructor},
    {"dtor", SymbolKind::destructor}, {"op", SymbolKind::operator_},   {"lambda", SymbolKind::lambda},
    {"macro", SymbolKind::macro},     {"type", SymbolKind::type},      {"field", SymbolKind::field},
    {"var", SymbolKind::variable},    {"enum", SymbolKind::enumerator}};

EdgeKind edge_kind(const std::string& word) {
  for (int i = 0; i < kEdgeKinds; ++i) {
    if (word == name_of(static_cast<EdgeKind>(i))) return static_cast<EdgeKind>(i);
  }
  ADD_FAILURE() << "no edge kind " << word;
  return EdgeKind::call;
}

BlindSpotKind blind_spot_kind(const std::string& word) {
  for (int i = 0; i < kBlindSpotKinds; ++i) {
    const std::string name = name_of(static_cast<BlindSpotKind>(i));
    if (word == name.substr(0, name.find(' '))) return static_cast<BlindSpotKind>(i);
  }
  ADD_FAILURE() << "no kind of blind spot " << word;
  return BlindSpotKind::assembler;
}

class Reader {
 public:
  std::vector<FileFacts> read(std::string_view text) {
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
      words_.clear();
      std::istringstream in(line.substr(0, line.find('#')));
      for (std::string word; in >> word;) words_.push_back(word);
      if (!words_.empty()) statement();
    }
    return std::move(files_);
  }

 private:
  FileFacts& file() { return files_.back(); }
  const std::string& word(std::size_t i) {
    static const std::string none;
    return i < words_.size() ? words_[i] : none;
  }
  std::uint32_t number(std::size_t i) { return word(i).empty() ? 0 : static_cast<std::uint32_t>(std::stoul(word(i))); }

  void statement() {
    const std::string& first = word(0);
    if (first == "==") {
      files_.emplace_back().path = word(1);
      symbols_.clear();
    } else if (first == "include") {
      file().includes.push_back(word(1));
    } else if (first == "outside") {
      file().outside_slots.push_back({slot(word(1)), word(2)});
    } else if (first == "+" || first == "?" || first == "!") {
      symbol(first[0]);
    } else if (first[0] == '&') {
      file().addresses.push_back({at(first.substr(1)), 0, hash64(word(1))});
    } else if (word(1) == "*>") {
      file().indirect_calls.push_back({at(first), hash64(word(2)), number(3), slot(word(4))});
    } else if (word(1) == "<") {
      put();
    } else if (word(1) == "^") {
      file().overrides.push_back({at(first), at(word(2))});
    } else if (word(1) == ">") {
      edge();
    } else if (word(1) == ":") {
      data();
    } else if (word(1) == "!") {
      const auto holder = first == "(file)" ? UnitBlindSpot::kFileScope : at(first);
      file().blind_spots.push_back({holder, blind_spot_kind(word(2)), number(3), word(4)});
    } else {
      ADD_FAILURE() << "not understood: " << first << " " << word(1);
    }
  }

  static Slot slot(const std::string& word) {
    if (word.ends_with("()]")) return result_slot(hash64(word.substr(1, word.size() - 4)));
    return word.empty() ? 0 : hash64(word);
  }

  void put() {
    const Slot into = slot(word(0));
    if (word(2) == "?") {
      file().open_slots.push_back(into);
    } else if (word(2)[0] == '[') {
      file().slot_copies.push_back({slot(word(2)), into});
    } else {
      file().slot_values.push_back({into, at(word(2))});
    }
  }

  void symbol(char how) {
    std::size_t i = 1;
    UnitSymbol symbol;
    if (word(i) == "static") {
      symbol.flags |= UnitSymbol::internal;
      ++i;
    }
    if (word(i) == "made") {
      symbol.flags |= UnitSymbol::has_instance;
      ++i;
    }
    const std::pair<const char*, UnitSymbol::Flag> kHow[] = {
        {"inline", UnitSymbol::merged}, {"weak", UnitSymbol::weak}, {"alias", UnitSymbol::alias}};
    for (const auto& [how_it_is, flag] : kHow) {
      if (word(i) != how_it_is) continue;
      symbol.flags |= flag;
      ++i;
    }
    symbol.kind = kKinds.at(word(i));
    const std::string id = word(i + 1);
    symbol.name = id.substr(0, id.find('/'));
    symbol.usr = symbol.has(UnitSymbol::internal) ? hash64(id + "@" + file().path) : hash64(id);
    std::string place = word(i + 2);
    if (how == '+') {
      symbol.file = file().path;
    } else if (const auto colon = place.rfind(':'); colon != std::string::npos) {
      symbol.file = place.substr(0, colon);
      place = place.substr(colon + 1);
    }
    if (how != '?') symbol.flags |= UnitSymbol::defined;
    if (symbol.file.empty()) symbol.flags |= UnitSymbol::outside;
    if (!place.empty() && !symbol.file.empty()) {
      symbol.line = static_cast<std::uint32_t>(std::stoul(place));
      const auto dash = place.find('-');
      symbol.end_line = how == '?'                  ? 0
                        : dash == std::string::npos ? symbol.line
                                                    : static_cast<std::uint32_t>(std::stoul(place.substr(dash + 1)));
    }
    symbols_[id] = static_cast<std::uint32_t>(file().symbols.size());
    file().symbols.push_back(symbol);
  }

  std::uint32_t at(const std::string& id) {
    const auto found = symbols_.find(id);
    if (found != symbols_.end()) return found->second;
    ADD_FAILURE() << "no symbol " << id << " in " << file().path;
    return 0;
  }

  void edge() {
    std::string kind = word(3);
    auto confidence = Confidence::exact;
    if (kind.back() == '~') confidence = Confidence::possible;
    if (kind.back() == '=') confidence = Confidence::name;
    if (confidence != Confidence::exact) kind.pop_back();
    file().edges.push_back({at(word(0)), at(word(2)), edge_kind(kind), confidence, number(4)});
  }

  void data() {
    if (word(3) == "=>") {
      const auto consumer = word(4) == "return" ? DataFlow::kReturned : at(word(4));
      file().flows.push_back({at(word(0)), at(word(2)), consumer, number(5)});
      return;
    }
    const auto slash = word(2).rfind('/');
    const std::string text = word(3).substr(1, word(3).size() - 2);
    const auto position = static_cast<std::uint8_t>(std::stoul(word(2).substr(slash + 1)));
    file().literals.push_back({at(word(0)), at(word(2).substr(0, slash)), position, text, number(4)});
  }

  std::vector<FileFacts> files_;
  std::map<std::string, std::uint32_t> symbols_;
  std::vector<std::string> words_;
};

class Namer {
 public:
  explicit Namer(const Graph& graph) : graph_(graph) {
    for (const auto& node : graph.nodes()) {
      if (!seen_.insert(node.name).second) twice_.insert(node.name);
    }
  }
  std::string operator()(NodeId id) const {
    const Node& node = graph_.node(id);
    if (!twice_.contains(node.name)) return node.name;
    return node.name + "@" + (node.file.empty() ? "outside" : node.file + ":" + std::to_string(node.line));
  }

 private:
  const Graph& graph_;
  std::set<std::string> seen_, twice_;
};

}  // namespace

std::vector<FileFacts> facts_of(std::string_view text) { return Reader().read(text); }

Graph graph_of(std::string_view text) {
  GraphBuilder builder;
  for (const auto& file : facts_of(text)) builder.add(file);
  return std::move(builder).build();
}

std::string edges_text(const Graph& graph) {
  const Namer name(graph);
  std::string text;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    for (const Link& link : graph.uses(id)) {
      text += name(id) + " -> " + name(link.node) + " " + name_of(link.kind) + " " + name_of(link.confidence) + " " +
              std::to_string(link.line) + (link.kind == EdgeKind::indirect ? " by " : "") +
              (link.kind == EdgeKind::indirect ? name_of(link.rule) : "") + "\n";
    }
  }
  return text;
}

std::string nodes_text(const Graph& graph) {
  const std::pair<UnitSymbol::Flag, const char*> flags[] = {
      {UnitSymbol::defined, "defined"},   {UnitSymbol::internal, "internal"},
      {UnitSymbol::outside, "outside"},   {UnitSymbol::exported, "exported"},
      {UnitSymbol::pure, "pure"},         {UnitSymbol::constructor_attr, "runs_by_itself"},
      {UnitSymbol::variadic_main, "main"}};
  std::string text;
  for (const auto& node : graph.nodes()) {
    text += std::string(name_of(node.kind)) + " " + node.name + " " + node.file + ":" + std::to_string(node.line) +
            "-" + std::to_string(node.end_line);
    for (const auto& [flag, word] : flags) {
      if (node.has(flag)) text += std::string(" ") + word;
    }
    text += "\n";
  }
  return text;
}

std::string blind_spots_text(const Graph& graph) {
  const Namer name(graph);
  std::string text;
  for (const auto& spot : graph.blind_spots()) {
    text += (spot.in == kNoNode ? "(file)" : name(spot.in)) + ": " + name_of(spot.kind) +
            (spot.text.empty() ? "" : " ") + spot.text + " " + spot.file + ":" + std::to_string(spot.line) + "\n";
  }
  return text;
}

NodeId named(const Graph& graph, std::string_view name) {
  const auto at = name.find('@');
  NodeId found = kNoNode;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& node = graph.node(id);
    if (node.name != name.substr(0, at)) continue;
    if (at != std::string_view::npos && node.file != name.substr(at + 1)) continue;
    EXPECT_EQ(found, kNoNode) << "several nodes are called " << name;
    found = id;
  }
  EXPECT_NE(found, kNoNode) << "no node is called " << name;
  return found;
}

std::string names_of(const Graph& graph, const std::vector<NodeId>& ids) {
  const Namer name(graph);
  std::string text;
  for (const NodeId id : ids) text += (text.empty() ? "" : " ") + name(id);
  return text;
}

}  // namespace patchgate
