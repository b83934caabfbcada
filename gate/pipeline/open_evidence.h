#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/model/patch.h"
#include "analyzers/model/test_evidence.h"
#include "gate/cli/options.h"

namespace patchgate {

/// What test runs left behind, opened.
struct OpenedTestEvidence {
  TestEvidenceInputs inputs;
  std::vector<std::string> warnings;                         ///< what is wrong with files, PATH:LINE: text
  std::vector<std::pair<std::string, std::string>> digests;  ///< of each file: what it is for and its name, its hash
};

/// Reads the files that --coverage, --junit and --junit-at-base name, and the changed texts that they are held against.
/// A file that cannot be opened is an error (io); one that is damaged or of another commit is unusable, with a warning.
///
/// A file FILE.commit beside it, when there is one, names the commit that the tests ran on, 40 hex digits: head's, for
/// --junit-at-base the merge base's or that of the base's tip.
Result<OpenedTestEvidence> open_test_evidence(const Repository& repository, const Patch& patch, const Snapshot& head,
                                              const CheckOptions& options);

}  // namespace patchgate
