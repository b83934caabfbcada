#include "analyzers/clang/worker/outside_bodies.h"

#include <algorithm>
#include <utility>

#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Lex/PPCallbacks.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Sema/ExternalSemaSource.h>

namespace patchgate {

/// Has the parser keep bodies of templates for later while it is in a file from outside.
class OutsideBodies::Delay : public clang::PPCallbacks {
 public:
  Delay(clang::LangOptions& language, SourceFiles& files) : language_(language), files_(files) {}

  void LexedFileChanged(clang::FileID id, LexedFileChangeReason, clang::SrcMgr::CharacteristicKind, clang::FileID,
                        clang::SourceLocation) override {
    language_.DelayedTemplateParsing = files_.file_of(id) == kOutside;
  }

 private:
  clang::LangOptions& language_;
  SourceFiles& files_;
};

/// Is asked between the last declaration and the instances that wait.
class OutsideBodies::Ending : public clang::ExternalSemaSource {
 public:
  explicit Ending(OutsideBodies& owner) : owner_(owner) {}

  void InitializeSema(clang::Sema& sema) override { sema_ = &sema; }
  void ReadPendingInstantiations(llvm::SmallVectorImpl<std::pair<clang::ValueDecl*, clang::SourceLocation>>&) override {
    if (sema_ != nullptr) owner_.text_ended(*sema_);
  }

 private:
  OutsideBodies& owner_;
  clang::Sema* sema_ = nullptr;
};

namespace {

/// Where names in a body are looked up from: the end of the outermost class that it stands in, else itself.
clang::SourceLocation place_of_names(const clang::FunctionDecl& function) {
  auto place = function.getLocation();
  for (const auto* around = function.getLexicalDeclContext(); around != nullptr; around = around->getLexicalParent())
    if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(around)) place = record->getBraceRange().getEnd();
  return place;
}

/// Looks for names in a body that mean something which is declared after it.
class LaterNames : public clang::RecursiveASTVisitor<LaterNames> {
 public:
  LaterNames(const clang::FunctionDecl& function, SourceFiles& files)
      : sources_(function.getASTContext().getSourceManager()), files_(files), place_(place_of_names(function)) {
    TraverseStmt(function.getBody());
  }
  bool found() const { return found_; }

  bool VisitDeclRefExpr(clang::DeclRefExpr* name) {
    look_at(name->getDecl());
    look_at(name->getFoundDecl());
    return !found_;
  }
  /// An open call to what is declared later, too, is the rule in libraries; what counts is whether it can reach us.
  bool VisitUnresolvedLookupExpr(clang::UnresolvedLookupExpr* names) {
    for (const auto* one : names->decls())
      if (files_.in_project(one->getUnderlyingDecl()->getLocation())) look_at(one);
    return !found_;
  }
  bool VisitTypedefTypeLoc(clang::TypedefTypeLoc name) {
    look_at(name.getTypePtr()->getDecl());
    return !found_;
  }
  bool VisitTagTypeLoc(clang::TagTypeLoc name) {
    look_at(name.getDecl());
    return !found_;
  }

 private:
  void look_at(const clang::NamedDecl* meant) {
    const auto* context = meant->getDeclContext();
    // What is local, and what a class has, was found where it belongs.
    if (context == nullptr || context->isFunctionOrMethod() || context->isRecord()) return;
    const auto at = llvm::cast<clang::NamedDecl>(meant->getCanonicalDecl())->getLocation();
    found_ = found_ || (at.isValid() && sources_.isBeforeInTranslationUnit(place_, at));
  }

  const clang::SourceManager& sources_;
  SourceFiles& files_;
  clang::SourceLocation place_;
  bool found_ = false;
};

}  // namespace

OutsideBodies::OutsideBodies(clang::CompilerInstance& compiler, SourceFiles& files, bool late) : files_(files) {
  const auto& language = compiler.getLangOpts();
  if (!language.CPlusPlus) return;
  compiler.setExternalSemaSource(llvm::IntrusiveRefCntPtr<clang::ExternalSemaSource>(new Ending(*this)));
  if (!late || language.CPlusPlus20 || language.DelayedTemplateParsing) return;
  compiler.getPreprocessor().addPPCallbacks(std::make_unique<Delay>(compiler.getLangOpts(), files));
}

bool OutsideBodies::passes_over(const clang::Decl* decl) {
  const auto* function = decl->getAsFunction();
  if (function == nullptr || function->isTemplated()) return false;
  return !files_.in_project(function->getLocation()) && !function->getReturnType()->getContainedAutoType();
}

bool OutsideBodies::is_needless(const clang::ValueDecl* made) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(made);
  return function != nullptr && !files_.in_project(function->getLocation()) && !types_->concerns_project(function);
}

void OutsideBodies::text_ended(clang::Sema& sema) {
  sema_ = &sema;
  types_ = std::make_unique<TypeTable>(sema.Context, files_);
  auto& waiting = sema.PendingInstantiations;
  const auto needless = [&](const auto& one) { return is_needless(one.first); };
  waiting.erase(std::remove_if(waiting.begin(), waiting.end(), needless), waiting.end());
  // No body was parsed late so far: Clang begins when the text has ended.
  if (sema.LateTemplateParser == nullptr || sema.LateTemplateParser == &parse_late) return;
  parse_late_ = std::exchange(sema.LateTemplateParser, &parse_late);
  parser_ = std::exchange(sema.OpaqueParser, this);
}

void OutsideBodies::parse_late(void* owner, clang::LateParsedTemplate& body) {
  auto& self = *static_cast<OutsideBodies*>(owner);
  if (const auto* function = body.D->getAsFunction()) self.parsed_late_.push_back(function);
  self.parse_late_(self.parser_, body);
}

bool OutsideBodies::finds_other_names() const {
  return std::any_of(parsed_late_.begin(), parsed_late_.end(),
                     [&](const auto* function) { return LaterNames(*function, files_).found(); });
}

void OutsideBodies::waits(const clang::FunctionDecl* made) {
  if (sema_ == nullptr) return;
  auto& waiting = sema_->PendingInstantiations;
  if (!waiting.empty() && waiting.back().first == made && is_needless(made)) waiting.pop_back();
}

}  // namespace patchgate
