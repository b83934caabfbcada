#include "analyzers/graph/unit_table.h"

#include "analyzers/model/bytes.h"

namespace patchgate {

namespace {

std::string encode_ids(const std::vector<std::int64_t>& ids) {
  ByteWriter out;
  out.number(ids.size());
  for (const auto id : ids) out.number(static_cast<std::uint64_t>(id));
  return out.take();
}

std::vector<std::int64_t> decode_ids(std::string_view bytes) {
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  std::vector<std::int64_t> ids;
  for (auto left = in.count(1); left > 0 && in.ok(); --left) ids.push_back(static_cast<std::int64_t>(in.number()));
  if (!in.ok() || in.left() != 0) ids.clear();
  return ids;
}

constexpr const char* kRow = "SELECT id, file, flags, content, chunks, head_seal, seal, used FROM units ";

std::string row_where(const char* rest) { return std::string(kRow) + rest; }

}  // namespace

UnitTable::UnitTable(sqlite3* database)
    : database_(database),
      find_(database, row_where("WHERE file=?1 AND flags=?2 ORDER BY id DESC").c_str()),
      row_(database, row_where("WHERE id=?1").c_str()),
      rows_(database, row_where("ORDER BY file, flags, max(id, used), id").c_str()),
      insert_(database,
              "INSERT INTO units(id, file, flags, content, chunks, head_seal, seal, used) VALUES(?1, ?2, ?3, ?4, ?5, "
              "?6, ?7, ?8)"),
      erase_(database, "DELETE FROM units WHERE id=?1"),
      mark_used_(database, "UPDATE units SET used=(SELECT max(id) FROM units) WHERE id=?1") {}

bool UnitTable::good(int result) {
  if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE) code = result;
  return result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE;
}

std::vector<UnitTable::Row> UnitTable::all(Statement& statement) {
  std::vector<Row> found;
  int result = SQLITE_OK;
  while ((result = statement.step()) == SQLITE_ROW) {
    found.push_back({statement.integer(0),
                     {std::string(statement.bytes(1)), statement.hash(2)},
                     statement.hash(3),
                     decode_ids(statement.bytes(4)),
                     statement.bits(5),
                     statement.bits(6),
                     statement.integer(7)});
  }
  statement.reset();
  good(result);
  return found;
}

std::vector<UnitTable::Row> UnitTable::find(const UnitKey& key) {
  return all(find_.begin().bind(1, key.main_file).bind_hash(2, key.flags));
}

std::optional<UnitTable::Row> UnitTable::row(std::int64_t id) {
  auto found = all(row_.begin().bind(1, id));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<UnitTable::Row> UnitTable::rows() { return all(rows_.begin()); }

std::optional<std::int64_t> UnitTable::add(const Row& row) {
  const auto chunks = encode_ids(row.chunks);
  insert_.begin().bind(2, row.key.main_file).bind_hash(3, row.key.flags).bind_hash(4, row.content);
  if (row.id != 0) insert_.bind(1, row.id);
  insert_.bind_blob(5, chunks).bind_bits(6, row.head_seal).bind_bits(7, row.seal).bind(8, row.used);
  if (!good(insert_.run())) return std::nullopt;
  return sqlite3_last_insert_rowid(database_);
}

bool UnitTable::erase(std::int64_t id) { return good(erase_.begin().bind(1, id).run()); }

bool UnitTable::mark_used(std::int64_t id) { return good(mark_used_.begin().bind(1, id).run()); }

bool UnitTable::trim(std::uint32_t keep) {
  Statement old(
      database_,
      "DELETE FROM units WHERE (SELECT count(*) FROM units v WHERE v.file = units.file AND v.flags = units.flags "
      "AND v.id > max(units.id, units.used)) >= ?1");
  return good(old.bind(1, keep).run());
}

std::uint64_t seal_head(const UnitKey& key, std::uint64_t checksum) {
  return hash64(hash64(hash64(key.main_file), hash64(key.flags.high, key.flags.low)), checksum);
}

std::uint64_t seal_unit(const UnitKey& key, const Hash128& content, const std::vector<ChunkTable::Row>& chunks) {
  std::uint64_t seal = hash64(seal_head(key, chunks.size()), hash64(content.high, content.low));
  for (const auto& chunk : chunks)
    seal = hash64(hash64(hash64(seal, hash64(chunk.path)), hash64(chunk.hash.high, chunk.hash.low)), chunk.checksum);
  return seal;
}

std::optional<std::vector<ChunkTable::Row>> chunks_of(ChunkTable& chunks, const UnitTable::Row& unit) {
  std::vector<ChunkTable::Row> found;
  for (const auto id : unit.chunks) {
    auto row = chunks.row(id);
    if (!row) return std::nullopt;
    found.push_back(std::move(*row));
  }
  if (found.empty() || seal_unit(unit.key, unit.content, found) != unit.seal) return std::nullopt;
  return found;
}

Hash128 content_of(const UnitKey& key, const std::vector<Hash128>& chunks) {
  ByteWriter parts;
  parts.text(key.main_file);
  parts.fixed128(key.flags);
  for (const auto& chunk : chunks) parts.fixed128(chunk);
  return strong_hash(parts.take());
}

}  // namespace patchgate
