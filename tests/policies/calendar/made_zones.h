#pragma once

#include <string>
#include <utility>
#include <vector>

#include "policies/calendar/zones.h"

namespace patchgate {

/// The bytes of a file of a time zone (TZif version 2): its clocks before the first change, changes (utc, offset), and
/// the rule for all that comes later.
inline std::string tzif(int before, const std::vector<std::pair<long long, int>>& changes, const std::string& rule) {
  const auto number = [](std::string& out, unsigned long long value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xffU);
  };
  const auto header = [&](std::string& out, std::size_t count, std::size_t types) {
    out += "TZif2" + std::string(15, '\0');
    for (const std::size_t n : {std::size_t{0}, std::size_t{0}, std::size_t{0}, count, types, std::size_t{4}})
      number(out, n, 4);
  };
  const auto type = [&](std::string& out, int offset) {
    number(out, static_cast<unsigned>(offset), 4);
    number(out, 0, 2);
  };
  std::string out;
  header(out, 0, 1);
  type(out, 0);
  out += std::string("UTC\0", 4);
  header(out, changes.size(), changes.size() + 1);
  for (const auto& change : changes) number(out, static_cast<unsigned long long>(change.first), 8);
  for (std::size_t i = 0; i < changes.size(); ++i) out += static_cast<char>(i + 1);
  type(out, before);
  for (const auto& change : changes) type(out, change.second);
  return out + std::string("LMT\0", 4) + "\n" + rule + "\n";
}

/// Clocks by the rules of these places, for all times; another place cannot be read.
inline Result<std::string> made_zone(const std::string& name) {
  if (name == "Europe/Berlin") return tzif(3600, {}, "CET-1CEST,M3.5.0,M10.5.0/3");
  if (name == "America/New_York") return tzif(-18000, {}, "EST5EDT,M3.2.0,M11.1.0");
  if (name == "Asia/Kathmandu") return tzif(19800, {{504'901'800, 20'700}}, "<+0545>-5:45");
  if (name == "Australia/Lord_Howe") return tzif(37800, {}, "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0");
  if (name == "Etc/UTC") return tzif(0, {}, "UTC0");
  return fail(Error::Kind::io, "there is no time zone " + name);
}

}  // namespace patchgate
