#include <algorithm>
#include <array>

#include "analyzers/git/escape.h"
#include "analyzers/git/repository.h"
#include "analyzers/git/state.h"

namespace patchgate {
namespace {

constexpr std::size_t kMaxNameBytes = 1024;
constexpr std::size_t kMaxRefsCompared = 10'000;
constexpr std::array<std::string_view, 3> kNamespaces = {"refs/heads/", "refs/remotes/", "refs/tags/"};

Result<void> check_revision_name(std::string_view name) {
  constexpr const char* kForms = "give HEAD, a full id, a full ref, or the name of a branch or tag";
  const auto refuse = [&](const std::string& why) { return fail(Error::Kind::usage, why, kForms); };
  if (name.empty()) return refuse("an empty revision");
  if (name.size() > kMaxNameBytes) {
    return refuse("a revision of " + std::to_string(name.size()) + " bytes, limit " + std::to_string(kMaxNameBytes));
  }
  if (name.front() == '-') return refuse("revision " + escaped_in_quotes(name) + " starts with '-'");
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) return refuse("revision " + escaped_in_quotes(name) + " has a control character");
    if (c == '^' || c == '~' || c == ':') {
      return refuse("revision " + escaped_in_quotes(name) + " has '" + std::string(1, c) +
                    "': expressions are not evaluated");
    }
  }
  if (name.find("@{") != std::string_view::npos) {
    return refuse("revision " + escaped_in_quotes(name) + " has '@{': expressions are not evaluated");
  }
  return {};
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

std::string_view short_name(std::string_view ref) {
  for (const std::string_view space : kNamespaces) {
    if (ref.starts_with(space)) return ref.substr(space.size());
  }
  return ref;
}

/// The existing ref that looks most like `name`; empty when none does.
std::string nearest_ref(const std::vector<std::string>& refs, std::string_view name) {
  constexpr std::size_t kLongest = 200;
  const std::size_t allowed = name.size() < 4 ? 1 : std::max<std::size_t>(2, name.size() / 3);
  if (name.size() > kLongest) return {};
  std::string best;
  std::size_t best_distance = allowed + 1;
  for (const std::string& ref : refs) {
    const std::string_view candidate = name.starts_with("refs/") ? std::string_view(ref) : short_name(ref);
    if (candidate.size() > kLongest) continue;
    // "main" stands for "origin/main", the usual slip in a CI clone.
    const bool same_tail = candidate.size() > name.size() + 1 && candidate.ends_with(name) &&
                           candidate[candidate.size() - name.size() - 1] == '/';
    const std::size_t distance = same_tail ? 1 : edit_distance(name, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

/// The commit that a ref leads to, tags peeled; nothing where there is no such ref.
Result<std::optional<Oid>> commit_of_ref(git_repository* repository, const std::string& ref) {
  int valid = 0;
  if (git_reference_name_is_valid(&valid, ref.c_str()) < 0 || valid == 0) return std::optional<Oid>();
  git_reference* raw = nullptr;
  const int rc = git_reference_lookup(&raw, repository, ref.c_str());
  if (rc == GIT_ENOTFOUND) return std::optional<Oid>();
  PATCHGATE_CHECK(check(rc, "read the ref " + escaped_in_quotes(ref)));
  const ReferenceHandle reference(raw);
  git_oid target{};
  if (git_reference_name_to_id(&target, repository, ref.c_str()) == GIT_ENOTFOUND) return std::optional<Oid>();
  git_object* raw_object = nullptr;
  if (git_reference_peel(&raw_object, raw, GIT_OBJECT_COMMIT) < 0) {
    return git_failure("find the commit that " + escaped_in_quotes(ref) + " names");
  }
  const ObjectHandle object(raw_object);
  return std::optional<Oid>(to_oid(*git_object_id(raw_object)));
}

Result<Oid> commit_of_id(const Objects& objects, const Oid& id) {
  PATCHGATE_TRY(const git_oid parsed, from_oid(id));
  if (!objects.has(id)) {
    return fail(Error::Kind::repository, "there is no commit " + id + " in this repository",
                objects.shallow() ? "this clone is shallow: use `fetch-depth: 0` or `git fetch --unshallow`"
                                  : "fetch it first: `git fetch REMOTE " + id + "`");
  }
  git_object* raw = nullptr;
  PATCHGATE_CHECK(check(git_object_lookup(&raw, objects.repository(), &parsed, GIT_OBJECT_ANY), "read object " + id));
  const ObjectHandle object(raw);
  git_object* peeled = nullptr;
  if (git_object_peel(&peeled, raw, GIT_OBJECT_COMMIT) < 0) {
    return fail(Error::Kind::usage, id + " is a " + git_object_type2string(git_object_type(raw)) + ", not a commit");
  }
  const ObjectHandle commit(peeled);
  return to_oid(*git_object_id(peeled));
}

std::string symbolic_target(git_repository* repository, const char* ref) {
  git_reference* raw = nullptr;
  if (git_reference_lookup(&raw, repository, ref) != 0) return {};
  const ReferenceHandle reference(raw);
  const char* target = git_reference_symbolic_target(raw);
  return target == nullptr ? "" : target;
}

bool ref_exists(git_repository* repository, const std::string& ref) {
  git_oid id{};
  return git_reference_name_to_id(&id, repository, ref.c_str()) == 0;
}

}  // namespace

Result<Revision> Repository::resolve(std::string_view name) const {
  PATCHGATE_CHECK(check_revision_name(name));
  git_repository* repository = state_->objects.repository();
  if (name == "HEAD") {
    PATCHGATE_TRY(const std::optional<Oid> found, commit_of_ref(repository, "HEAD"));
    if (!found) return fail(Error::Kind::repository, "HEAD names no commit yet", "commit something first");
    return Revision{*found, head_ref()};
  }
  if (is_full_id(name)) {
    Oid id(name);
    std::transform(id.begin(), id.end(), id.begin(), [](char c) { return c >= 'A' && c <= 'F' ? char(c + 32) : c; });
    PATCHGATE_TRY(Oid commit, commit_of_id(state_->objects, id));
    return Revision{std::move(commit), {}};
  }
  std::vector<std::string> tried;
  if (name.starts_with("refs/")) {
    tried.emplace_back(name);
  } else {
    for (const std::string_view space : kNamespaces) tried.push_back(std::string(space) + std::string(name));
  }
  for (const std::string& ref : tried) {
    PATCHGATE_TRY(std::optional<Oid> found, commit_of_ref(repository, ref));
    if (found) return Revision{std::move(*found), ref};
  }
  const bool hex = name.size() >= 4 && name.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  std::string nearest = nearest_ref(local_refs(), name);
  std::string hint = !nearest.empty() ? "did you mean " + escaped_in_quotes(nearest) + "?"
                     : hex            ? "give a commit's full id, all 40 digits"
                           : "give HEAD, a full id, a full ref, or the name of a branch or tag; a branch of a "
                             "remote must be fetched first";
  return fail(Error::Kind::usage, "unknown revision " + escaped_in_quotes(name), std::move(hint));
}

Result<Oid> Repository::merge_base(const Oid& a, const Oid& b) const {
  PATCHGATE_TRY(const CommitInfo first, commit(a));
  PATCHGATE_TRY(const CommitInfo second, commit(b));
  // Needs no history, so it also holds for a merge commit fetched with depth 2.
  const auto is_parent = [](const CommitInfo& child, const Oid& id) {
    return std::find(child.parents.begin(), child.parents.end(), id) != child.parents.end();
  };
  if (first.id == second.id || is_parent(second, first.id)) return first.id;
  if (is_parent(first, second.id)) return second.id;

  PATCHGATE_TRY(const git_oid one, from_oid(a));
  PATCHGATE_TRY(const git_oid two, from_oid(b));
  git_oid base{};
  const int rc = git_merge_base(&base, state_->objects.repository(), &one, &two);
  if (rc == 0) return to_oid(base);
  const std::string pair = "no merge base of " + a + " and " + b;
  if (shallow()) {
    return fail(
        Error::Kind::repository, pair + ": this clone is shallow",
        "fetch the whole history: `fetch-depth: 0` (GitHub), `GIT_DEPTH: \"0\"` (GitLab), or `git fetch --unshallow`");
  }
  if (rc == GIT_ENOTFOUND && state_->objects.has(a) && state_->objects.has(b)) {
    return fail(Error::Kind::repository, pair + ": their histories have no commit in common",
                "check --base; in CI fetch the whole history: `fetch-depth: 0`");
  }
  return git_failure("find the merge base of " + a + " and " + b, "run `git fsck`");
}

std::string Repository::head_ref() const {
  git_repository* repository = state_->objects.repository();
  const std::string target = symbolic_target(repository, "HEAD");
  return ref_exists(repository, target) ? target : "";
}

std::string Repository::default_base_ref() const {
  git_repository* repository = state_->objects.repository();
  if (const std::string head = head_ref(); !head.empty()) {
    Buffer upstream;
    if (git_branch_upstream_name(&upstream.raw, repository, head.c_str()) == 0) {
      std::string ref(upstream.view());
      if (ref_exists(repository, ref)) return ref;
    }
  }
  if (std::string target = symbolic_target(repository, "refs/remotes/origin/HEAD"); ref_exists(repository, target)) {
    return target;
  }
  for (const char* ref :
       {"refs/heads/main", "refs/heads/master", "refs/remotes/origin/main", "refs/remotes/origin/master"}) {
    if (ref_exists(repository, ref)) return ref;
  }
  return {};
}

std::vector<std::string> Repository::local_refs() const {
  std::vector<std::string> out;
  git_reference_iterator* raw = nullptr;
  if (git_reference_iterator_new(&raw, state_->objects.repository()) != 0) return out;
  const RefIteratorHandle iterator(raw);
  const char* name = nullptr;
  while (out.size() < kMaxRefsCompared && git_reference_next_name(&name, raw) == 0) {
    const std::string_view ref(name);
    const bool shown = std::any_of(kNamespaces.begin(), kNamespaces.end(),
                                   [&](std::string_view space) { return ref.starts_with(space); });
    if (shown) out.emplace_back(ref);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace patchgate
