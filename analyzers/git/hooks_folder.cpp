#include <array>
#include <cstdlib>

#include "analyzers/git/handles.h"
#include "analyzers/git/state.h"

namespace patchgate {
namespace fs = std::filesystem;
namespace {

/// The files that git reads, the strongest level last (git-config(1)). libgit2 finds none of them by itself here: see
/// prepare_libgit2.
Result<ConfigHandle> users_config(const fs::path& git_folder) {
  git_config* raw = nullptr;
  PATCHGATE_CHECK(check(git_config_new(&raw), "make a configuration"));
  ConfigHandle config(raw);
  const char* home = std::getenv("HOME");
  const char* xdg = std::getenv("XDG_CONFIG_HOME");
  const fs::path own = home == nullptr ? fs::path() : fs::path(home);
  const std::array<std::pair<fs::path, git_config_level_t>, 4> files{{
      {std::getenv("GIT_CONFIG_NOSYSTEM") != nullptr ? "" : "/etc/gitconfig", GIT_CONFIG_LEVEL_SYSTEM},
      {xdg != nullptr ? fs::path(xdg) / "git" / "config"
       : own.empty()  ? fs::path()
                      : own / ".config" / "git" / "config",
       GIT_CONFIG_LEVEL_XDG},
      {own.empty() ? fs::path() : own / ".gitconfig", GIT_CONFIG_LEVEL_GLOBAL},
      {git_folder / "config", GIT_CONFIG_LEVEL_LOCAL},
  }};
  std::error_code ignored;
  for (const auto& [path, level] : files) {
    if (path.empty() || !fs::exists(path, ignored)) continue;
    PATCHGATE_CHECK(check(git_config_add_file_ondisk(raw, path.c_str(), level, nullptr, 0), "read " + path.string()));
  }
  return config;
}

}  // namespace

Result<fs::path> Repository::hooks_folder() const {
  PATCHGATE_TRY(const auto config, users_config(state_->git_folder));
  Buffer named;
  const int rc = git_config_get_path(&named.raw, config.get(), "core.hooksPath");
  if (rc == GIT_ENOTFOUND || (rc == 0 && named.view().empty())) return state_->git_folder / "hooks";
  PATCHGATE_CHECK(check(rc, "read core.hooksPath"));
  const fs::path folder{std::string(named.view())};
  if (folder.is_absolute()) return folder;
  return (state_->work_folder.empty() ? state_->git_folder : state_->work_folder) / folder;
}

}  // namespace patchgate
