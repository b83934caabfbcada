#pragma once

#include <optional>
#include <string>
#include <vector>

namespace patchgate {

/// What lies where git looks for the pre-push hook.
struct HookSite {
  std::optional<std::string> hook;        ///< the text of pre-push
  std::optional<std::string> saved;       ///< the text of pre-push.pre-patchgate, the hook that was there before
  bool husky = false;                     ///< hooks are made by husky, from files in .husky
  std::optional<std::string> husky_hook;  ///< the text of .husky/pre-push
  bool lefthook = false;                  ///< the hook is lefthook's, or it has a file that says what it should be
  bool on_path = false;                   ///< `patchgate` is what a shell would find
};

enum class HookStep {
  write,         ///< pre-push becomes `text`
  save_first,    ///< pre-push is kept as pre-push.pre-patchgate, then becomes `text`
  write_husky,   ///< .husky/pre-push becomes `text`
  restore,       ///< pre-push.pre-patchgate becomes pre-push again
  remove,        ///< pre-push goes
  remove_husky,  ///< .husky/pre-push goes
  nothing,
  by_hand,  ///< another tool's file: `say` is what to add to it, or to take out of it
};

struct HookPlan {
  HookStep step = HookStep::nothing;
  std::string text;
  std::string say;  ///< for the user
};

/// `program`: how the hook calls patchgate, an absolute path. `flags`: for `hook pre-push`, given on. Pure. Never
/// overwrites what is not ours: an existing hook runs first, with the same input.
HookPlan plan_install(const HookSite& site, const std::string& program, const std::vector<std::string>& flags);
/// Takes away what install wrote, and nothing else.
HookPlan plan_uninstall(const HookSite& site);

/// In single quotes for sh.
std::string in_sh_quotes(const std::string& word);

}  // namespace patchgate
