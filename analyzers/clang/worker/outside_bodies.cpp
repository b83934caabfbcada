#include "analyzers/clang/worker/outside_bodies.h"

#include <algorithm>
#include <utility>

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

OutsideBodies::OutsideBodies(clang::CompilerInstance& compiler, SourceFiles& files) : files_(files) {
  const auto& language = compiler.getLangOpts();
  if (!language.CPlusPlus) return;
  compiler.setExternalSemaSource(llvm::IntrusiveRefCntPtr<clang::ExternalSemaSource>(new Ending(*this)));
  if (language.CPlusPlus20 || language.DelayedTemplateParsing) return;
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
}

void OutsideBodies::waits(const clang::FunctionDecl* made) {
  if (sema_ == nullptr) return;
  auto& waiting = sema_->PendingInstantiations;
  if (!waiting.empty() && waiting.back().first == made && is_needless(made)) waiting.pop_back();
}

}  // namespace patchgate
