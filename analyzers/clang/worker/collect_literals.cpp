#include "analyzers/clang/worker/collect_literals.h"

#include <clang/AST/Decl.h>
#include <clang/AST/ExprCXX.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Lex/Lexer.h>

#include "analyzers/clang/worker/names.h"

namespace patchgate {
namespace {

constexpr std::size_t kTextBytes = 120;
constexpr int kSteps = 4;  // variables and conversions looked through

const clang::Expr* without_conversions(const clang::Expr* expression) {
  for (int i = 0; i < kSteps; ++i) {
    expression = expression->IgnoreImplicit()->IgnoreParenCasts()->IgnoreImplicit();
    const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(expression);
    if (made == nullptr || made->getNumArgs() == 0) break;
    for (unsigned other = 1; other < made->getNumArgs(); ++other) {
      if (!llvm::isa<clang::CXXDefaultArgExpr>(made->getArg(other))) return expression;
    }
    expression = made->getArg(0);
  }
  return expression;
}

/// Made by the preprocessor (__FILE__, #x, a ## b): it stands in no file, and may tell where the build was done.
bool is_made_up(clang::SourceLocation at, const clang::ASTContext& context) {
  const auto& sources = context.getSourceManager();
  return sources.isWrittenInScratchSpace(sources.getSpellingLoc(at));
}

/// As written at the call; where the call itself stands in a macro, as written there.
std::optional<std::string> spelling(const clang::Expr* expression, const clang::ASTContext& context) {
  const auto& sources = context.getSourceManager();
  const auto whole = clang::CharSourceRange::getTokenRange(expression->getSourceRange());
  auto range = clang::Lexer::makeFileCharRange(whole, sources, context.getLangOpts());
  if (range.isInvalid()) {
    const auto begin = sources.getSpellingLoc(expression->getBeginLoc());
    const auto end = sources.getSpellingLoc(expression->getEndLoc());
    if (sources.getFileID(begin) != sources.getFileID(end)) return std::nullopt;
    range = clang::CharSourceRange::getTokenRange(begin, end);
  }
  bool invalid = false;
  const auto text = clang::Lexer::getSourceText(range, sources, context.getLangOpts(), &invalid);
  if (invalid || text.empty()) return std::nullopt;
  return one_line(text, kTextBytes);
}

}  // namespace

std::optional<std::string> literal_of(const clang::Expr* argument, const clang::ASTContext& context) {
  for (int i = 0; i < kSteps; ++i) {
    const auto* bare = without_conversions(argument);
    if (const auto* text = llvm::dyn_cast<clang::StringLiteral>(bare)) {
      if (text->getCharByteWidth() != 1 || is_made_up(text->getBeginLoc(), context)) return std::nullopt;
      return text->getString().substr(0, kTextBytes).str();
    }
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(bare);
    if (name == nullptr) break;
    if (const auto* value = llvm::dyn_cast<clang::EnumConstantDecl>(name->getDecl())) return value->getName().str();
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(name->getDecl());
    if (variable == nullptr || llvm::isa<clang::ParmVarDecl>(variable)) return std::nullopt;
    const bool constant = variable->hasLocalStorage() || variable->getType().isConstQualified();
    const auto* start = variable->getAnyInitializer();
    if (!constant || start == nullptr) return std::nullopt;
    argument = start;
  }
  const auto* whole = argument->IgnoreParenImpCasts();
  if (!whole->getBeginLoc().isMacroID() && !whole->getEndLoc().isMacroID()) return std::nullopt;
  if (is_made_up(whole->getBeginLoc(), context)) return std::nullopt;
  if (whole->isValueDependent() || !whole->getType()->isIntegralOrEnumerationType()) return std::nullopt;
  if (!whole->isIntegerConstantExpr(context)) return std::nullopt;
  return spelling(whole, context);
}

}  // namespace patchgate
