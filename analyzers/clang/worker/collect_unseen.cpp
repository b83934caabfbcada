// What no edge can show: assembler, and calls that only a template's arguments decide.
#include "analyzers/clang/worker/collect_unseen.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <vector>

#include <clang/AST/Expr.h>
#include <clang/AST/Stmt.h>
#include <llvm/ADT/StringExtras.h>

#include "analyzers/clang/worker/collect_literals.h"
#include "analyzers/clang/worker/names.h"
#include "analyzers/model/run_time_lookup.h"

namespace patchgate {
namespace {

constexpr std::size_t kNameBytes = 120;
/// No assembler that a person wrote is longer.
constexpr std::size_t kTextBytes = std::size_t{1} << 20U;

bool is_word(char c) { return c == '_' || c == '$' || llvm::isAlnum(c); }

/// Of one LLVM it is a literal, of the next a string.
template <class Text>
std::string text_of(const Text& text) {
  if constexpr (std::is_pointer_v<Text>) {
    return text == nullptr ? std::string() : text->getBytes().str();
  } else {
    return text;
  }
}

bool is_blank(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return llvm::isSpace(c) || c == ';'; });
}

/// Functions and variables of the repository that the text names and the unit has at file scope, in the order of the
/// text, each once: a guess, since the words of assembler may also be registers or labels.
std::vector<SymbolId> named_in_assembler(const std::string& text, UnitView& unit) {
  std::vector<SymbolId> found;
  const auto* scope = unit.context.getTranslationUnitDecl();
  const auto end = std::min(text.size(), kTextBytes);
  for (std::size_t begin = 0; begin < end;) {
    auto last = begin;
    while (last < end && is_word(text[last])) ++last;
    const auto word = text.substr(begin, last - begin);
    const bool is_operand = begin > 0 && (text[begin - 1] == '%' || text[begin - 1] == '[');
    begin = std::max(last, begin + 1);
    if (word.empty() || llvm::isDigit(word.front()) || is_operand) continue;
    const auto known = unit.context.Idents.find(word);
    if (known == unit.context.Idents.end()) continue;
    for (const auto* decl : scope->lookup(clang::DeclarationName(known->getValue()))) {
      if (!llvm::isa<clang::FunctionDecl, clang::VarDecl>(decl)) continue;
      const auto id = unit.symbols.in_project(decl);
      if (id != kNoSymbol && std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
    }
  }
  return found;
}

}  // namespace

void file_scope_assembler(const clang::FileScopeAsmDecl* decl, UnitView& unit) {
  if (is_blank(text_of(decl->getAsmString()))) return;
  const auto at = unit.files.spot(decl->getLocation());
  if (at.file == kOutside) return;
  unit.facts.of(at.file).blind_spots.push_back({kNoSymbol, BlindSpotKind::assembler, at.offset, {}});
}

void ProjectRecorder::assembler(const clang::AsmStmt* statement, clang::SourceLocation at) {
  if (user_.instantiated) return;
  const auto text = statement->generateAsmString(unit_.context);
  // An empty one only keeps the compiler from moving memory accesses.
  if (is_blank(text)) return;
  unit_.facts.of(user_.file).blind_spots.push_back({user_.symbol, BlindSpotKind::assembler, offset(at), {}});
  for (const auto id : named_in_assembler(text, unit_)) {
    edge(id, is_callable(unit_.symbols.draft(id).facts.kind) ? EdgeKind::call : EdgeKind::address, at,
         Confidence::name);
  }
}

void ProjectRecorder::run_time_code(SymbolId callee, llvm::ArrayRef<const clang::Expr*> arguments,
                                    clang::SourceLocation at) {
  const auto& name = unit_.symbols.draft(callee).facts.name;
  const auto* asked = find_run_time_lookup(name);
  if (asked == nullptr) return;
  auto kind = BlindSpotKind::loaded_code;
  if (asked->name_at >= 0) {
    const auto place = static_cast<std::size_t>(asked->name_at);
    // A name that is written there is looked for by that name when all is known.
    if (place < arguments.size() && literal_of(arguments[place], unit_.context)) return;
    kind = BlindSpotKind::name_lookup;
  }
  unit_.facts.of(user_.file).blind_spots.push_back({user_.symbol, kind, offset(at), name});
}

void ProjectRecorder::undecided(const std::string& name, clang::SourceLocation at) {
  if (!user_.name_candidates) return;
  unit_.facts.of(user_.file)
      .blind_spots.push_back({user_.symbol, BlindSpotKind::dependent_call, offset(at), one_line(name, kNameBytes)});
}

}  // namespace patchgate
