#include "policies/calendar/time_zone.h"

#include <algorithm>

#include "policies/calendar/civil_time.h"

namespace patchgate {

namespace {

constexpr std::size_t kHeader = 44;
constexpr std::uint32_t kMostChanges = 5000;
constexpr std::uint32_t kMostTypes = 256;
constexpr std::int32_t kMostOffset = 26 * 3600;  // RFC 9636: from -25 to 26 hours
constexpr std::size_t kLongestName = 64;

tl::unexpected<Error> damaged(const char* why) {
  return fail(Error::Kind::io, std::string("it is no file of a time zone: ") + why);
}

/// Big-endian numbers from bytes that are known to be there.
struct Bytes {
  std::string_view left;

  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (const char c : left.substr(0, size)) value = value << 8U | static_cast<unsigned char>(c);
    left.remove_prefix(size);
    return value;
  }
};

struct Counts {
  std::uint32_t utc, standard, leaps, changes, types, characters;

  std::size_t size_of_block(std::size_t time_size) const {
    return changes * (time_size + 1) + types * 6 + characters + leaps * (time_size + 4) + standard + utc;
  }
};

struct Header {
  char version = 0;
  Counts counts{};
};

Result<Header> read_header(std::string_view bytes) {
  if (bytes.size() < kHeader || bytes.substr(0, 4) != "TZif") return damaged("it does not start as one");
  Header header;
  header.version = bytes[4];
  Bytes numbers{bytes.substr(20)};
  auto& counts = header.counts;
  for (auto* count : {&counts.utc, &counts.standard, &counts.leaps, &counts.changes, &counts.types, &counts.characters})
    *count = static_cast<std::uint32_t>(numbers.number(4));
  if (counts.changes > kMostChanges || counts.types > kMostTypes || counts.types == 0) return damaged("odd counts");
  if (std::max({counts.leaps, counts.characters, counts.standard, counts.utc}) > kMostChanges)
    return damaged("odd counts");
  return header;
}

bool is_part(std::string_view part) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '+' ||
           c == '-';
  };
  return !part.empty() && std::all_of(part.begin(), part.end(), fits);
}

}  // namespace

bool is_zone_name(std::string_view name) {
  if (name.size() > kLongestName || name == "localtime" || name == "posixrules" || name == "Factory") return false;
  if (name.starts_with("right/") || name.starts_with("posix/")) return false;
  std::size_t begin = 0;
  while (true) {
    const auto end = std::min(name.find('/', begin), name.size());
    if (!is_part(name.substr(begin, end - begin))) return false;
    if (end == name.size()) return true;
    begin = end + 1;
  }
}

Result<TimeZone> TimeZone::read(std::string_view bytes) {
  if (bytes.size() > kMostBytes) return damaged("it has more than 64 KiB");
  PATCHGATE_TRY(auto header, read_header(bytes));
  bytes.remove_prefix(kHeader);
  std::size_t time_size = 4;
  if (header.version != 0) {
    // The first block is for readers of the first version.
    if (bytes.size() < header.counts.size_of_block(4)) return damaged("it ends too early");
    bytes.remove_prefix(header.counts.size_of_block(4));
    PATCHGATE_TRY(header, read_header(bytes));
    bytes.remove_prefix(kHeader);
    time_size = 8;
  }
  const auto& counts = header.counts;
  const auto size = counts.size_of_block(time_size);
  if (bytes.size() < size) return damaged("it ends too early");
  if (counts.leaps != 0) return fail(Error::Kind::io, "it counts leap seconds, which clocks do not");

  Bytes times{bytes}, kinds{bytes.substr(counts.changes * time_size)};
  Bytes types{bytes.substr(counts.changes * (time_size + 1))};
  std::vector<std::int32_t> offsets;
  for (std::uint32_t i = 0; i < counts.types; ++i) {
    offsets.push_back(static_cast<std::int32_t>(static_cast<std::uint32_t>(types.number(4))));
    types.number(2);
    if (offsets.back() > kMostOffset || offsets.back() < -kMostOffset) return damaged("an offset of more than a day");
  }
  TimeZone zone;
  zone.before_ = offsets[0];
  for (std::uint32_t i = 0; i < counts.changes; ++i) {
    const auto raw = times.number(time_size);
    const auto at = time_size == 8 ? static_cast<std::int64_t>(raw) : static_cast<std::int32_t>(raw);
    const auto kind = kinds.number(1);
    if (kind >= offsets.size()) return damaged("a change to nothing");
    if (!zone.changes_.empty() && at <= zone.changes_.back().at) return damaged("changes out of order");
    zone.changes_.push_back({at, offsets[kind]});
  }
  if (header.version == 0) return zone;
  auto footer = bytes.substr(size);
  if (footer.size() < 2 || footer.front() != '\n') return damaged("its last line is missing");
  footer.remove_prefix(1);
  const auto end = footer.find('\n');
  if (end == std::string_view::npos) return damaged("its last line is cut");
  if (end == 0) return zone;
  zone.later_ = PosixZone::read(footer.substr(0, end));
  if (!zone.later_) return damaged("a rule in its last line that is none");
  return zone;
}

