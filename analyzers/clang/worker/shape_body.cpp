#include "analyzers/clang/worker/shape_body.h"

#include <clang/Lex/Lexer.h>

#include "analyzers/clang/worker/names.h"

namespace patchgate {
namespace {

/// Far more than a person writes; far less than the stack holds.
constexpr unsigned kDeepest = 400;

}  // namespace

ShapeWriter::Open::Open(ShapeWriter& writer, ShapeKind kind, clang::SourceLocation at, std::string_view text)
    : writer_(writer), at_(writer.shape_.nodes.size()) {
  writer.shape_.nodes.push_back({kind, 1, writer.line(at), std::string(text), {}});
  ++writer.depth_;
}

std::uint32_t ShapeWriter::line(clang::SourceLocation at) {
  if (at.isInvalid()) return shape_.line;
  const auto spot = files_.spot(at);
  return spot.id.isValid() ? files_.line(spot.id, spot.offset) : shape_.line;
}

std::string ShapeWriter::source(const clang::Stmt* statement) {
  const auto& sources = files_.sources();
  const auto range =
      clang::CharSourceRange::getTokenRange(sources.getExpansionRange(statement->getSourceRange()).getAsRange());
  if (range.isInvalid() || !files_.in_project(range.getBegin())) return {};
  return one_line(clang::Lexer::getSourceText(range, sources, context_.getLangOpts()), BodyShape::kLongestSource);
}

bool ShapeWriter::may_go_on(clang::SourceLocation at) {
  if (depth_ < kDeepest && shape_.nodes.size() + kDeepest * 4 < BodyShape::kMostNodes) return true;
  shape_.cut = true;
  leaf(ShapeKind::other, at, "...");
  return false;
}

void ShapeWriter::body() {
  const Open whole(*this, ShapeKind::block, function_->getLocation());
  if (const auto* made = llvm::dyn_cast<clang::CXXConstructorDecl>(function_)) {
    for (const auto* start : made->inits()) {
      if (!start->isWritten() || start->getAnyMember() == nullptr) continue;
      Open assign(*this, ShapeKind::assign, start->getSourceLocation(), "=");
      assign.source(start->getAnyMember()->getNameAsString());
      {
        const Open field(*this, ShapeKind::member, start->getSourceLocation(),
                         start->getAnyMember()->getNameAsString());
        leaf(ShapeKind::self, start->getSourceLocation());
      }
      expression(start->getInit());
    }
  }
  if (function_->doesThisDeclarationHaveABody()) inside(function_->getBody());
}

void ShapeWriter::block(const clang::Stmt* statement) {
  if (statement == nullptr) return leaf(ShapeKind::none, {});
  const Open block(*this, ShapeKind::block, statement->getBeginLoc());
  inside(statement);
}

void ShapeWriter::inside(const clang::Stmt* one) {
  if (one == nullptr || !may_go_on(one->getBeginLoc())) return;
  if (const auto* compound = llvm::dyn_cast<clang::CompoundStmt>(one)) {
    for (const auto* child : compound->body()) {
      if (llvm::isa<clang::CompoundStmt>(child)) {
        block(child);
      } else {
        inside(child);
      }
    }
  } else if (const auto* label = llvm::dyn_cast<clang::SwitchCase>(one)) {
    labelled(label);
  } else if (const auto* place = llvm::dyn_cast<clang::LabelStmt>(one)) {
    leaf(ShapeKind::label, place->getBeginLoc(), place->getName());
    inside(place->getSubStmt());
  } else if (const auto* attributed = llvm::dyn_cast<clang::AttributedStmt>(one)) {
    inside(attributed->getSubStmt());
  } else if (const auto* body = llvm::dyn_cast<clang::CoroutineBodyStmt>(one)) {
    inside(body->getBody());
  } else {
    statement(one);
  }
}

void ShapeWriter::labelled(const clang::SwitchCase* label) {
  const auto* value = llvm::dyn_cast<clang::CaseStmt>(label);
  leaf(ShapeKind::case_, label->getBeginLoc(),
       value != nullptr && value->getLHS() != nullptr ? source(value->getLHS()) : std::string());
  inside(label->getSubStmt());
}

void ShapeWriter::statement(const clang::Stmt* one) {
  const auto at = one->getBeginLoc();
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(one)) return if_statement(branch);
  if (const auto* choice = llvm::dyn_cast<clang::SwitchStmt>(one)) return switch_statement(choice);
  if (llvm::isa<clang::ForStmt, clang::WhileStmt, clang::DoStmt, clang::CXXForRangeStmt>(one)) return loop(one);
  if (const auto* group = llvm::dyn_cast<clang::DeclStmt>(one)) return declarations(group);
  if (const auto* tried = llvm::dyn_cast<clang::CXXTryStmt>(one)) return try_statement(tried);
  if (llvm::isa<clang::BreakStmt>(one)) return leaf(ShapeKind::break_, at);
  if (llvm::isa<clang::ContinueStmt>(one)) return leaf(ShapeKind::continue_, at);
  if (llvm::isa<clang::NullStmt>(one)) return;
  if (const auto* jump = llvm::dyn_cast<clang::GotoStmt>(one)) {
    return leaf(ShapeKind::goto_, at, jump->getLabel()->getName());
  }
  const clang::Expr* given = nullptr;
  const bool returns = llvm::isa<clang::ReturnStmt, clang::CoreturnStmt>(one);
  if (const auto* end = llvm::dyn_cast<clang::ReturnStmt>(one)) given = end->getRetValue();
  if (const auto* end = llvm::dyn_cast<clang::CoreturnStmt>(one)) given = end->getOperand();
  if (returns) {
    Open node(*this, ShapeKind::return_, at);
    node.source(source(one));
    if (given != nullptr) expression(given);
    return;
  }
  if (const auto* value = llvm::dyn_cast<clang::Expr>(one)) return discarded(value);
  const Open other(*this, ShapeKind::other, at, one->getStmtClassName());
  for (const auto* child : one->children()) {
    if (child == nullptr) continue;
    if (const auto* part = llvm::dyn_cast<clang::Expr>(child)) {
      expression(part);
    } else {
      inside(child);
    }
  }
}

