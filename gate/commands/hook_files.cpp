#include "gate/commands/hook_files.h"

#include <fmt/format.h>

namespace patchgate {
namespace {

constexpr std::string_view kMarker = "# made by `patchgate hook install`; `patchgate hook uninstall` takes it away";

bool is_ours(const std::optional<std::string>& text) { return text && text->find(kMarker) != std::string::npos; }

std::string call(const std::string& program, const std::vector<std::string>& flags) {
  auto text = in_sh_quotes(program) + " hook pre-push \"$@\"";
  for (const auto& flag : flags) text += " " + in_sh_quotes(flag);
  return text;
}

/// git gives the refs once, on standard input: both hooks get them.
std::string chained_hook(const std::string& program, const std::vector<std::string>& flags) {
  return fmt::format(R"(#!/bin/sh
{}
refs=$(cat)
give() {{ if [ -n "$refs" ]; then printf '%s\n' "$refs"; fi; }}
before=$(dirname "$0")/pre-push.pre-patchgate
if [ -x "$before" ]; then
  give | "$before" "$@" || exit $?
fi
if [ ! -x {} ]; then
  echo "patchgate is not at "{}" any more: run patchgate hook install, or patchgate hook uninstall" >&2
  exit 1
fi
give | {}
)",
                     kMarker, in_sh_quotes(program), in_sh_quotes(program), call(program, flags));
}

/// As a line of a file that the whole team has: no path of this machine, and who lacks patchgate may push.
std::string shared_call(const std::vector<std::string>& flags) {
  std::string text = "if command -v patchgate >/dev/null; then patchgate hook pre-push \"$@\"";
  for (const auto& flag : flags) text += " " + in_sh_quotes(flag);
  return text + "; else echo 'patchgate is not installed: this push is not judged' >&2; fi";
}

std::string husky_hook(const std::vector<std::string>& flags) {
  return fmt::format("#!/bin/sh\n{}\n{}\n", kMarker, shared_call(flags));
}

/// What has to be said about a file that names no path.
std::string needs_path(const HookSite& site) {
  return site.on_path ? "" : "; put patchgate on PATH, or pushes are not judged";
}

}  // namespace

std::string in_sh_quotes(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

HookPlan plan_install(const HookSite& site, const std::string& program, const std::vector<std::string>& flags) {
  if (site.husky) {
    if (!site.husky_hook || is_ours(site.husky_hook))
      return {HookStep::write_husky, husky_hook(flags),
              "husky runs .husky/pre-push before each push; commit it for the whole team" + needs_path(site)};
    return {HookStep::by_hand, "",
            ".husky/pre-push is yours: add this line to it, before anything that reads standard input" +
                needs_path(site) + ":\n  " + shared_call(flags)};
  }
  if (site.lefthook) {
    std::string run = "patchgate hook pre-push {1} {2}";
    for (const auto& flag : flags) run += " " + in_sh_quotes(flag);
    return {HookStep::by_hand, "",
            "lefthook writes the hooks here: add this to lefthook.yml, then run `lefthook install`" + needs_path(site) +
                ":\n"
                "  pre-push:\n    jobs:\n      - name: patchgate\n        run: " +
                run + "\n        use_stdin: true"};
  }
  const auto text = chained_hook(program, flags);
  if (!site.hook) return {HookStep::write, text, "git runs it before each push"};
  if (is_ours(site.hook)) return {HookStep::write, text, "written anew"};
  if (site.saved)
    return {
        HookStep::by_hand, "",
        "there is a pre-push hook of another tool, and a pre-push.pre-patchgate from before: take one of them away, or "
        "add this line to the first:\n  " +
            call(program, flags)};
  return {HookStep::save_first, text, "the hook that was there is kept as pre-push.pre-patchgate and runs first"};
}

HookPlan plan_uninstall(const HookSite& site) {
  if (site.husky && is_ours(site.husky_hook)) return {HookStep::remove_husky, "", "taken away: .husky/pre-push"};
  if (is_ours(site.hook)) {
    if (site.saved) return {HookStep::restore, "", "taken away; the hook from before is back"};
    return {HookStep::remove, "", "taken away"};
  }
  const bool mentioned = site.husky_hook && site.husky_hook->find("patchgate") != std::string::npos;
  if (site.lefthook || mentioned)
    return {HookStep::by_hand, "",
            "what calls patchgate was written by hand: take the line out of lefthook.yml or .husky/pre-push"};
  return {HookStep::nothing, "", "there is no hook of patchgate here"};
}

}  // namespace patchgate
