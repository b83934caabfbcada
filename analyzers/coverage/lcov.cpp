// The format: man geninfo, section FILES (1.16 and 2.x).
#include <algorithm>

#include "analyzers/coverage/read_coverage.h"

namespace patchgate {
namespace {

constexpr std::size_t kLongestLine = 1U << 16U;

/// What stands before the first `,`; `rest` begins behind it.
std::string_view field(std::string_view& rest) {
  const auto comma = std::min(rest.find(','), rest.size());
  const auto taken = rest.substr(0, comma);
  rest.remove_prefix(std::min(comma + 1, rest.size()));
  return taken;
}

class LcovReader {
 public:
  LcovReader(const std::string& name, CoverageBuilder& builder) : name_(name), builder_(builder) {}

  Result<void> line(std::string_view text) {
    ++number_;
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.empty() || text.starts_with('#')) return {};
    if (text == "end_of_record") {
      if (!in_record_) return wrong("end_of_record without an SF: before it");
      in_record_ = false;
      return {};
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 8 || !is_key(text.substr(0, colon)))
      return wrong("is no record of lcov");
    return record(text.substr(0, colon), text.substr(colon + 1));
  }

  Result<void> end() const {
    if (in_record_) return wrong("ends before end_of_record: the file is cut off");
    if (!any_) return wrong("holds no record");
    return {};
  }
  Result<void> next_is_too_long() const {
    return fail_at(Error::Kind::config, {name_, number_ + 1, 0}, "the line is longer than 64 KiB");
  }
  Result<void> wrong(const std::string& what) const { return fail_at(Error::Kind::config, {name_, number_, 0}, what); }

 private:
  static bool is_key(std::string_view key) {
    return std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
  }

  Result<void> record(std::string_view key, std::string_view rest) {
    if (key == "SF") {
      if (in_record_) return wrong("SF: before the end_of_record of the one above");
      in_record_ = any_ = true;
      builder_.file(rest);
      return {};
    }
    if (key == "DA") return da(rest);
    if (key == "BRDA") return brda(rest);
    if (key == "FN") return fn(rest);
    return {};
  }

  Result<void> da(std::string_view rest) {
    std::uint32_t line = 0;
    std::uint64_t count = 0;
    if (!parse_line(field(rest), line) || line == 0) return wrong("DA: without a line");
    if (!parse_count(field(rest), count)) return wrong("DA: a count from 0 to 2^64-1 is missing");
    if (!in_record_) return wrong("DA: outside of a record");
    builder_.line(line, count);
    if (!rest.empty()) builder_.checksum(line, rest);
    return {};
  }

  Result<void> brda(std::string_view rest) {
    std::uint32_t line = 0;
    if (!parse_line(field(rest), line) || line == 0) return wrong("BRDA: without a line");
    const auto comma = rest.rfind(',');
    if (comma == std::string_view::npos) return wrong("BRDA: without a count");
    const auto taken = rest.substr(comma + 1);
    std::uint64_t count = 0;
    // "-": the line itself never ran.
    if (taken != "-" && !parse_count(taken, count)) return wrong("BRDA: neither a count nor -");
    builder_.branch(line, rest.substr(0, comma), count > 0);
    return {};
  }

  Result<void> fn(std::string_view rest) {
    std::uint32_t first = 0, last = 0;
    if (!parse_line(field(rest), first)) return wrong("FN: without a line");
    auto name = rest;
    const auto maybe_last = field(rest);
    if (parse_line(maybe_last, last) && !rest.empty()) {
      name = rest;  // 2.x: FN:first,last,name
    } else {
      last = 0;
    }
    builder_.function(name, first, last);
    return {};
  }

  const std::string& name_;
  CoverageBuilder& builder_;
  std::uint32_t number_ = 0;
  bool in_record_ = false, any_ = false;
};

}  // namespace

Result<void> read_lcov(const std::string& name, std::string first, const ByteSource& source, CoverageBuilder& builder) {
  LcovReader reader(name, builder);
  std::string rest;  // of a line that goes on in the next piece
  std::size_t bytes = 0;
  std::string_view piece = first;
  while (!piece.empty()) {
    bytes += piece.size();
    if (bytes > kLcovBytes) return reader.wrong("the file is larger than 4 GiB");
    for (std::size_t at = 0; at < piece.size();) {
      const auto end = piece.find('\n', at);
      const auto part = piece.substr(at, end == std::string_view::npos ? end : end - at);
      at += part.size() + 1;
      if (rest.size() + part.size() > kLongestLine) return reader.next_is_too_long();
      if (end == std::string_view::npos) {
        rest += part;
        break;
      }
      if (rest.empty()) {
        PATCHGATE_CHECK(reader.line(part));
      } else {
        rest += part;
        PATCHGATE_CHECK(reader.line(rest));
        rest.clear();
      }
    }
    if (builder.is_full()) return reader.wrong("says more about the changed files than is kept");
    PATCHGATE_TRY(piece, source());
  }
  if (!rest.empty()) PATCHGATE_CHECK(reader.line(rest));
  return reader.end();
}

}  // namespace patchgate
