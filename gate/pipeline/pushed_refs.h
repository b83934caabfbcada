#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// One line that git gives to a pre-push hook (githooks(5)): what of ours goes where.
struct PushedRef {
  std::string local_ref;   ///< a ref, HEAD, an id, or "(delete)"
  Oid local;               ///< of a tag: the tag object; empty = the remote ref is deleted
  std::string remote_ref;  ///< full name
  Oid remote;              ///< what is there now, as the remote says; empty = it is new

  friend bool operator==(const PushedRef&, const PushedRef&) = default;
};

/// The lines of standard input, in their order: at most 1 MiB and 1000 refs. Errors (usage) name the line; (repository)
/// for the ids of a SHA-256 repository.
Result<std::vector<PushedRef>> read_pushed_refs(std::string_view lines);

}  // namespace patchgate
