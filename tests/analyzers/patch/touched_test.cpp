#include "analyzers/patch/touched.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

// A side is written as text in which `name{` … `}name` marks the extent of a symbol, `|` its body, `~…~` inactive
// lines. The marks are taken out; what is left is cut into words, which stand for tokens. A name's first letter gives
// its kind: f function, m method, T type, d field, v variable, M macro, e enumerator; `p…` is a declaration of the
// function f….
struct Written {
  std::string text;
  std::shared_ptr<FileFacts> facts = std::make_shared<FileFacts>();
  std::vector<Token> tokens;
};

SymbolKind kind_of(char letter) {
  switch (letter) {
    case 'm':
      return SymbolKind::method;
    case 'T':
      return SymbolKind::type;
    case 'd':
      return SymbolKind::field;
    case 'v':
      return SymbolKind::variable;
    case 'M':
      return SymbolKind::macro;
    case 'e':
      return SymbolKind::enumerator;
    default:
      return SymbolKind::function;
  }
}

Written read(const std::string& path, const std::string& story) {
  Written result;
  result.facts->path = path;
  struct Open {
    std::string name;
    std::uint32_t begin, body, line;
  };
  std::vector<Open> open;
  std::uint32_t line = 1;
  bool directive = false, fresh_line = true, inactive = false;
  std::uint32_t inactive_from = 0;
  std::vector<std::pair<std::string, std::string>> edges;
  std::size_t i = 0;
  while (i < story.size()) {
    if (story[i] == '\n') {
      result.text += '\n';
      ++line, ++i;
      directive = false, fresh_line = true;
      continue;
    }
    if (std::isspace(static_cast<unsigned char>(story[i])) != 0) {
      result.text += story[i++];
      continue;
    }
    std::size_t end = i;
    while (end < story.size() && std::isspace(static_cast<unsigned char>(story[end])) == 0) ++end;
    const std::string word = story.substr(i, end - i);
    i = end;
    const auto offset = static_cast<std::uint32_t>(result.text.size());
    if (word.size() > 1 && word.back() == '{') {
      open.push_back({word.substr(0, word.size() - 1), offset, 0, line});
    } else if (word == "|") {
      open.back().body = offset;
    } else if (word == "~") {
      if (inactive) result.facts->inactive.emplace_back(inactive_from, line);
      inactive = !inactive;
      inactive_from = line;
    } else if (word.size() > 1 && word.front() == '}') {
      const auto top = open.back();
      open.pop_back();
      EXPECT_EQ(word.substr(1), top.name);
      const bool prototype = top.name.front() == 'p';
      UnitSymbol symbol;
      symbol.name = prototype ? "f" + top.name.substr(1) : top.name;
      symbol.kind = kind_of(symbol.name.front());
      symbol.usr = std::hash<std::string>{}(symbol.name);
      symbol.file = path;
      symbol.line = top.line;
      if (!prototype) symbol.flags = UnitSymbol::defined;
      result.facts->symbols.push_back(symbol);
      result.facts->extents.push_back({static_cast<std::uint32_t>(result.facts->symbols.size() - 1),
                                       {top.begin, offset},
                                       top.body != 0 ? top.body : offset,
                                       !prototype,
                                       top.line,
                                       line});
    } else if (word.starts_with("->")) {
      edges.emplace_back(open.back().name, word.substr(2));
    } else if (word.starts_with("//")) {
      while (i < story.size() && story[i] != '\n') ++i;  // a comment is no token
    } else {
      directive = directive || (fresh_line && word.front() == '#' && word != "#define");
      if (word.front() == '#' && word.size() > 1) {
        result.tokens.push_back({offset, line, strong_hash("#"), fresh_line, directive});
        result.tokens.push_back({offset + 1, line, strong_hash(word.substr(1)), false, directive});
      } else {
        result.tokens.push_back({offset, line, strong_hash(word), fresh_line, directive});
      }
      result.text += word;
      fresh_line = false;
    }
  }
  const auto index_of = [&](const std::string& name) {
    auto& symbols = result.facts->symbols;
    for (std::size_t s = 0; s < symbols.size(); ++s)
      if (symbols[s].name == name) return static_cast<std::uint32_t>(s);
    UnitSymbol symbol;
    symbol.name = name;
    symbol.usr = std::hash<std::string>{}(name);
    symbols.push_back(symbol);
    return static_cast<std::uint32_t>(symbols.size() - 1);
  };
  for (const auto& [from, to] : edges) {
    const auto user = index_of(from);
    result.facts->edges.push_back({user, index_of(to), EdgeKind::call, Confidence::exact, 1});
  }
  return result;
}

struct Case {
  const char* name;
  const char* base;      ///< nullptr: the file is added
  const char* head;      ///< nullptr: the file is deleted
  const char* expected;  ///< "name change side; …" then " / " and the outcomes of the hunks
};

std::string lines_of(const std::string& text, std::vector<std::string>& lines) {
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return text;
}

