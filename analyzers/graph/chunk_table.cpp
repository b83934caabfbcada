#include "analyzers/graph/chunk_table.h"

namespace patchgate {

namespace {

constexpr const char* kRow = "SELECT id, path, hash, checksum, base FROM chunks ";

ChunkTable::Row read_row(const Statement& statement) {
  return {statement.integer(0), std::string(statement.bytes(1)), statement.hash(2), statement.bits(3),
          statement.integer(4)};
}

}  // namespace

ChunkTable::ChunkTable(sqlite3* database)
    : database_(database),
      find_(database, (std::string(kRow) + "WHERE hash=?1").c_str()),
      insert_(database, "INSERT INTO chunks(id, path, hash, checksum, base, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"),
      row_(database, (std::string(kRow) + "WHERE id=?1").c_str()),
      rows_(database, (std::string(kRow) + "ORDER BY id").c_str()),
      bytes_(database, "SELECT bytes FROM chunks WHERE id=?1"),
      erase_(database, "DELETE FROM chunks WHERE id=?1") {}

bool ChunkTable::good(int result) {
  if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE) code = result;
  return result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE;
}

std::optional<std::int64_t> ChunkTable::put(const std::string& path, std::string_view bytes, const Hash128& hash) {
  std::vector<Row> same;
  int result = SQLITE_OK;
  find_.begin().bind_hash(1, hash);
  while ((result = find_.step()) == SQLITE_ROW) same.push_back(read_row(find_));
  find_.reset();
  if (!good(result)) return std::nullopt;
  for (const auto& row : same) {
    if (row.path != path) continue;
    if (whole_.contains(row.id)) return row.id;
    if (load(row) == bytes) return row.id;
  }
  const std::int64_t base = base_for(path);
  const std::string* content = base == 0 ? nullptr : base_bytes(base, path);
  const Row row{0, path, hash, hash64(bytes), content == nullptr ? 0 : base};
  if (!add(row, bytes, content == nullptr ? std::string_view() : *content, Compressor::Level::normal))
    return std::nullopt;
  const std::int64_t id = sqlite3_last_insert_rowid(database_);
  if (row.base == 0) bases_->try_emplace(path, id);
  return id;
}

bool ChunkTable::add(const Row& row, std::string_view bytes, std::string_view base, Compressor::Level level) {
  const std::string frame = compressor_.pack(bytes, base, level);
  insert_.begin().bind(2, row.path).bind_hash(3, row.hash).bind_bits(4, row.checksum).bind(5, row.base);
  if (row.id != 0) insert_.bind(1, row.id);
  return good(insert_.bind_blob(6, frame).run());
}

void ChunkTable::find_bases() {
  bases_.emplace();
  for (const auto& row : rows())
    if (row.base == 0) bases_->try_emplace(row.path, row.id);
}

/// The first of that path that stands alone; 0 = none.
std::int64_t ChunkTable::base_for(const std::string& path) {
  if (!bases_) find_bases();
  auto at = bases_->find(path);
  // Another process may have dropped it.
  if (at != bases_->end() && !row(at->second)) {
    find_bases();
    at = bases_->find(path);
  }
  return at == bases_->end() ? 0 : at->second;
}

std::optional<ChunkTable::Row> ChunkTable::row(std::int64_t id) {
  std::optional<Row> found;
  const int result = row_.begin().bind(1, id).step();
  if (good(result) && result == SQLITE_ROW) found = read_row(row_);
  row_.reset();
  return found;
}

std::vector<ChunkTable::Row> ChunkTable::rows() {
  std::vector<Row> all;
  int result = SQLITE_OK;
  rows_.begin();
  while ((result = rows_.step()) == SQLITE_ROW) all.push_back(read_row(rows_));
  rows_.reset();
  good(result);
  return all;
}

std::optional<std::string> ChunkTable::decoded(const Row& row, std::string_view base) {
  std::optional<std::string> bytes;
  const int result = bytes_.begin().bind(1, row.id).step();
  if (good(result) && result == SQLITE_ROW) bytes = compressor_.unpack(bytes_.bytes(0), base);
  bytes_.reset();
  if (bytes && hash64(*bytes) != row.checksum) bytes.reset();
  return bytes;
}

const std::string* ChunkTable::base_bytes(std::int64_t id, const std::string& path) {
  if (loaded_base_ == id) return &loaded_base_bytes_;
  const auto base = row(id);
  // Of the same path and alone: no circle, no chain.
  if (!base || base->base != 0 || base->path != path) return nullptr;
  auto bytes = decoded(*base, {});
  if (!bytes) return nullptr;
  loaded_base_ = id;
  loaded_base_bytes_ = std::move(*bytes);
  return &loaded_base_bytes_;
}

std::optional<std::string> ChunkTable::load(const Row& row) {
  const std::string* base = row.base == 0 ? nullptr : base_bytes(row.base, row.path);
  if (row.base != 0 && base == nullptr) return std::nullopt;
  auto bytes = decoded(row, base == nullptr ? std::string_view() : *base);
  if (bytes) whole_.insert(row.id);
  return bytes;
}

bool ChunkTable::erase(std::int64_t id) {
  whole_.erase(id);
  bases_.reset();
  if (loaded_base_ == id) loaded_base_ = 0;
  return good(erase_.begin().bind(1, id).run());
}

bool ChunkTable::erase_all_but(std::set<std::int64_t> kept) {
  const auto all = rows();
  for (const auto& row : all)
    if (row.base != 0 && kept.contains(row.id)) kept.insert(row.base);
  for (const auto& row : all)
    if (!kept.contains(row.id) && !erase(row.id)) return false;
  return code == SQLITE_OK;
}

}  // namespace patchgate
