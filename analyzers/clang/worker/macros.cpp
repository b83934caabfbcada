#include "analyzers/clang/worker/macros.h"

#include <algorithm>

#include <clang/Lex/Lexer.h>
#include <clang/Lex/MacroInfo.h>

namespace patchgate {
namespace {

class MacroWatch : public clang::PPCallbacks {
 public:
  MacroWatch(clang::Preprocessor& preprocessor, SourceFiles& files, MacroRecord& record)
      : sources_(preprocessor.getSourceManager()), files_(files), record_(record) {}

  void FileChanged(clang::SourceLocation at, FileChangeReason reason, clang::SrcMgr::CharacteristicKind,
                   clang::FileID) override {
    if (reason != EnterFile) return;
    const auto id = sources_.getFileID(at);
    if (files_.file_of(id) != kOutside) record_.entered.push_back(id);
  }

  void InclusionDirective(clang::SourceLocation hash, const clang::Token&, llvm::StringRef, bool,
                          clang::CharSourceRange, clang::OptionalFileEntryRef file, llvm::StringRef, llvm::StringRef,
                          const clang::Module*, bool, clang::SrcMgr::CharacteristicKind) override {
    if (!file) return;
    const auto from = files_.file_of(sources_.getFileID(hash));
    if (from == kOutside) return;
    const auto path = files_.relative_path(file->getName());
    if (!path.empty()) record_.includes[{from, files_.file_of_path(path)}] = true;
  }

  void MacroDefined(const clang::Token& name, const clang::MacroDirective* directive) override {
    const auto* info = directive->getMacroInfo();
    if (info == nullptr || files_.file_of(sources_.getFileID(info->getDefinitionLoc())) == kOutside) return;
    record_.definitions.push_back({info, name.getIdentifierInfo()->getName().str()});
    ours_.insert(info);
  }

  void MacroExpands(const clang::Token& name, const clang::MacroDefinition& definition, clang::SourceRange,
                    const clang::MacroArgs*) override {
    if (const auto* info = definition.getMacroInfo()) record_.replaced.insert(info);
    note(name, definition);
  }
  void Defined(const clang::Token& name, const clang::MacroDefinition& definition, clang::SourceRange) override {
    note(name, definition);
  }
  void If(clang::SourceLocation at, clang::SourceRange, ConditionValueKind) override { begin(at); }
  void Ifdef(clang::SourceLocation at, const clang::Token& name, const clang::MacroDefinition& definition) override {
    note(name, definition);
    begin(at);
  }
  void Ifndef(clang::SourceLocation at, const clang::Token& name, const clang::MacroDefinition& definition) override {
    note(name, definition);
    begin(at);
  }
  void Elif(clang::SourceLocation at, clang::SourceRange, ConditionValueKind, clang::SourceLocation) override {
    ask(at);
  }
  void Elifdef(clang::SourceLocation at, const clang::Token& name, const clang::MacroDefinition& definition) override {
    note(name, definition);
    ask(at);
  }
  void Elifndef(clang::SourceLocation at, const clang::Token& name, const clang::MacroDefinition& definition) override {
    note(name, definition);
    ask(at);
  }
  using clang::PPCallbacks::Elifdef;  // those that are not evaluated
  using clang::PPCallbacks::Elifndef;
  void Endif(clang::SourceLocation at, clang::SourceLocation) override {
    if (open_.empty()) return;
    auto part = std::move(open_.back());
    open_.pop_back();
    part.end = sources_.getDecomposedLoc(at).second;
    if (!part.asked.empty()) record_.conditions.push_back(std::move(part));
  }

  void SourceRangeSkipped(clang::SourceRange range, clang::SourceLocation) override {
    const auto [id, begin] = sources_.getDecomposedLoc(range.getBegin());
    if (files_.file_of(id) == kOutside) return;
    const auto [end_id, end] = sources_.getDecomposedLoc(range.getEnd());
    if (end_id != id) return;
    const auto first = files_.line(id, begin) + 1;
    const auto last = files_.line(id, end);
    if (first < last) record_.skipped[id].emplace_back(first, last - 1);
  }

