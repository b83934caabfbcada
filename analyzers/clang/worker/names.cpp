#include "analyzers/clang/worker/names.h"

#include <array>
#include <type_traits>

#include <clang/AST/ASTContext.h>
#include <clang/AST/Decl.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/PrettyPrinter.h>
#include <clang/Index/USRGeneration.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/Support/raw_ostream.h>
#include <xxhash.h>

namespace patchgate {
namespace {

std::string without_template_arguments(llvm::StringRef text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '<') ++depth;
    if (depth == 0) out += c;
    if (c == '>' && depth > 0) --depth;
  }
  return out;
}

std::string conversion_name(const clang::NamedDecl& decl) {
  auto policy = decl.getASTContext().getPrintingPolicy();
  policy.SuppressTagKeyword = true;
  policy.SuppressScope = true;
  policy.AnonymousTagLocations = false;
  const auto type = decl.getDeclName().getCXXNameType();
  return "operator " + without_template_arguments(type.getAsString(policy));
}

std::string tag_name(const clang::TagDecl& tag) {
  if (const auto* name = tag.getIdentifier()) return name->getName().str();
  if (const auto* alias = tag.getTypedefNameForAnonDecl()) return alias->getName().str();
  if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&tag); record != nullptr && record->isLambda()) {
    return "(lambda)";
  }
  return "(anonymous)";
}

/// Empty for a context that leaves no trace in names.
std::string context_name(const clang::DeclContext& context) {
  if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(&context)) {
    return space->isAnonymousNamespace() || space->isInline() ? "" : space->getName().str();
  }
  if (const auto* record = llvm::dyn_cast<clang::RecordDecl>(&context)) {
    return record->isAnonymousStructOrUnion() ? "" : tag_name(*record);
  }
  if (const auto* list = llvm::dyn_cast<clang::EnumDecl>(&context)) return list->isScoped() ? tag_name(*list) : "";
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&context)) {
    const auto* parent = llvm::dyn_cast<clang::CXXRecordDecl>(function->getDeclContext());
    return parent != nullptr && parent->isLambda() ? "" : own_name(*function);
  }
  return "";
}

// LLVM 19 has the expression itself, later versions an AssociatedConstraint around it.
template <class Constraint>
const clang::Expr* expression_of(const Constraint& constraint) {
  if constexpr (std::is_pointer_v<Constraint>) {
    return constraint;
  } else {
    return constraint.ConstraintExpr;
  }
}

std::string text_of(const clang::Expr& constraint, const clang::ASTContext& context) {
  std::string text;
  llvm::raw_string_ostream out(text);
  constraint.printPretty(out, nullptr, context.getPrintingPolicy());
  return text;
}

std::string constraints_of(const clang::TemplateParameterList& list, const clang::ASTContext& context) {
  std::string out;
  if (!list.hasAssociatedConstraints()) return out;
  for (const auto* parameter : list) {
    const auto* type = llvm::dyn_cast<clang::TemplateTypeParmDecl>(parameter);
    if (type == nullptr || type->getTypeConstraint() == nullptr) continue;
    if (const auto* one = type->getTypeConstraint()->getImmediatelyDeclaredConstraint()) {
      out += text_of(*one, context) + ';';
    }
  }
  if (const auto* clause = list.getRequiresClause()) out += text_of(*clause, context);
  return out;
}

/// What tells templates apart that differ in their constraints alone, which Clang's USR leaves out.
std::string constraints_of(const clang::Decl& decl) {
  const auto& context = decl.getASTContext();
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl)) {
    std::string out;
    if (const auto* pattern = function->getDescribedFunctionTemplate()) {
      out = constraints_of(*pattern->getTemplateParameters(), context);
    }
    if (const auto trailing = function->getTrailingRequiresClause()) out += text_of(*expression_of(trailing), context);
    return out;
  }
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&decl);
  if (record == nullptr) return "";
  if (const auto* partial = llvm::dyn_cast<clang::ClassTemplatePartialSpecializationDecl>(record)) {
    return constraints_of(*partial->getTemplateParameters(), context);
  }
  const auto* pattern = record->getDescribedClassTemplate();
  return pattern != nullptr ? constraints_of(*pattern->getTemplateParameters(), context) : "";
}

}  // namespace

std::uint64_t hash_text(llvm::StringRef text) { return XXH3_64bits(text.data(), text.size()); }

std::uint64_t hash_pair(std::uint64_t first, std::uint64_t second) {
  const std::array<std::uint64_t, 2> both = {first, second};
  return XXH3_64bits(both.data(), sizeof(both));
}

std::string own_name(const clang::NamedDecl& decl) {
  if (const auto* tag = llvm::dyn_cast<clang::TagDecl>(&decl)) return tag_name(*tag);
  const auto name = decl.getDeclName();
  switch (name.getNameKind()) {
    case clang::DeclarationName::CXXConstructorName:
    case clang::DeclarationName::CXXDestructorName: {
      const auto* parent = llvm::dyn_cast<clang::RecordDecl>(decl.getDeclContext());
      if (parent == nullptr) break;
      return (name.getNameKind() == clang::DeclarationName::CXXDestructorName ? "~" : "") + tag_name(*parent);
    }
    case clang::DeclarationName::CXXConversionFunctionName:
      return conversion_name(decl);
    default:
      break;
  }
  return name.isEmpty() ? "(anonymous)" : name.getAsString();
}

std::string qualified_name(const clang::NamedDecl& decl) {
  llvm::SmallVector<std::string, 8> parts;
  for (const auto* context = decl.getDeclContext(); context != nullptr; context = context->getParent()) {
    if (auto part = context_name(*context); !part.empty()) parts.push_back(std::move(part));
  }
  std::string out;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) out += *part + "::";
  return out + own_name(decl);
}

std::uint64_t usr_hash(const clang::NamedDecl& decl) {
  llvm::SmallString<256> usr;
  if (clang::index::generateUSRForDecl(&decl, usr) || usr.empty()) return 0;
  auto hash = hash_text(usr);
  if (!decl.isTemplated()) return hash;
  std::string constraints = constraints_of(decl);
  for (const auto* context = decl.getDeclContext(); context != nullptr; context = context->getParent()) {
    if (context->isRecord()) constraints += constraints_of(*clang::Decl::castFromDeclContext(context));
  }
  return constraints.empty() ? hash : hash_pair(hash, hash_text(constraints));
}

std::string one_line(llvm::StringRef text, std::size_t limit) {
  std::string out;
  for (const char c : text.trim()) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    if (out.size() > limit) break;
  }
  if (out.size() <= limit) return out;
  out.resize(limit);
  while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U) {
    out.pop_back();
  }
  if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0U) out.pop_back();
  return out;
}

}  // namespace patchgate
