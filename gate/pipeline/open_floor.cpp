#include "gate/pipeline/open_floor.h"

#include "gate/pipeline/trusted_place.h"
#include "policies/engine/floor.h"

namespace patchgate {
namespace {

void observe_all(Policy& policy) {
  for (auto& rule : policy.rules) {
    rule.level = RuleLevel::observe;
    rule.unknown.reset();
  }
  policy.notes.emplace_back("there is no policy on the base yet: the rules of a built-in one are only observed");
}

}  // namespace

void add_floor(const std::string& file, const Repository* repository, OpenedPolicy& opened) {
  if (!file.starts_with("builtin:") && repository != nullptr && lies_in_a_work_tree(*repository, file)) {
    opened.loaded.policy.reset();
    opened.loaded.errors.push_back(Error{Error::Kind::config,
                                         "the floor lies in the work tree, where a patch can change it",
                                         Place{std::filesystem::path(file).filename().string(), 0, 0},
                                         "keep it where the runner of the job puts it, outside of the repository",
                                         {}});
    return;
  }
  auto floor = open_trusted_policy(file);
  opened.digest_text += "floor\n" + floor.digest_text;
  for (auto& warning : floor.loaded.warnings) opened.loaded.warnings.push_back(std::move(warning));
  for (auto& error : floor.loaded.errors) opened.loaded.errors.push_back(std::move(error));
  if (!floor.loaded.policy) opened.loaded.policy.reset();
  if (!opened.loaded.policy) return;
  auto& policy = *opened.loaded.policy;
  if (opened.observe_only) observe_all(policy);
  opened.observe_only = false;
  policy = with_floor(std::move(policy), std::move(*floor.loaded.policy));
}

}  // namespace patchgate