 private:
  void begin(clang::SourceLocation at) {
    const auto [id, offset] = sources_.getDecomposedLoc(at);
    open_.push_back({id, offset, 0, {}});
    ask(at);
  }
  /// What was expanded since the last directive and stands behind this one is in its condition.
  void ask(clang::SourceLocation at) {
    const auto& all = record_.expansions;
    for (auto i = asked_; i < all.size() && !open_.empty(); ++i) {
      if (at < all[i].at && sources_.getFileID(all[i].at) == open_.back().id) {
        open_.back().asked.push_back(static_cast<std::uint32_t>(i));
      }
    }
    asked_ = all.size();
  }

  void note(const clang::Token& name, const clang::MacroDefinition& definition) {
    const auto* info = definition.getMacroInfo();
    if (info == nullptr || !ours_.contains(info)) return;
    auto at = name.getLocation();
    if (at.isMacroID()) {
      const auto spelt = sources_.getSpellingLoc(at);
      // Pasted names are spelt nowhere.
      at = files_.file_of(sources_.getFileID(spelt)) != kOutside ? spelt : sources_.getExpansionLoc(at);
    }
    if (record_.seen_expansions.insert({info, at}).second) record_.expansions.push_back({info, at});
  }

  const clang::SourceManager& sources_;
  SourceFiles& files_;
  MacroRecord& record_;
  llvm::DenseSet<const clang::MacroInfo*> ours_;
  std::vector<ConditionalPart> open_;
  std::size_t asked_ = 0;  // expansions before this one are done
};

/// Finds the innermost symbol around an offset of one file.
class Nesting {
 public:
  explicit Nesting(const std::vector<FileDraft::Stand>& stands) : stands_(stands) {
    std::sort(stands_.begin(), stands_.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.range.begin, ~a.range.end, a.symbol) < std::tuple(b.range.begin, ~b.range.end, b.symbol);
    });
    std::vector<std::int32_t> open;
    for (std::size_t i = 0; i < stands_.size(); ++i) {
      while (!open.empty() && stands_[open.back()].range.end <= stands_[i].range.begin) open.pop_back();
      parent_.push_back(open.empty() ? -1 : open.back());
      open.push_back(static_cast<std::int32_t>(i));
    }
  }
  const std::vector<FileDraft::Stand>& stands() const { return stands_; }
  SymbolId around(std::uint32_t offset) const {
    const auto after = std::upper_bound(stands_.begin(), stands_.end(), offset,
                                        [](auto value, const auto& stand) { return value < stand.range.begin; });
    for (auto i = static_cast<std::int32_t>(after - stands_.begin()) - 1; i >= 0; i = parent_[i]) {
      if (offset < stands_[i].range.end) return stands_[i].symbol;
    }
    return kNoSymbol;
  }

 private:
  std::vector<FileDraft::Stand> stands_;
  std::vector<std::int32_t> parent_;
};

std::uint32_t start_of_directive(llvm::StringRef text, std::uint32_t name) {
  const auto hash = text.substr(0, name).rfind('#');
  return hash == llvm::StringRef::npos ? name : static_cast<std::uint32_t>(hash);
}

/// The macro's symbol and its stand in the file.
SymbolId define(const MacroRecord::Definition& definition, SourceFiles& files, SymbolTable& symbols, FactStore& facts) {
  const auto& sources = files.sources();
  const auto* info = definition.info;
  const auto [id, name] = sources.getDecomposedLoc(info->getDefinitionLoc());
  const auto file = files.file_of(id);
  const auto [end_id, last] = sources.getDecomposedLoc(info->getDefinitionEndLoc());
  if (end_id != id) return kNoSymbol;
  FileDraft::Stand stand;
  stand.range.begin = start_of_directive(files.text(id), name);
  stand.range.end = last + clang::Lexer::MeasureTokenLength(info->getDefinitionEndLoc(), sources, clang::LangOptions());
  stand.body = stand.range.end;
  if (info->getNumTokens() > 0) stand.body = sources.getDecomposedLoc(info->tokens_begin()->getLocation()).second;
  stand.definition = true;
  stand.symbol = symbols.macro(definition.name, file, files.line(id, name), files.line(id, last));
  facts.of(file).stands.push_back(stand);
  return stand.symbol;
}

