#include "analyzers/clang/worker/collect_external.h"

#include <map>

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>

#include "analyzers/clang/worker/collect_body.h"

namespace patchgate {
namespace {
// A call of the standard library unfolds to some hundred instantiations; more than this is not followed.
constexpr std::size_t kBodiesOfOneCall = 4096;
}  // namespace

/// Sorts what a body from outside calls: symbols of the repository, and bodies to look at next.
class ExternalRecorder : public UseRecorder {
 public:
  ExternalRecorder(ExternalCalls& calls, ExternalCalls::Body& body) : calls_(calls), body_(body) {}

  void callee(const clang::FunctionDecl* function, EdgeKind kind, clang::SourceLocation) override {
    const auto id = calls_.symbols_.in_project(function);
    if (id != kNoSymbol) {
      body_.ours.push_back({id, kind, false});
    } else if (calls_.types_.concerns_project(function)) {
      body_.outside.push_back({function, false});
    }
  }
  void mention(const clang::NamedDecl* decl, EdgeKind, clang::SourceLocation) override {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl);
    if (function == nullptr || !calls_.types_.concerns_project(function)) return;
    // A function that hands its own helper to somebody else has it called: that is how std::function works.
    if (calls_.symbols_.in_project(function) == kNoSymbol) body_.outside.push_back({function, true});
  }
  void lambda(const clang::LambdaExpr* lambda, clang::SourceLocation) override {
    body_.outside.push_back({lambda->getCallOperator(), true});
  }
  void type(clang::QualType, clang::SourceLocation) override {}
  void indirect(const clang::Expr*, clang::SourceLocation) override {}
  void candidate(const clang::NamedDecl*, clang::SourceLocation) override {}
  void undecided(const std::string&, clang::SourceLocation) override {}
  void assembler(const clang::AsmStmt*, clang::SourceLocation) override {}
  void arguments(const clang::FunctionDecl*, llvm::ArrayRef<const clang::Expr*>, clang::SourceLocation) override {}
  void local(const clang::Decl*) override {}

 private:
  ExternalCalls& calls_;
  ExternalCalls::Body& body_;
};

const ExternalCalls::Body& ExternalCalls::body_of(const clang::FunctionDecl* function) {
  const auto* definition = function->getDefinition();
  if (definition == nullptr) definition = function;
  const auto [row, fresh] = index_.try_emplace(definition, static_cast<std::uint32_t>(bodies_.size()));
  if (!fresh) return bodies_[row->second];
  const auto place = row->second;
  Body body;
  ExternalRecorder recorder(*this, body);
  const auto* made = llvm::dyn_cast<clang::CXXConstructorDecl>(definition);
  const auto* gone = llvm::dyn_cast<clang::CXXDestructorDecl>(definition);
  const bool has_body = definition->doesThisDeclarationHaveABody() && !definition->isDependentContext();
  if (has_body || gone != nullptr) BodyWalk(recorder).function(definition);
  if (made != nullptr && made->getParent()->isPolymorphic()) {
    // Whoever makes such an object has its virtual methods called by somebody: std::thread's state, shared_ptr's block.
    for (const auto* method : made->getParent()->methods()) {
      if (method->isVirtual()) body.outside.push_back({method, true});
    }
  }
  bodies_.push_back(std::move(body));
  return bodies_[place];
}

const std::vector<ExternalCalls::Callback>& ExternalCalls::reached_by(const clang::FunctionDecl* function) {
  static const std::vector<Callback> kNone;
  if (!types_.concerns_project(function)) return kNone;
  if (const auto row = reached_.find(function); row != reached_.end()) return row->second;
  // What is surely called first, then what is only handed to somebody who may call it.
  std::map<std::pair<SymbolId, EdgeKind>, bool> found;
  llvm::DenseMap<const clang::FunctionDecl*, bool> seen;
  std::vector<const clang::FunctionDecl*> open = {function}, handed;
  seen[function] = true;
  for (const bool later : {false, true}) {
    for (std::size_t next = 0; next < open.size() && next < kBodiesOfOneCall; ++next) {
      const auto& body = body_of(open[next]);
      for (const auto& one : body.ours) found.try_emplace({one.symbol, one.kind}, later);
      for (const auto& callee : body.outside) {
        if (callee.handed && !later) {
          handed.push_back(callee.function);
        } else if (seen.try_emplace(callee.function, true).second) {
          open.push_back(callee.function);
        }
      }
    }
    open.clear();
    for (const auto* callee : handed) {
      if (seen.try_emplace(callee, true).second) open.push_back(callee);
    }
  }
  auto& out = reached_[function];
  for (const auto& [callback, later] : found) out.push_back({callback.first, callback.second, later});
  return out;
}

}  // namespace patchgate
