#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzers/clang/protocol/messages.h"
#include "analyzers/clang/protocol/shared_memory.h"
#include "analyzers/model/result.h"

namespace patchgate::protocol {

// Files that the parent has looked up, in memory that all children read.
//
// Two files in memory. The table: kIndexSlots numbers (open addressing, linear probing; 0 = free, else 1 + the place of
// an entry), then the entries in the order in which they were added. The arena: paths and contents, each followed by a
// NUL. One process writes; an entry is complete before its number is stored (release), so that a reader (acquire) sees
// all of it or nothing. Nothing is ever changed or removed.

/// What a path is looked up under: a name means different files on the two sides, and a folder has a listing too.
enum class Scope : std::uint8_t { outside, base, head };

class FileTableWriter {
 public:
  struct Sizes {
    std::uint64_t arena = 8ULL << 30U;      ///< bytes of address space; memory is used as contents are added
    std::uint32_t index_slots = 1U << 20U;  ///< a power of two; half as many entries
  };
  static Result<FileTableWriter> make(Sizes sizes);
  static Result<FileTableWriter> make() { return make(Sizes()); }

  /// Copies a content into the arena; none when it is full.
  std::optional<std::uint64_t> append(std::string_view content);
  /// Publishes an entry. False when the table or the arena is full: readers then ask each time. The caller adds a key
  /// at most once.
  bool add(Scope scope, Query query, std::string_view path, const FileEntry& entry);

  std::uint64_t arena_used() const { return used_; }
  int table_fd() const { return table_.read.get(); }  ///< for readers, read-only
  int arena_fd() const { return arena_.read.get(); }

 private:
  MemoryFile table_, arena_;
  Mapping table_map_;
  Sizes sizes_;
  std::uint64_t used_ = 0, reserved_ = 0;
  std::uint32_t entries_ = 0;
};

/// Never writes, and trusts no offset that lies outside of the memory that it sees.
class FileTableReader {
 public:
  static Result<FileTableReader> open(int table_fd, int arena_fd, std::uint64_t arena_size);

  std::optional<FileEntry> find(Scope scope, Query query, std::string_view path) const;
  /// The content of an entry of kind file or listing; a NUL follows it. None when its range is not in the arena.
  std::optional<std::string_view> content(const FileEntry& entry) const;

 private:
  Mapping table_, arena_;
  std::uint32_t index_slots_ = 0;
};

}  // namespace patchgate::protocol
