#include "gate/pipeline/trusted_place.h"

#include <algorithm>
#include <system_error>

namespace patchgate {
namespace {

namespace fs = std::filesystem;

bool lies_in(const fs::path& real, const fs::path& folder) {
  std::error_code error;
  const auto root = fs::canonical(folder, error);
  if (error) return false;
  const auto relative = real.lexically_relative(root);
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

bool lies_in_a_work_tree(const Repository& repository, const fs::path& file) {
  std::error_code error;
  const auto real = fs::canonical(file, error);
  if (error) return false;
  const auto folders = repository.work_trees();
  return std::any_of(folders.begin(), folders.end(), [&](const fs::path& folder) { return lies_in(real, folder); });
}

}  // namespace patchgate
