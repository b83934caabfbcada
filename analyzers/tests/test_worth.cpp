#include "analyzers/tests/test_worth.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analyzers/graph/touched_node.h"
#include "analyzers/model/source_tokens.h"
#include "analyzers/tests/live_code.h"
#include "analyzers/tests/test_names.h"
#include "analyzers/tests/test_texts.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostHelpers = 200;  // functions of the test code behind one test

std::string_view last_part(std::string_view name) {
  const auto colons = name.rfind("::");
  return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

/// Macros of test frameworks and of printing that fail no test.
bool is_idle_macro(std::string_view name) {
  constexpr std::string_view kIdle[] = {
      "SUCCEED", "SCOPED_TRACE", "INFO",      "CAPTURE", "UNSCOPED_INFO", "SECTION",  "GIVEN",      "WHEN",
      "THEN",    "AND_WHEN",     "AND_GIVEN", "SUBCASE", "WARN",          "MESSAGE",  "GTEST_SKIP", "UINT64_C",
      "INT64_C", "LOG",          "TRACE",     "DEBUG",   "UNUSED",        "Q_UNUSED", "GTEST_LOG_", "BENCHMARK"};
  return std::find(std::begin(kIdle), std::end(kIdle), name) != std::end(kIdle) ||
         test_of_invocation(std::string(name) + "(a, b)").macro != TestMacro::none;
}

bool may_be_macro(std::string_view name) {
  return name.size() > 1 && name.front() >= 'A' && name.front() <= 'Z' &&
         std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

struct FileText {
  std::vector<SourceToken> code;
  std::map<std::string_view, std::vector<SourceToken>> macros;
  std::vector<std::pair<std::uint32_t, std::string>> off;  ///< line and why: tests that do not run
};

FileText read_text(std::string_view text) {
  FileText file;
  const auto tokens = source_tokens(text);
  for (std::size_t at = 0; at < tokens.size();) {
    const auto& token = tokens[at];
    if (!token.directive || token.switched_off || token.kind == SourceToken::Kind::comment) {
      if (!token.directive && !token.switched_off && token.kind != SourceToken::Kind::comment)
        file.code.push_back(token);
      ++at;
      continue;
    }
    const bool defines = at + 2 < tokens.size() && token.spelling == "#" && tokens[at + 1].spelling == "define";
    const auto name = defines ? tokens[at + 2].spelling : std::string_view();
    for (at += defines ? 3 : 1; at < tokens.size() && tokens[at].directive && tokens[at].spelling != "#define"; ++at) {
      const bool next = tokens[at].spelling == "#" && at + 1 < tokens.size() &&
                        (tokens[at + 1].spelling == "define" || tokens[at + 1].spelling.starts_with("if") ||
                         tokens[at + 1].spelling == "include" || tokens[at + 1].spelling == "endif");
      if (next) break;
      if (defines && tokens[at].kind != SourceToken::Kind::comment) file.macros[name].push_back(tokens[at]);
    }
  }
  for (const auto& test : tests_in_text(text))
    if (!test.name.empty() && !test.off.empty() && test.off != "#if 0" && test.off != "a comment")
      file.off.emplace_back(test.line, test.off);
  return file;
}

class WorthReader {
 public:
  WorthReader(const Graph& head, const TestEvidenceInputs& inputs)
      : head_(head), in_test_file_(nodes_in_test_files(head)) {
    for (const auto& text : inputs.texts)
      if (!text.head.empty() && is_c_family(text.path)) files_.emplace(text.path, read_text(text.head));
  }
  bool has_texts() const { return !files_.empty(); }

  std::string why_not(NodeId body) const {
    const Node& node = head_.node(body);
    const auto* file = file_of(node);
    if (file == nullptr) return {};
    const auto code = live_code(file->code, node.line, node.end_line);
    if (!code.found) return {};
    for (const auto& [line, why] : file->off)
      if (line >= node.line && line <= node.end_line) return "is switched off (" + why + ")";
    if (code.skips) return "is switched off (GTEST_SKIP)";
    const bool by_framework = !node.origin.empty() && test_of_invocation(node.origin).macro != TestMacro::none;
    std::set<NodeId> seen{body};
    if (!(code.asserts || (!by_framework && code.decides) || others_assert(body, code, seen))) return "asserts nothing";
    for (const auto& link : head_.uses(body)) {
      const Node& callee = head_.node(link.node);
      if (link.kind != EdgeKind::call || in_test_file_[link.node] || !callee.in_project()) continue;
      if (const auto name = last_part(callee.name); code.dead_calls.contains(name))
        return "calls " + std::string(name) + " only where nothing runs";
    }
    return {};
  }

 private:
  const FileText* file_of(const Node& node) const {
    const auto known = files_.find(node.file);
    return known == files_.end() ? nullptr : &known->second;
  }

  bool macro_asserts(std::string_view name, int depth) const {
    constexpr int kDeepest = 8;
    if (is_idle_macro(name)) return false;
    for (const auto& [path, file] : files_) {
      const auto known = file.macros.find(name);
      if (known == file.macros.end()) continue;
      const auto code = live_code(known->second);
      if (code.asserts || code.decides || depth == kDeepest) return true;
      return std::any_of(code.calls.begin(), code.calls.end(), [&](const std::string& call) {
        return may_be_macro(call) && call != name && macro_asserts(call, depth + 1);
      });
    }
    return true;
  }

  /// Macros and functions of the test code that it uses where something runs.
  bool others_assert(NodeId from, const LiveCode& code, std::set<NodeId>& seen) const {
    for (const auto& call : code.calls)
      if (may_be_macro(call) && !is_assertion_name(call) && macro_asserts(call, 0)) return true;
    for (const auto& link : head_.uses(from)) {
      const Node& node = head_.node(link.node);
      const auto name = last_part(node.name);
      if (!node.in_project() || code.dead_calls.contains(name)) continue;
      if (node.kind == SymbolKind::macro) {
        if (!may_be_macro(name) && code.calls.contains(name) && macro_asserts(name, 0)) return true;
        continue;
      }
      if (!in_test_file_[link.node] || !is_callable(node.kind) || !seen.insert(link.node).second) continue;
      const auto* file = file_of(node);
      if (file == nullptr || seen.size() > kMostHelpers) return true;
      const auto helper = live_code(file->code, node.line, node.end_line);
      // What a helper returns is for the test to judge.
      if (!helper.found || helper.asserts || others_assert(link.node, helper, seen)) return true;
    }
    return false;
  }

  const Graph& head_;
  std::vector<bool> in_test_file_;
  std::map<std::string, FileText, std::less<>> files_;
};

}  // namespace

std::vector<std::string> why_no_evidence(const Graph& head, const TestsOfGraph& tests,
                                         const TestEvidenceInputs& inputs) {
  std::vector<std::string> why(tests.size());
  const WorthReader reader(head, inputs);
  if (!reader.has_texts()) return why;
  // A test of several bodies counts when one of them does.
  std::vector<bool> known(tests.size());
  for (const auto& body : tests.bodies()) {
    const auto test = tests.at(body.node);
    if (known[test] && why[test].empty()) continue;
    why[test] = reader.why_not(body.node);
    known[test] = true;
  }
  return why;
}

}  // namespace patchgate
