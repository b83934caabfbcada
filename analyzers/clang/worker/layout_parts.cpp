#include "analyzers/clang/worker/layout_parts.h"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>
#include <llvm/ADT/DenseSet.h>

namespace patchgate {

using llvm::dyn_cast;

namespace {

/// Classes of the standard library nest about ten deep. So many types in one object are looked into.
constexpr std::size_t kMostTypes = 200;

class PartFinder {
 public:
  PartFinder(const clang::ASTContext& context, SourceFiles& files) : context_(context), files_(files) {}

  LayoutParts run(clang::QualType start) {
    open_.push_back(start);
    for (std::size_t next = 0; next < open_.size() && next < kMostTypes; ++next) look(open_[next]);
    return std::move(parts_);
  }

 private:
  void look(clang::QualType type) {
    if (type.isNull() || type->isDependentType()) return;
    type = context_.getBaseElementType(type);
    if (const auto* alias = type->getAs<clang::TypedefType>(); alias != nullptr && ours(alias->getDecl())) return;
    if (const auto* tag = type->getAsTagDecl()) enter(tag);
  }

  void enter(const clang::TagDecl* tag) {
    if (!entered_.insert(tag->getCanonicalDecl()).second) return;
    const bool made = llvm::isa<clang::ClassTemplateSpecializationDecl>(tag);
    if (ours(tag) && !made) return;
    const auto* record = llvm::dyn_cast_or_null<clang::RecordDecl>(tag->getDefinition());
    if (record == nullptr) return;
    for (const auto* field : record->fields()) open_.push_back(field->getType());
    if (const auto* of_class = dyn_cast<clang::CXXRecordDecl>(record)) {
      for (const auto& base : of_class->bases()) open_.push_back(base.getType());
    }
  }

  bool ours(const clang::NamedDecl* decl) {
    if (!files_.in_project(decl->getLocation())) return false;
    if (!llvm::is_contained(parts_, decl)) parts_.push_back(decl);
    return true;
  }

  const clang::ASTContext& context_;
  SourceFiles& files_;
  llvm::SmallVector<clang::QualType, 8> open_;
  llvm::DenseSet<const clang::Decl*> entered_;
  LayoutParts parts_;
};

}  // namespace

LayoutParts layout_parts(clang::QualType type, const clang::ASTContext& context, SourceFiles& files) {
  if (type.isNull() || type->isBuiltinType() || type->isPointerType() || type->isReferenceType()) {
    if (type.isNull() || type->getAs<clang::TypedefType>() == nullptr) return {};
  }
  return PartFinder(context, files).run(type);
}

}  // namespace patchgate
