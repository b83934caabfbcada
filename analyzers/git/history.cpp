#include <map>
#include <set>

#include "analyzers/git/commit_notes.h"
#include "analyzers/git/content.h"
#include "analyzers/git/hunks.h"
#include "analyzers/git/repository.h"
#include "analyzers/git/state.h"
#include "analyzers/git/tree_delta.h"
#include "analyzers/model/bytes.h"

namespace patchgate {
namespace {

std::string text_of(const char* text) { return text == nullptr ? "" : text; }

std::optional<git_oid> first_parent_tree(const Objects& objects, const CommitInfo& commit, Result<git_oid>& storage) {
  if (commit.parents.empty()) return std::nullopt;
  storage = objects.tree_of(commit.parents.front());
  return storage ? std::optional(*storage) : std::nullopt;
}

/// The old side of a change is the new side of the one before: most blobs are needed twice, and not far apart.
class RecentBlobs {
 public:
  explicit RecentBlobs(const Objects& objects) : objects_(objects) {}

  Result<std::string> take(const Oid& id) {
    if (const auto found = kept_.find(id); found != kept_.end()) {
      std::string content = std::move(found->second);
      bytes_ -= content.size();
      kept_.erase(found);
      return content;
    }
    return objects_.blob(id, objects_.limits().max_patch_blob);
  }

  void keep(const Oid& id, std::string content) {
    if (bytes_ + content.size() > kMostBytes) {
      kept_.clear();
      bytes_ = 0;
    }
    const std::size_t size = content.size();
    if (kept_.emplace(id, std::move(content)).second) bytes_ += size;
  }

