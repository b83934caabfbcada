#include "gate/pipeline/rollout_inputs.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace patchgate {
namespace {

constexpr std::uint64_t kLargestFile = 1U << 20U;
constexpr std::uint64_t kAllFiles = 16U << 20U;
constexpr std::size_t kMostFiles = 2000;

bool is_build_file(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  constexpr std::array<std::string_view, 5> kNames{"CMakeLists.txt", "compose.yaml", "compose.yml",
                                                   "docker-compose.yaml", "docker-compose.yml"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || name.starts_with("Dockerfile") ||
         name.starts_with("Containerfile") || name.ends_with(".dockerfile");
}

}  // namespace

Result<RolloutInputs> rollout_inputs(const Repository& repository, const Snapshot& head, const Patch& patch,
                                     bool for_manifests) {
  RolloutInputs inputs;
  std::uint64_t left = kAllFiles;
  // What is missing or too large guards and builds nothing that is seen.
  const auto text_of = [&](const Oid& blob) -> std::string {
    if (left == 0 || blob.empty()) return "";
    auto text = repository.blob(blob, std::min(left, kLargestFile));
    if (!text) return "";
    left -= std::min<std::uint64_t>(left, text->size());
    return std::move(*text);
  };
  for (const auto& change : patch.files) {
    if (!change.c_family || inputs.changed_code.size() == kMostFiles) continue;
    inputs.changed_code.push_back({change.path, text_of(change.base_blob), text_of(change.head_blob)});
  }
  if (!for_manifests) return inputs;
  for (const auto& entry : head.entries()) {
    if (!is_build_file(entry.path) || inputs.build_files.size() == kMostFiles) continue;
    auto text = text_of(entry.blob);
    if (!text.empty()) inputs.build_files.push_back({entry.path, std::move(text)});
  }
  std::sort(inputs.build_files.begin(), inputs.build_files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return inputs;
}

}  // namespace patchgate
