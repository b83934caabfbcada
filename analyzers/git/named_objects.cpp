#include <algorithm>
#include <fstream>
#include <system_error>

#include "analyzers/git/escape.h"
#include "analyzers/git/repository.h"
#include "analyzers/git/state.h"

namespace patchgate {
namespace {

NamedObject::Kind kind_of(const git_object* object) {
  switch (git_object_type(object)) {
    case GIT_OBJECT_BLOB:
      return NamedObject::Kind::blob;
    case GIT_OBJECT_COMMIT:
      return NamedObject::Kind::commit;
    default:
      return NamedObject::Kind::other;
  }
}

Result<NamedObject> object_of_ref(git_repository* repository, const std::string& ref) {
  git_oid id{};
  PATCHGATE_CHECK(
      check(git_reference_name_to_id(&id, repository, ref.c_str()), "read the ref " + escaped_in_quotes(ref)));
  git_object* raw = nullptr;
  PATCHGATE_CHECK(check(git_object_lookup(&raw, repository, &id, GIT_OBJECT_ANY),
                        "read the object that " + escaped_in_quotes(ref) + " names"));
  const ObjectHandle object(raw);
  if (git_object_type(raw) != GIT_OBJECT_TAG) return NamedObject{ref, to_oid(id), kind_of(raw)};
  git_object* raw_end = nullptr;
  PATCHGATE_CHECK(
      check(git_object_peel(&raw_end, raw, GIT_OBJECT_ANY), "read what the tag " + escaped_in_quotes(ref) + " names"));
  const ObjectHandle end(raw_end);
  return NamedObject{ref, to_oid(*git_object_id(raw_end)), kind_of(raw_end)};
}

}  // namespace

Result<std::vector<NamedObject>> Repository::objects_below(std::string_view prefix, std::size_t most) const {
  git_reference_iterator* raw = nullptr;
  const std::string pattern = std::string(prefix) + "*";
  PATCHGATE_CHECK(
      check(git_reference_iterator_glob_new(&raw, state_->objects.repository(), pattern.c_str()), "list the refs"));
  const RefIteratorHandle iterator(raw);
  std::vector<std::string> refs;
  const char* name = nullptr;
  while (git_reference_next_name(&name, raw) == 0) {
    if (!std::string_view(name).starts_with(prefix)) continue;
    if (refs.size() == most) {
      return fail(Error::Kind::limit, "more than " + std::to_string(most) + " refs below " + std::string(prefix),
                  "delete those that nobody needs any more");
    }
    refs.emplace_back(name);
  }
  std::sort(refs.begin(), refs.end());
  std::vector<NamedObject> found;
  for (const auto& ref : refs) {
    auto object = object_of_ref(state_->objects.repository(), ref);
    found.push_back(object ? std::move(*object) : NamedObject{ref, {}, NamedObject::Kind::other});
  }
  return found;
}

std::vector<std::filesystem::path> Repository::work_trees() const {
  std::vector<std::filesystem::path> folders;
  if (!work_folder().empty()) folders.push_back(work_folder());
  // The main one, where this is a linked one (gitrepository-layout(5)).
  if (git_folder().filename() == ".git") folders.push_back(git_folder().parent_path());
  std::error_code error;
  for (std::filesystem::directory_iterator it(git_folder() / "worktrees", error), end; !error && it != end;
       it.increment(error)) {
    std::ifstream file(it->path() / "gitdir");
    std::string line;
    if (std::getline(file, line) && !line.empty()) folders.push_back(std::filesystem::path(line).parent_path());
  }
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  return folders;
}

}  // namespace patchgate