 private:
  static constexpr std::size_t kMostBytes = 32U << 20U;
  const Objects& objects_;
  std::map<Oid, std::string> kept_;
  std::size_t bytes_ = 0;
};

/// Lines that one file adds. Files that are too large to compare or not text add none, as in a count by git.
Result<std::uint64_t> lines_added(const Objects& objects, RecentBlobs& blobs, const TreeDelta& delta) {
  const auto is_text_mode = [](std::uint32_t mode) {
    return mode == 0 || mode == kModeFile || mode == kModeExecutable;
  };
  if (delta.new_id.empty() || delta.new_id == delta.old_id) return 0;
  if (!is_text_mode(delta.new_mode) || !is_text_mode(delta.old_mode)) return 0;
  std::string sides[2];
  const Oid* ids[2] = {&delta.old_id, &delta.new_id};
  for (int i = 0; i < 2; ++i) {
    if (ids[i]->empty()) continue;
    PATCHGATE_TRY(const std::uint64_t size, objects.blob_size(*ids[i]));
    if (size > objects.limits().max_patch_blob) return 0;
    PATCHGATE_TRY(sides[i], blobs.take(*ids[i]));
    if (looks_binary(sides[i]) || line_count(sides[i]) > kMaxLines) return 0;
  }
  if (comparison_cost(sides[0], sides[1]) > kMaxComparison / 100) return 0;
  PATCHGATE_TRY(const std::vector<Hunk> hunks, hunks_between(sides[0], sides[1]));
  std::uint64_t sum = 0;
  for (const Hunk& hunk : hunks) sum += hunk.head.count;
  if (!delta.old_id.empty()) blobs.keep(delta.old_id, std::move(sides[0]));
  return sum;
}

Result<std::uint64_t> lines_added(const Objects& objects, RecentBlobs& blobs, const CommitInfo& commit) {
  PATCHGATE_TRY(const git_oid tree, objects.tree_of(commit.id));
  Result<git_oid> parent_tree = git_oid{};
  const std::optional<git_oid> before = first_parent_tree(objects, commit, parent_tree);
  if (!parent_tree) return tl::unexpected(parent_tree.error());
  PATCHGATE_TRY(const auto deltas, tree_delta(objects, before, tree, objects.limits().max_deltas));
  if (!deltas) return fail(Error::Kind::limit, "commit " + commit.id + " changes too many files");
  std::multiset<std::string_view> gone;
  for (const TreeDelta& delta : *deltas) {
    if (delta.new_id.empty()) gone.insert(delta.old_id);
  }
  std::uint64_t sum = 0;
  for (const TreeDelta& delta : *deltas) {
    // A file moved as it is adds nothing.
    if (delta.old_id.empty()) {
      if (const auto moved = gone.find(delta.new_id); moved != gone.end()) {
        gone.erase(moved);
        continue;
      }
    }
    PATCHGATE_TRY(const std::uint64_t lines, lines_added(objects, blobs, delta));
    sum += lines;
  }
  return sum;
}

/// A number, or that it is not known.
std::string note_of(const std::optional<std::uint64_t>& lines) {
  ByteWriter out;
  out.byte(lines ? 1 : 0);
  out.fixed64(lines.value_or(0));
  return out.take();
}

std::optional<std::optional<std::uint64_t>> lines_in(const std::optional<std::string>& note) {
  if (!note) return std::nullopt;
  DecodeBudget budget;
  ByteReader in(*note, budget);
  const auto known = in.byte();
  const auto lines = in.fixed64();
  if (!in.ok() || in.left() != 0 || known > 1) return std::nullopt;
  return known == 1 ? std::optional(lines) : std::optional<std::uint64_t>();
}

/// Nothing where the commit passes a limit.
Result<std::optional<std::uint64_t>> size_of(const Objects& objects, RecentBlobs& blobs, const CommitInfo& commit,
                                             CommitNotes* notes) {
  if (notes != nullptr) {
    if (const auto known = lines_in(notes->find(CommitNotes::About::lines, commit.id))) return *known;
  }
  std::optional<std::uint64_t> lines;
  auto size = lines_added(objects, blobs, commit);
  if (size) {
    lines = *size;
  } else if (size.error().kind != Error::Kind::limit) {
    return tl::unexpected(size.error());
  }
  if (notes != nullptr) notes->keep(CommitNotes::About::lines, commit.id, note_of(lines));
  return lines;
}

}  // namespace

Result<CommitInfo> Repository::commit(const Oid& id) const {
  PATCHGATE_TRY(const CommitHandle found, state_->objects.commit(id));
  CommitInfo out;
  out.id = to_oid(*git_commit_id(found.get()));
  for (unsigned i = 0; i < git_commit_parentcount(found.get()); ++i) {
    out.parents.push_back(to_oid(*git_commit_parent_id(found.get(), i)));
  }
  out.summary = text_of(git_commit_summary(found.get()));
  out.time = git_commit_time(found.get());
  const git_signature* author = git_commit_author(found.get());
  out.author = author == nullptr ? "" : text_of(author->name);
  return out;
}

Result<std::vector<CommitInfo>> Repository::history(const Oid& tip, std::size_t most) const {
  std::vector<CommitInfo> out;
  for (Oid next = tip; out.size() < most;) {
    // A shallow clone ends where its parents are not there.
    if (!out.empty() && shallow() && !state_->objects.has(next)) break;
    PATCHGATE_TRY(CommitInfo info, commit(next));
    next = info.parents.empty() ? Oid() : info.parents.front();
    out.push_back(std::move(info));
    if (next.empty()) break;
  }
  return out;
}

Result<std::vector<std::uint64_t>> Repository::recent_sizes(const Oid& tip, std::size_t most,
                                                            CommitNotes* notes) const {
  std::vector<std::uint64_t> out;
  RecentBlobs blobs(state_->objects);
  for (Oid next = tip; out.size() < most && !next.empty();) {
    if (shallow() && !state_->objects.has(next)) break;
    PATCHGATE_TRY(const CommitInfo info, commit(next));
    next = info.parents.empty() ? Oid() : info.parents.front();
    // The first commit adds everything, and so would the oldest one of a shallow clone.
    if (next.empty() || (shallow() && !state_->objects.has(next))) break;
    if (info.parents.size() > 1) continue;
    PATCHGATE_TRY(const auto size, size_of(state_->objects, blobs, info, notes));
    if (size) out.push_back(*size);
  }
  return out;
}

}  // namespace patchgate
