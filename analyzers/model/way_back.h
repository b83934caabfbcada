#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// A place that a person has to resolve when the patch is merged onto the tip of the base and then taken back.
struct RevertConflict {
  std::string path;
  LineRange patch;   ///< of the patch, on head; {0, 0}: the file as a whole
  LineRange target;  ///< what stands against it, on the tip of the base (once merged, where merging went well)
  std::string why;   ///< "changed on both sides", …
};

/// A commit on the target that the patch takes back exactly.
struct RevertedCommit {
  Oid id;
  std::string author;
};

/// Who changed the touched files lately.
struct CodeAuthor {
  std::string name;
  std::uint32_t commits = 0;
};

/// The text of a function that the patch touches, of one that calls or is called by one directly, or that is called by
/// such a caller (`beside`).
struct BodyText {
  enum class Relation : std::uint8_t { touched, callee, caller, beside };
  std::string name;
  Place at;
  Relation relation = Relation::touched;
  std::string text;
};

/// A file that declares a format, with its text on both sides; empty = it is not there.
struct FormatText {
  std::string path;
  std::string base, head;
};

/// What the pipeline opened for the way back.
struct WayBack {
  bool committed = true;                    ///< false: the work tree or what is staged
  bool one_commit = false;                  ///< head is the only commit since the merge base
  std::optional<bool> clean;                ///< merged onto the base tip and taken back; none = not tried
  std::vector<RevertConflict> conflicts;    ///< sorted by path, then lines
  std::vector<RevertedCommit> reverted;     ///< newest first
  std::vector<CodeAuthor> authors;          ///< most commits first, then by name
  std::vector<BodyText> bodies;             ///< on head; sorted by relation, then name, then place
  bool bodies_cut = false;                  ///< there were more of them than are read
  std::vector<FormatText> formats;          ///< sorted by path
  std::vector<std::string> formats_unread;  ///< paths
};

}  // namespace patchgate
