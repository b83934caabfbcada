#include "analyzers/git/objects.h"

#include <array>

#include "analyzers/git/escape.h"

namespace patchgate {

std::string last_git_error() {
  const git_error* error = git_error_last();
  return error == nullptr || error->message == nullptr ? "no reason given" : escaped(error->message);
}

Oid to_oid(const git_oid& id) {
  std::array<char, GIT_OID_HEXSZ> text{};
  git_oid_fmt(text.data(), &id);
  return {text.data(), text.size()};
}

bool is_full_id(std::string_view text) {
  return text.size() == GIT_OID_HEXSZ && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

Result<git_oid> from_oid(const Oid& id) {
  git_oid out{};
  if (!is_full_id(id) || git_oid_fromstr(&out, id.c_str()) != 0) {
    return fail(Error::Kind::usage, escaped_in_quotes(id) + " is not a full object id", "give all 40 hex digits");
  }
  return out;
}

Result<Oid> hash_of(std::string_view bytes, git_object_t type) {
  git_oid id{};
  PATCHGATE_CHECK(check(git_odb_hash(&id, bytes.data(), bytes.size(), type), "compute an object id"));
  return to_oid(id);
}

Result<Objects::Header> Objects::header(const git_oid& id) const {
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  const int rc = git_odb_read_header(&size, &type, odb_.get(), &id);
  if (rc == GIT_ENOTFOUND) {
    return fail(Error::Kind::repository, "object " + to_oid(id) + " is missing from the repository",
                shallow_ ? "this clone is shallow: fetch everything with `fetch-depth: 0` or `git fetch --unshallow`"
                         : "fetch it, or clone again without a filter");
  }
  if (rc < 0) return git_failure("read the header of object " + to_oid(id));
  return Header{size, type};
}

Result<void> Objects::expect(const git_oid& id, git_object_t type) const {
  PATCHGATE_TRY(const Header found, header(id));
  if (found.type != type) {
    return fail(Error::Kind::repository, "object " + to_oid(id) + " is a " + git_object_type2string(found.type) +
                                             ", where a " + git_object_type2string(type) + " is needed");
  }
  if (found.size > limits_.max_source_blob) {
    return fail(Error::Kind::limit, std::string(git_object_type2string(type)) + " " + to_oid(id) + " has " +
                                        std::to_string(found.size) + " bytes, limit " +
                                        std::to_string(limits_.max_source_blob));
  }
  return {};
}

bool Objects::has(const Oid& id) const {
  if (memory_.contains(id) || sizes_.contains(id)) return true;
  const auto parsed = from_oid(id);
  return parsed && git_odb_exists(odb_.get(), &*parsed) == 1;
}

Result<std::uint64_t> Objects::blob_size(const Oid& id) const {
  if (const auto found = memory_.find(id); found != memory_.end()) return found->second.size();
  if (const auto found = sizes_.find(id); found != sizes_.end()) return found->second;
  PATCHGATE_TRY(const git_oid parsed, from_oid(id));
  PATCHGATE_TRY(const Header found, header(parsed));
  if (found.type != GIT_OBJECT_BLOB) {
    return fail(Error::Kind::repository,
                "object " + id + " is a " + git_object_type2string(found.type) + ", where a blob is needed");
  }
  return found.size;
}

Result<std::string> Objects::blob(const Oid& id, std::uint64_t most) const {
  PATCHGATE_TRY(const std::uint64_t size, blob_size(id));
  if (size > most) {
    return fail(Error::Kind::limit,
                "blob " + id + " has " + std::to_string(size) + " bytes, limit " + std::to_string(most));
  }
  if (const auto found = memory_.find(id); found != memory_.end()) return found->second;
  PATCHGATE_TRY(const git_oid parsed, from_oid(id));
  git_odb_object* raw = nullptr;
  PATCHGATE_CHECK(check(git_odb_read(&raw, odb_.get(), &parsed), "read blob " + id));
  const OdbObjectHandle object(raw);
  return std::string(static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw));
}

Result<CommitHandle> Objects::commit(const Oid& id) const {
  PATCHGATE_TRY(const git_oid parsed, from_oid(id));
  PATCHGATE_CHECK(expect(parsed, GIT_OBJECT_COMMIT));
  git_commit* raw = nullptr;
  PATCHGATE_CHECK(check(git_commit_lookup(&raw, repository_.get(), &parsed), "read commit " + id));
  return CommitHandle(raw);
}

Result<TreeHandle> Objects::tree(const git_oid& id) const {
  PATCHGATE_CHECK(expect(id, GIT_OBJECT_TREE));
  git_tree* raw = nullptr;
  PATCHGATE_CHECK(check(git_tree_lookup(&raw, repository_.get(), &id), "read tree " + to_oid(id)));
  return TreeHandle(raw);
}

Result<git_oid> Objects::tree_of(const Oid& commit_id) const {
  PATCHGATE_TRY(const CommitHandle found, commit(commit_id));
  return *git_commit_tree_id(found.get());
}

}  // namespace patchgate
