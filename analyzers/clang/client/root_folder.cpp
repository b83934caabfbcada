#include "analyzers/clang/client/root_folder.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include "analyzers/clang/client/paths.h"

namespace patchgate {
namespace {

/// Enough to vote; a database may have a million entries.
constexpr std::size_t kMostVoters = 2000;

}  // namespace

std::string find_root_folder(const std::vector<std::string>& files, const std::string& work_folder,
                             const std::function<bool(std::string_view)>& is_tracked) {
  std::map<std::string, std::size_t, std::less<>> votes;
  const auto step = std::max<std::size_t>(1, files.size() / kMostVoters);
  for (std::size_t i = 0; i < files.size(); i += step) {
    const std::string_view file = files[i];
    for (auto cut = file.find('/'); cut != std::string_view::npos; cut = file.find('/', cut + 1)) {
      const auto folder = cut == 0 ? std::string_view("/") : file.substr(0, cut);
      if (is_tracked(file.substr(cut + 1))) ++votes[std::string(folder)];
    }
  }
  if (votes.contains(work_folder) || votes.empty()) return work_folder;
  // With as many votes the shorter one wins: the tracked path it leaves is longer.
  return std::max_element(votes.begin(), votes.end(),
                          [](const auto& a, const auto& b) {
                            if (a.second != b.second) return a.second < b.second;
                            return a.first.size() > b.first.size();
                          })
      ->first;
}

}  // namespace patchgate
