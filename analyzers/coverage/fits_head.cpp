#include "analyzers/coverage/fits_head.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <md5.h>

namespace patchgate {
namespace {

constexpr std::size_t kMostFunctions = 500;  // of one file; more make nothing surer
constexpr std::size_t kLongestName = 4096;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// MD5 in base64 without `=`, as Perl's md5_base64 gives it.
std::string checksum_of(std::string_view line) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<std::uint8_t, MD5_DIGEST_LENGTH + 2> digest{};
  MD5_CTX state;
  MD5Init(&state);
  MD5Update(&state, reinterpret_cast<const std::uint8_t*>(line.data()), line.size());
  MD5Final(digest.data(), &state);
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    const auto bits = static_cast<std::uint32_t>(digest[i] << 16U | digest[i + 1] << 8U | digest[i + 2]);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) text += kDigits[bits >> shift & 63U];
  }
  constexpr std::size_t kDigitsOfMd5 = 22;
  text.resize(kDigitsOfMd5);
  return text;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r\f\v") == std::string_view::npos; }

std::string range(std::uint32_t first, std::uint32_t last) {
  return std::to_string(first) + (last == 0 ? "" : "-" + std::to_string(last));
}

/// Empty where the function lies where head has it; `known` where head has one of that name.
std::string misplaced(const CoverageFunction& told, const std::vector<HeadFunction>& functions, bool& known) {
  const HeadFunction* other = nullptr;
  for (const auto& function : functions) {
    if (!names_function(told.name, function.name)) continue;
    known = true;
    const bool begins = function.first <= told.first && told.first <= function.last;
    if (begins && (told.last_line == 0 || told.last_line == function.last)) return {};
    other = &function;
  }
  if (other == nullptr) return {};
  return other->name + " at line " + range(told.first, told.last_line) + ", which is at line " +
         range(other->first, other->last) + " on head";
}

}  // namespace

bool names_function(std::string_view name, std::string_view last_part) {
  if (last_part.starts_with('~')) last_part.remove_prefix(1);
  if (last_part.empty() || !std::all_of(last_part.begin(), last_part.end(), is_word)) return false;
  if (name.starts_with("_Z")) {
    // A length stands before every part: only what no digit stands before is a whole one.
    const auto part = std::to_string(last_part.size()) + std::string(last_part);
    for (auto at = name.rfind(part); at != std::string_view::npos && at > 0; at = name.rfind(part, at - 1)) {
      if (std::isdigit(static_cast<unsigned char>(name[at - 1])) != 0) continue;
      // The function is the last named part before its parameters: `E` ends a nested name, constructors follow theirs.
      const auto rest = name.substr(at + part.size());
      const bool nested = name.starts_with("_ZN") || name.starts_with("_ZL");
      if (!nested || rest.empty() || rest.front() == 'E' || rest.front() == 'I' || rest.front() == 'C' ||
          rest.front() == 'D' || name.starts_with("_ZL"))
        return true;
    }
    return false;
  }
  // static functions of clang: `file.c:name`; copies that gcc makes: `name.part.0`.
  if (const auto colon = name.rfind(':'); colon != std::string_view::npos && name.find('(') == std::string_view::npos)
    name.remove_prefix(colon + 1);
  const auto end = std::min(name.find_first_of("(.<"), name.size());
  auto begin = end;
  while (begin > 0 && is_word(name[begin - 1])) --begin;
  return name.substr(begin, end - begin) == last_part;
}

HeadFit fits_head(const FileCoverage& coverage, std::string_view format, std::string_view head_text,
                  const std::vector<HeadFunction>& functions) {
  HeadFit fit;
  const auto lines = lines_of(head_text);
  for (const auto& line : coverage.lines) {
    const auto at = "line " + std::to_string(line.line);
    if (line.line > lines.size()) {
      fit.why_not = "it names " + at + ", the file has " + std::to_string(lines.size()) + " on head";
      return fit;
    }
    const auto text = lines[line.line - 1];
    if (!line.checksum.empty()) {
      if (line.checksum != checksum_of(text)) {
        fit.why_not = "the checksum of " + at + " is that of another text";
        return fit;
      }
      ++fit.checksums;
    }
    if (format == "gcov JSON" && is_blank(text)) {
      fit.why_not = "it counts " + at + ", which is empty on head";
      return fit;
    }
  }
  std::size_t asked = 0;
  for (const auto& told : coverage.functions) {
    if (++asked > kMostFunctions) break;
    if (told.name.size() > kLongestName) continue;
    bool known = false;
    const auto where = misplaced(told, functions, known);
    if (!where.empty()) {
      fit.why_not = "it has " + where;
      return fit;
    }
    if (known) ++fit.functions;
  }
  return fit;
}

}  // namespace patchgate
