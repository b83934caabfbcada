#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "analyzers/coverage/coverage.h"
#include "analyzers/coverage/fits_head.h"
#include "analyzers/model/source_tokens.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostPlaces = 20;
constexpr std::uint32_t kLongestStatement = 200;  // lines that one may go on

/// What all usable coverage says about one file of head.
struct FileSeen {
  std::map<std::uint32_t, CoverageLine> lines;
  bool usable = false;
  std::string why;  // not usable
};

std::vector<HeadFunction> functions_in(const Graph& graph, const std::string& path) {
  std::vector<HeadFunction> functions;
  const auto& files = graph.files();
  const auto file = std::lower_bound(files.begin(), files.end(), path,
                                     [](const FileNodes& nodes, const std::string& name) { return nodes.file < name; });
  if (file == files.end() || file->file != path) return functions;
  for (NodeId id = file->first; id < file->end; ++id) {
    if (!graph.in_project(id) || !is_callable(graph.kind(id)) || graph.has_origin(id)) continue;
    const Node& node = graph.node(id);
    const auto colons = node.name.rfind("::");
    functions.push_back({colons == std::string::npos ? node.name : node.name.substr(colons + 2), node.line,
                         std::max(node.line, node.end_line)});
  }
  return functions;
}

std::string head_text(const Context& context, const std::string& path) {
  for (const auto& text : context.test_evidence.texts)
    if (text.path == path) return text.head;
  return {};
}

/// What was held against head, of one input.
struct Checks {
  std::size_t files = 0, checksums = 0, functions = 0;
};

std::string told(const CoverageInput& input, const Checks& checks) {
  const auto name = input.name + " (" + input.format + ")";
  if (checks.files == 0) return name + " says nothing about the changed files";
  if (input.commit_proven) return name + " is of head: its commit is named";
  if (checks.checksums > 0)
    return name + " is of head's text: the checksums of " + std::to_string(checks.checksums) + " lines fit";
  if (checks.functions > 0)
    return name + " names no commit; it has " + std::to_string(checks.functions) +
           (checks.functions == 1 ? " function" : " functions") + " of the changed files where head has them";
  return name + " names no commit; nothing in it says that it is of head but that its lines are there";
}

FileSeen seen_in(const Context& context, const std::string& path, std::map<const CoverageInput*, Checks>& checks) {
  FileSeen seen;
  const auto text = head_text(context, path);
  const auto functions = functions_in(*context.head, path);
  for (const auto& input : context.test_evidence.coverage) {
    if (!input.unusable.empty()) {
      if (seen.why.empty()) seen.why = input.unusable;
      continue;
    }
    const auto file =
        std::find_if(input.files.begin(), input.files.end(), [&](const auto& f) { return f.path == path; });
    if (file == input.files.end()) continue;
    auto why_not = file->unusable;
    if (why_not.empty()) {
      const auto fit = fits_head(*file, input.format, text, functions);
      why_not = fit.why_not;
      auto& sum = checks[&input];
      if (why_not.empty()) {
        ++sum.files;
        sum.checksums += fit.checksums;
        sum.functions += fit.functions;
      }
    }
    if (!why_not.empty()) {
      seen.why = input.name + " is not of head's " + path + ": " + why_not;
      continue;
    }
    seen.usable = true;
    for (const auto& line : file->lines) {
      auto& sum = seen.lines.try_emplace(line.line, CoverageLine{line.line, 0, 0, 0}).first->second;
      sum.count = sum.count + line.count < sum.count ? UINT64_MAX : sum.count + line.count;
      sum.branches = std::max(sum.branches, line.branches);
      sum.branches_taken = std::max(sum.branches_taken, line.branches_taken);
    }
  }
  if (!seen.usable && seen.why.empty()) seen.why = "no coverage file names " + path;
  return seen;
}

/// The lines of one changed file, judged one by one.
class ChangedFile {
 public:
  ChangedFile(const Context& context, Findings& findings, const FileChange& change, FileSeen seen)
      : change_(change),
        seen_(std::move(seen)),
        whole_file_(!context.no_graph.empty()),
        lines_(findings.test_evidence.lines) {
    const auto text = head_text(context, change.path);
    const auto tokens = source_tokens(text);
    code_ = lines_with_code(tokens);
    last_sign_.resize(code_.size());
    for (const auto& token : tokens)
      if (token.kind != SourceToken::Kind::comment && !token.directive) last_sign_[token.line] = token.spelling.back();
    for (auto& symbol : findings.touched) {
      const bool runs = is_callable(symbol.kind) || symbol.kind == SymbolKind::variable;
      if (runs && symbol.side != Side::base && symbol.at.file == change.path) symbols_.push_back(&symbol);
    }
  }

  void judge(LineCoverage& all, std::vector<Place>& missed, std::string& why_unknown) {
    for (const auto& hunk : change_.hunks) {
      for (std::uint32_t i = 0; i < hunk.head.count; ++i) judge_line(hunk.head.first + i, all, missed, why_unknown);
    }
  }

 private:
  TouchedSymbol* around(std::uint32_t line) const {
    TouchedSymbol* innermost = nullptr;
    for (auto* symbol : symbols_) {
      if (line < symbol->at.line || line > symbol->end_line) continue;
      if (innermost == nullptr || symbol->at.line >= innermost->at.line) innermost = symbol;
    }
    return innermost;
  }

  bool has_counts(const TouchedSymbol& symbol) const {
    const auto first = seen_.lines.lower_bound(symbol.at.line);
    return first != seen_.lines.end() && first->first <= symbol.end_line;
  }

