#include "analyzers/patch/touched.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

/// What a symbol uses, by name and identity; identity 0: in its own file, where a symbol is known by its name alone
/// (the identity of a static changes when the file is renamed).
struct Use {
  std::string name;
  std::uint64_t usr = 0;
  EdgeKind kind = EdgeKind::call;
  friend auto operator<=>(const Use&, const Use&) = default;
};

/// A symbol of one side, all its texts in the changed files together.
struct Text {
  UnitSymbol symbol;
  std::string path;  // of the definition where one was seen
  bool in_test_code = false;
  std::optional<Stretch> definition;
  std::vector<std::pair<std::string, Stretch>> declarations;  // file, text
  std::set<Use> uses;
  bool uses_may_change = false;  // a directive or a macro of its file was touched
  bool paired = false;
  bool half_read = false;  // one side of its file was not parsed: that it is missing there proves nothing

  bool whole_equals(const Text& other) const {
    return definition && other.definition && definition->signature == other.definition->signature &&
           definition->body == other.definition->body;
  }
  const Stretch& place() const { return definition ? *definition : declarations.front().second; }
};

using Texts = std::vector<Text>;

/// What each symbol of a file uses, by its usr.
std::map<std::uint64_t, std::set<Use>> uses_in(const SideFile& file) {
  std::map<std::uint64_t, std::set<Use>> uses;
  for (const auto& facts : file.facts) {
    for (const auto& edge : facts->edges) {
      const auto& to = facts->symbols[edge.to];
      uses[facts->symbols[edge.from].usr].insert({to.name, to.file == file.path ? 0 : to.usr, edge.kind});
    }
  }
  return uses;
}

/// A changed line of that side begins with `#`: another include, a macro defined or taken away, another condition.
bool touches_directive(const SideFile& file, const std::vector<Hunk>& hunks, bool on_head) {
  static const Hash128 kHash = strong_hash("#");
  return std::any_of(file.tokens.begin(), file.tokens.end(), [&](const Token& token) {
    return token.starts_line && token.text == kHash && std::any_of(hunks.begin(), hunks.end(), [&](const Hunk& hunk) {
             const auto& lines = on_head ? hunk.head : hunk.base;
             return lines.first <= token.line && token.line < lines.first + lines.count;
           });
  });
}

void add_file(const SideFile& file, const FileSides& sides, Texts& texts,
              std::map<std::tuple<std::uint64_t, SymbolKind>, std::size_t>& known) {
  const auto uses_of = uses_in(file);
  const bool uses_may_change = touches_directive(sides.base, sides.change->hunks, false) ||
                               touches_directive(sides.head, sides.change->hunks, true);
  for (auto& seen : symbols_of(file)) {
    const bool is_type = seen.symbol.kind == SymbolKind::type;
    if (is_type && seen.definition() == nullptr) continue;  // a forward declaration
    const auto [at, fresh] = known.try_emplace({seen.symbol.usr, seen.symbol.kind}, texts.size());
    if (fresh) {
      Text text;
      text.symbol = seen.symbol;
      text.path = file.path;
      text.in_test_code = classify(file.path) == FileClass::test;
      text.half_read = !sides.base.unread.empty() || !sides.head.unread.empty();
      texts.push_back(std::move(text));
    }
    auto& text = texts[at->second];
    for (const auto& stretch : seen.stretches) {
      if (!stretch.definition) {
        if (!is_type) text.declarations.emplace_back(file.path, stretch);
        continue;
      }
      if (text.definition) {
        // Defined twice (other configurations of one file): both texts count.
        text.definition->signature = strong_hash(text.definition->signature, stretch.signature);
        text.definition->body = strong_hash(text.definition->body, stretch.body);
        text.definition->last_line = std::max(text.definition->last_line, stretch.last_line);
        continue;
      }
      text.definition = stretch;
      text.symbol = seen.symbol;
      text.path = file.path;
      text.in_test_code = classify(file.path) == FileClass::test;
      const auto uses = uses_of.find(seen.symbol.usr);
      if (uses != uses_of.end()) text.uses = uses->second;
      text.uses_may_change = uses_may_change;
    }
  }
}

/// Pairs what is still alone on both sides and has the same key. Several of one key: equal texts first, then in order
/// of place.
template <class KeyOf>
void pair_by(Texts& base, Texts& head, const KeyOf& key_of, std::vector<std::pair<Text*, Text*>>& pairs) {
  using Key = decltype(key_of(base.front(), true));
  std::map<Key, std::pair<std::vector<Text*>, std::vector<Text*>>> groups;
  for (auto& text : base)
    if (!text.paired) groups[key_of(text, true)].first.push_back(&text);
  for (auto& text : head)
    if (!text.paired) groups[key_of(text, false)].second.push_back(&text);
  for (auto& [key, group] : groups) {
    auto& [olds, news] = group;
    if (olds.empty() || news.empty()) continue;
    const auto join = [&](Text* old_text, Text* new_text) {
      old_text->paired = new_text->paired = true;
      pairs.emplace_back(old_text, new_text);
    };
    for (auto* old_text : olds)
      for (auto* new_text : news)
        if (!old_text->paired && !new_text->paired && old_text->whole_equals(*new_text)) join(old_text, new_text);
    auto next = news.begin();
    for (auto* old_text : olds) {
      if (old_text->paired) continue;
      while (next != news.end() && (*next)->paired) ++next;
      if (next == news.end()) break;
      join(old_text, *next);
    }
  }
}

std::set<std::pair<Hash128, Hash128>> declared(const Text& text) {
  std::set<std::pair<Hash128, Hash128>> texts;
  for (const auto& [file, stretch] : text.declarations) texts.emplace(stretch.signature, stretch.body);
  return texts;
}

