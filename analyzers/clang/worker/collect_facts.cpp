#include "analyzers/clang/worker/collect_facts.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace patchgate {
namespace {

/// Writes the facts of one file.
class FileWriter {
 public:
  /// `ranks`: the place of each file in the order of their paths.
  FileWriter(const FileDraft& draft, FileIndex file, const SymbolTable& symbols, const SourceFiles& files,
             const std::vector<std::uint32_t>& ranks)
      : draft_(draft), file_(file), symbols_(symbols), files_(files), ranks_(ranks) {}

  FileFacts write() {
    out_.path = files_.path(file_);
    make_table();
    extents();
    edges();
    calls();
    slots();
    flows();
    blind_spots();
    out_.includes.assign(draft_.includes.begin(), draft_.includes.end());
    out_.inactive = draft_.inactive;
    return std::move(out_);
  }

 private:
  void use(SymbolId id) {
    if (id != kNoSymbol) used_.push_back(id);
  }

  bool is_elsewhere(const UnitSymbolDraft& draft) const {
    return file_ != files_.main_file() && draft.file == files_.main_file() && draft.declared_in != draft.file &&
           !draft.facts.has(UnitSymbol::internal);
  }

  UnitSymbol presented(SymbolId id) const {
    const auto& draft = symbols_.draft(id);
    auto facts = draft.facts;
    // Else what a file says of others would depend on who includes it.
    if (draft.file != file_) facts.flags &= static_cast<std::uint16_t>(~UnitSymbol::has_instance);
    if (!is_elsewhere(draft)) return facts;
    facts.flags &= static_cast<std::uint16_t>(~UnitSymbol::defined);
    facts.file = files_.path(draft.declared_in);
    facts.line = draft.declared_line;
    facts.end_line = 0;
    facts.origin.clear();
    return facts;
  }

  void make_table() {
    for (const auto& x : draft_.stands) use(x.symbol);
    for (const auto& x : draft_.edges) use(x.from), use(x.to);
    for (const auto& x : draft_.indirect) use(x.caller);
    for (const auto& x : draft_.addresses) use(x.function), use(x.taker);
    for (const auto& [slot, function] : draft_.slot_values) use(function);
    for (const auto& [method, overridden] : draft_.overrides) use(method), use(overridden);
    for (const auto& x : draft_.flows) use(x.caller), use(x.producer), use(x.consumer);
    for (const auto& x : draft_.literals) use(x.caller), use(x.callee);
    for (const auto& x : draft_.blind_spots) use(x.symbol);
    std::sort(used_.begin(), used_.end());
    used_.erase(std::unique(used_.begin(), used_.end()), used_.end());

    // Sorted by what is the same in every unit that sees the file, so not by FileIndex.
    struct Row {
      std::uint32_t rank, line;
      std::uint64_t usr;
      SymbolKind kind;
      std::uint32_t at;
      auto key() const { return std::tie(rank, line, usr, kind); }
    };
    std::vector<Row> rows;
    rows.reserve(used_.size());
    for (std::uint32_t i = 0; i < used_.size(); ++i) {
      const auto& draft = symbols_.draft(used_[i]);
      const bool by_declaration = is_elsewhere(draft);
      const auto file = by_declaration ? draft.declared_in : draft.file;
      const auto line = by_declaration ? draft.declared_line : draft.facts.line;
      rows.push_back({file == kOutside ? 0 : ranks_[file] + 1, line, draft.facts.usr, draft.facts.kind, i});
    }
    std::sort(rows.begin(), rows.end(), [](const Row& x, const Row& y) { return x.key() < y.key(); });
    local_.resize(used_.size());
    out_.symbols.reserve(rows.size());
    const Row* last = nullptr;
    for (const auto& row : rows) {
      // The same identity may have been met as two declarations that Clang keeps apart (one of them an error's).
      if (last == nullptr || last->key() != row.key()) out_.symbols.push_back(presented(used_[row.at]));
      last = &row;
      local_[row.at] = static_cast<std::uint32_t>(out_.symbols.size() - 1);
    }
  }

  std::uint32_t local(SymbolId id) const {
    return local_[std::lower_bound(used_.begin(), used_.end(), id) - used_.begin()];
  }
  std::uint32_t line(std::uint32_t offset) const { return files_.line(file_, offset); }

