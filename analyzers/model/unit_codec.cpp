#include "analyzers/model/unit_codec.h"

#include <optional>

#include "analyzers/model/bytes.h"
#include "analyzers/model/file_facts_codec.h"

namespace patchgate {

namespace {

constexpr std::uint8_t kUnitTag = 'U';

/// Everything of a unit but its files. Leaves `in` at the count of files.
UnitFacts read_head(ByteReader& in) {
  UnitFacts unit;
  const auto copy = [&](std::string_view text) { return in.charge_text(text.size()) ? std::string(text) : ""; };
  if (in.byte() != kUnitTag) in.fail("not a unit's facts");
  unit.main_file = copy(in.text());
  unit.failure = copy(in.text());
  unit.errors = in.number32();
  const auto diagnostics = in.count(1);
  for (std::size_t i = 0; i < diagnostics && in.ok(); ++i) unit.diagnostics.push_back(copy(in.text()));
  const auto dependencies = in.count(18);
  for (std::size_t i = 0; i < dependencies && in.ok(); ++i) {
    Dependency dependency;
    dependency.path = copy(in.text());
    dependency.in_repository = in.index(2, "boolean") == 1;
    dependency.hash = in.fixed128();
    unit.dependencies.push_back(std::move(dependency));
  }
  const auto missing = in.count(8);
  for (std::size_t i = 0; i < missing && in.ok(); ++i) unit.missing.push_back(in.fixed64());
  const auto folders = in.count(1);
  for (std::size_t i = 0; i < folders && in.ok(); ++i) unit.missing_in.push_back(copy(in.text()));
  return unit;
}

/// Calls `each` with the encoded facts of every file, then checks that nothing is left.
template <class Each>
void read_files(ByteReader& in, Each each) {
  const auto files = in.count(2);
  for (std::size_t i = 0; i < files && in.ok(); ++i) each(in.text());
  if (in.ok() && in.left() != 0) in.fail("something follows its end");
}

tl::unexpected<Error> damaged_unit(const ByteReader& in) {
  return fail(Error::Kind::io, "damaged facts of a unit: " + in.why());
}

}  // namespace

std::string encode(const UnitFacts& facts) {
  ByteWriter out;
  out.byte(kUnitTag);
  out.text(facts.main_file);
  out.text(facts.failure);
  out.number(facts.errors);
  out.number(facts.diagnostics.size());
  for (const auto& line : facts.diagnostics) out.text(line);
  out.number(facts.dependencies.size());
  for (const auto& dependency : facts.dependencies) {
    out.text(dependency.path);
    out.byte(dependency.in_repository ? 1 : 0);
    out.fixed128(dependency.hash);
  }
  out.number(facts.missing.size());
  for (const auto hash : facts.missing) out.fixed64(hash);
  out.number(facts.missing_in.size());
  for (const auto& folder : facts.missing_in) out.text(folder);
  out.number(facts.files.size());
  for (const auto& file : facts.files) out.text(encode(file));
  return out.take();
}

Result<UnitFacts> decode_unit_facts(std::string_view bytes) {
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  UnitFacts unit = read_head(in);
  std::optional<Error> damage;
  read_files(in, [&](std::string_view file) {
    if (damage || !in.ok()) return;
    auto facts = decode_file_facts(file, budget);
    if (facts) {
      unit.files.push_back(std::move(*facts));
    } else {
      damage = std::move(facts).error();
    }
  });
  if (!in.ok()) return damaged_unit(in);
  if (damage) return tl::unexpected(std::move(*damage));
  return unit;
}

Result<EncodedUnit> split_unit_facts(std::string_view bytes) {
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  EncodedUnit split;
  split.unit = read_head(in);
  read_files(in, [&](std::string_view file) {
    ByteReader opening(file, budget);
    if (opening.byte() != kFileFactsTag) opening.fail("not a file's facts");
    const auto path = opening.text();
    if (!opening.ok()) return in.fail(opening.why());
    if (in.charge_text(path.size() + file.size())) split.files.emplace_back(path, file);
  });
  if (!in.ok()) return damaged_unit(in);
  return split;
}

}  // namespace patchgate
