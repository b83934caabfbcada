#include "analyzers/clang/worker/collect_extents.h"

#include <algorithm>

#include <clang/AST/Attr.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/TypeLoc.h>
#include <clang/Lex/Lexer.h>

namespace patchgate {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/// Past blanks and comments.
std::uint32_t skip_blanks(llvm::StringRef text, std::uint32_t at) {
  while (at < text.size()) {
    if (is_blank(text[at]) || (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '\n')) {
      ++at;
    } else if (text.substr(at).starts_with("//")) {
      at = static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
    } else if (text.substr(at).starts_with("/*")) {
      const auto end = text.find("*/", at + 2);
      at = static_cast<std::uint32_t>(end == llvm::StringRef::npos ? text.size() : end + 2);
    } else {
      break;
    }
  }
  return at;
}

const clang::TemplateDecl* described_template(const clang::Decl* decl) { return decl->getDescribedTemplate(); }

}  // namespace

std::uint32_t ExtentFinder::end_of_token(clang::SourceLocation at) const {
  const auto& sources = files_.sources();
  const auto [id, offset] = sources.getDecomposedLoc(at);
  return offset + clang::Lexer::MeasureTokenLength(at, sources, language_);
}

ExtentFinder::Bounds ExtentFinder::bounds_of(const clang::Decl* decl) const {
  Bounds out;
  out.begin = decl->getBeginLoc();
  out.end = decl->getEndLoc();
  if (const auto* declarator = llvm::dyn_cast<clang::DeclaratorDecl>(decl)) {
    out.begin = declarator->getOuterLocStart();
  } else if (const auto* tag = llvm::dyn_cast<clang::TagDecl>(decl)) {
    out.begin = tag->getOuterLocStart();
  }
  if (const auto* pattern = described_template(decl)) out.begin = pattern->getBeginLoc();
  const auto* linkage = llvm::dyn_cast<clang::LinkageSpecDecl>(decl->getLexicalDeclContext());
  if (linkage != nullptr && !linkage->hasBraces()) out.begin = linkage->getBeginLoc();
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl)) {
    if (function->doesThisDeclarationHaveABody() && function->getBody() != nullptr) {
      out.body = function->getBody()->getBeginLoc();
    }
  } else if (const auto* tag = llvm::dyn_cast<clang::TagDecl>(decl)) {
    if (tag->isThisDeclarationADefinition()) out.body = tag->getBraceRange().getBegin();
  } else if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) {
    if (variable->hasInit()) out.body = variable->getInit()->getBeginLoc();
  } else if (const auto* value = llvm::dyn_cast<clang::EnumConstantDecl>(decl)) {
    if (value->getInitExpr() != nullptr) out.body = value->getInitExpr()->getBeginLoc();
  } else if (const auto* requirement = llvm::dyn_cast<clang::ConceptDecl>(decl)) {
    out.body = requirement->getConstraintExpr()->getBeginLoc();
  } else if (const auto* field = llvm::dyn_cast<clang::FieldDecl>(decl)) {
    if (const auto* start = field->getInClassInitializer()) out.body = start->getBeginLoc();
  }
  return out;
}

std::optional<TextExtent> ExtentFinder::measure(const Bounds& bounds, bool takes_semicolon) {
  const auto& sources = files_.sources();
  if (bounds.begin.isInvalid() || bounds.end.isInvalid()) return std::nullopt;
  const auto begin = files_.spot(bounds.begin);
  if (begin.file == kOutside) return std::nullopt;
  const auto last = sources.getExpansionRange(bounds.end).getEnd();
  if (sources.getFileID(last) != begin.id) return std::nullopt;
  TextExtent out;
  out.file = begin.file;
  out.id = begin.id;
  out.range.begin = begin.offset;
  out.range.end = end_of_token(last);
  if (out.range.end < out.range.begin) return std::nullopt;
  if (takes_semicolon) {
    const auto text = files_.text(out.id);
    const auto next = skip_blanks(text, out.range.end);
    if (next < text.size() && text[next] == ';') out.range.end = next + 1;
  }
  out.body = out.range.end;
  if (bounds.body.isValid()) {
    const auto body = files_.spot(bounds.body);
    if (body.id == out.id && body.offset >= out.range.begin && body.offset < out.range.end) out.body = body.offset;
  }
  return out;
}

