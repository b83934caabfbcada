// The format: llvm/tools/llvm-cov/CoverageExporterJson.cpp (version 2); how segments give counts to lines:
// LineCoverageStats in llvm/lib/ProfileData/Coverage/CoverageMapping.cpp.
#include <algorithm>
#include <array>

#include "analyzers/coverage/read_coverage.h"
#include "analyzers/coverage/strict_json.h"

namespace patchgate {
namespace {

using Json = nlohmann::json;

struct Segment {
  std::uint32_t line = 0;
  std::uint64_t count = 0;
  bool has_count = false, is_entry = false, is_gap = false;
};

bool number(const Json& value, std::uint64_t& result) {
  if (!value.is_number_unsigned()) return false;
  result = value.get<std::uint64_t>();
  return true;
}

bool line_number(const Json& value, std::uint32_t& line) {
  std::uint64_t wide = 0;
  if (!number(value, wide) || wide == 0 || wide >= UINT32_MAX) return false;
  line = static_cast<std::uint32_t>(wide);
  return true;
}

bool parse_segment(const Json& json, Segment& segment) {
  if (!json.is_array() || json.size() < 5 || !json[3].is_boolean() || !json[4].is_boolean()) return false;
  segment.has_count = json[3].get<bool>();
  segment.is_entry = json[4].get<bool>();
  segment.is_gap = json.size() > 5 && json[5].is_boolean() && json[5].get<bool>();
  return line_number(json[0], segment.line) && number(json[2], segment.count);
}

/// Counts of all lines from the first segment to the last.
void add_lines(const std::vector<Segment>& segments, CoverageBuilder& builder) {
  const Segment* before = nullptr;  // the last one of the lines above
  for (std::size_t at = 0; at < segments.size() && !builder.is_full();) {
    const auto line = segments[at].line;
    auto end = at;
    std::uint32_t starts = 0;
    bool entry = false;
    std::uint64_t count = before != nullptr ? before->count : 0;
    while (end < segments.size() && segments[end].line == line) {
      const auto& segment = segments[end++];
      entry = entry || (segment.is_entry && segment.has_count);
      if (segment.is_gap || !segment.has_count || !segment.is_entry) continue;
      ++starts;
      count = std::max(count, segment.count);
    }
    const bool skipped = !segments[at].has_count && segments[at].is_entry;
    const bool inside = before != nullptr && before->has_count;
    if ((!skipped && (inside || starts > 0)) || entry) builder.line(line, count);
    before = &segments[end - 1];
    if (before->has_count && end < segments.size()) {
      for (auto between = line + 1; between < segments[end].line && !builder.is_full(); ++between)
        builder.line(between, before->count);
    }
    at = end;
  }
}

class Document {
 public:
  Document(const std::string& name, CoverageBuilder& builder) : name_(name), builder_(builder) {}

  Result<void> read(const Json& json) {
    const auto data = json.find("data");
    if (data == json.end() || !data->is_array()) return wrong("llvm-cov's JSON without a list 'data'");
    for (const auto& one : *data) {
      const auto files = one.is_object() ? one.find("files") : one.end();
      if (!one.is_object() || files == one.end() || !files->is_array()) return wrong("'data' without a list 'files'");
      for (const auto& file : *files) PATCHGATE_CHECK(read_file(file));
      const auto functions = one.find("functions");
      if (functions == one.end() || !functions->is_array()) continue;
      for (const auto& function : *functions) read_function(function);
    }
    return {};
  }

 private:
  Result<void> wrong(const std::string& what) const { return fail_at(Error::Kind::config, {name_, 0, 0}, what); }

  Result<void> read_file(const Json& file) {
    if (!file.is_object() || !file.contains("filename") || !file["filename"].is_string())
      return wrong("an entry of 'files' without a 'filename'");
    const auto path = file["filename"].get<std::string>();
    builder_.file(path);
    if (!builder_.wants()) return {};
    if (!file.contains("segments") || !file["segments"].is_array())
      return wrong(path + ": without 'segments'; export without --summary-only");
    std::vector<Segment> segments;
    for (const auto& json : file["segments"]) {
      Segment segment;
      if (!parse_segment(json, segment)) return wrong(path + ": a segment that is none");
      if (!segments.empty() && segment.line < segments.back().line) return wrong(path + ": segments out of order");
      segments.push_back(segment);
    }
    add_lines(segments, builder_);
    if (file.contains("branches") && file["branches"].is_array()) {
      for (const auto& branch : file["branches"]) {
        std::uint32_t line = 0;
        std::uint64_t when_true = 0, when_false = 0;
        if (!branch.is_array() || branch.size() < 6 || !line_number(branch[0], line) || !number(branch[4], when_true) ||
            !number(branch[5], when_false))
          return wrong(path + ": a branch that is none");
        const auto key = branch[1].dump() + "," + branch[2].dump() + "," + branch[3].dump();
        builder_.branch(line, key + ",true", when_true > 0);
        builder_.branch(line, key + ",false", when_false > 0);
      }
    }
    return builder_.is_full() ? wrong("says more about the changed files than is kept") : Result<void>();
  }

  /// Where a function lies: its first region is its body. What is no such thing says nothing.
  void read_function(const Json& function) {
    if (!function.is_object() || !function.contains("name") || !function["name"].is_string()) return;
    for (const char* key : {"filenames", "regions"})
      if (!function.contains(key) || !function[key].is_array() || function[key].empty()) return;
    const auto& region = function["regions"].front();
    std::uint32_t first = 0, last = 0;
    if (!function["filenames"].front().is_string() || !region.is_array() || region.size() < 6 ||
        !line_number(region[0], first) || !line_number(region[2], last) || region[5] != 0)
      return;
    builder_.file(function["filenames"].front().get<std::string>());
    builder_.function(function["name"].get<std::string>(), first, last);
  }

  const std::string& name_;
  CoverageBuilder& builder_;
};

}  // namespace

Result<void> read_llvm_cov_json(const std::string& name, std::string&& text, CoverageBuilder& builder) {
  PATCHGATE_TRY(const auto json, parse_strict_json(name, text));
  return Document(name, builder).read(json);
}

}  // namespace patchgate
