#include "analyzers/clang/worker/collect_facts.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace patchgate {
namespace {

/// Writes the facts of one file.
class FileWriter {
 public:
  FileWriter(const FileDraft& draft, FileIndex file, const SymbolTable& symbols, const SourceFiles& files)
      : draft_(draft), file_(file), symbols_(symbols), files_(files) {}

  FileFacts write() {
    out_.path = files_.path(file_);
    make_table();
    extents();
    edges();
    calls();
    flows();
    out_.includes.assign(draft_.includes.begin(), draft_.includes.end());
    out_.inactive = draft_.inactive;
    return std::move(out_);
  }

 private:
  void use(SymbolId id) {
    if (id != kNoSymbol) used_.push_back(id);
  }

  UnitSymbol presented(SymbolId id) const {
    const auto& draft = symbols_.draft(id);
    auto facts = draft.facts;
    const bool elsewhere = file_ != files_.main_file() && draft.file == files_.main_file() &&
                           draft.declared_in != draft.file && !facts.has(UnitSymbol::internal);
    if (!elsewhere) return facts;
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
    for (const auto& [method, overridden] : draft_.overrides) use(method), use(overridden);
    for (const auto& x : draft_.flows) use(x.caller), use(x.producer), use(x.consumer);
    for (const auto& x : draft_.literals) use(x.caller), use(x.callee);
    std::sort(used_.begin(), used_.end());
    used_.erase(std::unique(used_.begin(), used_.end()), used_.end());

    std::vector<UnitSymbol> shown;
    shown.reserve(used_.size());
    for (const auto id : used_) shown.push_back(presented(id));
    std::vector<std::uint32_t> order(used_.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto key = [&](std::uint32_t i) {
      const auto& x = shown[i];
      return std::tie(x.file, x.line, x.name, x.kind, x.usr);
    };
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });
    local_.resize(used_.size());
    std::vector<std::uint32_t> kept;
    for (const auto i : order) {
      // The same identity may have been met as two declarations that Clang keeps apart (one of them an error's).
      if (kept.empty() || key(kept.back()) != key(i)) kept.push_back(i);
      local_[i] = static_cast<std::uint32_t>(kept.size() - 1);
    }
    out_.symbols.reserve(kept.size());
    for (const auto i : kept) out_.symbols.push_back(std::move(shown[i]));
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
    auto rows = draft_.edges;
    for (auto& x : rows) x.from = local(x.from), x.to = local(x.to);
    const auto key = [](const FileDraft::Edge& x) { return std::tie(x.from, x.to, x.kind, x.confidence); };
    std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
      return std::tuple_cat(key(a), std::tie(a.offset)) < std::tuple_cat(key(b), std::tie(b.offset));
    });
    for (const auto& x : rows) {
      auto& all = out_.edges;
      if (!all.empty() && std::tie(all.back().from, all.back().to, all.back().kind) == std::tie(x.from, x.to, x.kind)) {
        continue;  // the lower confidence of the same edge says nothing more
      }
      all.push_back({x.from, x.to, x.kind, x.confidence, line(x.offset)});
    }
  }

  void calls() {
    for (const auto& x : draft_.indirect) out_.indirect_calls.push_back({local(x.caller), x.type, line(x.offset)});
    sort_unique(
        out_.indirect_calls, [](const IndirectCall& x) { return std::tie(x.caller, x.type, x.line); },
        [](const IndirectCall& x) { return std::tie(x.caller, x.type); });
    for (const auto& x : draft_.addresses) out_.addresses.push_back({local(x.function), local(x.taker), x.type});
    const auto address = [](const AddressTaken& x) { return std::tie(x.function, x.taker, x.type); };
    sort_unique(out_.addresses, address, address);
    for (const auto& [method, overridden] : draft_.overrides) {
      out_.overrides.push_back({local(method), local(overridden)});
    }
    const auto over = [](const Override& x) { return std::tie(x.method, x.overridden); };
    sort_unique(out_.overrides, over, over);
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
  std::vector<SymbolId> used_;
  std::vector<std::uint32_t> local_;  // by place in used_
  FileFacts out_;
};

}  // namespace

std::vector<FileFacts> FactStore::finish(const SymbolTable& symbols, const SourceFiles& files) const {
  std::vector<FileFacts> out;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (!files_[i].seen) continue;
    out.push_back(FileWriter(files_[i], static_cast<FileIndex>(i), symbols, files).write());
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return out;
}

}  // namespace patchgate
