#include "analyzers/scope/include_map.h"

#include <algorithm>
#include <utility>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

/// A line that may mean more files than this says nothing.
constexpr std::size_t kMostMeant = 64;

std::string_view last_part(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// "a/b/../c.h" and "./c.h" without their dots; empty where they lead out of the repository.
std::string normal(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const auto slash = std::min(path.find('/'), path.size());
    const auto part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return {};
    } else {
      parts.pop_back();
    }
  }
  std::string joined;
  for (const auto part : parts) joined += (joined.empty() ? "" : "/") + std::string(part);
  return joined;
}

/// Without a leading ../../: where it begins depends on include paths that are not looked at.
std::string_view tail_of(std::string_view name) {
  while (name.starts_with("../") || name.starts_with("./")) name.remove_prefix(name.find('/') + 1);
  return name;
}

}  // namespace

IncludeFinder::IncludeFinder(const std::vector<std::string>& paths) : paths_(paths) {
  for (std::uint32_t i = 0; i < paths.size(); ++i) {
    by_name_.emplace_back(hash64(last_part(paths[i])), i);
    by_path_.emplace_back(hash64(paths[i]), i);
  }
  std::sort(by_name_.begin(), by_name_.end());
  std::sort(by_path_.begin(), by_path_.end());
}

std::vector<std::uint32_t> IncludeFinder::find(const IncludeLine& line, std::string_view from) const {
  const auto first_of = [](const auto& list, std::uint64_t hash) {
    return std::lower_bound(list.begin(), list.end(), std::pair<std::uint64_t, std::uint32_t>(hash, 0));
  };
  if (line.quoted) {
    const auto folder = from.substr(0, from.size() - last_part(from).size());
    const auto beside = normal(std::string(folder) + line.name);
    for (auto at = first_of(by_path_, hash64(beside)); at != by_path_.end() && at->first == hash64(beside); ++at)
      if (paths_[at->second] == beside) return {at->second};
  }
  std::vector<std::uint32_t> found;
  const auto tail = normal(tail_of(line.name));
  if (tail.empty()) return found;
  const auto name = hash64(last_part(tail));
  for (auto at = first_of(by_name_, name); at != by_name_.end() && at->first == name; ++at) {
    const std::string_view path = paths_[at->second];
    const bool whole = path.size() == tail.size() || path[path.size() - std::min(path.size(), tail.size() + 1)] == '/';
    if (path.ends_with(tail) && whole) found.push_back(at->second);
  }
  return found;
}

IncludeMap::IncludeMap(const std::vector<ScannedFile>& files)
    : includes_(files.size()), included_by_(files.size()), reads_unknown_(files.size()) {
  std::vector<std::string> paths;
  paths.reserve(files.size());
  for (const auto& file : files) paths.push_back(file.path);
  const IncludeFinder finder(paths);
  std::vector<ScanIndex> unknown;
  for (ScanIndex i = 0; i < files.size(); ++i) {
    auto& into = includes_[i];
    into = files[i].more_includes;
    for (const auto& line : files[i].scan.includes) {
      const auto meant = finder.find(line, files[i].path);
      if (meant.size() > kMostMeant) {
        unknown.push_back(i);
        continue;
      }
      into.insert(into.end(), meant.begin(), meant.end());
    }
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
    for (const auto other : into) included_by_[other].push_back(i);
    if (files[i].scan.computed_include) unknown.push_back(i);
  }
  for (const auto reader : readers(unknown)) reads_unknown_[reader] = true;
}

std::vector<ScanIndex> IncludeMap::walk(const std::vector<ScanIndex>& from,
                                        const std::vector<std::vector<ScanIndex>>& along) const {
  std::vector<bool> seen(along.size());
  std::vector<ScanIndex> found;
  const auto reach = [&](ScanIndex file) {
    if (file >= seen.size() || seen[file]) return;
    seen[file] = true;
    found.push_back(file);
  };
  for (const auto file : from) reach(file);
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const auto next : along[found[i]]) reach(next);
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<ScanIndex> IncludeMap::readers(const std::vector<ScanIndex>& files) const {
  return walk(files, included_by_);
}

std::vector<ScanIndex> IncludeMap::closure(const std::vector<ScanIndex>& files) const { return walk(files, includes_); }

}  // namespace patchgate