/// One hunk from the first to the last line that differs.
std::vector<Hunk> one_hunk(const std::string& a, const std::string& b) {
  std::vector<std::string> x, y;
  lines_of(a, x);
  lines_of(b, y);
  std::size_t front = 0;
  while (front < x.size() && front < y.size() && x[front] == y[front]) ++front;
  std::size_t back = 0;
  while (back < x.size() - front && back < y.size() - front && x[x.size() - 1 - back] == y[y.size() - 1 - back]) ++back;
  const auto range = [&](const std::vector<std::string>& v) {
    const auto count = static_cast<std::uint32_t>(v.size() - front - back);
    return LineRange{static_cast<std::uint32_t>(front) + (count == 0 ? 0 : 1), count};
  };
  const Hunk hunk{range(x), range(y)};
  if (hunk.base.count == 0 && hunk.head.count == 0) return {};
  return {hunk};
}

std::string read_patch(const char* base, const char* head, const std::string& head_path = "a.c") {
  FileChange change;
  change.path = head_path;
  if (head_path != "a.c") change.old_path = "a.c";
  change.c_family = true;
  FileSides sides;
  std::string raw_base, raw_head;
  if (base != nullptr) {
    const auto written = read("a.c", base);
    sides.base = {"a.c", written.tokens, {written.facts}, ""};
    change.base_blob = "1";
    raw_base = base;
  }
  if (head != nullptr) {
    const auto written = read(head_path, head);
    sides.head = {head_path, written.tokens, {written.facts}, ""};
    change.head_blob = "2";
    raw_head = head;
  }
  change.hunks = one_hunk(raw_base, raw_head);
  sides.change = &change;
  std::vector<FileSides> files;
  files.push_back(std::move(sides));
  const auto reading = find_touched(files);
  std::string text;
  for (const auto& symbol : reading.symbols) {
    if (!text.empty()) text += "; ";
    text += symbol.name + " " + name_of(symbol.change) + " " + name_of(symbol.side);
  }
  text += " /";
  static const char* const kOutcomes[] = {"symbol", "no_tokens", "includes", "file_scope", "unread"};
  for (const auto& hunk : reading.hunks) {
    text += std::string(" ") + kOutcomes[static_cast<int>(hunk.outcome)];
    if (hunk.outcome != HunkReading::Outcome::unread) continue;
    text += std::string(" ") + name_of(hunk.cause) + " " +
            lines_of(UnreadPlace{hunk.at, "", hunk.cause, hunk.last_line, hunk.on_base}) + " (" + hunk.why + ")";
  }
  return text;
}