void ShapeWriter::if_statement(const clang::IfStmt* one) {
  if (one->isConsteval()) {
    const Open choice(*this, ShapeKind::if_, one->getBeginLoc());
    leaf(ShapeKind::name, one->getBeginLoc(), "consteval");
    block(one->getThen());
    block(one->getElse());
    return;
  }
  if (one->getInit() != nullptr) inside(one->getInit());
  if (one->getConditionVariable() != nullptr) variable(one->getConditionVariable());
  const Open branch(*this, ShapeKind::if_, one->getBeginLoc());
  condition(one->getCond());
  block(one->getThen());
  block(one->getElse());
}

void ShapeWriter::switch_statement(const clang::SwitchStmt* one) {
  if (one->getInit() != nullptr) inside(one->getInit());
  if (one->getConditionVariable() != nullptr) variable(one->getConditionVariable());
  const Open choice(*this, ShapeKind::switch_, one->getBeginLoc());
  condition(one->getCond());
  block(one->getBody());
}

void ShapeWriter::loop(const clang::Stmt* one) {
  Open node(*this, ShapeKind::loop, one->getBeginLoc());
  const auto may_be_none = [&](const clang::Expr* part) {
    if (part == nullptr) return leaf(ShapeKind::none, one->getBeginLoc());
    condition(part);
  };
  if (const auto* counted = llvm::dyn_cast<clang::ForStmt>(one)) {
    node.text("for");
    block(counted->getInit());
    may_be_none(counted->getCond());
    may_be_none(counted->getInc());
    block(counted->getBody());
  } else if (const auto* whole = llvm::dyn_cast<clang::CXXForRangeStmt>(one)) {
    node.text("range");
    {
      const Open start(*this, ShapeKind::block, one->getBeginLoc());
      if (whole->getInit() != nullptr) inside(whole->getInit());
      leaf(ShapeKind::variable, one->getBeginLoc(), whole->getLoopVariable()->getNameAsString());
    }
    leaf(ShapeKind::none, one->getBeginLoc());
    may_be_none(whole->getRangeInit());
    block(whole->getBody());
  } else {
    const auto* loop = llvm::dyn_cast<clang::WhileStmt>(one);
    const auto* until = llvm::dyn_cast<clang::DoStmt>(one);
    node.text(loop != nullptr ? "while" : "do");
    {
      const Open start(*this, ShapeKind::block, one->getBeginLoc());
      if (loop != nullptr && loop->getConditionVariable() != nullptr) variable(loop->getConditionVariable());
    }
    may_be_none(loop != nullptr ? loop->getCond() : until->getCond());
    leaf(ShapeKind::none, one->getBeginLoc());
    block(loop != nullptr ? loop->getBody() : until->getBody());
  }
}

