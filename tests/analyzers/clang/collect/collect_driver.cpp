#include "collect_driver.h"

#include <algorithm>
#include <set>
#include <sstream>

#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/VirtualFileSystem.h>

#include "analyzers/clang/client/leading_headers.h"
#include "analyzers/clang/worker/parse_unit.h"
#include "analyzers/graph/slot_targets.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {
namespace {

std::map<std::string, std::string> files_of(const Sources& sources) {
  std::map<std::string, std::string> files;
  std::string name = sources.main_file;
  std::istringstream lines(plain(sources.text));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("//// ")) {
      name = line.substr(5);
      files[name];
    } else {
      files[name] += line + "\n";
    }
  }
  return files;
}

const char* word(EdgeKind kind) {
  static const char* const kWords[] = {"call",     "construct", "destruct", "virtual", "override", "address",
                                       "indirect", "macro",     "read",     "write",   "type",     "include"};
  return kWords[static_cast<int>(kind)];
}

const char* word(SymbolKind kind) {
  static const char* const kWords[] = {"function", "method", "constructor", "destructor", "operator",  "lambda",
                                       "macro",    "type",   "field",       "variable",   "enumerator"};
  return kWords[static_cast<int>(kind)];
}

std::string joined(const std::set<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += line + "\n";
  return out;
}

std::string shown_flags(const UnitSymbol& symbol) {
  static const std::pair<UnitSymbol::Flag, const char*> kFlags[] = {
      {UnitSymbol::defined, "defined"},           {UnitSymbol::internal, "internal"},
      {UnitSymbol::virtual_method, "virtual"},    {UnitSymbol::pure, "pure"},
      {UnitSymbol::outside, "outside"},           {UnitSymbol::exported, "exported"},
      {UnitSymbol::instantiated, "instantiated"}, {UnitSymbol::constructor_attr, "runs_first"},
      {UnitSymbol::variadic_main, "main"}};
  std::string out;
  for (const auto& [flag, name] : kFlags) {
    if (symbol.has(flag)) out += std::string(" ") + name;
  }
  return out;
}

}  // namespace

std::string plain(std::string_view text) {
  if (text.starts_with('\n')) text.remove_prefix(1);
  std::size_t indent = 0;
  while (indent < text.size() && text[indent] == ' ') ++indent;
  std::istringstream lines{std::string(text)};
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    const auto blanks = std::min(line.find_first_not_of(' '), line.size());
    out += line.substr(std::min(indent, blanks)) + "\n";
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out == "\n" ? "" : out;
}

namespace {

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> file_system_of(const Sources& sources) {
  llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> memory(new llvm::vfs::InMemoryFileSystem);
  memory->setCurrentWorkingDirectory("/repo");
  for (const auto& [name, text] : files_of(sources)) {
    const auto path = name.starts_with("/") ? name : "/repo/" + name;
    memory->addFile(path, 0, llvm::MemoryBuffer::getMemBufferCopy(text));
  }
  if (!sources.system_headers) return memory;
  llvm::IntrusiveRefCntPtr<llvm::vfs::OverlayFileSystem> both(
      new llvm::vfs::OverlayFileSystem(llvm::vfs::createPhysicalFileSystem().release()));
  both->pushOverlay(memory);
  return both;
}

ParseRequest request_of(const Sources& sources) {
  ParseRequest request;
  request.root = "/repo";
  request.directory = "/repo";
  request.main_file = sources.main_file;
  request.arguments = sources.arguments;
  request.arguments.emplace_back("-I/repo");
  request.resource_dir = PATCHGATE_RESOURCE_DIR;
  return request;
}

}  // namespace

std::optional<UnitFacts> parse_after_start(const Sources& sources,
                                           const std::vector<std::vector<std::string>>& starts) {
  auto request = request_of(sources);
  // Another unit of the same folder and language stands for the group.
  const auto folder = sources.main_file.rfind('/') + 1;
  request.main_file =
      sources.main_file.substr(0, folder) + "other" + sources.main_file.substr(sources.main_file.rfind('.'));
  std::size_t next = 0;
  const auto go_on = [&](bool) {
    ++next;
    return next < starts.size() ? SharedStart::Step{starts[next], {}} : SharedStart::Step{{}, sources.main_file};
  };
  SharedStart start(request.root, request.main_file, "stand-in-", {starts.front(), {}}, go_on);
  auto facts = parse_unit(request, file_system_of(sources), start);
  return start.holds() && facts.failure.empty() ? std::optional(std::move(facts)) : std::nullopt;
}

UnitFacts parse_every_body(const Sources& sources) {
  auto request = request_of(sources);
  request.every_body = true;
  return parse_unit(request, file_system_of(sources));
}

UnitFacts parse(const Sources& sources) {
  auto facts = parse_unit(request_of(sources), file_system_of(sources));
  const auto every = parse_every_body(sources);
  if (every.failure.empty()) {
    EXPECT_EQ(encode(facts), encode(every)) << "with every body looked at";
  }
  const auto headers = leading_headers(files_of(sources)[sources.main_file]);
  if (headers && facts.failure.empty() && sources.can_share) {
    const auto shared = parse_after_start(sources, {*headers});
    EXPECT_EQ(shared ? encode(*shared) : "it can't be shared", encode(facts)) << "a shared start shows";
  }
  return facts;
}