using Lines = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// The lines that are in both; each sorted and without overlaps.
Lines common(const Lines& a, const Lines& b) {
  Lines out;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    const auto first = std::max(a[i].first, b[k].first);
    const auto last = std::min(a[i].second, b[k].second);
    if (first <= last) out.emplace_back(first, last);
    if (a[i].second < b[k].second) {
      ++i;
    } else {
      ++k;
    }
  }
  return out;
}

/// Lines skipped in every inclusion of a file.
void finish_skipped(const MacroRecord& record, SourceFiles& files, FactStore& facts) {
  for (const auto id : record.entered) {
    auto& draft = facts.of(files.file_of(id));
    const auto row = record.skipped.find(id);
    auto lines = row != record.skipped.end() ? row->second : Lines();
    std::sort(lines.begin(), lines.end());
    draft.inactive = draft.seen ? common(draft.inactive, lines) : std::move(lines);
    draft.seen = true;
  }
}

}  // namespace

void MacroRecord::use(clang::SourceLocation spelt, SymbolId to, EdgeKind kind) {
  if (seen_uses.insert({spelt, to * 16U + static_cast<unsigned>(kind)}).second) uses.push_back({spelt, to, kind});
}

std::unique_ptr<clang::PPCallbacks> watch_macros(clang::Preprocessor& preprocessor, SourceFiles& files,
                                                 MacroRecord& record) {
  return std::make_unique<MacroWatch>(preprocessor, files, record);
}

void finish_macros(const MacroRecord& record, SourceFiles& files, SymbolTable& symbols, FactStore& facts) {
  finish_skipped(record, files, facts);
  for (const auto& [pair, _] : record.includes) {
    facts.of(pair.first).includes.insert(files.path(pair.second));
  }
  llvm::DenseMap<const clang::MacroInfo*, SymbolId> macros;
  for (const auto& definition : record.definitions) {
    // A header that holds nothing but a default value looks like a guard, too.
    const bool guard = definition.info->isUsedForHeaderGuard() && !record.replaced.contains(definition.info);
    if (!guard) macros[definition.info] = define(definition, files, symbols, facts);
  }
  std::vector<std::unique_ptr<Nesting>> nests(files.size());
  const auto nest = [&](FileIndex file) -> const Nesting& {
    if (!nests[file]) nests[file] = std::make_unique<Nesting>(facts.of(file).stands);
    return *nests[file];
  };
  const auto user = [&](FileIndex file, std::uint32_t offset) { return nest(file).around(offset); };
  for (const auto& expansion : record.expansions) {
    const auto macro = macros.find(expansion.macro);
    if (macro == macros.end() || macro->second == kNoSymbol) continue;
    const auto at = files.spot(expansion.at);
    if (at.file == kOutside) continue;
    const auto from = user(at.file, at.offset);
    if (from == kNoSymbol || from == macro->second) continue;
    facts.of(at.file).edges.push_back({from, macro->second, EdgeKind::macro, Confidence::exact, at.offset});
  }
  for (const auto& part : record.conditions) {
    const auto file = files.file_of(part.id);
    if (file == kOutside) continue;
    llvm::SmallVector<Asked, 4> asked;
    for (const auto number : part.asked) {
      const auto& expansion = record.expansions[number];
      const auto macro = macros.find(expansion.macro);
      if (macro == macros.end() || macro->second == kNoSymbol) continue;
      asked.push_back({macro->second, files.spot(expansion.at).offset});
    }
    if (!asked.empty()) {
      depend_on_condition(nest(file).stands(), symbols, part.begin, part.end, asked, facts.of(file).edges);
    }
  }
  for (const auto& use : record.uses) {
    const auto at = files.spot(use.at);
    if (at.file == kOutside) continue;
    const auto from = user(at.file, at.offset);
    if (from == kNoSymbol || symbols.draft(from).facts.kind != SymbolKind::macro) continue;
    facts.of(at.file).edges.push_back({from, use.to, use.kind, Confidence::exact, at.offset});
  }
}

}  // namespace patchgate