  void extents() {
    for (const auto& x : draft_.stands) {
      const auto last = x.range.end > x.range.begin ? x.range.end - 1 : x.range.end;
      out_.extents.push_back({local(x.symbol), x.range, x.body, x.definition, line(x.range.begin), line(last)});
    }
    const auto key = [](const Extent& x) {
      return std::tuple(x.range.begin, ~x.range.end, x.symbol, x.body, !x.definition);
    };
    auto& all = out_.extents;
    std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    all.erase(std::unique(all.begin(), all.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
              all.end());
  }

  void edges() {
    struct Row {
      std::uint64_t ends, rest;
      auto key() const { return std::tie(ends, rest); }
    };
    std::vector<Row> rows;
    rows.reserve(draft_.edges.size());
    for (const auto& x : draft_.edges) {
      const auto how = static_cast<std::uint64_t>(x.kind) << 8U | static_cast<std::uint64_t>(x.confidence) << 3U |
                       static_cast<std::uint64_t>(x.rule);
      rows.push_back({std::uint64_t{local(x.from)} << 32U | local(x.to), how << 32U | x.offset});
    }
    std::sort(rows.begin(), rows.end(), [](const Row& x, const Row& y) { return x.key() < y.key(); });
    const Row* last = nullptr;
    for (const auto& row : rows) {
      // Of edges that differ in place or confidence alone, the first and surest is kept.
      if (last != nullptr && last->ends == row.ends && last->rest >> 40U == row.rest >> 40U) continue;
      last = &row;
      const auto how = row.rest >> 32U & 0xffU;
      out_.edges.push_back({static_cast<std::uint32_t>(row.ends >> 32U), static_cast<std::uint32_t>(row.ends),
                            static_cast<EdgeKind>(row.rest >> 40U), static_cast<Confidence>(how >> 3U),
                            line(static_cast<std::uint32_t>(row.rest)), static_cast<EdgeRule>(how & 7U)});
    }
  }

  void calls() {
    for (const auto& x : draft_.indirect)
      out_.indirect_calls.push_back({local(x.caller), x.type, line(x.offset), x.slot});
    sort_unique(
        out_.indirect_calls, [](const IndirectCall& x) { return std::tie(x.caller, x.type, x.slot, x.line); },
        [](const IndirectCall& x) { return std::tie(x.caller, x.type, x.slot); });
    for (const auto& x : draft_.addresses) out_.addresses.push_back({local(x.function), local(x.taker), x.type});
    const auto address = [](const AddressTaken& x) { return std::tie(x.function, x.taker, x.type); };
    sort_unique(out_.addresses, address, address);
    for (const auto& [method, overridden] : draft_.overrides) {
      out_.overrides.push_back({local(method), local(overridden)});
    }
    const auto over = [](const Override& x) { return std::tie(x.method, x.overridden); };
    sort_unique(out_.overrides, over, over);
  }

  void slots() {
    for (const auto& [slot, function] : draft_.slot_values) out_.slot_values.push_back({slot, local(function)});
    const auto value = [](const SlotValue& x) { return std::tie(x.slot, x.function); };
    sort_unique(out_.slot_values, value, value);
    for (const auto& [from, to] : draft_.slot_copies) {
      if (from != 0 && to != 0) out_.slot_copies.push_back({from, to});
    }
    const auto copy = [](const SlotCopy& x) { return std::tie(x.to, x.from); };
    sort_unique(out_.slot_copies, copy, copy);
    out_.open_slots = draft_.open_slots;
    const auto itself = [](const Slot& x) { return x; };
    sort_unique(out_.open_slots, itself, itself);
    for (const auto& [slot, name] : draft_.outside_slots) {
      if (slot != 0) out_.outside_slots.push_back({slot, name});
    }
    const auto outside = [](const OutsideSlot& x) { return std::tie(x.slot, x.name); };
    sort_unique(out_.outside_slots, outside, outside);
  }

  void flows() {
    for (const auto& x : draft_.flows) {
      const auto consumer = x.consumer == kNoSymbol ? DataFlow::kReturned : local(x.consumer);
      out_.flows.push_back({local(x.caller), local(x.producer), consumer, line(x.offset)});
    }
    sort_unique(
        out_.flows, [](const DataFlow& x) { return std::tie(x.caller, x.producer, x.consumer, x.line); },
        [](const DataFlow& x) { return std::tie(x.caller, x.producer, x.consumer); });
    for (const auto& x : draft_.literals) {
      out_.literals.push_back({local(x.caller), local(x.callee), x.position, x.text, line(x.offset)});
    }
    sort_unique(
        out_.literals,
        [](const LiteralArgument& x) { return std::tie(x.caller, x.callee, x.position, x.text, x.line); },
        [](const LiteralArgument& x) { return std::tie(x.caller, x.callee, x.position, x.text); });
  }

  void blind_spots() {
    for (const auto& x : draft_.blind_spots) {
      const auto holder = x.symbol == kNoSymbol ? UnitBlindSpot::kFileScope : local(x.symbol);
      out_.blind_spots.push_back({holder, x.kind, line(x.offset), x.text});
    }
    const auto key = [](const UnitBlindSpot& x) { return std::tie(x.symbol, x.kind, x.line, x.text); };
    sort_unique(out_.blind_spots, key, key);
  }

  template <class T, class Order, class Same>
  static void sort_unique(std::vector<T>& all, const Order& order, const Same& same) {
    std::sort(all.begin(), all.end(), [&](const T& a, const T& b) { return order(a) < order(b); });
    all.erase(std::unique(all.begin(), all.end(), [&](const T& a, const T& b) { return same(a) == same(b); }),
              all.end());
  }

  const FileDraft& draft_;
  FileIndex file_;
  const SymbolTable& symbols_;
  const SourceFiles& files_;
  const std::vector<std::uint32_t>& ranks_;
  std::vector<SymbolId> used_;
  std::vector<std::uint32_t> local_;  // by place in used_
  FileFacts out_;
};

}  // namespace

std::vector<FileFacts> FactStore::finish(const SymbolTable& symbols, const SourceFiles& files) const {
  std::vector<FileIndex> order(files.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return files.path(a) < files.path(b); });
  std::vector<std::uint32_t> ranks(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks[order[i]] = i;
  std::vector<FileFacts> out;
  for (const auto file : order) {
    if (static_cast<std::size_t>(file) >= files_.size() || !files_[file].seen) continue;
    out.push_back(FileWriter(files_[file], file, symbols, files, ranks).write());
  }
  return out;
}

}  // namespace patchgate
