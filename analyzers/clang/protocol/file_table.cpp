#include "analyzers/clang/protocol/file_table.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

#include "analyzers/model/hash.h"

namespace patchgate::protocol {
namespace {

struct Entry {
  std::uint64_t key;
  std::uint64_t path_offset;
  std::uint64_t offset;
  std::uint64_t size;
  std::uint64_t identity;
  std::uint32_t path_size;
  std::uint32_t kind;
};

using Number = std::atomic<std::uint32_t>;
static_assert(Number::is_always_lock_free && sizeof(Number) == sizeof(std::uint32_t));

constexpr std::uint64_t kGrowth = 16U << 20U;

std::uint64_t table_bytes(std::uint32_t index_slots) {
  return std::uint64_t{index_slots} * sizeof(Number) + std::uint64_t{index_slots / 2} * sizeof(Entry);
}

std::uint64_t key_of(Scope scope, Query query, std::string_view path) {
  return hash64(hash64(path), static_cast<std::uint64_t>(scope) * 2 + static_cast<std::uint64_t>(query));
}

Number* index_of(char* table) { return reinterpret_cast<Number*>(table); }
Entry* entries_of(char* table, std::uint32_t index_slots) {
  return reinterpret_cast<Entry*>(table + std::uint64_t{index_slots} * sizeof(Number));
}

}  // namespace

Result<FileTableWriter> FileTableWriter::make(Sizes sizes) {
  FileTableWriter writer;
  writer.sizes_ = sizes;
  PATCHGATE_TRY(writer.table_, MemoryFile::make("patchgate-files", table_bytes(sizes.index_slots)));
  PATCHGATE_TRY(writer.arena_, MemoryFile::make("patchgate-contents", 0));
  PATCHGATE_TRY(writer.table_map_,
                Mapping::make(writer.table_.write.get(), table_bytes(sizes.index_slots), /*writable=*/true));
  return writer;
}

std::optional<std::uint64_t> FileTableWriter::append(std::string_view content) {
  const auto needed = content.size() + 1;
  if (needed > sizes_.arena - used_) return std::nullopt;
  if (used_ + needed > reserved_) {
    const auto grown = std::min(sizes_.arena, (used_ + needed + kGrowth - 1) / kGrowth * kGrowth);
    if (::ftruncate(arena_.write.get(), static_cast<off_t>(grown)) != 0) return std::nullopt;
    reserved_ = grown;
  }
  // The NUL after the content is there already: a file that grows is filled with zeros.
  for (std::size_t done = 0; done < content.size();) {
    const auto wrote =
        ::pwrite(arena_.write.get(), content.data() + done, content.size() - done, static_cast<off_t>(used_ + done));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) {
      used_ += done + 1;  // never written over: a later content must not meet these bytes where its NUL should be
      return std::nullopt;
    }
    done += static_cast<std::size_t>(wrote);
  }
  const auto offset = used_;
  used_ += needed;
  return offset;
}

bool FileTableWriter::add(Scope scope, Query query, std::string_view path, const FileEntry& file) {
  if (entries_ >= sizes_.index_slots / 2) return false;
  const auto path_offset = append(path);
  if (!path_offset) return false;
  const auto key = key_of(scope, query, path);
  auto* entries = entries_of(table_map_.begin(), sizes_.index_slots);
  entries[entries_] = {key,
                       *path_offset,
                       file.offset,
                       file.size,
                       file.identity,
                       static_cast<std::uint32_t>(path.size()),
                       static_cast<std::uint32_t>(file.kind)};
  ++entries_;
  auto* index = index_of(table_map_.begin());
  for (auto at = static_cast<std::uint32_t>(key);; ++at) {
    auto& number = index[at & (sizes_.index_slots - 1)];
    if (number.load(std::memory_order_relaxed) != 0) continue;
    number.store(entries_, std::memory_order_release);
    return true;
  }
}

Result<FileTableReader> FileTableReader::open(int table_fd, int arena_fd, std::uint64_t arena_size) {
  struct stat status = {};
  if (::fstat(table_fd, &status) != 0) return fail(Error::Kind::io, "no file table");
  // Size = slots * 4 + slots / 2 * sizeof(Entry), slots a power of two.
  std::uint32_t slots = 2;
  while (slots < (1U << 30U) && table_bytes(slots) < static_cast<std::uint64_t>(status.st_size)) slots *= 2;
  if (table_bytes(slots) != static_cast<std::uint64_t>(status.st_size))
    return fail(Error::Kind::io, "the file table has an odd size");
  FileTableReader reader;
  reader.index_slots_ = slots;
  PATCHGATE_TRY(reader.table_, Mapping::make(table_fd, static_cast<std::size_t>(status.st_size), false));
  PATCHGATE_TRY(reader.arena_, Mapping::make(arena_fd, arena_size, false));
  return reader;
}

std::optional<FileEntry> FileTableReader::find(Scope scope, Query query, std::string_view path) const {
  const auto key = key_of(scope, query, path);
  const auto* index = index_of(table_.begin());
  const auto* entries = entries_of(table_.begin(), index_slots_);
  auto at = static_cast<std::uint32_t>(key);
  for (std::uint32_t probes = 0; probes < index_slots_; ++probes, ++at) {
    const auto number = index[at & (index_slots_ - 1)].load(std::memory_order_acquire);
    if (number == 0 || number > index_slots_ / 2) return std::nullopt;
    const auto& entry = entries[number - 1];
    if (entry.key != key || entry.path_size != path.size()) continue;
    const auto stored = content({FileKind::file, entry.path_offset, entry.path_size, 0});
    if (!stored || *stored != path) continue;
    return FileEntry{static_cast<FileKind>(entry.kind), entry.offset, entry.size, entry.identity};
  }
  return std::nullopt;
}

std::optional<std::string_view> FileTableReader::content(const FileEntry& entry) const {
  if (entry.offset >= arena_.size() || entry.size >= arena_.size() - entry.offset) return std::nullopt;
  return std::string_view(arena_.begin() + entry.offset, entry.size);
}

}  // namespace patchgate::protocol
