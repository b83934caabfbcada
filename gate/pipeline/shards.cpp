#include "gate/pipeline/shards.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <tuple>

namespace patchgate {
namespace {

/// A group is cut into runs of at most one part in so many of a shard: smaller runs fill the shards more evenly, but
/// each of them reads its start once more.
constexpr std::size_t kRunsAShard = 4;

/// Of units that may share their start: see start_plan.h.
using Group = std::tuple<Hash128, std::string, std::string>;

}  // namespace

std::vector<std::uint32_t> deal(const std::vector<CompileCommand>& commands, std::uint32_t shards) {
  std::map<Group, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::filesystem::path file(commands[i].file);
    groups[{commands[i].hash, file.parent_path().string(), file.extension().string()}].push_back(i);
  }
  const auto by_file = [&](std::size_t a, std::size_t b) {
    return std::tie(commands[a].file, commands[a].hash) < std::tie(commands[b].file, commands[b].hash);
  };
  const auto longest = std::max<std::size_t>(1, commands.size() / (std::size_t{shards} * kRunsAShard));
  std::vector<std::vector<std::size_t>> runs;
  for (auto& [_, group] : groups) {
    std::sort(group.begin(), group.end(), by_file);
    const auto pieces = (group.size() + longest - 1) / longest;
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      const auto at = [&](std::size_t n) {
        return group.begin() + static_cast<std::ptrdiff_t>(n * group.size() / pieces);
      };
      runs.emplace_back(at(piece), at(piece + 1));
    }
  }
  // The long ones first, each to who has least.
  std::sort(runs.begin(), runs.end(), [&](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() > b.size() : by_file(a.front(), b.front());
  });
  std::vector<std::size_t> load(shards);
  std::vector<std::uint32_t> dealt(commands.size());
  for (const auto& run : runs) {
    const auto least = static_cast<std::size_t>(std::min_element(load.begin(), load.end()) - load.begin());
    load[least] += run.size();
    for (const auto unit : run) dealt[unit] = static_cast<std::uint32_t>(least);
  }
  return dealt;
}

}  // namespace patchgate
