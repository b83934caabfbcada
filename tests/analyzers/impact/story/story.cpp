#include "tests/analyzers/impact/story/story.h"

#include <map>
#include <sstream>
#include <stdexcept>

#include "analyzers/model/hash.h"

namespace patchgate::test {

namespace {

template <class Enum>
Enum enum_of(const std::string& word, int count) {
  for (int i = 0; i < count; ++i) {
    if (word == name_of(static_cast<Enum>(i))) return static_cast<Enum>(i);
  }
  throw std::runtime_error("story: no such word: " + word);
}

using Words = std::vector<std::string>;

std::uint32_t line_behind(const Words& words) {
  return words.back().front() == '@' ? static_cast<std::uint32_t>(std::stoul(words.back().substr(1))) : 1;
}

/// The facts of one side; each file's facts hold every symbol of the side, as a unit that saw them all would.
class SideReader {
 public:
  void take(const Words& words, const std::string& line) {
    if (words.size() >= 3 && words[1] == "->") {
      edge(words);
    } else if (words.size() >= 4 && words[1] == ":" && words[3] == "=>") {
      facts(words[0]).flows.push_back(
          {at(words[0]), at(words[2]), words[4] == "return" ? DataFlow::kReturned : at(words[4]), line_behind(words)});
    } else if (words.size() >= 4 && words[1] == ":") {
      literal(words, line);
    } else {
      symbol(words, line);
    }
  }

  Graph graph() {
    GraphBuilder builder;
    for (auto& [path, file] : files_) {
      file.path = path;
      file.symbols = symbols_;
      builder.add(file);
    }
    return std::move(builder).build();
  }

  const UnitSymbol* find(const std::string& name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? nullptr : &symbols_[found->second];
  }

 private:
  std::uint32_t at(const std::string& name) const {
    const auto found = index_.find(name);
    if (found == index_.end()) throw std::runtime_error("story: no symbol " + name);
    return found->second;
  }
  FileFacts& facts(const std::string& symbol) { return files_[symbols_[at(symbol)].file]; }

  void symbol(const Words& words, const std::string& line) {
    UnitSymbol symbol;
    symbol.kind = enum_of<SymbolKind>(words.at(1), kSymbolKinds);
    symbol.name = words.at(2);
    symbol.usr = hash64(symbol.name);
    symbol.flags = words[0] == "outside" ? UnitSymbol::outside : UnitSymbol::defined;
    if (words[0] != "outside") {
      const auto colon = words[0].rfind(':');
      symbol.file = words[0].substr(0, colon);
      const std::string lines = words[0].substr(colon + 1);
      const auto dash = lines.find('-');
      symbol.line = static_cast<std::uint32_t>(std::stoul(lines));
      symbol.end_line =
          dash == std::string::npos ? symbol.line : static_cast<std::uint32_t>(std::stoul(lines.substr(dash + 1)));
    }
    for (std::size_t i = 3; i < words.size(); ++i) {
      if (words[i] == "by") {
        symbol.origin = line.substr(line.find(" by ") + 4);
        break;
      }
      if (words[i] == "main") symbol.flags |= UnitSymbol::variadic_main;
      if (words[i] == "exported") symbol.flags |= UnitSymbol::exported;
      if (words[i] == "declared") symbol.flags &= static_cast<std::uint16_t>(~UnitSymbol::defined);
    }
    if (!index_.emplace(symbol.name, symbols_.size()).second) throw std::runtime_error("story: twice: " + symbol.name);
    if (!symbol.file.empty()) files_[symbol.file];
    symbols_.push_back(std::move(symbol));
  }

  void edge(const Words& words) {
    UnitEdge edge{at(words[0]), at(words[2]), EdgeKind::call, Confidence::exact, line_behind(words)};
    for (std::size_t i = 3; i < words.size(); ++i) {
      if (words[i].front() == '@') continue;
      if (words[i] == "possible") {
        edge.confidence = Confidence::possible;
      } else {
        edge.kind = enum_of<EdgeKind>(words[i], kEdgeKinds);
      }
    }
    facts(words[0]).edges.push_back(edge);
  }

  void literal(const Words& words, const std::string& line) {
    const auto hash = words[2].rfind('#');
    const auto open = line.find('"');
    const auto close = line.rfind('"');
    facts(words[0]).literals.push_back({at(words[0]), at(words[2].substr(0, hash)),
                                        static_cast<std::uint8_t>(std::stoul(words[2].substr(hash + 1))),
                                        line.substr(open + 1, close - open - 1), line_behind(words)});
  }