  /// The count of the line, or of the statement that goes on in it.
  const CoverageLine* counted(std::uint32_t line) const {
    for (std::uint32_t back = 0; back < kLongestStatement && line > back; ++back) {
      const auto at = line - back;
      if (back > 0 && at < code_.size() && code_[at]) {
        // Nothing goes on behind the end of a statement or block.
        const char sign = last_sign_[at];
        if (sign == ';' || sign == '{' || sign == '}' || sign == ':') return nullptr;
      }
      if (const auto found = seen_.lines.find(at); found != seen_.lines.end()) return &found->second;
    }
    return nullptr;
  }

  void judge_line(std::uint32_t line, LineCoverage& all, std::vector<Place>& missed, std::string& why_unknown) {
    const bool code = line < code_.size() && code_[line];
    const bool own = seen_.lines.contains(line);
    if (!own && !code) return;
    auto* symbol = around(line);
    if (symbol == nullptr && !own && !(whole_file_ && !seen_.usable)) return;
    const auto add = [&](auto&& change) {
      change(all);
      if (symbol != nullptr) change(symbol->proof.coverage);
    };
    const auto unknown = [&](const std::string& why) {
      add([](LineCoverage& c) { ++c.unknown; });
      lines_.push_back({{change_.path, line, 0}, RanState::unknown});
      if (why_unknown.empty()) why_unknown = why;
      if (symbol != nullptr && symbol->proof.why_uncovered.empty()) symbol->proof.why_uncovered = why;
    };
    if (!seen_.usable) return unknown(seen_.why);
    if (symbol != nullptr && !has_counts(*symbol))
      return unknown("the coverage counts no line of " + symbol->name + ": it is not in what ran");
    const auto* found = counted(line);
    if (found == nullptr) return;
    add([&](LineCoverage& c) {
      ++(found->count > 0 ? c.covered : c.missed);
      if (found->line != line) return;
      c.branches += found->branches;
      c.branches_taken += found->branches_taken;
    });
    lines_.push_back({{change_.path, line, 0}, found->count > 0 ? RanState::ran : RanState::missed});
    if (found->count == 0) missed.push_back({change_.path, line, 0});
  }

  const FileChange& change_;
  FileSeen seen_;
  bool whole_file_;  // no syntax tree says which lines lie in functions
  std::vector<bool> code_;
  std::vector<char> last_sign_;
  std::vector<TouchedSymbol*> symbols_;
  std::vector<LineRan>& lines_;
};

/// "src/a.cpp:3-9".
std::vector<std::string> stretches(const std::vector<Place>& lines) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < lines.size() && texts.size() < kMostPlaces;) {
    auto end = i + 1;
    while (end < lines.size() && lines[end].file == lines[i].file && lines[end].line == lines[end - 1].line + 1) ++end;
    texts.push_back(lines[i].file + ":" + std::to_string(lines[i].line) +
                    (end - i > 1 ? "-" + std::to_string(lines[end - 1].line) : ""));
    i = end;
  }
  return texts;
}

double percent(std::uint32_t part, std::uint32_t all) { return 100.0 * part / all; }

void state(const LineCoverage& all, std::vector<Place> missed, const std::string& why_unknown, Facts& facts) {
  auto details = stretches(missed);
  auto places = missed;
  if (places.size() > kMostPlaces) places.resize(kMostPlaces);
  const auto lines = all.lines();
  Value share, uncovered = std::int64_t{all.missed};
  if (lines == 0) {
    share = Unknown{"no changed line is code that the coverage counts"};
  } else if (all.unknown > 0) {
    const auto why = std::to_string(all.unknown) + " of " + std::to_string(lines) + " changed lines: " + why_unknown;
    share = Unknown{why, static_cast<std::int64_t>(std::floor(percent(all.covered, lines)))};
    uncovered = Unknown{why, all.missed};
  } else {
    share = percent(all.covered, lines);
  }
  facts.set("coverage.changed_lines.percent", share, places, details);
  facts.set("coverage.changed_lines.count", std::int64_t{lines});
  facts.set("coverage.changed_lines.missed", uncovered, std::move(places), std::move(details));
  facts.set("coverage.changed_branches.percent", all.branches == 0
                                                     ? Value(Unknown{"the coverage counts no branch on a changed line"})
                                                     : Value(percent(all.branches_taken, all.branches)));
}

void run(const Context& context, Findings& findings) {
  const auto& inputs = context.test_evidence.coverage;
  if (inputs.empty()) {
    for (const char* name : {"coverage.changed_lines.percent", "coverage.changed_lines.count",
                             "coverage.changed_lines.missed", "coverage.changed_branches.percent"})
      findings.facts.set(name, Unknown{"no coverage was given"});
    return;
  }
  for (auto& symbol : findings.touched) symbol.proof.coverage_given = true;
  std::map<const CoverageInput*, Checks> checks;
  std::set<std::string> refused;
  LineCoverage all;
  std::vector<Place> missed;
  std::string why_unknown;
  for (const auto& change : context.patch->files) {
    if (!change.c_family || change.head_blob.empty() || change.file_class == FileClass::test) continue;
    auto seen = seen_in(context, change.path, checks);
    if (!seen.usable) refused.insert(seen.why);
    ChangedFile(context, findings, change, std::move(seen)).judge(all, missed, why_unknown);
  }
  auto& remarks = findings.test_evidence.remarks;
  for (const auto& input : inputs) {
    if (!input.unusable.empty()) {
      refused.insert(input.unusable);
    } else {
      remarks.push_back(told(input, checks[&input]));
    }
  }
  remarks.insert(remarks.end(), refused.begin(), refused.end());
  state(all, std::move(missed), why_unknown, findings.facts);
}

}  // namespace

const Analyzer coverage_changed_lines{"coverage/changed_lines", "which changed lines the tests ran", run};

}  // namespace patchgate
