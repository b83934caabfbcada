#pragma once

#include <string>
#include <vector>

#include "analyzers/git/repository.h"
#include "policies/engine/override.h"

namespace patchgate {

inline constexpr const char* kOverrideRefs = "refs/patchgate/overrides/";

/// The text of an override, and where it was found.
struct OverrideText {
  std::string source;  ///< `file:NAME`; or the ref, with `:PATH` where it names a commit
  std::string name;    ///< the same for messages: a file as the user named it
  std::string text;
  bool kept = false;  ///< in the repository, not named on the command line
};

/// The files, by name, then what is kept below refs/patchgate/overrides/, by ref: a ref to a blob is one override, a
/// ref to a commit holds one in each of its files that end in .json. Errors: a file that cannot be read (io), or that
/// by its real path lies in a work tree of the repository (usage); more than 4096 of them (limit).
Result<std::vector<OverrideText>> open_overrides(const Repository& repository, const std::vector<std::string>& files);

}  // namespace patchgate
