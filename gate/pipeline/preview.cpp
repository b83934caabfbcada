#include "gate/pipeline/preview.h"

#include <algorithm>

#include "gate/pipeline/open_leave.h"
#include "gate/pipeline/open_policy.h"
#include "gate/pipeline/sources.h"
#include "policies/engine/evaluate.h"
#include "policies/engine/policy_tests.h"

namespace patchgate {
namespace {

constexpr std::string_view kFolder = ".patchgate/";
constexpr std::string_view kTests = ".patchgate/tests/";

std::string on_head(const Error& error) { return "head:" + to_string(error); }

Result<void> run_tests(const Repository& repository, const Snapshot& head, const Policy& policy,
                       PolicyPreview& preview) {
  std::vector<PolicyTestFile> files;
  for (const auto& entry : head.entries()) {
    const bool direct = entry.path.starts_with(kTests) && entry.path.find('/', kTests.size()) == std::string::npos;
    if (!direct || !entry.path.ends_with(".json")) continue;
    PATCHGATE_TRY(auto text, read_file(repository, head, entry.path));
    if (text) files.push_back({entry.path, std::move(*text)});
  }
  if (files.empty()) return {};
  const auto report = run_policy_tests(policy, files, [&](const std::string& path) -> Result<std::string> {
    PATCHGATE_TRY(auto text, read_file(repository, head, path));
    if (!text) return fail(Error::Kind::config, "there is no file '" + path + "' on head");
    return std::move(*text);
  });
  for (const auto& error : report.errors) preview.errors.push_back(on_head(error));
  for (const auto& one : report.cases) {
    if (one.state == PolicyTestCase::State::pass) {
      ++preview.tests_passed;
    } else {
      preview.tests_failed.push_back(one.file + ": " + one.name +
                                     (one.differences.empty() ? "" : ": " + one.differences.front()));
    }
  }
  return {};
}

std::string told(const RuleOutcome& rule) {
  return std::string(rule.result == RuleResult::not_applicable ? "not applicable" : name_of(rule.result)) +
         (rule.effect == Effect::none ? "" : std::string(" (") + name_of(rule.effect) + ")");
}

std::vector<std::string> differences(const Verdict& before, const Verdict& after) {
  const auto find = [](const Verdict& verdict, const std::string& id) -> const RuleOutcome* {
    const auto found = std::find_if(verdict.rules.begin(), verdict.rules.end(),
                                    [&](const RuleOutcome& rule) { return rule.id == id; });
    return found == verdict.rules.end() ? nullptr : &*found;
  };
  std::vector<std::string> lines;
  for (const auto& rule : before.rules) {
    const auto* now = find(after, rule.id);
    if (now == nullptr) {
      lines.push_back(rule.id + ": " + told(rule) + " now, gone then");
    } else if (told(*now) != told(rule)) {
      lines.push_back(rule.id + ": " + told(rule) + " now, " + told(*now) + " then");
    } else if (now->level != rule.level) {
      lines.push_back(rule.id + ": level " + name_of(rule.level) + " now, " + name_of(now->level) + " then");
    }
  }
  for (const auto& rule : after.rules)
    if (find(before, rule.id) == nullptr) lines.push_back(rule.id + ": new, " + told(rule));
  return lines;
}

}  // namespace

bool changes_the_policy(const Patch& patch) {
  return std::any_of(patch.files.begin(), patch.files.end(), [](const FileChange& change) {
    return change.path.starts_with(kFolder) || change.base_path().starts_with(kFolder);
  });
}

Result<std::optional<PolicyPreview>> preview_policy(const Repository& repository, const OpenedPatch& opened,
                                                    const std::string& floor, const Verdict& verdict,
                                                    const std::vector<std::string>& paths, Leave leave,
                                                    const FactsUnder& facts_under) {
  if (!changes_the_policy(opened.patch)) return std::optional<PolicyPreview>();
  PolicyPreview preview;
  const auto& head = opened.sides.head;
  PATCHGATE_TRY(const auto policy, open_policy(repository, head, "", floor));
  preview.taken_away = policy.observe_only && opened.base_tip.find(kPolicyPath) != nullptr;
  for (const auto& warning : policy.loaded.warnings) preview.warnings.push_back(on_head(warning));
  for (const auto& error : policy.loaded.errors) preview.errors.push_back(on_head(error));
  if (!policy.loaded.policy) return std::optional(std::move(preview));
  PATCHGATE_CHECK(run_tests(repository, head, *policy.loaded.policy, preview));
  PATCHGATE_TRY(const auto exceptions, read_file(repository, head, kExceptionsPath));
  if (exceptions) {
    auto loaded = load_exceptions(kExceptionsPath, *exceptions, policy.loaded.policy->rules, leave.now);
    for (const auto& error : loaded.errors) preview.errors.push_back(on_head(error));
    leave.exceptions = std::move(loaded.list);
  }
  if (!preview.errors.empty()) return std::optional(std::move(preview));
  auto then = evaluate(*policy.loaded.policy, facts_under(*policy.loaded.policy), paths, leave).verdict;
  if (policy.observe_only) then = as_advice(std::move(then), "no policy");
  preview.headline = then.headline;
  preview.changes = differences(verdict, then);
  return std::optional(std::move(preview));
}

}  // namespace patchgate