std::string edges(const UnitFacts& facts, std::string_view kinds) {
  std::set<std::string> wanted;
  std::istringstream words{std::string(kinds)};
  for (std::string one; words >> one;) wanted.insert(one);
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    for (const auto& edge : file.edges) {
      if (!wanted.empty() && !wanted.contains(word(edge.kind))) continue;
      std::string kind = word(edge.kind);
      if (edge.confidence == Confidence::possible) kind += "?possible";
      if (edge.confidence == Confidence::name) kind += "?name";
      lines.insert(file.symbols[edge.from].name + " -" + kind + "-> " + file.symbols[edge.to].name + " @" +
                   std::to_string(edge.line));
    }
  }
  return joined(lines);
}

std::string symbols(const UnitFacts& facts) {
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    for (const auto& extent : file.extents) {
      const auto& symbol = file.symbols[extent.symbol];
      lines.insert(std::string(word(symbol.kind)) + " " + symbol.name + " " + symbol.file + ":" +
                   std::to_string(symbol.line) + "-" + std::to_string(symbol.end_line) + shown_flags(symbol) +
                   (symbol.origin.empty() ? "" : " [" + symbol.origin + "]"));
    }
  }
  return joined(lines);
}

std::string extents(const Sources& sources, const UnitFacts& facts) {
  const auto texts = files_of(sources);
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    const auto& text = texts.at(file.path);
    for (const auto& extent : file.extents) {
      auto cut = text.substr(extent.range.begin, extent.body - extent.range.begin) + "|" +
                 text.substr(extent.body, extent.range.end - extent.body);
      std::string shown;
      for (const char c : cut) shown += c == '\n' ? std::string("⏎") : std::string(1, c);
      lines.insert(file.path + ":" + std::to_string(extent.first_line) + "-" + std::to_string(extent.last_line) + " " +
                   file.symbols[extent.symbol].name + (extent.definition ? " = " : " : ") + shown);
    }
  }
  return joined(lines);
}

std::string flows(const UnitFacts& facts) {
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    for (const auto& flow : file.flows) {
      lines.insert(file.symbols[flow.caller].name + ": " + file.symbols[flow.producer].name + " -> " +
                   (flow.consumer == DataFlow::kReturned ? "(returned)" : file.symbols[flow.consumer].name) + " @" +
                   std::to_string(flow.line));
    }
  }
  return joined(lines);
}

std::string literals(const UnitFacts& facts) {
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    for (const auto& one : file.literals) {
      lines.insert(file.symbols[one.caller].name + ": " + file.symbols[one.callee].name + "(" +
                   std::to_string(one.position) + " = " + one.text + ") @" + std::to_string(one.line));
    }
  }
  return joined(lines);
}

std::string indirect(const UnitFacts& facts) {
  // Calls and addresses that share a type are shown as one line.
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    for (const auto& call : file.indirect_calls) {
      std::string line = file.symbols[call.caller].name + " @" + std::to_string(call.line) + " may call:";
      std::set<std::string> targets;
      for (const auto& other : facts.files) {
        for (const auto& address : other.addresses) {
          if (address.type == call.type) targets.insert(" " + other.symbols[address.function].name);
        }
      }
      for (const auto& target : targets) line += target;
      lines.insert(line);
    }
  }
  return joined(lines);
}

namespace {

/// Functions of the unit as numbers, and what is in each slot.
class Filled {
 public:
  explicit Filled(const UnitFacts& facts) {
    for (const auto& file : facts.files) {
      for (const auto& value : file.slot_values) targets_.put(value.slot, number(file.symbols[value.function].name));
      for (const auto& copy : file.slot_copies) targets_.copy(copy.from, copy.to);
      for (const auto slot : file.open_slots) targets_.open(slot);
    }
    targets_.solve();
  }
  std::string in(Slot slot) const {
    std::set<std::string> names;
    const auto found = targets_.of(slot);
    for (const auto id : found.functions) names.insert(names_[id]);
    std::string text;
    for (const auto& name : names) text += " " + name;
    return text + (found.open ? " ?" : "");
  }

 private:
  NodeId number(const std::string& name) {
    names_.push_back(name);
    return static_cast<NodeId>(names_.size() - 1);
  }
  std::vector<std::string> names_;
  SlotTargets targets_;
};

}  // namespace

std::string slots(const UnitFacts& facts) {
  const Filled filled(facts);
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    for (const auto& call : file.indirect_calls) {
      lines.insert(file.symbols[call.caller].name + " @" + std::to_string(call.line) + " ->" + filled.in(call.slot));
    }
  }
  return joined(lines);
}

std::string outside_slots(const UnitFacts& facts) {
  const Filled filled(facts);
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    for (const auto& slot : file.outside_slots) lines.insert(slot.name + " <" + filled.in(slot.slot));
  }
  return joined(lines);
}

std::string overrides(const UnitFacts& facts) {
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    for (const auto& one : file.overrides) {
      lines.insert(file.symbols[one.method].name + " overrides " + file.symbols[one.overridden].name);
    }
  }
  return joined(lines);
}

std::string blind_spots(const UnitFacts& facts) {
  std::set<std::string> lines;
  for (const auto& file : facts.files) {
    for (const auto& one : file.blind_spots) {
      const bool outside = one.symbol == UnitBlindSpot::kFileScope;
      lines.insert((outside ? "(" + file.path + ")" : file.symbols[one.symbol].name) + ": " + name_of(one.kind) +
                   (one.text.empty() ? "" : " ") + one.text + " @" + std::to_string(one.line));
    }
  }
  return joined(lines);
}

}  // namespace patchgate
