#include <algorithm>
#include <map>

#include "analyzers/git/commit_files.h"
#include "analyzers/git/state.h"

namespace patchgate {
namespace {

constexpr std::uint64_t kLargestMailmap = 4U << 20U;

using MailmapHandle = std::unique_ptr<git_mailmap, FreedBy<git_mailmap_free>>;

/// The .mailmap of that commit; null where it has none that can be read.
MailmapHandle mailmap_of(const Objects& objects, const Oid& commit) {
  const auto tree_id = objects.tree_of(commit);
  if (!tree_id) return nullptr;
  const auto tree = objects.tree(*tree_id);
  if (!tree) return nullptr;
  const git_tree_entry* entry = git_tree_entry_byname(tree->get(), ".mailmap");
  if (entry == nullptr || git_tree_entry_type(entry) != GIT_OBJECT_BLOB) return nullptr;
  const auto text = objects.blob(to_oid(*git_tree_entry_id(entry)), kLargestMailmap);
  git_mailmap* raw = nullptr;
  if (!text || git_mailmap_from_buffer(&raw, text->data(), text->size()) != 0) return nullptr;
  return MailmapHandle(raw);
}

Result<std::string> author_of(const Objects& objects, const git_mailmap* mailmap, const Oid& id) {
  PATCHGATE_TRY(const CommitHandle commit, objects.commit(id));
  const git_signature* author = git_commit_author(commit.get());
  if (author == nullptr || author->name == nullptr) return std::string();
  const char* name = author->name;
  const char* address = nullptr;
  if (mailmap != nullptr && author->email != nullptr)
    static_cast<void>(git_mailmap_resolve(&name, &address, mailmap, author->name, author->email));
  return std::string(name);
}

/// Whether the commit changes one of `wanted` (sorted).
Result<bool> changes_any(const Objects& objects, const CommitInfo& commit, const PathHashes& wanted,
                         CommitNotes* notes) {
  std::optional<std::string> note;
  if (notes != nullptr) note = notes->find(CommitNotes::About::files, commit.id);
  if (!note) {
    PATCHGATE_TRY(const auto deltas, deltas_of(objects, commit, kMostFilesNoted));
    note = note_of(deltas);
    if (notes != nullptr) notes->keep(CommitNotes::About::files, commit.id, *note);
  }
  const auto hashes = hashes_in(*note);
  // Who changes everything knows nothing about one file.
  if (!hashes) return false;
  return std::any_of(hashes->begin(), hashes->end(),
                     [&](std::uint64_t hash) { return std::binary_search(wanted.begin(), wanted.end(), hash); });
}

}  // namespace

Result<std::vector<CodeAuthor>> Repository::recent_authors(const Oid& tip, const std::vector<std::string>& paths,
                                                           std::size_t most, CommitNotes* notes) const {
  const Objects& objects = state_->objects;
  PathHashes wanted;
  for (const std::string& path : paths) wanted.push_back(path_hash(path));
  std::sort(wanted.begin(), wanted.end());
  PATCHGATE_TRY(const git_oid start, from_oid(tip));
  git_revwalk* raw = nullptr;
  PATCHGATE_CHECK(check(git_revwalk_new(&raw, objects.repository()), "walk the history"));
  const WalkHandle walk(raw);
  PATCHGATE_CHECK(check(git_revwalk_push(raw, &start), "walk the history of " + tip));
  const MailmapHandle mailmap = mailmap_of(objects, tip);
  std::map<std::string, std::uint32_t> commits;
  git_oid next{};
  for (std::size_t seen = 0; seen < most; ++seen) {
    const int rc = git_revwalk_next(&next, raw);
    if (rc == GIT_ITEROVER || (rc < 0 && shallow())) break;
    PATCHGATE_CHECK(check(rc, "walk the history of " + tip));
    PATCHGATE_TRY(const CommitInfo info, commit(to_oid(next)));
    if (info.parents.size() > 1) continue;
    // The oldest commit of a shallow clone would look as if it made everything.
    if (shallow() && !info.parents.empty() && !objects.has(info.parents.front())) break;
    const auto concerned = changes_any(objects, info, wanted, notes);
    if (!concerned && concerned.error().kind == Error::Kind::limit) continue;
    if (!concerned) return tl::unexpected(concerned.error());
    if (!*concerned) continue;
    PATCHGATE_TRY(std::string name, author_of(objects, mailmap.get(), info.id));
    if (!name.empty()) ++commits[std::move(name)];
  }
  std::vector<CodeAuthor> authors;
  for (const auto& [name, count] : commits) authors.push_back({name, count});
  std::stable_sort(authors.begin(), authors.end(),
                   [](const CodeAuthor& a, const CodeAuthor& b) { return a.commits > b.commits; });
  return authors;
}

}  // namespace patchgate
