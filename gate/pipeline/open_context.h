#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/git/repository.h"
#include "policies/engine/review_context.h"

namespace patchgate {

/// The file of --context, opened.
struct OpenedContext {
  std::optional<ReviewContext> context;
  std::string name;  ///< how a report calls it; empty = none was given
  std::string text;
};

/// Reads it; all that is wrong with its content goes into `errors`.
Result<OpenedContext> open_context(const Repository& repository, const std::optional<std::string>& file,
                                   std::vector<Error>& errors);

/// Error (usage) where the file is one that the patch brings along: then its author wrote it.
Result<void> check_context_place(const Repository& repository, const std::optional<std::string>& file,
                                 const Snapshot& head);

/// The path of a file within the work tree of the repository, links followed; empty where it lies outside.
std::string path_in_work_tree(const Repository& repository, const std::string& file);

}  // namespace patchgate