std::uint32_t ExtentFinder::begin_with_attributes(const clang::Decl* decl, const TextExtent& extent) const {
  auto begin = extent.range.begin;
  if (!decl->hasAttrs()) return begin;
  const auto text = files_.text(extent.id);
  for (const auto* attribute : decl->attrs()) {
    const auto at = files_.spot(attribute->getLocation());
    if (attribute->isImplicit() || attribute->isInherited() || at.id != extent.id || at.offset >= begin) continue;
    auto start = at.offset;
    if (attribute->getLocation().isFileID()) {
      // The location is that of the attribute's name: go back over `[[`, `__attribute__((` and a scope `gnu::`.
      const auto opened = text.substr(0, start).rtrim(" \t\r\n([:abcdefghijklmnopqrstuvwxyz_").size();
      const auto inside = text.slice(opened, start);
      const auto mark = std::min(inside.find("[["), inside.find("__attribute__"));
      if (mark == llvm::StringRef::npos) continue;
      start = static_cast<std::uint32_t>(opened + mark);
    }
    begin = std::min(begin, start);
  }
  return begin;
}

std::uint32_t ExtentFinder::function_body(const clang::FunctionDecl* function, const TextExtent& extent) const {
  const auto* source = function->getTypeSourceInfo();
  if (source == nullptr || function->getLocation().isMacroID()) return extent.body;
  const auto type = source->getTypeLoc().getAsAdjusted<clang::FunctionTypeLoc>();
  if (!type || type.getRParenLoc().isInvalid()) return extent.body;
  const auto closed = files_.spot(type.getRParenLoc());
  if (closed.id != extent.id) return extent.body;
  const auto text = files_.text(extent.id);
  clang::Lexer lexer(clang::SourceLocation(), language_, text.begin(), text.begin() + closed.offset, text.end());
  clang::Token token;
  int depth = 0;
  lexer.LexFromRawLexer(token);  // the `)` itself
  while (!lexer.LexFromRawLexer(token)) {
    const auto offset = static_cast<std::uint32_t>(lexer.getBufferLocation() - text.begin()) - token.getLength();
    if (offset >= extent.body || offset >= extent.range.end) break;
    if (token.isOneOf(clang::tok::l_paren, clang::tok::l_square)) ++depth;
    if (token.isOneOf(clang::tok::r_paren, clang::tok::r_square)) --depth;
    if (depth == 0 && token.isOneOf(clang::tok::colon, clang::tok::equal, clang::tok::l_brace)) return offset;
    if (depth == 0 && token.is(clang::tok::raw_identifier) && token.getRawIdentifier() == "try") return offset;
  }
  return extent.body;
}

std::optional<TextExtent> ExtentFinder::of(const clang::Decl* decl) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl);
  const bool with_body = function != nullptr && function->doesThisDeclarationHaveABody() && !function->isDefaulted();
  auto out = measure(bounds_of(decl), !with_body && !llvm::isa<clang::EnumConstantDecl>(decl));
  if (!out) return out;
  const bool bodiless = out->body == out->range.end;
  const auto own_begin = out->range.begin;
  out->range.begin = begin_with_attributes(decl, *out);
  if (function != nullptr) out->body = function_body(function, *out);

  const bool declarator = llvm::isa<clang::VarDecl, clang::FieldDecl, clang::FunctionDecl, clang::TypedefDecl>(decl);
  if (!bodiless && llvm::isa<clang::VarDecl, clang::FieldDecl, clang::EnumConstantDecl, clang::ConceptDecl>(decl)) {
    // The initialiser's own begin is after `=`.
    const auto before = files_.text(out->id).slice(out->range.begin, out->body).rtrim(" \t\r\n\\");
    if (before.ends_with("=")) out->body = out->range.begin + static_cast<std::uint32_t>(before.size()) - 1;
  }
  if (declarator && !with_body) {
    const auto text = files_.text(out->id);
    const auto next = skip_blanks(text, out->range.end);
    const bool more = next < text.size() && text[next] == ',' && text[out->range.end - 1] != ';';
    const bool follows = shared_id_ == out->id && shared_id_.isValid() && shared_begin_ == own_begin;
    if (follows && shared_end_ < out->range.end) out->range.begin = skip_blanks(text, shared_end_ + 1);
    shared_id_ = more ? out->id : clang::FileID();
    shared_begin_ = own_begin;
    shared_end_ = next;
    out->body = std::max(out->body, out->range.begin);
  }
  return out;
}

std::optional<TextExtent> ExtentFinder::of(const clang::LambdaExpr* lambda) {
  return measure({lambda->getBeginLoc(), lambda->getEndLoc(), lambda->getBody()->getBeginLoc()}, false);
}

}  // namespace patchgate
