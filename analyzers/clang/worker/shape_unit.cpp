#include "analyzers/clang/worker/shape_unit.h"

#include <algorithm>
#include <memory>
#include <tuple>

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>

#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/clang/worker/compiler_instance.h"
#include "analyzers/clang/worker/diagnostics.h"
#include "analyzers/clang/worker/shape_body.h"

namespace patchgate {
namespace {

/// Finds what was asked for at the place of a declaration.
class WantedPlaces {
 public:
  WantedPlaces(const clang::SourceManager& sources, const ParseRequest& request, const WantedBodies& wanted)
      : files_(sources, request.root, request.directory), wanted_(wanted) {}

  const std::pair<std::string, ByteRange>* find(const clang::ValueDecl* value) {
    const auto spot = files_.spot(value->getLocation());
    if (spot.file == kOutside) return nullptr;
    const auto& path = files_.path(spot.file);
    const auto found = std::find_if(wanted_.begin(), wanted_.end(), [&](const auto& one) {
      return one.first == path && one.second.begin <= spot.offset && spot.offset < one.second.end;
    });
    return found == wanted_.end() ? nullptr : &*found;
  }
  SourceFiles& files() { return files_; }

 private:
  SourceFiles files_;
  const WantedBodies& wanted_;
};

class ShapeVisitor : public clang::RecursiveASTVisitor<ShapeVisitor> {
 public:
  ShapeVisitor(clang::ASTContext& context, WantedPlaces& places, UnitShapes& out)
      : context_(context), places_(places), out_(out) {}

  bool shouldVisitTemplateInstantiations() const { return false; }
  /// What is inside of a function is part of it, and other bodies hold nothing that was asked for.
  bool TraverseStmt(clang::Stmt* /*statement*/) { return true; }

  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    const auto* wanted = function->isImplicit() ? nullptr : places_.find(function);
    if (wanted != nullptr) add(shape_of(function, context_, places_.files()), *wanted);
    return true;
  }
  bool VisitFieldDecl(clang::FieldDecl* field) { return value(field); }
  bool VisitEnumConstantDecl(clang::EnumConstantDecl* one) { return value(one); }
  bool VisitVarDecl(clang::VarDecl* variable) { return llvm::isa<clang::ParmVarDecl>(variable) || value(variable); }

 private:
  bool value(clang::ValueDecl* value) {
    const auto* wanted = value->isImplicit() ? nullptr : places_.find(value);
    if (wanted != nullptr) add(shape_of_start(value, context_, places_.files()), *wanted);
    return true;
  }
  /// A declaration that says nothing of what was asked is left out.
  void add(BodyShape shape, const std::pair<std::string, ByteRange>& wanted) {
    if (!shape.has_body && shape.defaults.empty()) return;
    shape.file = wanted.first;
    shape.range = wanted.second;
    out_.shapes.push_back(std::move(shape));
  }

  clang::ASTContext& context_;
  WantedPlaces& places_;
  UnitShapes& out_;
};

class ShapeConsumer : public clang::ASTConsumer {
 public:
  ShapeConsumer(clang::CompilerInstance& compiler, const ParseRequest& request, const WantedBodies& wanted,
                UnitShapes& out)
      : places_(compiler.getSourceManager(), request, wanted), out_(out) {}

  bool shouldSkipFunctionBody(clang::Decl* decl) override {
    const auto* function = decl->getAsFunction();
    if (function == nullptr || function->getReturnType()->getContainedAutoType() != nullptr) return false;
    return places_.find(function) == nullptr;
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    ShapeVisitor(context, places_, out_).TraverseDecl(context.getTranslationUnitDecl());
  }

 private:
  WantedPlaces places_;
  UnitShapes& out_;
};

class ShapeAction : public clang::ASTFrontendAction {
 public:
  ShapeAction(const ParseRequest& request, const WantedBodies& wanted, UnitShapes& out)
      : request_(request), wanted_(wanted), out_(out) {}

 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    return std::make_unique<ShapeConsumer>(compiler, request_, wanted_, out_);
  }

 private:
  const ParseRequest& request_;
  const WantedBodies& wanted_;
  UnitShapes& out_;
};

}  // namespace

UnitShapes shape_unit(const ParseRequest& request, VirtualFiles files, const WantedBodies& wanted) {
  UnitShapes shapes;
  files->setCurrentWorkingDirectory(request.directory);
  ErrorRecord record(request.root, request.directory);
  DriverDiagnostics driver(record);
  auto invocation = invocation_of(request, request.root + "/" + request.main_file, files, driver);
  if (!invocation) {
    shapes.failure = "compile command not usable: " + record.gravest();
    return shapes;
  }
  invocation->getFrontendOpts().SkipFunctionBodies = true;
  const auto compiler = instance_of(std::move(invocation), files, record);
  ShapeAction action(request, wanted, shapes);
  bool begun = false;
  if (compiler->createTarget() && !compiler->getFrontendOpts().Inputs.empty())
    begun = action.BeginSourceFile(*compiler, compiler->getFrontendOpts().Inputs.front());
  if (begun) {
    llvm::consumeError(action.Execute());
    action.EndSourceFile();
  }
  if (!record.gravest().empty()) {
    shapes.failure = "parse error: " + record.gravest();
  } else if (!begun) {
    shapes.failure = "parse error: " + request.main_file + " cannot be opened";
  }
  std::sort(shapes.shapes.begin(), shapes.shapes.end(), [](const BodyShape& a, const BodyShape& b) {
    return std::tie(a.file, a.range.begin, a.line) < std::tie(b.file, b.range.begin, b.line);
  });
  return shapes;
}

}  // namespace patchgate