/// The changes of the rule from the year before to the year after, as far as the rule holds then.
std::vector<OffsetChange> TimeZone::ruled_changes(std::int64_t utc) const {
  std::vector<OffsetChange> changes;
  if (!later_ || !later_->has_changes()) return changes;
  const int year = year_of(utc);
  for (int y = year - 1; y <= year + 1; ++y)
    for (const auto& change : later_->changes_of(y))
      if (changes_.empty() || change.at > changes_.back().at) changes.push_back(change);
  // Where one year ends with daylight saving time and the next begins with it, that goes on.
  std::stable_sort(changes.begin(), changes.end(),
                   [](const OffsetChange& a, const OffsetChange& b) { return a.at < b.at; });
  return changes;
}

std::int32_t TimeZone::offset_at(std::int64_t utc) const {
  if (!changes_.empty() && utc < changes_.front().at) return before_;
  const auto later = [](std::int64_t at, const OffsetChange& change) { return at < change.at; };
  if (later_ && (changes_.empty() || utc >= changes_.back().at)) {
    const auto ruled = ruled_changes(utc);
    const auto next = std::upper_bound(ruled.begin(), ruled.end(), utc, later);
    if (next != ruled.begin()) return std::prev(next)->offset;
    if (changes_.empty()) return later_->standard_offset();
  }
  if (changes_.empty()) return before_;
  return std::prev(std::upper_bound(changes_.begin(), changes_.end(), utc, later))->offset;
}

std::vector<TimeZone::Stretch> TimeZone::around(std::int64_t local) const {
  const auto first = local - 2 * kMostOffset, last = local + 2 * kMostOffset;
  std::vector<std::int64_t> at{first, last};
  const auto add = [&](const std::vector<OffsetChange>& changes) {
    const auto earlier = [](const OffsetChange& change, std::int64_t time) { return change.at < time; };
    for (auto one = std::lower_bound(changes.begin(), changes.end(), first, earlier);
         one != changes.end() && one->at < last; ++one)
      at.push_back(one->at);
  };
  add(changes_);
  add(ruled_changes(local));
  std::sort(at.begin(), at.end());
  std::vector<Stretch> stretches;
  for (std::size_t i = 0; i + 1 < at.size(); ++i)
    if (at[i] < at[i + 1]) stretches.push_back({at[i], at[i + 1], offset_at(at[i])});
  return stretches;
}

int TimeZone::times_shown(std::int64_t local) const {
  const auto stretches = around(local);
  return static_cast<int>(std::count_if(stretches.begin(), stretches.end(), [&](const Stretch& one) {
    const auto utc = local - one.offset;
    return one.begin <= utc && utc < one.end;
  }));
}

std::int64_t TimeZone::first_reaching(std::int64_t local) const {
  const auto stretches = around(local);
  for (const auto& one : stretches)
    if (local - one.offset < one.end) return std::max(one.begin, local - one.offset);
  return stretches.back().end;
}

std::int64_t TimeZone::last_reaching(std::int64_t local) const {
  const auto stretches = around(local);
  for (auto one = stretches.rbegin(); one != stretches.rend(); ++one)
    if (one->begin + one->offset <= local) return std::min(one->end, local - one->offset);
  return stretches.front().begin;
}

}  // namespace patchgate
