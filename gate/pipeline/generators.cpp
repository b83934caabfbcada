#include "gate/pipeline/generators.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "analyzers/patch/build_commands.h"

namespace patchgate {
namespace {

constexpr std::uint64_t kLargestBuildFile = 1U << 20U;
constexpr std::uint32_t kModeFile = 0100644, kModeProgram = 0100755;

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool is_open(const FileChange& change) {
  if (change.c_family || change.build_role != BuildRole::none || change.file_class == FileClass::gate) return false;
  const bool plain = change.head_mode == kModeFile || change.head_mode == kModeProgram || change.head_blob.empty();
  return plain && may_be_script(change.path);
}

}  // namespace

Result<void> find_generators(const Repository& repository, const Sides& sides, Patch& patch) {
  std::vector<FileChange*> open;
  for (auto& change : patch.files)
    if (is_open(change)) open.push_back(&change);
  if (open.empty()) return {};
  for (const auto side : {SourceSide::head, SourceSide::base}) {
    std::map<std::string, std::vector<FileChange*>> by_name;
    std::set<std::string> names;
    for (auto* change : open) {
      const auto name = file_name(side == SourceSide::head ? change->path : change->base_path());
      names.insert(name);
      by_name[name].push_back(change);
    }
    const ProgramNames programs(names);
    for (const auto& entry : sides.of(side).entries()) {
      if (build_role(entry.path) != BuildRole::build || (entry.mode != kModeFile && entry.mode != kModeProgram))
        continue;
      const auto same = side == SourceSide::base ? sides.head.find(entry.path) : nullptr;
      if (same != nullptr && same->blob == entry.blob) continue;
      const auto text = repository.blob(entry.blob, kLargestBuildFile);
      if (!text) {
        if (text.error().kind == Error::Kind::limit) continue;
        return tl::unexpected(text.error());
      }
      for (const auto& [name, line] : lines_that_run(entry.path, *text, programs)) {
        for (auto* change : by_name[name]) {
          if (!change->run_by.empty()) continue;
          change->build_role = BuildRole::generator;
          change->run_by = entry.path + ":" + std::to_string(line);
        }
      }
    }
  }
  return {};
}

}  // namespace patchgate
