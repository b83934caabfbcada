#pragma once

#include <clang/AST/DeclTemplate.h>
#include <llvm/ADT/DenseSet.h>

#include "analyzers/clang/worker/collect_uses.h"
#include "analyzers/clang/worker/flows.h"
#include "analyzers/clang/worker/instances.h"

namespace patchgate {

/// Walks the declarations of the repository: makes their symbols and extents and has their bodies looked at. What
/// others declare is not entered.
class DeclWalk {
 public:
  explicit DeclWalk(UnitView& unit);

  void unit(const clang::TranslationUnitDecl* unit);

 private:
  void context(const clang::DeclContext* context);
  void declaration(const clang::Decl* decl);
  void file_scope(const clang::DeclContext* scope, const clang::Decl* decl);
  void function(const clang::FunctionDecl* function, bool instantiated);
  void function_template(const clang::FunctionTemplateDecl* pattern);
  void record(const clang::RecordDecl* record);
  void enumeration(const clang::EnumDecl* list);
  void field(const clang::FieldDecl* field);
  void variable(const clang::VarDecl* variable, bool instantiated);
  void alias(const clang::TypedefNameDecl* alias);
  void requirement(const clang::ConceptDecl* requirement);
  void friendship(const clang::FriendDecl* friendship);

  void class_instances(const clang::ClassTemplateDecl* pattern);
  void instance(const clang::CXXRecordDecl* declared);
  void instantiated(const clang::ValueDecl* part);

  /// Adds the symbol's stand in the text; the user who stands there.
  User stand(const clang::NamedDecl* decl, bool definition);
  User user_at(const clang::NamedDecl* decl, SymbolId id);
  void types_of(const clang::FunctionDecl* function, ProjectRecorder& recorder);
  void behind_alias(const clang::FunctionDecl* function, ProjectRecorder& recorder);
  void overrides_of(const clang::CXXMethodDecl* method, SymbolId id, FileIndex file);

  UnitView& unit_;
  ProjectRecorder::LocalDeclaration on_local_;
  llvm::DenseSet<const clang::Decl*> instances_done_;
  InstanceSearch instances_;
};

}  // namespace patchgate