void ShapeWriter::try_statement(const clang::CXXTryStmt* one) {
  const Open node(*this, ShapeKind::try_, one->getBeginLoc());
  block(one->getTryBlock());
  for (unsigned i = 0; i < one->getNumHandlers(); ++i) {
    const auto* handler = one->getHandler(i);
    const auto type = handler->getCaughtType();
    const Open caught(
        *this, ShapeKind::catch_, handler->getBeginLoc(),
        type.isNull()
            ? std::string()
            : one_line(type.getNonReferenceType().getUnqualifiedType().getAsString(context_.getPrintingPolicy()),
                       BodyShape::kLongestSource));
    block(handler->getHandlerBlock());
  }
}

void ShapeWriter::declarations(const clang::DeclStmt* one) {
  for (const auto* decl : one->decls()) {
    if (const auto* local = llvm::dyn_cast<clang::VarDecl>(decl)) variable(local);
  }
}

void ShapeWriter::variable(const clang::VarDecl* local) {
  Open node(*this, ShapeKind::variable, local->getLocation(), local->getNameAsString());
  if (local->getInit() == nullptr) return;
  node.source(source(local->getInit()));
  expression(local->getInit());
}

void ShapeWriter::discarded(const clang::Expr* given) {
  const auto* shown = core(given);
  const bool acts =
      llvm::isa<clang::BinaryOperator>(shown) && llvm::cast<clang::BinaryOperator>(shown)->isAssignmentOp();
  if (acts) {
    const auto at = shape_.nodes.size();
    expression(given);
    if (at < shape_.nodes.size()) shape_.nodes[at].source = source(given);
    return;
  }
  const auto* cast = llvm::dyn_cast<clang::ExplicitCastExpr>(given->IgnoreParens());
  Open node(*this, ShapeKind::discard, given->getBeginLoc(),
            cast != nullptr && cast->getType()->isVoidType() ? "void" : "");
  node.source(source(given));
  expression(given);
}

void ShapeWriter::start(const clang::ValueDecl* value, const clang::Expr* start) {
  Open node(*this, ShapeKind::variable, value->getLocation(), value->getNameAsString());
  node.source(source(start));
  expression(start);
}

void ShapeWriter::defaults() {
  const Open all(*this, ShapeKind::block, function_->getLocation());
  for (const auto* parameter : function_->parameters()) {
    const bool written =
        parameter->hasDefaultArg() && !parameter->hasInheritedDefaultArg() && !parameter->hasUnparsedDefaultArg();
    const auto* given = !written                                   ? nullptr
                        : parameter->hasUninstantiatedDefaultArg() ? parameter->getUninstantiatedDefaultArg()
                                                                   : parameter->getDefaultArg();
    if (given != nullptr) start(parameter, given);
  }
}

namespace {

BodyShape named_shape(const clang::ValueDecl* value, SourceFiles& files) {
  BodyShape shape;
  const auto spot = files.spot(value->getLocation());
  shape.line = files.line(spot.id, spot.offset);
  return shape;
}

/// What was written into the nodes are the defaults; a block of nothing is none.
void nodes_are_defaults(BodyShape& shape) {
  if (shape.nodes.size() > 1) shape.defaults = std::move(shape.nodes);
  shape.nodes.clear();
}

const clang::Expr* start_of(const clang::ValueDecl* value) {
  if (const auto* field = llvm::dyn_cast<clang::FieldDecl>(value)) return field->getInClassInitializer();
  if (const auto* one = llvm::dyn_cast<clang::EnumConstantDecl>(value)) return one->getInitExpr();
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(value);
  return variable == nullptr ? nullptr : variable->getInit();
}

}  // namespace

BodyShape shape_of(const clang::FunctionDecl* function, const clang::ASTContext& context, SourceFiles& files) {
  auto shape = named_shape(function, files);
  shape.name = own_name(*function);
  for (const auto* parameter : function->parameters()) shape.parameters.push_back(parameter->getNameAsString());
  ShapeWriter(context, files, function, shape).defaults();
  nodes_are_defaults(shape);
  shape.has_body = function->isThisDeclarationADefinition();
  ShapeWriter(context, files, function, shape).body();
  return shape;
}

BodyShape shape_of_start(const clang::ValueDecl* value, const clang::ASTContext& context, SourceFiles& files) {
  auto shape = named_shape(value, files);
  shape.name = value->getNameAsString();
  shape.nodes.push_back({ShapeKind::block, 1, shape.line, {}, {}});
  if (const auto* start = start_of(value); start != nullptr) {
    ShapeWriter(context, files, nullptr, shape).start(value, start);
    shape.nodes.front().size = static_cast<std::uint32_t>(shape.nodes.size());
  }
  nodes_are_defaults(shape);
  shape.nodes.push_back({ShapeKind::block, 1, shape.line, {}, {}});
  return shape;
}

}  // namespace patchgate
