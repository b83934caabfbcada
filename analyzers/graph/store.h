#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzers/graph/chunk_place.h"
#include "analyzers/graph/graph.h"
#include "analyzers/model/hash.h"
#include "analyzers/model/result.h"
#include "analyzers/model/unit.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {

/// What a unit is compiled from: its file and the strong hash of its flags (and of the tool that looks).
struct UnitKey {
  std::string main_file;  ///< relative to the repository
  Hash128 flags;
  friend bool operator==(const UnitKey&, const UnitKey&) = default;
};

/// A unit of the index whose recorded inputs are all still the same.
struct StoredUnit {
  std::int64_t id = 0;  ///< in this store as long as it is open
  Hash128 content;      ///< strong; names its key and all that is stored about it, in every store
  UnitFacts unit;       ///< with `files` empty
};

/// The index: one SQLite file (WAL), content-addressed by strong hashes (the author of a patch writes what is hashed);
/// its checksums are XXH3, against damage alone (who can write the file needs no collision). A cache: lost, stale,
/// foreign or damaged it is rebuilt, and no verdict depends on it. Shared by concurrent runs. Every unit is one
/// transaction, so that a kill at any moment loses at most one. What is stored is compressed (chunk_table.h), and
/// pack_index.h gives the file its canonical form. Not for use by several threads at a time.
class Store {
 public:
  /// Opens or makes it. A file of another schema version, or one that fails its check, is moved aside (`FILE.damaged`)
  /// and made anew; `note` then says so. Fails (io) when the folder cannot be written. An empty path = in memory.
  static Result<Store> open(const std::filesystem::path& file, std::string* note);
  /// An index that somebody else made: only read, never moved, and nothing that lies beside it is looked at. Error
  /// (io) where it is none, or of another version.
  static Result<Store> open_part(const std::filesystem::path& file);
  /// Empty = in memory.
  const std::filesystem::path& file() const;
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// While it lives, all that is read is of one moment, and thousands of reads take the file's lock once. What this
  /// store itself writes meanwhile it sees; a write fails when somebody else wrote in between.
  std::shared_ptr<void> read_for_a_while();

  /// The stored unit of that key for which `still_valid` holds (its dependencies have the hashes recorded, what was
  /// missing still is). Several may be stored (of several revisions); the newest first.
  std::optional<StoredUnit> find(const UnitKey& key, const std::function<bool(const UnitFacts&)>& still_valid);

  /// All units by their content: the id, and whether it is the newest of its key.
  struct Known {
    std::int64_t id = 0;
    bool newest = false;
  };
  std::unordered_map<Hash128, Known> known_units();
  /// As find() does for one that is not the newest: it stays.
  void mark_used(std::int64_t unit);

  /// Adds a unit and its facts, in one transaction. A failed unit is stored too, with its reason. Writes nothing where
  /// exactly that is stored.
  Result<StoredUnit> add(const UnitKey& key, const EncodedUnit& unit);

  /// Whether a unit of a store that nobody trusts is whole: everything decodes, and every hash that names its contents
  /// is what its bytes give.
  bool is_whole(std::int64_t unit);

  /// Adds a unit of another store, which is looked at like that again. Error (io) where it is not whole.
  Result<StoredUnit> adopt(Store& other, std::int64_t unit);

  /// The encoded FileFacts of a unit: (path, strong hash of the encoding, facts). A row that does not decode or whose
  /// checksum does not fit is dropped and all units that name it are forgotten, asked for or not: the caller sees an
  /// error and parses them again.
  struct Chunk {
    std::string path;
    Hash128 hash;
    std::shared_ptr<const FileFacts> facts;
  };
  Result<std::vector<Chunk>> chunks(std::int64_t unit);
  /// The same for many units, each distinct chunk once; sorted by (path, hash).
  Result<std::vector<Chunk>> chunks(const std::vector<std::int64_t>& units);

  std::size_t unit_count();

  /// Whether SQLite found the file itself to be damaged while it was in use. It is moved aside (`FILE.damaged`) when
  /// the store ends, so that opening it again makes a new one.
  bool is_damaged() const;

  /// Whether chunks() failed since this was asked last: units were forgotten then, and once they are parsed again it
  /// will not fail for them.
  bool has_lost_units();

  /// The same piece by piece, for who need not have all chunks at a time: where the chunks of a unit lie, none where
  /// that is damaged; and one of them, null where it is. What to do then is what chunks() does. Cheapest is to ask for
  /// those of one base after each other.
  std::optional<std::vector<ChunkPlace>> places(std::int64_t unit);
  std::shared_ptr<const FileFacts> chunk(const ChunkPlace& place);

  void forget(std::int64_t unit);
  /// Nothing is left.
  Result<void> clear();
  /// Drops units that no run has used for the last `keep` additions of their key.
  void trim(std::uint32_t keep);

  /// Something that was computed from stored units, under a key that names all it was computed from (derived.h: a
  /// merged graph; raw_facts.h; unit_heads.h). Only the newest few are kept; what was found since this store was opened
  /// counts as new again whenever one is put. The bytes are as hostile as every row: their reader checks them.
  std::optional<std::string> derived(const Hash128& key);
  Result<void> put_derived(const Hash128& key, std::string_view bytes);
  /// Nothing is left of it. For who finds that some of it was made up.
  Result<void> forget_derived();

  /// A few bytes that were worked out once, under a key that names all they were worked out from. Thousands are kept,
  /// the newest; a damaged one is none.
  std::optional<std::string> note(const Hash128& key);
  Result<void> put_notes(const std::vector<std::pair<Hash128, std::string>>& notes);

 private:
  struct State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace patchgate
