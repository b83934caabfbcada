#include "analyzers/git/open_checks.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

#include "analyzers/git/escape.h"
#include "analyzers/git/handles.h"

namespace patchgate {
namespace fs = std::filesystem;
namespace {

// preciousObjects forbids deleting; worktreeConfig only says where more settings are, and none matters here; of
// objectFormat check_format lets nothing pass but sha1.
std::array<const char*, 3> harmless_extensions = {"objectformat", "preciousobjects", "worktreeconfig"};

bool set_options() {
  if (git_libgit2_init() < 0) return false;
  constexpr std::array<int, 4> kLevels = {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
                                          GIT_CONFIG_LEVEL_GLOBAL};
  bool good = true;
  for (const int level : kLevels) good = git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "") == 0 && good;
  good = git_libgit2_opts(GIT_OPT_SET_TEMPLATE_PATH, "") == 0 && good;
  // check_owner does it: libgit2 1.5 asks for a safe.directory that cannot be set without global configuration.
  good = git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0) == 0 && good;
  good = git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless_extensions.data(), harmless_extensions.size()) == 0 && good;
  return good;
}

/// As git itself: under sudo the repository of the user who called it is one's own.
bool is_caller_of_sudo(uid_t owner) {
  const char* text = geteuid() == 0 ? std::getenv("SUDO_UID") : nullptr;
  if (text == nullptr) return false;
  unsigned long caller = 0;
  const char* end = text + std::strlen(text);
  const auto [at, error] = std::from_chars(text, end, caller);
  return error == std::errc() && at == end && at != text && caller == owner;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

Result<void> check_setting(const std::string& name, const std::string& value) {
  constexpr const char* kPartial = "fetch every object: clone again without --filter (actions/checkout: no `filter`)";
  if (name == "extensions.objectformat" && lower(value) != "sha1") {
    return fail(Error::Kind::repository,
                "the repository uses " + escaped_in_quotes(value) + " object ids; only SHA-1 can be read",
                "judge a SHA-1 clone of it");
  }
  if (name == "extensions.partialclone") {
    return fail(Error::Kind::repository, "this is a partial clone: some objects are not here", kPartial);
  }
  if (name.starts_with("remote.") && name.ends_with(".promisor") && lower(value) != "false" && value != "0") {
    return fail(Error::Kind::repository, "this is a partial clone (" + escaped(name) + "): some objects are not here",
                kPartial);
  }
  if (name == "extensions.refstorage" && lower(value) != "files") {
    return fail(Error::Kind::repository,
                "the repository keeps its refs as " + escaped_in_quotes(value) + ", which cannot be read",
                "run `git refs migrate --ref-format=files` in it");
  }
  return {};
}

}  // namespace

Result<void> prepare_libgit2() {
  static const bool prepared = set_options();
  if (!prepared) return git_failure("set up libgit2", {}, Error::Kind::internal);
  return {};
}

fs::path common_folder_of(const fs::path& git_folder) {
  std::ifstream in(git_folder / "commondir");
  std::string line;
  if (!in || !std::getline(in, line) || line.empty()) return git_folder;
  const fs::path named(line);
  return (named.is_absolute() ? named : git_folder / named).lexically_normal();
}

Result<void> check_owner(const fs::path& folder, Ownership ownership) {
  struct stat found {};
  if (lstat(folder.c_str(), &found) != 0) {
    return fail(Error::Kind::repository,
                "cannot look at " + escaped_in_quotes(folder.string()) + ": " + std::strerror(errno));
  }
  if (ownership == Ownership::trusted || found.st_uid == geteuid() || is_caller_of_sudo(found.st_uid)) return {};
  return fail(Error::Kind::repository,
              escaped_in_quotes(folder.string()) + " belongs to user " + std::to_string(found.st_uid) +
                  ", this process runs as " + std::to_string(geteuid()) + "; a repository of someone else is not read",
              "run as its owner, or `chown -R " + std::to_string(geteuid()) +
                  "` it; if you trust it, as in a container "
                  "job, pass --trust-repo-owner");
}

Result<void> check_format(const fs::path& common_folder) {
  git_config* raw = nullptr;
  const std::string file = (common_folder / "config").string();
  PATCHGATE_CHECK(check(git_config_open_ondisk(&raw, file.c_str()), "read the repository's config"));
  const ConfigHandle config(raw);
  git_config_iterator* raw_iterator = nullptr;
  PATCHGATE_CHECK(check(git_config_iterator_new(&raw_iterator, raw), "read the repository's config"));
  const ConfigIteratorHandle iterator(raw_iterator);
  git_config_entry* entry = nullptr;
  while (git_config_next(&entry, raw_iterator) == 0) {
    PATCHGATE_CHECK(check_setting(entry->name, entry->value == nullptr ? "true" : entry->value));
  }
  return {};
}

}  // namespace patchgate
