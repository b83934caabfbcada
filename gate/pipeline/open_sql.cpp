#include "gate/pipeline/open_sql.h"

#include <algorithm>

namespace patchgate {
namespace {

constexpr std::uint64_t kLargestSql = 8U << 20U;
constexpr std::uint64_t kAllSql = 64U << 20U;

bool may_hold_sql(const FileChange& change) {
  if (change.file_class == FileClass::test) return false;
  return change.c_family || change.file_class == FileClass::migration || change.path.ends_with(".sql");
}

}  // namespace

Result<SqlInput> open_sql(const Repository& repository, const Patch& patch) {
  SqlInput input;
  std::uint64_t left = kAllSql;
  for (const auto& change : patch.files) {
    if (!may_hold_sql(change) || change.status == FileStatus::submodule) continue;
    if (change.unread) {
      input.unread.emplace_back(change.path, *change.unread);
      continue;
    }
    if (change.hunks.empty()) continue;
    SqlSource source;
    source.change = &change;
    std::string why;
    const auto read = [&](const Oid& id, std::string& text) {
      if (id.empty() || !why.empty()) return;
      auto blob = repository.blob(id, std::max<std::uint64_t>(1, std::min(kLargestSql, left)));
      if (!blob) {
        why = blob.error().kind == Error::Kind::limit ? "too large to be looked at for SQL" : blob.error().message;
        return;
      }
      text = std::move(*blob);
      left -= text.size();
    };
    read(change.base_blob, source.base);
    read(change.head_blob, source.head);
    if (why.empty()) {
      input.sources.push_back(std::move(source));
    } else {
      input.unread.emplace_back(change.path, why);
    }
  }
  return input;
}

}  // namespace patchgate
