#include "analyzers/clang/worker/toolchain.h"

#include <filesystem>
#include <system_error>
#include <vector>

#include <clang/Basic/Version.h>
#include <dlfcn.h>

#include "analyzers/clang/worker/source_hash.h"

namespace patchgate {
namespace fs = std::filesystem;

std::string find_resource_dir() {
  std::vector<fs::path> candidates;
  Dl_info library = {};
  if (::dladdr(reinterpret_cast<const void*>(&clang::getClangFullVersion), &library) != 0 &&
      library.dli_fname != nullptr) {
    std::error_code ignored;
    const auto real = fs::canonical(library.dli_fname, ignored);
    if (!ignored) candidates.push_back(real.parent_path() / "clang" / std::to_string(CLANG_VERSION_MAJOR));
  }
  candidates.emplace_back(PATCHGATE_RESOURCE_DIR);
  for (const auto& candidate : candidates) {
    std::error_code ignored;
    if (!fs::exists(candidate / "include" / "stddef.h", ignored)) continue;
    const auto real = fs::canonical(candidate, ignored);
    if (!ignored) return real.string();
  }
  return {};
}

std::string clang_version() { return clang::getClangFullVersion(); }

std::string worker_identity() { return clang_version() + ", " + std::string(worker_source_hash()); }

}  // namespace patchgate
