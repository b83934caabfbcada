#include "gate/pipeline/open_policy.h"

#include <filesystem>

#include "gate/pipeline/digest.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/open_floor.h"
#include "gate/pipeline/report_paths.h"
#include "gate/pipeline/sources.h"
#include "policies/engine/idle_globs.h"
#include "policies/packs/packs.h"

namespace patchgate {
namespace {

constexpr std::size_t kPolicyBytes = 1U << 20U;
constexpr std::size_t kManifestBytes = 4U << 20U;
constexpr const char* kRolloutPath = ".patchgate/rollout.json";

Result<std::string> builtin(const std::string& name) {
  if (const auto text = find_pack(name)) return std::string(*text);
  std::string known;
  for (const auto& pack : pack_names()) known += (known.empty() ? "" : ", ") + pack;
  return fail(Error::Kind::config, "there is no built-in policy '" + name + "'", "there are: " + known);
}

/// Loads `path` with all that it extends; every text that was read goes into `opened.digest_text`.
void load(const std::string& path, const PolicySource& read, OpenedPolicy& opened) {
  const PolicySource keep = [&](const std::string& name) {
    auto text = name.starts_with("builtin:") ? builtin(name) : read(name);
    if (text) opened.digest_text += name + ' ' + std::to_string(text->size()) + '\n' + *text;
    return text;
  };
  auto root = keep(path);
  if (!root) {
    auto error = root.error();
    error.kind = Error::Kind::config;  // nothing was judged
    opened.loaded.errors.push_back(std::move(error));
    return;
  }
  opened.loaded = load_policy({path, std::move(*root)}, keep);
}

}  // namespace

std::string OpenedPolicy::digest() const {
  Digest digest;
  digest.add("policy", digest_text);
  return digest.finish();
}

OpenedPolicy open_builtin_policy(const std::string& name) {
  OpenedPolicy opened;
  opened.source = name;
  load(name, {}, opened);
  return opened;
}

OpenedPolicy open_trusted_policy(const std::string& file) {
  if (file.starts_with("builtin:")) return open_builtin_policy(file);
  OpenedPolicy opened;
  // Named without its folder, so that a report is the same wherever the policy lies; what it extends lies beside it.
  const std::filesystem::path path(file);
  const auto name = path.filename().string();
  opened.source = "file:" + name;
  const auto read = [&](const std::string& beside) {
    return read_input_file(path.parent_path() / beside, kPolicyBytes);
  };
  load(name, read, opened);
  return opened;
}

namespace {

Result<OpenedPolicy> open_without_floor(const Repository& repository, const Snapshot& base_tip,
                                        const std::string& file) {
  if (!file.empty()) return open_trusted_policy(file);
  OpenedPolicy opened;
  const auto* entry = base_tip.find(kPolicyPath);
  if (entry == nullptr) {
    opened = open_builtin_policy("builtin:hotfix@1");
    opened.observe_only = true;
    return opened;
  }
  opened.oid = entry->blob;
  opened.source = std::string("base:") + kPolicyPath;
  const auto read = [&](const std::string& name) -> Result<std::string> {
    PATCHGATE_TRY(auto text, read_file(repository, base_tip, name));
    if (!text) return fail(Error::Kind::config, "there is no file '" + name + "' on the base");
    return std::move(*text);
  };
  load(kPolicyPath, read, opened);
  return opened;
}

}  // namespace

Result<OpenedPolicy> open_policy(const Repository& repository, const Snapshot& base_tip, const std::string& file,
                                 const std::string& floor) {
  PATCHGATE_TRY(auto opened, open_without_floor(repository, base_tip, file));
  if (!floor.empty()) add_floor(floor, &repository, opened);
  if (!opened.loaded.policy || opened.observe_only) return opened;
  std::vector<std::string> paths;
  paths.reserve(base_tip.entries().size());
  for (const auto& entry : base_tip.entries()) paths.push_back(entry.path);
  find_idle_globs(*opened.loaded.policy, paths, opened.loaded.warnings);
  return opened;
}

Result<std::vector<EvidenceFile>> open_rollouts(const Repository& repository, const Snapshot& base_tip,
                                                const Snapshot& head, const std::vector<std::string>& named,
                                                const Policy& policy) {
  std::vector<EvidenceFile> files;
  // What is too large is no reason not to judge: it is evidence that nobody could look at.
  const auto too_large = [&](const Error& error, const std::string& path, const char* source) {
    if (error.kind != Error::Kind::limit) return false;
    files.push_back({path, "", source, "too large to be read: more than 4 MiB"});
    return true;
  };
  if (!named.empty()) {
    for (const auto& name : named) {
      const auto shown = name_in_report(name, repository.work_folder());
      auto text = read_input_file(name, kManifestBytes);
      if (!text && too_large(text.error(), shown, "file")) continue;
      if (!text) return tl::unexpected(text.error());
      files.push_back({shown, std::move(*text), "file", ""});
    }
    return files;
  }
  const auto add = [&](const Snapshot& side, const std::string& path, const char* source) -> Result<bool> {
    auto text = read_file(repository, side, path);
    if (!text && too_large(text.error(), path, source)) return true;
    if (!text) return tl::unexpected(text.error());
    if (!*text) return false;
    files.push_back({path, std::move(**text), source, ""});
    return true;
  };
  for (const auto& path : policy.rollouts) {
    PATCHGATE_TRY([[maybe_unused]] const bool found, add(head, path, "head"));
  }
  if (policy.rollouts.empty()) {
    PATCHGATE_TRY(const bool on_base, add(base_tip, kRolloutPath, "base"));
    if (!on_base) {
      PATCHGATE_TRY([[maybe_unused]] const bool on_head, add(head, kRolloutPath, "head"));
    }
  }
  return files;
}

}  // namespace patchgate
