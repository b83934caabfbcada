#include "gate/pipeline/open_overrides.h"

#include <algorithm>
#include <filesystem>

#include "gate/pipeline/files.h"
#include "gate/pipeline/trusted_place.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOverrides = 4096;

/// The author of a patch decides what lies in a checkout of it.
Result<fs::path> outside_of_work_trees(const Repository& repository, const std::string& file) {
  std::error_code error;
  const auto real = fs::canonical(file, error);
  if (error) return fail(Error::Kind::io, "cannot read " + file + ": " + error.message());
  if (!lies_in_a_work_tree(repository, real)) return real;
  return fail(Error::Kind::usage,
              "the override " + file + " lies in a work tree of this repository, where a patch can put it",
              "keep it outside, or below " + std::string(kOverrideRefs) + " of the repository");
}

Result<void> add_file(const Repository& repository, const std::string& file, std::vector<OverrideText>& found) {
  PATCHGATE_TRY(const auto real, outside_of_work_trees(repository, file));
  PATCHGATE_TRY(auto text, read_input_file(real, kOverrideBytes));
  found.push_back({"file:" + fs::path(file).filename().string(), file, std::move(text), false});
  return {};
}

Result<void> add_blob(const Repository& repository, const Oid& blob, std::string source,
                      std::vector<OverrideText>& found) {
  if (found.size() == kMostOverrides)
    return fail(Error::Kind::limit, "more than 4096 overrides below " + std::string(kOverrideRefs),
                "delete those that nobody needs any more");
  // What is too large to be one is read as far as it takes to say so.
  auto text = repository.blob(blob, kOverrideBytes);
  if (!text && text.error().kind != Error::Kind::limit) return tl::unexpected(text.error());
  auto name = source;
  found.push_back(
      {std::move(source), std::move(name), text ? std::move(*text) : std::string(kOverrideBytes + 1, ' '), true});
  return {};
}

}  // namespace

Result<std::vector<OverrideText>> open_overrides(const Repository& repository, const std::vector<std::string>& files) {
  std::vector<OverrideText> found;
  auto sorted = files;
  std::sort(sorted.begin(), sorted.end());
  for (const auto& file : sorted) PATCHGATE_CHECK(add_file(repository, file, found));
  PATCHGATE_TRY(const auto refs, repository.objects_below(kOverrideRefs, kMostOverrides));
  for (const auto& [ref, id, kind] : refs) {
    if (kind == NamedObject::Kind::blob) {
      PATCHGATE_CHECK(add_blob(repository, id, ref, found));
    } else if (kind == NamedObject::Kind::commit) {
      PATCHGATE_TRY(const auto tree, repository.snapshot(id));
      for (const auto& entry : tree.entries())
        if (entry.path.ends_with(".json") && (entry.mode == 0100644 || entry.mode == 0100755))
          PATCHGATE_CHECK(add_blob(repository, entry.blob, ref + ":" + entry.path, found));
    } else {
      // It leads nowhere, or to something that holds no text: refused by name, as a file that is none.
      found.push_back({ref, ref, "", true});
    }
  }
  return found;
}

}  // namespace patchgate
