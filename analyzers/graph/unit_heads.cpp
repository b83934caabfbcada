#include "analyzers/graph/unit_heads.h"

#include <algorithm>
#include <tuple>

#include "analyzers/graph/sealed.h"
#include "analyzers/model/bytes.h"
#include "analyzers/model/sort_unique.h"

namespace patchgate {

namespace {

constexpr std::uint8_t kTag = 'U';
constexpr std::uint32_t kFormat = 2;
constexpr std::size_t kChecksum = 8;
constexpr std::size_t kSortAt = 1U << 16U;

auto key(const Dependency& d) { return std::tie(d.path, d.in_repository, d.hash); }

template <class Values, class Less>
std::uint32_t index_in(const Values& values, const typename Values::value_type& value, Less less) {
  return static_cast<std::uint32_t>(std::lower_bound(values.begin(), values.end(), value, less) - values.begin());
}

/// Rising numbers as the steps between them.
void write_rising(ByteWriter& out, const std::vector<std::uint32_t>& numbers) {
  out.number(numbers.size());
  std::uint32_t before = 0;
  for (const auto number : numbers) {
    out.number(number - before);
    before = number;
  }
}

void read_rising(ByteReader& in, std::vector<std::uint32_t>& numbers, std::size_t limit) {
  numbers.resize(in.count(1));
  std::uint64_t last = 0;
  for (auto& number : numbers) {
    last += in.number32();
    if (last >= limit) return in.fail("a number is out of range");
    number = static_cast<std::uint32_t>(last);
  }
}

}  // namespace

UnitFacts UnitHeads::unit(std::size_t number) const {
  UnitFacts whole = units[number].unit;
  whole.dependencies.reserve(units[number].dependencies.size());
  for (const auto i : units[number].dependencies) whole.dependencies.push_back(dependencies[i]);
  whole.missing.reserve(units[number].missing.size());
  for (const auto i : units[number].missing) whole.missing.push_back(missing[i]);
  for (const auto i : units[number].missing_in) whole.missing_in.push_back(missing_in[i]);
  return whole;
}

UnitHeads unit_heads(const std::vector<KnownHead>& units) {
  UnitHeads heads;
  const auto less = [](const Dependency& a, const Dependency& b) { return key(a) < key(b); };
  const auto is_known = [](const KnownHead& one) { return one.content != Hash128{} && one.unit != nullptr; };
  auto sort_at = kSortAt;
  for (const auto& one : units) {
    if (!is_known(one)) continue;
    // Merged unit by unit: most of them read what others did.
    for (const auto& dependency : one.unit->dependencies) {
      const auto at = std::lower_bound(heads.dependencies.begin(), heads.dependencies.end(), dependency, less);
      if (at == heads.dependencies.end() || less(dependency, *at)) heads.dependencies.insert(at, dependency);
    }
    heads.missing.insert(heads.missing.end(), one.unit->missing.begin(), one.unit->missing.end());
    // Now and then, so that neither the time nor the memory is that of all units together.
    if (heads.missing.size() > sort_at) {
      sort_unique(heads.missing);
      sort_at = std::max(kSortAt, 2 * heads.missing.size());
    }
    for (const auto& folder : one.unit->missing_in) {
      const auto at = std::lower_bound(heads.missing_in.begin(), heads.missing_in.end(), folder);
      if (at == heads.missing_in.end() || *at != folder) heads.missing_in.insert(at, folder);
    }
  }
  sort_unique(heads.missing);
  for (const auto& one : units) {
    auto& head = heads.units.emplace_back();
    if (!is_known(one)) continue;
    head.content = one.content;
    head.unit.main_file = one.unit->main_file;
    head.unit.errors = one.unit->errors;
    head.unit.diagnostics = one.unit->diagnostics;
    for (const auto& dependency : one.unit->dependencies)
      head.dependencies.push_back(index_in(heads.dependencies, dependency, less));
    for (const auto path : one.unit->missing) head.missing.push_back(index_in(heads.missing, path, std::less<>()));
    for (const auto& folder : one.unit->missing_in)
      head.missing_in.push_back(index_in(heads.missing_in, folder, std::less<>()));
  }
  return heads;
}

namespace {

/// Whether decode_unit_heads() would read it.
bool is_readable(const UnitHeads& heads) {
  const DecodeBudget budget;
  std::uint64_t elements = heads.dependencies.size() + heads.missing.size() + heads.missing_in.size();
  std::uint64_t text = 0;
  for (const auto& dependency : heads.dependencies) text += dependency.path.size();
  for (const auto& folder : heads.missing_in) text += folder.size();
  for (const auto& head : heads.units) {
    elements +=
        1 + head.unit.diagnostics.size() + head.dependencies.size() + head.missing.size() + head.missing_in.size();
    text += head.unit.main_file.size();
    for (const auto& line : head.unit.diagnostics) text += line.size();
  }
  return elements <= budget.elements && text <= budget.text;
}

}  // namespace

std::string encode_unit_heads(const UnitHeads& heads) {
  if (!is_readable(heads)) return {};
  ByteWriter body;
  body.byte(kTag);
  body.number(kFormat);
  body.number(heads.dependencies.size());
  for (const auto& dependency : heads.dependencies) {
    body.text(dependency.path);
    body.byte(dependency.in_repository ? 1 : 0);
    body.fixed128(dependency.hash);
  }
  body.number(heads.missing.size());
  for (const auto path : heads.missing) body.fixed64(path);
  body.number(heads.missing_in.size());
  for (const auto& folder : heads.missing_in) body.text(folder);
  body.number(heads.units.size());
  for (const auto& head : heads.units) {
    body.fixed128(head.content);
    body.text(head.unit.main_file);
    body.number(head.unit.errors);
    body.number(head.unit.diagnostics.size());
    for (const auto& line : head.unit.diagnostics) body.text(line);
    write_rising(body, head.dependencies);
    write_rising(body, head.missing);
    write_rising(body, head.missing_in);
  }
  return sealed(body.take());
}

Result<UnitHeads> decode_unit_heads(std::string_view bytes) {
  UnitHeads heads;
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  const std::uint64_t checksum = in.fixed64();
  if (in.ok() && checksum != hash64(bytes.substr(kChecksum))) in.fail("its checksum does not fit");
  if (in.byte() != kTag || in.number() != kFormat) in.fail("another format");
  const auto text = [&] {
    const auto view = in.text();
    return in.charge_text(view.size()) ? std::string(view) : std::string();
  };
  heads.dependencies.resize(in.count(1 + 1 + 16));
  for (auto& dependency : heads.dependencies) {
    dependency.path = text();
    dependency.in_repository = in.byte() != 0;
    dependency.hash = in.fixed128();
  }
  heads.missing.resize(in.count(8));
  for (auto& path : heads.missing) path = in.fixed64();
  heads.missing_in.resize(in.count(1));
  for (auto& folder : heads.missing_in) folder = text();
  heads.units.resize(in.count(16 + 5));
  for (auto& head : heads.units) {
    if (!in.ok()) break;
    head.content = in.fixed128();
    head.unit.main_file = text();
    head.unit.errors = in.number32();
    head.unit.diagnostics.resize(in.count(1));
    for (auto& line : head.unit.diagnostics) line = text();
    read_rising(in, head.dependencies, heads.dependencies.size());
    read_rising(in, head.missing, heads.missing.size());
    read_rising(in, head.missing_in, heads.missing_in.size());
  }
  if (in.ok() && in.left() != 0) in.fail("something follows its end");
  if (!in.ok()) return fail(Error::Kind::io, "damaged heads in the index: " + in.why());
  return heads;
}

}  // namespace patchgate