const Case kCases[] = {
    {"a body", "f1{ int f1 | x ; }f1", "f1{ int f1 | y ; }f1", "f1 body both / symbol"},
    {"a signature", "f1{ int f1 | x }f1", "f1{ long f1 | x }f1", "f1 signature both / symbol"},
    {"a comment", "f1{ int f1 | x // old\n }f1", "f1{ int f1 | x // new words\n }f1", " / no_tokens"},
    {"layout", "f1{ int f1 | x y }f1", "f1{ int f1 |\n x\n y }f1", " / no_tokens"},
    {"an added function", "f1{ a | b }f1", "f1{ a | b }f1\nf2{ c | d }f2", "f2 added head / symbol"},
    {"a removed function", "f1{ a | b }f1\nf2{ c | d }f2", "f1{ a | b }f1", "f2 removed base / symbol"},
    {"moved within the file", "f1{ a | b }f1\nf2{ c | d }f2", "f2{ c | d }f2\nf1{ a | b }f1", " / symbol"},
    {"an include", "#include x\nf1{ a | b }f1", "#include y\n#include x\nf1{ a | b }f1", " / includes"},
    {"include order", "#include x\n#include y", "#include y\n#include x", " / includes"},
    {"a using at file scope", "using x ;\nf1{ a | b }f1", "using y ;\nf1{ a | b }f1", " / file_scope"},
    {"a method inside a class does not touch the class", "T1{ struct m1{ a | b }m1 d1{ int d1 }d1 }T1",
     "T1{ struct m1{ a | c }m1 d1{ int d1 }d1 }T1", "m1 body both / symbol"},
    {"a field touches the class too", "T1{ struct d1{ int d1 }d1 }T1", "T1{ struct d1{ long d1 }d1 }T1",
     "T1 layout both; d1 layout both / symbol"},
    {"an enumerator", "T1{ enum e1{ e1 }e1 }T1", "T1{ enum e1{ e1 }e1 , e2{ e2 }e2 }T1",
     "T1 layout both; e2 added head / symbol"},
    {"a value", "v1{ int v1 | = 1 }v1", "v1{ int v1 | = 2 }v1", "v1 value both / symbol"},
    {"a default member value", "T1{ s d1{ int d1 | = 1 }d1 }T1", "T1{ s d1{ int d1 | = 2 }d1 }T1",
     "T1 layout both; d1 value both / symbol"},
    {"a macro", "#define M1{ M1 | 1 }M1", "#define M1{ M1 | 2 }M1", "M1 body both / symbol"},
    {"a macro inside a function touches the macro only", "f1{ a |\n#define M1{ M1 | 1 }M1\nb }f1",
     "f1{ a |\n#define M1{ M1 | 2 }M1\nb }f1", "M1 body both / symbol"},
    {"a prototype that comes", "f1{ int f1 | b }f1", "p1{ int f1 }p1\nf1{ int f1 | b }f1", " / symbol"},
    {"a prototype that changes", "p1{ int f1 }p1\nf1{ int f1 | b }f1", "p1{ int f1 pure }p1\nf1{ int f1 | b }f1",
     "f1 signature both / symbol"},
    {"renamed function", "f1{ int f1 | b }f1", "f2{ int f2 | b }f2", "f1 removed base; f2 added head / symbol"},
    {"a new file", nullptr, "f1{ a | b }f1", "f1 added head / symbol"},
    {"a deleted file", "f1{ a | b }f1", nullptr, "f1 removed base / symbol"},
    {"a condition inside a function", "f1{ a |\n#if A\nb\n#endif\n }f1", "f1{ a |\n#if B\nb\n#endif\n }f1",
     "f1 body both / symbol"},
    {"a condition at file scope", "#if A\nf1{ a | b }f1\n#endif", "#if B\nf1{ a | b }f1\n#endif", " / file_scope"},
    {"an include that changes what a function uses", "#include x\nf1{ a | b ->real }f1",
     "#include y\nf1{ a | b ->noop }f1", "f1 body both / symbol"},
    {"a macro that changes what a function uses", "f1{ a | has_value ->has_value }f1",
     "#define M1{ has_value | has_value && false }M1\nf1{ a | has_value ->has_value ->M1 }f1",
     "M1 added head; f1 body both / symbol"},
    {"what a function uses changes far away", "f1{ a | b ->real }f1", "f1{ a | b ->noop }f1\nf2{ x | y }f2",
     "f2 added head / symbol"},
    {"inactive code", "f1{ a |\n~\nold\n~\n }f1", "f1{ a |\n~\nnew\n~\n }f1",
     "f1 body both / unread inactive a.c:3 (inactive in every configuration that was read)"},
    {"inactive lines between active ones", "f1{ a | y\n~\nb\n~\nc\n }f1", "f1{ a | z\n~\nnew\nwords\n~\nd\n }f1",
     "f1 body both / unread inactive a.c:3-4 (inactive in every configuration that was read)"},
    {"inactive code that is removed", "f1{ a |\n~\nold\nwords\n~\nb }f1", "f1{ a |\n~\n~\nb }f1",
     "f1 body both / unread inactive a.c:3-4 of the base (inactive in every configuration that was read)"},
};

TEST(Touched, Cases) {
  for (const auto& one : kCases) {
    SCOPED_TRACE(one.name);
    EXPECT_EQ(read_patch(one.base, one.head), one.expected);
  }
}

TEST(Touched, AFileThatIsOnlyRenamedTouchesNothing) {
  EXPECT_EQ(read_patch("f1{ a | b }f1", "f1{ a | b }f1", "b.c"), " /");
}

TEST(Touched, AFileThatWasNotParsedLosesNoSymbol) {
  FileChange change;
  change.path = "a.c";
  change.c_family = true;
  change.base_blob = "1";
  change.head_blob = "2";
  change.hunks = {{{1, 1}, {1, 1}}};
  const auto base = read("a.c", "f1{ a | b }f1");
  const auto head = read("a.c", "a c");
  std::vector<FileSides> files;
  files.push_back({&change, {"a.c", base.tokens, {base.facts}, ""}, {"a.c", head.tokens, {}, "parse error"}});
  const auto reading = find_touched(files);
  EXPECT_TRUE(reading.symbols.empty());
  ASSERT_EQ(reading.hunks.size(), 1U);
  EXPECT_EQ(reading.hunks[0].outcome, HunkReading::Outcome::unread);
  EXPECT_EQ(reading.hunks[0].why, "parse error");
}

TEST(Touched, MovedToAnotherFileIsNotTouched) {
  FileChange from, to;
  from.path = "a.c", to.path = "b.c";
  from.c_family = to.c_family = true;
  from.base_blob = from.head_blob = to.base_blob = to.head_blob = "1";
  const auto with = read("a.c", "f1{ a | b }f1");
  const auto without = read("a.c", "");
  const auto moved = read("b.c", "f1{ a | b }f1");
  std::vector<FileSides> files;
  files.push_back({&from, {"a.c", with.tokens, {with.facts}, ""}, {"a.c", without.tokens, {without.facts}, ""}});
  files.push_back({&to, {"b.c", {}, {}, ""}, {"b.c", moved.tokens, {moved.facts}, ""}});
  EXPECT_TRUE(find_touched(files).symbols.empty());
}

}  // namespace
}  // namespace patchgate
