#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <system_error>

#include <unistd.h>

#include "analyzers/git/repository.h"
#include "gate/commands/commands.h"
#include "gate/commands/hook_files.h"
#include "gate/commands/pre_push.h"
#include "gate/commands/say.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/workbench.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kHookBytes = 1U << 20U;

struct Places {
  fs::path hook, saved, husky_hook;
};

/// The text, if there is such a file; an error where it cannot be read.
Result<std::optional<std::string>> text_of(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(path, error))) return std::optional<std::string>();
  PATCHGATE_TRY(auto text, read_input_file(path, kHookBytes));
  return std::optional<std::string>(std::move(text));
}

bool is_on_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (!folder.empty() && ::access((fs::path(folder) / program).c_str(), X_OK) == 0) return true;
  return false;
}

Result<HookSite> look_around(const Places& places, const fs::path& work_folder) {
  HookSite site;
  std::error_code error;
  // husky 9 has git look in .husky/_, older ones in .husky itself.
  for (const auto& folder : {work_folder / ".husky" / "_", work_folder / ".husky"})
    site.husky = site.husky || fs::equivalent(places.hook.parent_path(), folder, error);
  PATCHGATE_TRY(site.hook, text_of(places.hook));
  PATCHGATE_TRY(site.saved, text_of(places.saved));
  if (site.husky) {
    PATCHGATE_TRY(site.husky_hook, text_of(places.husky_hook));
  }
  site.lefthook = site.hook && site.hook->find("lefthook") != std::string::npos;
  for (const char* name : {"lefthook", ".lefthook"})
    for (const char* type : {".yml", ".yaml", ".toml", ".json"})
      site.lefthook =
          site.lefthook || (!work_folder.empty() && fs::exists(work_folder / (std::string(name) + type), error));
  site.on_path = is_on_path("patchgate");
  return site;
}

tl::unexpected<Error> failed(const char* doing, const fs::path& path, const std::error_code& error) {
  return fail(Error::Kind::io, std::string("cannot ") + doing + " " + path.string() + ": " + error.message());
}

Result<void> write_program(const fs::path& path, const std::string& text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  PATCHGATE_CHECK(write_output_file(path, text));
  fs::permissions(path,
                  fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read |
                      fs::perms::others_exec,
                  error);
  if (error) return failed("make executable", path, error);
  return {};
}

Result<void> move_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) return failed("rename", from, error);
  return {};
}

Result<void> remove_file(const fs::path& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error) return failed("remove", path, error);
  return {};
}

Result<void> carry_out(const HookPlan& plan, const Places& places) {
  switch (plan.step) {
    case HookStep::save_first:
      PATCHGATE_CHECK(move_file(places.hook, places.saved));
      return write_program(places.hook, plan.text);
    case HookStep::write:
      return write_program(places.hook, plan.text);
    case HookStep::write_husky:
      return write_program(places.husky_hook, plan.text);
    case HookStep::restore:
      return move_file(places.saved, places.hook);
    case HookStep::remove:
      return remove_file(places.hook);
    case HookStep::remove_husky:
      return remove_file(places.husky_hook);
    case HookStep::nothing:
    case HookStep::by_hand:
      break;
  }
  return {};
}

Result<HookPlan> change_hook(const HookOptions& options) {
  PATCHGATE_TRY(const auto repository, open_repository(options.repo, options.graph));
  PATCHGATE_TRY(const auto folder, repository.hooks_folder());
  const Places places{folder / "pre-push", folder / "pre-push.pre-patchgate",
                      repository.work_folder() / ".husky" / "pre-push"};
  PATCHGATE_TRY(const auto site, look_around(places, repository.work_folder()));
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error);
  if (error) return failed("read", "/proc/self/exe", error);
  auto plan = options.action == HookOptions::Action::install ? plan_install(site, program.string(), options.passed_on)
                                                             : plan_uninstall(site);
  PATCHGATE_CHECK(carry_out(plan, places));
  return plan;
}

}  // namespace

int run_hook(const HookOptions& options) {
  if (options.action == HookOptions::Action::pre_push) return run_pre_push(options);
  const auto plan = change_hook(options);
  if (!plan) return say_errors({plan.error()});
  if (plan->step == HookStep::by_hand) return say_errors({Error{Error::Kind::config, plan->say, {}, {}, {}}});
  const auto done = print("pre-push hook: " + plan->say + "\n");
  return done ? 0 : say_errors({done.error()});
}

}  // namespace patchgate
