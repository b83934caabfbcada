#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/recovery/recovery.h"
#include "analyzers/recovery/schema_fields.h"

namespace patchgate {

namespace {

constexpr const char* kOldData = "data that the patch wrote has to be converted, or kept away from the older code";

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// What a change of `format` takes from readers and writers of the other side.
void compare(const FormatText& format, std::vector<Irreversible>& out) {
  const SchemaFile base = schema_fields(format.path, format.base);
  const SchemaFile head = schema_fields(format.path, format.head);
  using Key = std::pair<std::string, std::string>;
  std::map<Key, const SchemaField*> by_name, by_number;
  for (const SchemaField& field : head.fields) {
    by_name.emplace(Key{field.scope, field.name}, &field);
    if (!field.number.empty()) by_number.emplace(Key{field.scope, field.number}, &field);
  }
  const auto say = [&](std::string what, std::uint32_t line) {
    out.push_back({std::move(what), {format.path, line, 0}, kOldData});
  };
  for (const SchemaField& was : base.fields) {
    const std::string title = "field " + was.scope + "." + was.name;
    const auto same_name = by_name.find({was.scope, was.name});
    const auto same_number = by_number.find({was.scope, was.number});
    if (same_name == by_name.end()) {
      if (same_number != by_number.end()) {
        // Renamed where nothing but the name differs: the wire does not carry it.
        const SchemaField& now = *same_number->second;
        if (now.type != was.type) say(title + ": its number " + was.number + " is now " + now.name, now.line);
        continue;
      }
      const auto reserved = head.reserved.find(was.scope);
      const bool kept = reserved != head.reserved.end() &&
                        (contains(reserved->second, was.number) || contains(reserved->second, was.name));
      say(title + " is removed" + (kept ? "" : was.number.empty() ? "" : " and its number is free to be reused"), 0);
      continue;
    }
    const SchemaField& now = *same_name->second;
    if (now.number != was.number) say(title + " is renumbered from " + was.number + " to " + now.number, now.line);
    if (now.type != was.type) say(title + " changes from " + was.type + " to " + now.type, now.line);
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string last_part(const std::string& name) {
  const auto colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

/// The name of a constant that says which format data has: FORMAT_VERSION, kSchemaVersion, RDB_VERSION, FILE_MAGIC. The
/// version of the program itself is none.
bool names_a_format(const std::string& name) {
  constexpr std::array<std::string_view, 14> kFormats{"format", "schema", "proto",    "wire",    "file",
                                                      "disk",   "db",     "page",     "journal", "dump",
                                                      "record", "block",  "snapshot", "log"};
  const std::string text = lower(last_part(name));
  if (text.find("magic") != std::string::npos) return true;
  if (text.find("version") == std::string::npos) return false;
  return std::any_of(kFormats.begin(), kFormats.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

bool is_constant(SymbolKind kind) {
  return kind == SymbolKind::macro || kind == SymbolKind::variable || kind == SymbolKind::enumerator;
}

/// Functions that move the bytes of an object out of the process or into it.
bool moves_bytes(std::string_view name) {
  constexpr std::array<std::string_view, 14> kMovers{"fwrite", "fread", "write",   "read",     "pwrite",
                                                     "pread",  "send",  "recv",    "sendto",   "recvfrom",
                                                     "memcpy", "bcopy", "memmove", "serialize"};
  return std::find(kMovers.begin(), kMovers.end(), name) != kMovers.end();
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Whether `text` calls a mover of bytes with `sizeof` of `type` among its arguments.
bool moves_bytes_of(std::string_view text, std::string_view type) {
  for (auto at = text.find("sizeof"); at != std::string_view::npos; at = text.find("sizeof", at + 1)) {
    if (at > 0 && is_word(text[at - 1])) continue;
    std::size_t begin = at + 6;
    while (begin < text.size() && !is_word(text[begin]) && text[begin] != ';' && text[begin] != ')') ++begin;
    for (std::string_view word : {"struct", "class", "union"}) {
      if (text.substr(begin, word.size()) == word && begin + word.size() < text.size() &&
          !is_word(text[begin + word.size()])) {
        begin += word.size();
        while (begin < text.size() && text[begin] == ' ') ++begin;
      }
    }
    std::size_t end = begin;
    while (end < text.size() && (is_word(text[end]) || text[end] == ':')) ++end;
    std::string_view named = text.substr(begin, end - begin);
    if (const auto colons = named.rfind("::"); colons != std::string_view::npos) named = named.substr(colons + 2);
    if (named != type) continue;
    // Back to the `(` that this argument stands in, and the name in front of it.
    int depth = 0;
    for (std::size_t i = at; i-- > 0 && text[i] != ';' && text[i] != '{' && text[i] != '}';) {
      if (text[i] == ')') ++depth;
      if (text[i] != '(' || depth-- > 0) continue;
      std::size_t last = i;
      while (last > 0 && text[last - 1] == ' ') --last;
      std::size_t first = last;
      while (first > 0 && is_word(text[first - 1])) --first;
      if (moves_bytes(text.substr(first, last - first))) return true;
      depth = 0;
    }
  }
  return false;
}

void add_symbols(const Context& context, const std::vector<TouchedSymbol>& touched, std::vector<Irreversible>& out) {
  for (const TouchedSymbol& symbol : touched) {
    if (symbol.in_test_code) continue;
    if (is_constant(symbol.kind) && symbol.change == ChangeKind::value && names_a_format(symbol.name)) {
      out.push_back({"the constant " + symbol.name + " names another format", symbol.at, kOldData});
    }
    if (symbol.kind != SymbolKind::type || symbol.change != ChangeKind::layout) continue;
    const std::string type = last_part(symbol.name);
    const auto body = std::find_if(context.way_back.bodies.begin(), context.way_back.bodies.end(),
                                   [&](const BodyText& candidate) { return moves_bytes_of(candidate.text, type); });
    if (body == context.way_back.bodies.end()) continue;
    out.push_back({"the layout of " + symbol.name + " changes, and " + body->name + " (" + body->at.file + ":" +
                       std::to_string(body->at.line) + ") writes or reads it as bytes",
                   symbol.at, kOldData});
  }
}

void run(const Context& context, Findings& findings) {
  for (const FormatText& format : context.way_back.formats) compare(format, findings.irreversible);
  add_symbols(context, findings.touched, findings.irreversible);
}

}  // namespace

const Analyzer recovery_formats{"recovery/formats", "formats on disk and on the wire that the patch changes", run};

}  // namespace patchgate
