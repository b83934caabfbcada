#include "analyzers/clang/client/response_files.h"

#include <utility>

#include "analyzers/clang/client/paths.h"
#include "analyzers/clang/client/shell_words.h"

namespace patchgate {
namespace {

constexpr std::uint64_t kLargest = 1U << 20U;
constexpr int kDeepest = 4;

}  // namespace

ResponseFiles::ResponseFiles(std::string root, std::filesystem::path disk_root,
                             const std::vector<std::filesystem::path>& database_folders)
    : root_(std::move(root)), disk_root_(disk_root.string()), files_(kLargest) {
  files_.allow(disk_root);
  for (const auto& folder : database_folders) files_.allow(folder);
}

std::vector<std::string> ResponseFiles::expand(const std::vector<std::string>& words, const std::string& directory,
                                               std::uint32_t& refused) {
  std::vector<std::string> out;
  expand_into(out, words, directory, 0, refused);
  return out;
}

void ResponseFiles::expand_into(std::vector<std::string>& out, const std::vector<std::string>& words,
                                const std::string& directory, int depth, std::uint32_t& refused) {
  for (const auto& word : words) {
    if (!word.starts_with('@')) {
      out.push_back(word);
      continue;
    }
    auto path = normal_path(std::string_view(word).substr(1), directory);
    if (const auto below = path_below(path, root_); below && !disk_root_.empty())
      path = normal_path(*below, disk_root_);
    const auto found = files_.look_up(path);
    auto content = depth < kDeepest && found.kind == DiskFiles::Kind::file && found.size <= budget_ ? files_.read(found)
                                                                                                    : std::nullopt;
    if (content) budget_ -= found.size;
    const bool text = content && content->find('\0') == std::string::npos;
    const auto inner = text ? split_shell_words(*content) : std::nullopt;
    if (inner) {
      expand_into(out, *inner, directory, depth + 1, refused);
    } else {
      ++refused;
    }
  }
}

}  // namespace patchgate
