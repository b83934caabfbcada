#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/scope/include_map.h"

namespace patchgate {

/// Whose users are looked for.
struct ScopeQuery {
  std::string name;       ///< as code spells it: the last part of the qualified name, "operator==" for an operator
  std::string type_name;  ///< of the class that it is a member of; may be empty
  std::string file;       ///< where it is defined
  bool unspelt = false;   ///< it can be used without its name: constructors, operators, what a range-for calls
  bool internal = false;  ///< only units that read `file` can name it
  bool in_declarations = false;      ///< a declaration can be a use too: types, constants, macros
  std::vector<std::string> parts{};  ///< of a type its fields: who names one of them depends on where it lies
};

/// Which files of a project have to be read so that every use is seen. Both sorted.
struct ScopeAnswer {
  std::vector<ScanIndex> units;  ///< main files: each of their units
  std::vector<ScanIndex> once;   ///< headers: one unit that includes them, whichever
  /// Of `once`: whether they use the symbol depends on what a unit says before it includes them, so that only all units
  /// that do show it all.
  std::vector<ScanIndex> varying;
};

/// All files of a project by the names in them: who may use a symbol, told without compiling anything.
///
/// A use can hide behind a name of its own: in a macro's replacement (also one that pastes the name together), in the
/// body of a template, in another name for a type. Such names are followed, to the end. A header that uses the symbol
/// itself has to be seen in one unit; in all that include it where it means something else each time (no include
/// guard). A unit that sees no declaration of the symbol cannot use it.
class ProjectScan {
 public:
  /// `mains`: the files that units are compiled from; sorted, indices into `files`.
  ProjectScan(std::vector<ScannedFile> files, std::vector<ScanIndex> mains);

  ScopeAnswer users_of(const ScopeQuery& query) const;

  const std::vector<ScannedFile>& files() const { return files_; }
  const IncludeMap& includes() const { return includes_; }
  /// Main files that include `file` or are it; those that read the fewest files first.
  std::vector<ScanIndex> units_reading(ScanIndex file) const;
  /// The file of that path; files().size() where there is none.
  ScanIndex find(std::string_view path) const;

 private:
  friend class UserSearch;
  struct Row {
    std::uint64_t word = 0;
    std::uint32_t at = 0;
    friend auto operator<=>(const Row&, const Row&) = default;
  };
  using Rows = std::vector<Row>;
  static std::vector<std::uint32_t> rows_of(const Rows& rows, std::uint64_t word);
  bool is_main(ScanIndex file) const;

  std::vector<ScannedFile> files_;
  std::vector<ScanIndex> mains_;
  IncludeMap includes_;
  std::vector<std::pair<ScanIndex, const Carrier*>> carriers_;
  std::vector<std::uint32_t> pasting_;      // into carriers_
  Rows used_, declared_, types_, carried_;  // the last: into carriers_
  std::vector<std::pair<std::string, ScanIndex>> by_path_;
  std::vector<std::size_t> closure_size_;  // of main files
};

}  // namespace patchgate