std::optional<ChangeKind> change_between(const Text& base, const Text& head) {
  const auto kind = head.symbol.kind;
  const bool laid_out = kind == SymbolKind::type || kind == SymbolKind::field;
  if (base.definition && head.definition) {
    const bool signature = base.definition->signature != head.definition->signature;
    const bool body = base.definition->body != head.definition->body;
    if (kind == SymbolKind::type && (signature || body)) return ChangeKind::layout;
    if (signature) return laid_out ? ChangeKind::layout : ChangeKind::signature;
    if (body) return is_callable(kind) || kind == SymbolKind::macro ? ChangeKind::body : ChangeKind::value;
    // The same words mean something else: a macro or an include above them changed.
    const bool meant_otherwise = base.uses != head.uses && (base.uses_may_change || head.uses_may_change);
    if (meant_otherwise && is_callable(kind) && !base.half_read) return ChangeKind::body;
  }
  // A declaration beside an unchanged definition may come and go; one that is there on both sides must read the same.
  if (!base.declarations.empty() && !head.declarations.empty() && declared(base) != declared(head)) {
    return laid_out ? ChangeKind::layout : ChangeKind::signature;
  }
  return std::nullopt;
}

/// Where others read of it: a declaration away from its definition; first what users of the base have included.
std::string declared_in(const Text* base, const Text* head, const std::string& defined_in) {
  for (const auto* side : {base, head}) {
    if (side == nullptr) continue;
    for (const auto& declaration : side->declarations) {
      if (declaration.first != side->path || !side->definition) return declaration.first;
    }
  }
  return defined_in;
}

TouchedSymbol touched(const Text* base, const Text* head, ChangeKind change) {
  const Text& shown = head != nullptr ? *head : *base;
  TouchedSymbol result;
  result.name = shown.symbol.name;
  result.kind = shown.symbol.kind;
  result.side = base == nullptr ? Side::head : head == nullptr ? Side::base : Side::both;
  result.change = change;
  const auto& place = shown.place();
  const bool own_line =
      shown.definition && shown.symbol.line >= place.first_line && shown.symbol.line <= place.last_line;
  const auto& file = shown.definition ? shown.path : shown.declarations.front().first;
  result.at = {file, own_line ? shown.symbol.line : place.first_line, 0};
  result.end_line = place.last_line;
  if (base != nullptr) {
    result.base_usr = base->symbol.usr;
    result.base_file = base->definition ? base->path : base->symbol.file;
  }
  if (head != nullptr) {
    result.head_usr = head->symbol.usr;
    result.head_file = head->definition ? head->path : head->symbol.file;
  }
  result.declared_in = declared_in(base, head, file);
  // Code that was, or becomes, production code is judged as such: moving a file makes no test of it.
  result.in_test_code = (base == nullptr || base->in_test_code) && (head == nullptr || head->in_test_code);
  return result;
}

}  // namespace

TouchedReading find_touched(const std::vector<FileSides>& files) {
  TouchedReading reading;
  Texts base, head;
  std::map<std::string, std::string> renamed;  // base path → head path
  {
    std::map<std::tuple<std::uint64_t, SymbolKind>, std::size_t> known_base, known_head;
    for (const auto& file : files) {
      auto hunks = read_hunks(*file.change, file.base, file.head);
      reading.hunks.insert(reading.hunks.end(), hunks.begin(), hunks.end());
      add_file(file.base, file, base, known_base);
      add_file(file.head, file, head, known_head);
      renamed[file.change->base_path()] = file.change->path;
    }
  }

  std::vector<std::pair<Text*, Text*>> pairs;
  const auto head_path = [&](const Text& text, bool of_base) {
    if (!of_base) return text.path;
    const auto at = renamed.find(text.path);
    return at == renamed.end() ? text.path : at->second;
  };
  pair_by(
      base, head, [&](const Text& t, bool) { return std::tuple(t.symbol.usr, t.symbol.kind); }, pairs);
  pair_by(
      base, head,
      [&](const Text& t, bool of_base) { return std::tuple(t.symbol.kind, t.symbol.name, head_path(t, of_base)); },
      pairs);
  pair_by(
      base, head, [&](const Text& t, bool) { return std::tuple(t.symbol.kind, t.symbol.name); }, pairs);
  pair_by(
      base, head,
      [&](const Text& t, bool of_base) {
        // A text without a definition has nothing to recognise it by: a key of its own.
        return t.definition ? std::tuple(t.symbol.kind, t.definition->signature, t.definition->body, false)
                            : std::tuple(t.symbol.kind, Hash128{0, t.symbol.usr}, Hash128{}, of_base);
      },
      pairs);

  for (const auto& [old_text, new_text] : pairs) {
    if (const auto change = change_between(*old_text, *new_text))
      reading.symbols.push_back(touched(old_text, new_text, *change));
  }
  for (const auto& text : base)
    if (!text.paired && text.definition && !text.half_read)
      reading.symbols.push_back(touched(&text, nullptr, ChangeKind::removed));
  for (const auto& text : head)
    if (!text.paired && text.definition && !text.half_read)
      reading.symbols.push_back(touched(nullptr, &text, ChangeKind::added));

  std::sort(reading.symbols.begin(), reading.symbols.end(), [](const TouchedSymbol& a, const TouchedSymbol& b) {
    return std::tie(a.at, a.name, a.kind, a.head_usr, a.base_usr) <
           std::tie(b.at, b.name, b.kind, b.head_usr, b.base_usr);
  });
  return reading;
}

}  // namespace patchgate
