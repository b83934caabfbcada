#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/scope/scan_file.h"

namespace patchgate {

/// A file of the project, by its place in the list of all.
using ScanIndex = std::uint32_t;

struct ScannedFile {
  std::string path;  ///< relative to the repository; `<…>` for text that no file holds (macros of a command line)
  FileScan scan;
  std::vector<ScanIndex> more_includes;  ///< not written in the text: what the compiler's options put in front of it
};

/// Who includes whom, as the lines say: every file that one may mean counts, whatever the include paths are.
class IncludeMap {
 public:
  explicit IncludeMap(const std::vector<ScannedFile>& files);

  /// All files that include one of `files`, directly or not, and these themselves; sorted.
  std::vector<ScanIndex> readers(const std::vector<ScanIndex>& files) const;
  /// All that `files` include, directly or not, and these themselves; sorted.
  std::vector<ScanIndex> closure(const std::vector<ScanIndex>& files) const;
  /// It, or something that it includes, includes a file that can't be told (its name is made by a macro).
  bool reads_unknown(ScanIndex file) const { return reads_unknown_[file]; }

 private:
  std::vector<ScanIndex> walk(const std::vector<ScanIndex>& from,
                              const std::vector<std::vector<ScanIndex>>& along) const;
  std::vector<std::vector<ScanIndex>> includes_, included_by_;
  std::vector<bool> reads_unknown_;
};

/// The files that `line` in the file `from` may mean: for a quoted one the file beside it, else every path that ends
/// with it. Paths are those of `finder`'s list.
class IncludeFinder {
 public:
  explicit IncludeFinder(const std::vector<std::string>& paths);
  std::vector<std::uint32_t> find(const IncludeLine& line, std::string_view from) const;

 private:
  const std::vector<std::string>& paths_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_name_;  // hash of the last part of the path
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_path_;
};

}  // namespace patchgate
