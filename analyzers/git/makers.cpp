#include <algorithm>
#include <cctype>
#include <set>

#include "analyzers/git/repository.h"
#include "analyzers/git/state.h"

namespace patchgate {
namespace {

constexpr std::string_view kButton = "noreply@github.com";
constexpr std::string_view kCoAuthor = "co-authored-by:";

bool starts_with_co_author(std::string_view line) {
  return line.size() >= kCoAuthor.size() &&
         std::equal(kCoAuthor.begin(), kCoAuthor.end(), line.begin(), [](char wanted, char c) {
           return wanted == static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
         });
}

/// Between the last `<` and the `>` behind it; empty where there are none.
std::string address_in(std::string_view line) {
  const auto begin = line.rfind('<');
  if (begin == std::string_view::npos) return {};
  const auto end = line.find('>', begin);
  return end == std::string_view::npos ? std::string() : std::string(line.substr(begin + 1, end - begin - 1));
}

Result<CommitMakers> makers_of(const Objects& objects, const Oid& id) {
  PATCHGATE_TRY(const CommitHandle commit, objects.commit(id));
  CommitMakers makers{id, {}};
  const git_signature* author = git_commit_author(commit.get());
  makers.emails.emplace_back(author == nullptr || author->email == nullptr ? "" : author->email);
  // Who put it in, unless that was a button of the host.
  const git_signature* committer = git_commit_committer(commit.get());
  const std::string_view put_in = committer == nullptr || committer->email == nullptr ? "" : committer->email;
  if (!put_in.empty() && put_in != makers.emails.front() && put_in != kButton) makers.emails.emplace_back(put_in);
  const char* message = git_commit_message(commit.get());
  std::string_view rest = message == nullptr ? "" : message;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (starts_with_co_author(line)) makers.emails.push_back(address_in(line));
  }
  return makers;
}

tl::unexpected<Error> too_many(std::size_t most) {
  return fail(Error::Kind::limit, "the patch has more than " + std::to_string(most) + " commits");
}

/// Where history ends early nobody can tell what lies behind the base: all that is there counts, back to the base.
Result<std::vector<CommitMakers>> makers_in_shallow_clone(const Objects& objects, const Oid& base, const Oid& head,
                                                          std::size_t most) {
  std::vector<CommitMakers> found;
  std::set<Oid> seen{base};
  std::vector<Oid> open{head};
  while (!open.empty()) {
    const auto id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    if (found.size() == most) return too_many(most);
    if (!objects.has(id)) {
      found.push_back({id, {""}});  // who made it is not known
      continue;
    }
    PATCHGATE_TRY(auto makers, makers_of(objects, id));
    found.push_back(std::move(makers));
    PATCHGATE_TRY(const CommitHandle commit, objects.commit(id));
    for (unsigned i = 0; i < git_commit_parentcount(commit.get()); ++i)
      open.push_back(to_oid(*git_commit_parent_id(commit.get(), i)));
  }
  return found;
}

}  // namespace

Result<std::vector<CommitMakers>> Repository::makers_between(const Oid& base, const Oid& head, std::size_t most) const {
  if (shallow()) return makers_in_shallow_clone(state_->objects, base, head, most);
  git_revwalk* raw = nullptr;
  PATCHGATE_CHECK(check(git_revwalk_new(&raw, state_->objects.repository()), "walk the patch's commits"));
  const WalkHandle walk(raw);
  PATCHGATE_TRY(const git_oid from, from_oid(base));
  PATCHGATE_TRY(const git_oid to, from_oid(head));
  PATCHGATE_CHECK(check(git_revwalk_push(raw, &to), "walk the patch's commits"));
  PATCHGATE_CHECK(check(git_revwalk_hide(raw, &from), "walk the patch's commits"));
  std::vector<CommitMakers> found;
  git_oid id{};
  int rc = 0;
  while ((rc = git_revwalk_next(&id, raw)) == 0) {
    if (found.size() == most) return too_many(most);
    PATCHGATE_TRY(auto makers, makers_of(state_->objects, to_oid(id)));
    found.push_back(std::move(makers));
  }
  if (rc != GIT_ITEROVER) return git_failure("walk the patch's commits");
  return found;
}

}  // namespace patchgate
