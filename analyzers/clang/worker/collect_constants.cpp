// The part of ProjectRecorder that looks at what the compiler computes: bounds of arrays, widths of bit fields,
// template arguments, constraints. Nothing of it runs, but it decides what the code around it is.
#include <clang/Basic/Version.inc>

#include <clang/AST/Attr.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprConcepts.h>
#include <clang/AST/TypeLoc.h>

#include "analyzers/clang/worker/collect_uses.h"

namespace patchgate {

using llvm::dyn_cast;

namespace {

/// Expressions still to be looked at, each with whether its value does not matter (only its type, or its existence).
using Open = llvm::SmallVector<std::pair<const clang::Stmt*, bool>, 8>;

void open_requirements(const clang::RequiresExpr* required, Open& open, ProjectRecorder& recorder) {
  for (const auto* one : required->getRequirements()) {
    if (const auto* type = dyn_cast<clang::concepts::TypeRequirement>(one)) {
      if (!type->isSubstitutionFailure()) recorder.constants(type->getType()->getTypeLoc());
    } else if (const auto* nested = dyn_cast<clang::concepts::NestedRequirement>(one)) {
      if (!nested->hasInvalidConstraint()) open.emplace_back(nested->getConstraintExpr(), true);
    } else if (const auto* expression = dyn_cast<clang::concepts::ExprRequirement>(one)) {
      if (!expression->isExprSubstitutionFailure()) open.emplace_back(expression->getExpr(), true);
      const auto& result = expression->getReturnTypeRequirement();
      if (result.isTypeConstraint()) recorder.constraint(result.getTypeConstraint());
    }
  }
}

}  // namespace

void ProjectRecorder::computed(const clang::Expr* start, bool only_named) {
  if (start == nullptr || user_.instantiated) return;
  Open open{{start, only_named}};
  while (!open.empty()) {
    const auto [statement, unused] = open.pop_back_val();
    if (statement == nullptr || llvm::isa<clang::LambdaExpr>(statement)) continue;
    if (const auto* name = dyn_cast<clang::DeclRefExpr>(statement)) {
      constant(name->getDecl(), unused, name->getExprLoc());
    } else if (const auto* member = dyn_cast<clang::MemberExpr>(statement)) {
      constant(member->getMemberDecl(), unused, member->getExprLoc());
    } else if (const auto* fulfilled = dyn_cast<clang::ConceptSpecializationExpr>(statement)) {
      edge(unit_.symbols.in_project(fulfilled->getNamedConcept()), EdgeKind::read, fulfilled->getConceptNameLoc());
      if (const auto* written = fulfilled->getTemplateArgsAsWritten()) arguments_of(written->arguments());
    } else if (const auto* required = dyn_cast<clang::RequiresExpr>(statement)) {
      open_requirements(required, open, *this);
      continue;
    } else if (const auto* size = dyn_cast<clang::UnaryExprOrTypeTraitExpr>(statement)) {
      size_of(size);
      continue;
    } else if (const auto* throws = dyn_cast<clang::CXXNoexceptExpr>(statement)) {
      open.emplace_back(throws->getOperand(), true);
      continue;
    } else if (const auto* cast = dyn_cast<clang::ExplicitCastExpr>(statement)) {
      type(cast->getTypeAsWritten(), cast->getBeginLoc());
    }
    for (const auto* child : statement->children()) open.emplace_back(child, unused);
  }
}

void ProjectRecorder::size_of(const clang::UnaryExprOrTypeTraitExpr* size) {
  if (user_.instantiated) return;
  if (size->isArgumentType()) {
    type(size->getArgumentType(), size->getBeginLoc());
    return constants(size->getArgumentTypeInfo()->getTypeLoc());
  }
  type(size->getArgumentExpr()->getType(), size->getBeginLoc());
  computed(size->getArgumentExpr(), true);
}

void ProjectRecorder::constant(const clang::ValueDecl* decl, bool unused, clang::SourceLocation at) {
  if (const auto* variable = dyn_cast<clang::VarDecl>(decl); variable != nullptr && variable->hasLocalStorage()) return;
  if (llvm::isa<clang::VarDecl, clang::FieldDecl, clang::EnumConstantDecl>(decl)) {
    mention(decl, EdgeKind::read, at);
  } else if (llvm::isa<clang::FunctionDecl>(decl) && !unused) {
    edge(unit_.symbols.in_project(decl), EdgeKind::read, at);
  }
}

void ProjectRecorder::arguments_of(llvm::ArrayRef<clang::TemplateArgumentLoc> arguments) {
  for (const auto& argument : arguments) {
    if (argument.getArgument().getKind() == clang::TemplateArgument::Expression) {
      computed(argument.getSourceExpression(), false);
    } else if (argument.getArgument().getKind() == clang::TemplateArgument::Type) {
      type(argument.getArgument().getAsType(), argument.getLocation());
      if (const auto* written = argument.getTypeSourceInfo()) constants(written->getTypeLoc());
    }
  }
}

void ProjectRecorder::constants(clang::TypeLoc written) {
  if (user_.instantiated) return;
  llvm::SmallVector<clang::TypeLoc, 4> open{written};
  while (!open.empty()) {
    for (auto type = open.pop_back_val(); !type.isNull(); type = type.getNextTypeLoc()) {
      if (const auto array = type.getAs<clang::ArrayTypeLoc>()) {
        // One that is computed when the code runs is looked at as code.
        if (!llvm::isa<clang::VariableArrayType>(array.getTypePtr())) computed(array.getSizeExpr(), false);
      } else if (const auto made = type.getAs<clang::TemplateSpecializationTypeLoc>()) {
        for (unsigned i = 0; i < made.getNumArgs(); ++i) {
          const auto argument = made.getArgLoc(i);
          const auto kind = argument.getArgument().getKind();
          if (kind == clang::TemplateArgument::Expression) computed(argument.getSourceExpression(), false);
          if (kind == clang::TemplateArgument::Type && argument.getTypeSourceInfo() != nullptr) {
            open.push_back(argument.getTypeSourceInfo()->getTypeLoc());
          }
        }
      } else if (const auto of = type.getAs<clang::DecltypeTypeLoc>()) {
        computed(of.getUnderlyingExpr(), true);
      } else if (const auto typeof_ = type.getAs<clang::TypeOfExprTypeLoc>()) {
        computed(typeof_.getUnderlyingExpr(), true);
      } else if (const auto chosen = type.getAs<clang::AutoTypeLoc>()) {
        if (chosen.isConstrained()) {
          edge(unit_.symbols.in_project(chosen.getNamedConcept()), EdgeKind::read, chosen.getConceptNameLoc());
        }
      } else if (const auto function = type.getAs<clang::FunctionTypeLoc>()) {
        for (const auto* parameter : function.getParams()) {
          if (parameter != nullptr && parameter->getTypeSourceInfo() != nullptr) {
            open.push_back(parameter->getTypeSourceInfo()->getTypeLoc());
          }
        }
      }
    }
  }
}

void ProjectRecorder::constraint(const clang::TypeConstraint* constraint) {
  edge(unit_.symbols.in_project(constraint->getNamedConcept()), EdgeKind::read, constraint->getConceptNameLoc());
  if (const auto* written = constraint->getTemplateArgsAsWritten()) arguments_of(written->arguments());
}

void ProjectRecorder::constraints(const clang::TemplateParameterList* parameters) {
  if (parameters == nullptr || user_.instantiated) return;
  for (const auto* parameter : *parameters) {
    const auto* type = dyn_cast<clang::TemplateTypeParmDecl>(parameter);
    if (type != nullptr && type->getTypeConstraint() != nullptr) constraint(type->getTypeConstraint());
  }
  computed(parameters->getRequiresClause(), true);
}

void ProjectRecorder::declared_with(const clang::Decl* decl) {
  for (const auto* aligned : decl->specific_attrs<clang::AlignedAttr>()) {
    if (aligned->isAlignmentExpr()) computed(aligned->getAlignmentExpr(), false);
  }
  if (const auto* pattern = decl->getDescribedTemplate()) constraints(pattern->getTemplateParameters());
  if (const auto* declarator = dyn_cast<clang::DeclaratorDecl>(decl)) {
#if CLANG_VERSION_MAJOR >= 21
    computed(declarator->getTrailingRequiresClause().ConstraintExpr, true);
#else
    computed(declarator->getTrailingRequiresClause(), true);
#endif
    if (const auto* written = declarator->getTypeSourceInfo()) constants(written->getTypeLoc());
  }
  if (const auto* field = dyn_cast<clang::FieldDecl>(decl); field != nullptr && field->isBitField()) {
    computed(field->getBitWidth(), false);
  }
}

}  // namespace patchgate
