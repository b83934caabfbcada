#include "gate/pipeline/time_zone_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace patchgate {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSystemFolder = "/usr/share/zoneinfo";
constexpr std::size_t kMostNames = 2000;
constexpr std::size_t kLongestVersion = 20;

/// What follows `before` in the first line; empty where the file does not begin so.
std::string first_line_after(const fs::path& file, const std::string& before) {
  std::ifstream in(file, std::ios::binary);
  std::string line(before.size() + kLongestVersion, '\0');
  in.read(line.data(), static_cast<std::streamsize>(line.size()));
  line.resize(static_cast<std::size_t>(in.gcount()));
  if (!line.starts_with(before)) return {};
  line.erase(0, before.size());
  const auto word = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-'; };
  return {line.begin(), std::find_if_not(line.begin(), line.end(), word)};
}

}  // namespace

ZoneFiles ZoneFiles::in(const std::optional<std::string>& folder) { return {folder.value_or(kSystemFolder)}; }

Result<std::string> ZoneFiles::read(const std::string& name) const {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return fail(Error::Kind::io, "time zone " + name + ": this machine has no time zone database (package tzdata)");
  const auto path = fs::path(folder) / name;
  if (!is_zone_name(name) || !fs::is_regular_file(path, error))
    return fail(Error::Kind::io, "there is no time zone " + name + " in the database of this machine");
  std::ifstream in(path, std::ios::binary);
  std::string bytes(TimeZone::kMostBytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad() || (!in && !in.eof())) return fail(Error::Kind::io, "time zone " + name + ": its file cannot be read");
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

std::string ZoneFiles::version() const {
  const auto stated = first_line_after(fs::path(folder) / "tzdata.zi", "# version ");
  return stated.empty() ? first_line_after(fs::path(folder) / "+VERSION", "") : stated;
}

std::vector<std::string> ZoneFiles::names() const {
  std::vector<std::string> names;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  for (const fs::recursive_directory_iterator end; !error && it != end && names.size() < kMostNames;
       it.increment(error)) {
    const auto name = it->path().lexically_relative(folder).generic_string();
    std::error_code ignored;
    if (is_zone_name(name) && it->is_regular_file(ignored)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace patchgate
