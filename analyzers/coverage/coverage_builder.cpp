#include "analyzers/coverage/coverage_builder.h"

#include <algorithm>

namespace patchgate {
namespace {

constexpr std::size_t kMostRoots = 1000;
constexpr std::uint64_t kLeastShare = 10;

std::uint64_t sum(std::uint64_t a, std::uint64_t b) { return a + b < a ? UINT64_MAX : a + b; }

}  // namespace

std::vector<TreePaths::Candidate> CoverageBuilder::candidates_of(std::string_view name,
                                                                 const std::vector<std::string>& folders) const {
  auto found = tree_.meant_by(name);
  const bool exact = !found.empty() && found.front().root.empty();
  if (exact || name.starts_with('/')) return found;
  std::vector<TreePaths::Candidate> below;
  for (const auto& folder : folders) {
    auto joined = tree_.meant_by(folder + "/" + std::string(name));
    // A folder of the build is there in whole: of what the name ends with, only what holds all of the name.
    std::erase_if(joined, [&](const auto& candidate) { return candidate.path.size() < name.size(); });
    for (auto& candidate : joined)
      if (std::find(below.begin(), below.end(), candidate) == below.end()) below.push_back(std::move(candidate));
  }
  return below.empty() ? found : below;
}

void CoverageBuilder::file(std::string_view name, const std::vector<std::string>& folders) {
  section_ = nullptr;
  auto candidates = candidates_of(name, folders);
  if (candidates.size() == 1 && candidates.front().root != "?") {
    auto& votes = votes_;
    if (const auto known = votes.find(candidates.front().root); known != votes.end()) {
      ++known->second;
    } else if (votes.size() < kMostRoots) {
      votes.emplace(candidates.front().root, 1);
    }
  }
  const bool wanted = std::any_of(candidates.begin(), candidates.end(),
                                  [&](const auto& candidate) { return wanted_.contains(candidate.path); });
  if (!wanted) return;
  const auto known = sections_.find(name);
  if (known != sections_.end()) {
    section_ = &known->second;
    return;
  }
  ++kept_;
  section_ = &sections_[std::string(name)];
  section_->candidates = std::move(candidates);
}

void CoverageBuilder::line(std::uint32_t line, std::uint64_t count) {
  if (!wants() || is_full()) return;
  const auto [at, is_new] = section_->lines.try_emplace(line);
  if (is_new) ++kept_;
  at->second.count = sum(at->second.count, count);
  at->second.counted = true;
}

void CoverageBuilder::checksum(std::uint32_t line, std::string_view text) {
  if (!wants() || is_full()) return;
  section_->lines[line].checksum = std::string(text);
}

void CoverageBuilder::branch(std::uint32_t line, std::string_view key, bool taken) {
  if (!wants() || is_full()) return;
  auto& branches = section_->lines[line].branches;
  const auto known = branches.find(key);
  if (known != branches.end()) {
    known->second = known->second || taken;
    return;
  }
  ++kept_;
  branches.emplace(key, taken);
}

void CoverageBuilder::branches(std::uint32_t line, std::uint32_t all, std::uint32_t taken) {
  if (!wants() || is_full()) return;
  auto& at = section_->lines[line];
  at.all = std::max(at.all, all);
  at.taken = std::max(at.taken, std::min(taken, all));
}

void CoverageBuilder::function(std::string_view name, std::uint32_t first, std::uint32_t last) {
  if (!wants() || is_full()) return;
  if (section_->functions.insert({{first, last}, std::string(name)}).second) ++kept_;
}

std::map<std::string, std::vector<const CoverageBuilder::Section*>> CoverageBuilder::by_path(
    std::map<std::string, std::string>& ambiguous) const {
  std::uint64_t most = 0;
  for (const auto& [root, votes] : votes_) most = std::max(most, votes);
  const auto votes_for = [&](const TreePaths::Candidate& candidate) {
    const auto known = votes_.find(candidate.root);
    return known == votes_.end() ? 0 : known->second;
  };
  std::map<std::string, std::vector<const Section*>> found;
  for (const auto& [name, section] : sections_) {
    std::vector<const TreePaths::Candidate*> best;
    for (const auto& candidate : section.candidates) {
      const auto votes = votes_for(candidate);
      if (candidate.root != "?" && votes * kLeastShare < most) continue;
      if (!best.empty() && votes > votes_for(*best.front())) best.clear();
      if (best.empty() || votes == votes_for(*best.front())) best.push_back(&candidate);
    }
    if (best.size() == 1) {
      found[std::string(best.front()->path)].push_back(&section);
      continue;
    }
    for (const auto* one : best)
      if (wanted_.contains(one->path))
        ambiguous.emplace(one->path, "the name " + name + " may mean " + std::string(best[0]->path) + " and " +
                                         std::string(best[1]->path));
  }
  return found;
}

std::vector<FileCoverage> CoverageBuilder::build() const {
  std::map<std::string, std::string> ambiguous;
  const auto found = by_path(ambiguous);
  std::map<std::string, FileCoverage> files;
  for (const auto& [path, sections] : found) {
    if (!wanted_.contains(path)) continue;
    auto& file = files[path];
    file.path = path;
    std::map<std::uint32_t, CoverageLine> lines;
    for (const auto* section : sections) {
      for (const auto& [number, said] : section->lines) {
        if (!said.counted) continue;
        auto& line = lines[number];
        line.line = number;
        line.count = sum(line.count, said.count);
        std::uint32_t all = said.all, taken = said.taken;
        if (!said.branches.empty()) {
          all = static_cast<std::uint32_t>(said.branches.size());
          taken = static_cast<std::uint32_t>(
              std::count_if(said.branches.begin(), said.branches.end(), [](const auto& b) { return b.second; }));
        }
        line.branches = std::max(line.branches, all);
        line.branches_taken = std::max(line.branches_taken, taken);
        if (!said.checksum.empty()) line.checksum = said.checksum;
      }
      for (const auto& [range, name] : section->functions) file.functions.push_back({name, range.first, range.second});
    }
    for (auto& [number, line] : lines) file.lines.push_back(std::move(line));
    std::sort(file.functions.begin(), file.functions.end(), [](const auto& a, const auto& b) {
      return std::tie(a.first, a.name, a.last_line) < std::tie(b.first, b.name, b.last_line);
    });
  }
  for (const auto& [path, why] : ambiguous) {
    auto& file = files[path];
    file.path = path;
    file.unusable = why;
  }
  std::vector<FileCoverage> result;
  for (auto& [path, file] : files) result.push_back(std::move(file));
  return result;
}

}  // namespace patchgate