  std::vector<UnitSymbol> symbols_;
  std::map<std::string, std::uint32_t> index_;
  std::map<std::string, FileFacts> files_;
};

FileChange changed_file(const Words& words) {
  FileChange file;
  file.path = words.at(1);
  file.c_family = is_c_family(file.path);
  file.file_class = classify(file.path);
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i].front() == '+') file.added = std::stoul(words[i].substr(1));
    if (words[i].front() == '-') file.deleted = std::stoul(words[i].substr(1));
  }
  return file;
}

TouchedSymbol touched_symbol(const Words& words, const UnitSymbol* base, const UnitSymbol* head) {
  const UnitSymbol* shown = head != nullptr ? head : base;
  TouchedSymbol symbol;
  symbol.name = words[1];
  if (shown == nullptr) {
    // Touched, but no unit that could be read holds it.
    symbol.base_usr = symbol.head_usr = hash64(symbol.name);
    symbol.at = {"src/unread.cpp", 1, 0};
    symbol.base_file = symbol.head_file = symbol.at.file;
    return symbol;
  }
  symbol.kind = shown->kind;
  symbol.at = {shown->file, shown->line, 0};
  symbol.end_line = shown->end_line;
  symbol.in_test_code = classify(shown->file) == FileClass::test;
  symbol.side = base == nullptr ? Side::head : head == nullptr ? Side::base : Side::both;
  symbol.change = base == nullptr ? ChangeKind::added : head == nullptr ? ChangeKind::removed : ChangeKind::body;
  for (const ChangeKind kind : {ChangeKind::signature, ChangeKind::value, ChangeKind::layout})
    if (words.size() > 2 && words[2] == name_of(kind)) symbol.change = kind;
  if (base != nullptr) symbol.base_usr = base->usr, symbol.base_file = base->file;
  if (head != nullptr) symbol.head_usr = head->usr, symbol.head_file = head->file;
  return symbol;
}

}  // namespace

/// What the lines say, before the graphs are built.
struct Story::Told {
  SideReader base, head;
  Patch patch;
  std::vector<TouchedSymbol> touched;

  explicit Told(std::string_view text) {
    std::vector<Words> touches;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
      line.erase(0, line.find_first_not_of(' '));
      const bool base_only = line.starts_with("base|");
      const bool head_only = line.starts_with("head|");
      if (base_only || head_only) line.erase(0, 5);
      std::istringstream in(line);
      Words words;
      for (std::string word; in >> word;) words.push_back(word);
      if (words.empty()) continue;
      if (words[0] == "touch") {
        touches.push_back(words);
      } else if (words[0] == "file") {
        patch.files.push_back(changed_file(words));
      } else {
        if (!head_only) base.take(words, line);
        if (!base_only) head.take(words, line);
      }
    }
    for (const Words& words : touches) {
      touched.push_back(touched_symbol(words, base.find(words.at(1)), head.find(words.at(1))));
    }
  }
};

Story::Story(std::string_view text) : Story(Told(text)) {}

Story::Story(Told told)
    : patch(std::move(told.patch)),
      base(told.base.graph()),
      head(told.head.graph()),
      base_ranks(base),
      head_ranks(head) {
  patch.merge_base = std::string(40, 'a');
  patch.head = std::string(40, 'b');
  context.patch = &patch;
  context.base = &base;
  context.head = &head;
  context.base_ranks = &base_ranks;
  context.head_ranks = &head_ranks;
  findings.touched = std::move(told.touched);
}

TouchedSymbol& Story::touched(std::string_view name) {
  for (TouchedSymbol& symbol : findings.touched) {
    if (symbol.name == name) return symbol;
  }
  throw std::runtime_error("story: not touched: " + std::string(name));
}

std::string Story::fact(const char* name) const {
  const Fact fact = findings.facts.get(name);
  std::string text = name;
  if (const auto* unknown = std::get_if<Unknown>(&fact.value)) {
    text += " ? " + (unknown->at_least > 0 ? to_string(fact.value) : unknown->why);
  } else {
    text += " = " + to_string(fact.value);
  }
  for (std::size_t i = 0; i < fact.from.size(); ++i) {
    text += (i == 0 ? " at " : " ") + fact.from[i].file;
    if (fact.from[i].line != 0) text += ":" + std::to_string(fact.from[i].line);
  }
  return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view by) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string(by)) + part;
  return text;
}

std::string callers(const std::string& prefix, int count, const std::string& callee) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string name = prefix + std::to_string(i);
    text += "src/" + prefix + ".cpp:" + std::to_string(10 * i + 1) + "-" + std::to_string(10 * i + 5) + " function " +
            name + "\n" + name + " -> " + callee + "\n";
  }
  return text;
}

}  // namespace patchgate::test
