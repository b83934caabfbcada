#include "analyzers/coverage/read_coverage.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace patchgate {
namespace {

struct WholeFormat {
  const char* name;
  bool (*is_it)(std::string_view start);
  Result<void> (*read)(const std::string& name, std::string&& text, CoverageBuilder& builder);
};

bool has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

bool is_json(std::string_view start) { return start.starts_with('{'); }

constexpr std::array<WholeFormat, 3> kWholeFormats{{
    {"Cobertura", [](std::string_view start) { return start.starts_with('<') && has(start, "<coverage"); },
     read_cobertura},
    // The keys of a JSON object have no order: what only one of both has decides.
    {"llvm-cov JSON",
     [](std::string_view start) {
       return is_json(start) && (has(start, "\"llvm.coverage.json.export\"") || has(start, "\"data\""));
     },
     read_llvm_cov_json},
    {"gcov JSON",
     [](std::string_view start) {
       return is_json(start) && (has(start, "\"gcc_version\"") || has(start, "\"format_version\""));
     },
     read_gcov_json},
}};

bool is_lcov(std::string_view start) {
  return start.starts_with("TN:") || start.starts_with("SF:") || start.starts_with("#");
}

}  // namespace

bool parse_count(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

bool parse_line(std::string_view text, std::uint32_t& line) {
  std::uint64_t number = 0;
  if (!parse_count(text, number) || number > UINT32_MAX - 1) return false;
  line = static_cast<std::uint32_t>(number);
  return true;
}

Result<void> read_coverage(const std::string& name, const ByteSource& source, CoverageBuilder& builder,
                           std::string& format) {
  PATCHGATE_TRY(const auto piece, source());
  std::string text(piece);
  const auto first = text.find_first_not_of(" \t\r\n");
  const auto start = first == std::string::npos ? std::string_view() : std::string_view(text).substr(first);
  if (start.starts_with("\x1f\x8b"))
    return fail_at(Error::Kind::config, {name, 1, 0}, "is compressed", "unpack it: gunzip -k FILE");
  if (is_lcov(start)) {
    format = "lcov";
    return read_lcov(name, std::move(text), source, builder);
  }
  if (!start.starts_with('<') && !start.starts_with('{'))
    return fail_at(Error::Kind::config, {name, 1, 0},
                   start.empty() ? "is empty" : "is neither lcov, Cobertura XML, gcov JSON nor llvm-cov JSON");
  while (true) {
    PATCHGATE_TRY(const auto more, source());
    if (more.empty()) break;
    if (text.size() + more.size() > kWholeCoverageBytes)
      return fail_at(Error::Kind::config, {name, 0, 0},
                     "has more than " + std::to_string(kWholeCoverageBytes >> 20U) + " MiB, the most for XML and JSON",
                     "lcov may be larger: gcovr --lcov, llvm-cov export --format=lcov");
    text += more;
  }
  for (const auto& one : kWholeFormats) {
    if (!one.is_it(std::string_view(text).substr(first))) continue;
    format = one.name;
    return one.read(name, std::move(text), builder);
  }
  return fail_at(Error::Kind::config, {name, 1, 0}, "is neither lcov, Cobertura XML, gcov JSON nor llvm-cov JSON");
}

}  // namespace patchgate
