// The format: man gcov, --json-format. One document a line where several were written to standard output.
#include <algorithm>

#include "analyzers/coverage/read_coverage.h"
#include "analyzers/coverage/strict_json.h"

namespace patchgate {
namespace {

using Json = nlohmann::json;

const Json* member(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() ? &*found : nullptr;
}

std::string text_of(const Json& object, const char* key) {
  const auto* value = member(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

bool number_of(const Json& object, const char* key, std::uint64_t& number) {
  const auto* value = member(object, key);
  if (value == nullptr || !value->is_number_unsigned()) return false;
  number = value->get<std::uint64_t>();
  return true;
}

bool line_of(const Json& object, const char* key, std::uint32_t& line) {
  std::uint64_t number = 0;
  if (!number_of(object, key, number) || number == 0 || number >= UINT32_MAX) return false;
  line = static_cast<std::uint32_t>(number);
  return true;
}

class Document {
 public:
  Document(const std::string& name, std::uint32_t first_line, CoverageBuilder& builder)
      : at_{name, first_line, 0}, builder_(builder) {}

  Result<void> read(const Json& json) {
    const auto* files = member(json, "files");
    if (files == nullptr || !files->is_array()) return wrong("gcov's JSON without a list 'files'");
    const auto folder = text_of(json, "current_working_directory");
    for (const auto& file : *files) PATCHGATE_CHECK(read_file(file, folder));
    return {};
  }

 private:
  Result<void> wrong(const std::string& what) const { return fail_at(Error::Kind::config, at_, what); }

  Result<void> read_file(const Json& file, const std::string& folder) {
    const auto name = text_of(file, "file");
    if (name.empty()) return wrong("an entry of 'files' without a 'file'");
    builder_.file(name.starts_with('/') || folder.empty() ? name : folder + "/" + name);
    if (!builder_.wants()) return {};
    if (const auto* functions = member(file, "functions"); functions != nullptr && functions->is_array()) {
      for (const auto& function : *functions) {
        std::uint32_t first = 0, last = 0;
        if (!line_of(function, "start_line", first)) return wrong(name + ": a function without a start_line");
        if (!line_of(function, "end_line", last)) last = 0;
        builder_.function(text_of(function, "name"), first, last);
      }
    }
    const auto* lines = member(file, "lines");
    if (lines == nullptr || !lines->is_array()) return wrong(name + ": without a list 'lines'");
    for (const auto& line : *lines) PATCHGATE_CHECK(read_line(line, name));
    return builder_.is_full() ? wrong("says more about the changed files than is kept") : Result<void>();
  }

  Result<void> read_line(const Json& line, const std::string& file) {
    std::uint32_t number = 0;
    std::uint64_t count = 0;
    if (!line_of(line, "line_number", number)) return wrong(file + ": a line without a line_number");
    if (!number_of(line, "count", count))
      return wrong(file + ":" + std::to_string(number) + ": a count from 0 to 2^64-1 is missing");
    builder_.line(number, count);
    const auto* branches = member(line, "branches");
    if (branches == nullptr || !branches->is_array()) return {};
    const auto function = text_of(line, "function_name");
    std::size_t index = 0;
    for (const auto& branch : *branches) {
      const auto* throws = member(branch, "throw");
      std::uint64_t taken = 0;
      if (!number_of(branch, "count", taken)) return wrong(file + ": a branch without a count");
      ++index;
      // The way out of a call that throws is nothing that the source decides.
      if (throws != nullptr && throws->is_boolean() && throws->get<bool>()) continue;
      builder_.branch(number, function + "," + std::to_string(index), taken > 0);
    }
    return {};
  }

  Place at_;
  CoverageBuilder& builder_;
};

}  // namespace

Result<void> read_gcov_json(const std::string& name, std::string&& text, CoverageBuilder& builder) {
  std::uint32_t line = 1;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = text.find("\n{", at);
    const auto end = next == std::string::npos ? text.size() : next + 1;
    const auto one = std::string_view(text).substr(at, end - at);
    auto json = parse_strict_json(name, one);
    if (!json) {
      auto error = std::move(json.error());
      if (error.at) error.at->line += line - 1;
      return tl::unexpected(std::move(error));
    }
    PATCHGATE_CHECK(Document(name, line, builder).read(*json));
    line += static_cast<std::uint32_t>(std::count(one.begin(), one.end(), '\n'));
    at = end;
  }
  return {};
}

}  // namespace patchgate
