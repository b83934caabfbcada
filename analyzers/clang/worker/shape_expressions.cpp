#include <algorithm>

#include <clang/AST/ExprObjC.h>
#include <clang/AST/OperationKinds.h>
#include <llvm/ADT/SmallString.h>

#include "analyzers/clang/worker/names.h"
#include "analyzers/clang/worker/shape_body.h"

namespace patchgate {
namespace {

constexpr std::size_t kTextBytes = 80;

bool is_default(const clang::Expr* argument) {
  return llvm::isa<clang::CXXDefaultArgExpr, clang::CXXDefaultInitExpr>(argument);
}

std::size_t written_arguments(llvm::ArrayRef<const clang::Expr*> arguments) {
  return static_cast<std::size_t>(
      std::count_if(arguments.begin(), arguments.end(), [](const auto* one) { return !is_default(one); }));
}

llvm::ArrayRef<const clang::Expr*> arguments_of(const clang::CallExpr* call) {
  return {call->getArgs(), call->getNumArgs()};
}

/// Hands its argument on: says nothing of what happens.
bool is_transparent(const clang::CallExpr* call) {
  const auto* callee = call->getDirectCallee();
  if (callee == nullptr || call->getNumArgs() == 0 || callee->getIdentifier() == nullptr) return false;
  const auto name = callee->getName();
  if (callee->isInStdNamespace()) {
    return call->getNumArgs() == 1 &&
           (name == "move" || name == "forward" || name == "as_const" || name == "move_if_noexcept");
  }
  return name == "__builtin_expect" || name == "__builtin_expect_with_probability" || name == "__builtin_unpredictable";
}

std::string name_in(const clang::Expr* callee) {
  if (const auto* name = llvm::dyn_cast<clang::OverloadExpr>(callee)) return name->getName().getAsString();
  if (const auto* name = llvm::dyn_cast<clang::DependentScopeDeclRefExpr>(callee))
    return name->getDeclName().getAsString();
  return {};
}

}  // namespace

const clang::Expr* ShapeWriter::core(const clang::Expr* start) const {
  const auto* one = start;
  while (true) {
    const auto* before = one;
    if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(one)) {
      if (cast->getCastKind() == clang::CK_NullToPointer || cast->getCastKind() == clang::CK_NullToMemberPointer)
        return cast;
      one = cast->getSubExpr();
    } else if (const auto* paren = llvm::dyn_cast<clang::ParenExpr>(one)) {
      one = paren->getSubExpr();
    } else if (const auto* full = llvm::dyn_cast<clang::FullExpr>(one)) {
      one = full->getSubExpr();
    } else if (const auto* made = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(one)) {
      one = made->getSubExpr();
    } else if (const auto* bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(one)) {
      one = bound->getSubExpr();
    } else if (const auto* list = llvm::dyn_cast<clang::CXXStdInitializerListExpr>(one)) {
      one = list->getSubExpr();
    } else if (const auto* chosen = llvm::dyn_cast<clang::GenericSelectionExpr>(one)) {
      if (!chosen->isResultDependent()) one = chosen->getResultExpr();
    } else if (const auto* picked = llvm::dyn_cast<clang::ChooseExpr>(one)) {
      if (!picked->isConditionDependent()) one = picked->getChosenSubExpr();
    } else if (const auto* put = llvm::dyn_cast<clang::SubstNonTypeTemplateParmExpr>(one)) {
      one = put->getReplacement();
    } else if (const auto* pack = llvm::dyn_cast<clang::PackExpansionExpr>(one)) {
      one = pack->getPattern();
    } else if (const auto* extended = llvm::dyn_cast<clang::UnaryOperator>(one)) {
      const auto operation = extended->getOpcode();
      if (operation == clang::UO_Extension || operation == clang::UO_Plus) one = extended->getSubExpr();
    } else if (const auto* call = llvm::dyn_cast<clang::CallExpr>(one)) {
      const auto* method = llvm::dyn_cast<clang::CXXMemberCallExpr>(call);
      if (is_transparent(call)) {
        one = call->getArg(0);
      } else if (method != nullptr && llvm::isa_and_nonnull<clang::CXXConversionDecl>(method->getMethodDecl())) {
        one = method->getImplicitObjectArgument();
      }
    } else if (const auto* object = llvm::dyn_cast<clang::CXXConstructExpr>(one)) {
      const llvm::ArrayRef<const clang::Expr*> given(object->getArgs(), object->getNumArgs());
      if (!llvm::isa<clang::CXXTemporaryObjectExpr>(object) && written_arguments(given) == 1 && !is_default(given[0]))
        one = given[0];
    }
    if (one == before) return one;
  }
}

void ShapeWriter::condition(const clang::Expr* given) {
  const auto at = shape_.nodes.size();
  expression(given);
  if (at < shape_.nodes.size() && shape_.nodes[at].source.empty()) shape_.nodes[at].source = source(given);
}

void ShapeWriter::expression(const clang::Expr* given) {
  if (given == nullptr) return leaf(ShapeKind::none, {});
  const auto* one = core(given);
  const auto at = one->getBeginLoc();
  if (!may_go_on(at)) return;
  if (literals(one) || operators(one) || calls(one) || objects(one)) return;
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

bool ShapeWriter::literals(const clang::Expr* one) {
  const auto at = one->getBeginLoc();
  if (const auto* number = llvm::dyn_cast<clang::IntegerLiteral>(one)) {
    llvm::SmallString<40> text;
    number->getValue().toString(text, 10, number->getType()->isSignedIntegerType());
    leaf(ShapeKind::number, at, std::string_view(text.data(), text.size()));
  } else if (const auto* letter = llvm::dyn_cast<clang::CharacterLiteral>(one)) {
    leaf(ShapeKind::number, at, std::to_string(letter->getValue()));
  } else if (const auto* real = llvm::dyn_cast<clang::FloatingLiteral>(one)) {
    llvm::SmallString<40> text;
    real->getValue().toString(text);
    leaf(ShapeKind::number, at, std::string_view(text.data(), text.size()));
  } else if (const auto* yes = llvm::dyn_cast<clang::CXXBoolLiteralExpr>(one)) {
    leaf(ShapeKind::number, at, yes->getValue() ? "1" : "0");
  } else if (const auto* words = llvm::dyn_cast<clang::StringLiteral>(one)) {
    leaf(ShapeKind::text, at, words->getCharByteWidth() == 1 ? one_line(words->getBytes(), kTextBytes) : "wide");
  } else if (llvm::isa<clang::CXXNullPtrLiteralExpr, clang::GNUNullExpr>(one) || llvm::isa<clang::CastExpr>(one)) {
    leaf(ShapeKind::null, at);  // of the casts, core() leaves that of zero to a pointer
  } else if (llvm::isa<clang::CXXScalarValueInitExpr, clang::ImplicitValueInitExpr>(one)) {
    leaf(one->getType()->isAnyPointerType() ? ShapeKind::null : ShapeKind::number, at,
         one->getType()->isAnyPointerType() ? "" : "0");
  } else if (llvm::isa<clang::CXXThisExpr>(one)) {
    leaf(ShapeKind::self, at);
  } else {
    return false;
  }
  return true;
}

void ShapeWriter::one(ShapeKind kind, std::string_view text, const clang::Expr* operand, clang::SourceLocation at) {
  const Open node(*this, kind, at, text);
  if (kind == ShapeKind::not_) return condition(operand);
  expression(operand);
}

void ShapeWriter::two(ShapeKind kind, std::string_view text, const clang::Expr* left, const clang::Expr* right,
                      clang::SourceLocation at) {
  const Open node(*this, kind, at, text);
  if (kind == ShapeKind::and_ || kind == ShapeKind::or_) {
    condition(left);
    condition(right);
    return;
  }
  expression(left);
  expression(right);
}

void ShapeWriter::binary(const clang::BinaryOperator* binary) {
  const auto operation = binary->getOpcode();
  const auto kind = operation == clang::BO_LAnd  ? ShapeKind::and_
                    : operation == clang::BO_LOr ? ShapeKind::or_
                    : binary->isAssignmentOp()   ? ShapeKind::assign
                    : clang::BinaryOperator::isComparisonOp(operation) && operation != clang::BO_Cmp
                        ? ShapeKind::compare
                        : ShapeKind::binary;
  const auto text = clang::BinaryOperator::getOpcodeStr(operation);
  two(kind, std::string_view(text.data(), text.size()), binary->getLHS(), binary->getRHS(), binary->getBeginLoc());
}

void ShapeWriter::unary(const clang::UnaryOperator* unary) {
  const auto operation = unary->getOpcode();
  const auto at = unary->getBeginLoc();
  if (operation == clang::UO_LNot) return one(ShapeKind::not_, "", unary->getSubExpr(), at);
  if (operation == clang::UO_Deref) return one(ShapeKind::dereference, "", unary->getSubExpr(), at);
  const auto text = clang::UnaryOperator::getOpcodeStr(operation);
  one(ShapeKind::unary, std::string_view(text.data(), text.size()), unary->getSubExpr(), at);
}

bool ShapeWriter::operators(const clang::Expr* given) {
  const auto at = given->getBeginLoc();
  if (const auto* both = llvm::dyn_cast<clang::BinaryOperator>(given)) {
    binary(both);
  } else if (const auto* single = llvm::dyn_cast<clang::UnaryOperator>(given)) {
    unary(single);
  } else if (const auto* again = llvm::dyn_cast<clang::CXXRewrittenBinaryOperator>(given)) {
    const auto form = again->getDecomposedForm();
    const auto text = clang::BinaryOperator::getOpcodeStr(form.Opcode);
    two(ShapeKind::compare, std::string_view(text.data(), text.size()), form.LHS, form.RHS, at);
  } else if (const auto* chosen = llvm::dyn_cast<clang::ConditionalOperator>(given)) {
    const Open node(*this, ShapeKind::choice, at);
    condition(chosen->getCond());
    expression(chosen->getTrueExpr());
    expression(chosen->getFalseExpr());
  } else if (const auto* kept = llvm::dyn_cast<clang::BinaryConditionalOperator>(given)) {
    const Open node(*this, ShapeKind::choice, at);
    condition(kept->getCommon());
    expression(kept->getCommon());
    expression(kept->getFalseExpr());
  } else if (const auto* opaque = llvm::dyn_cast<clang::OpaqueValueExpr>(given)) {
    expression(opaque->getSourceExpr());
  } else if (const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(given)) {
    two(ShapeKind::index, "", element->getBase(), element->getIdx(), at);
  } else if (const auto* thrown = llvm::dyn_cast<clang::CXXThrowExpr>(given)) {
    const Open node(*this, ShapeKind::throw_, at);
    if (thrown->getSubExpr() != nullptr) expression(thrown->getSubExpr());
  } else if (const auto* awaited = llvm::dyn_cast<clang::CoroutineSuspendExpr>(given)) {
    one(ShapeKind::unary, "co_await", awaited->getOperand(), at);
  } else if (const auto* later = llvm::dyn_cast<clang::DependentCoawaitExpr>(given)) {
    one(ShapeKind::unary, "co_await", later->getOperand(), at);
  } else {
    return false;
  }
  return true;
}

void ShapeWriter::arguments(llvm::ArrayRef<const clang::Expr*> given) {
  for (const auto* one : given)
    if (!is_default(one)) expression(one);
}

void ShapeWriter::member(const clang::Expr* object, std::string_view name, bool arrow, clang::SourceLocation at) {
  const Open node(*this, ShapeKind::member, at, name);
  if (object == nullptr) return leaf(ShapeKind::self, at);
  const auto* base = core(object);
  const auto* overloaded = llvm::dyn_cast<clang::CXXOperatorCallExpr>(base);
  const bool says_so = overloaded != nullptr && overloaded->getOperator() == clang::OO_Arrow;
  if (arrow && !says_so && !llvm::isa<clang::CXXThisExpr>(base)) return one(ShapeKind::dereference, "", base, at);
  expression(base);
}

void ShapeWriter::call(const clang::CallExpr* given) {
  const auto at = given->getBeginLoc();
  const auto* callee = given->getCallee()->IgnoreParenImpCasts();
  const auto* function = given->getDirectCallee();
  Open node(*this, function != nullptr && function->isNoReturn() ? ShapeKind::dead_end : ShapeKind::call, at);
  std::string name = function != nullptr ? own_name(*function) : name_in(callee);
  const clang::Expr* object = nullptr;
  bool arrow = false;
  bool of_self = false;
  if (const auto* field = llvm::dyn_cast<clang::MemberExpr>(callee)) {
    if (name.empty()) name = field->getMemberDecl()->getNameAsString();
    object = field->getBase();
    arrow = field->isArrow();
  } else if (const auto* open = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(callee)) {
    name = open->getMember().getAsString();
    object = open->isImplicitAccess() ? nullptr : open->getBase();
    of_self = open->isImplicitAccess();
    arrow = open->isArrow();
  } else if (const auto* among = llvm::dyn_cast<clang::UnresolvedMemberExpr>(callee)) {
    object = among->isImplicitAccess() ? nullptr : among->getBase();
    of_self = among->isImplicitAccess();
    arrow = among->isArrow();
  } else if (const auto* pointer = llvm::dyn_cast<clang::DeclRefExpr>(callee); pointer != nullptr && name.empty()) {
    name = pointer->getDecl()->getNameAsString();
  }
  node.text(name);
  if (object != nullptr) {
    const auto* base = core(object);
    const auto* overloaded = llvm::dyn_cast<clang::CXXOperatorCallExpr>(base);
    const bool says_so = overloaded != nullptr && overloaded->getOperator() == clang::OO_Arrow;
    if (arrow && !says_so && !llvm::isa<clang::CXXThisExpr>(base)) {
      one(ShapeKind::dereference, "", base, at);
    } else {
      expression(base);
    }
  } else if (of_self) {
    leaf(ShapeKind::self, at);
  } else if (name.empty()) {
    expression(callee);
  } else {
    leaf(ShapeKind::none, at);
  }
  arguments(arguments_of(given));
}

void ShapeWriter::operator_call(const clang::CXXOperatorCallExpr* given) {
  const auto at = given->getBeginLoc();
  const auto operation = given->getOperator();
  const auto all = arguments_of(given);
  if (all.empty()) return leaf(ShapeKind::other, at, "operator");
  const std::string text = clang::getOperatorSpelling(operation);
  if (operation == clang::OO_Call) {
    const Open node(*this, ShapeKind::call, at, "()");
    expression(all[0]);
    arguments(all.drop_front());
  } else if (operation == clang::OO_Exclaim) {
    one(ShapeKind::not_, "", all[0], at);
  } else if (operation == clang::OO_Arrow || (operation == clang::OO_Star && all.size() == 1)) {
    one(ShapeKind::dereference, "", all[0], at);
  } else if (all.size() < 2) {
    one(ShapeKind::unary, text, all[0], at);
  } else if (operation == clang::OO_Subscript) {
    two(ShapeKind::index, "", all[0], all[1], at);
  } else if (operation == clang::OO_AmpAmp || operation == clang::OO_PipePipe) {
    two(operation == clang::OO_AmpAmp ? ShapeKind::and_ : ShapeKind::or_, "", all[0], all[1], at);
  } else if (operation == clang::OO_PlusPlus || operation == clang::OO_MinusMinus) {
    one(ShapeKind::unary, text, all[0], at);
  } else {
    const auto kind = given->isAssignmentOp()                                       ? ShapeKind::assign
                      : given->isComparisonOp() && operation != clang::OO_Spaceship ? ShapeKind::compare
                                                                                    : ShapeKind::binary;
    two(kind, text, all[0], all[1], at);
  }
}

bool ShapeWriter::calls(const clang::Expr* given) {
  const auto at = given->getBeginLoc();
  if (const auto* overloaded = llvm::dyn_cast<clang::CXXOperatorCallExpr>(given)) {
    operator_call(overloaded);
  } else if (const auto* plain = llvm::dyn_cast<clang::CallExpr>(given)) {
    call(plain);
  } else if (const auto* fresh = llvm::dyn_cast<clang::CXXNewExpr>(given)) {
    const Open node(*this, ShapeKind::call, at, "new");
    leaf(ShapeKind::none, at);
    if (fresh->getInitializer() != nullptr) expression(fresh->getInitializer());
  } else if (const auto* gone = llvm::dyn_cast<clang::CXXDeleteExpr>(given)) {
    const Open node(*this, ShapeKind::call, at, "delete");
    leaf(ShapeKind::none, at);
    expression(gone->getArgument());
  } else if (const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(given)) {
    const auto type = made->getType().getUnqualifiedType();
    const Open node(*this, ShapeKind::construct, at,
                    one_line(type.getAsString(context_.getPrintingPolicy()), kTextBytes));
    arguments({made->getArgs(), made->getNumArgs()});
  } else if (const auto* open = llvm::dyn_cast<clang::CXXUnresolvedConstructExpr>(given)) {
    const Open node(*this, ShapeKind::construct, at,
                    one_line(open->getTypeAsWritten().getAsString(context_.getPrintingPolicy()), kTextBytes));
    for (const auto* one : open->arguments()) expression(one);
  } else {
    return false;
  }
  return true;
}

void ShapeWriter::named(const clang::ValueDecl* decl, clang::SourceLocation at) {
  if (decl->getName() == "nullopt") return leaf(ShapeKind::null, at);
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl);
  const bool is_local =
      (variable != nullptr && variable->isLocalVarDeclOrParm()) || llvm::isa<clang::BindingDecl>(decl);
  leaf(is_local ? ShapeKind::local : ShapeKind::name, at, decl->getNameAsString());
}

bool ShapeWriter::objects(const clang::Expr* given) {
  const auto at = given->getBeginLoc();
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(given)) {
    const auto* decl = reference->getDecl();
    if (decl->getDeclName().isIdentifier()) {
      named(decl, at);
    } else {
      leaf(ShapeKind::name, at, decl->getNameAsString());
    }
  } else if (const auto* field = llvm::dyn_cast<clang::MemberExpr>(given)) {
    member(field->getBase(), field->getMemberDecl()->getNameAsString(), field->isArrow(), at);
  } else if (const auto* open = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(given)) {
    member(open->isImplicitAccess() ? nullptr : open->getBase(), open->getMember().getAsString(), open->isArrow(), at);
  } else if (const auto name = name_in(given); !name.empty()) {
    leaf(name == "nullopt" ? ShapeKind::null : ShapeKind::name, at, name);
  } else if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(given)) {
    const Open node(*this, ShapeKind::lambda, at);
    block(lambda->getBody());
  } else if (const auto* statements = llvm::dyn_cast<clang::StmtExpr>(given)) {
    block(statements->getSubStmt());
  } else if (const auto* list = llvm::dyn_cast<clang::InitListExpr>(given)) {
    const Open node(*this, ShapeKind::list, at);
    for (const auto* one : list->inits()) expression(one);
  } else if (const auto* size = llvm::dyn_cast<clang::UnaryExprOrTypeTraitExpr>(given)) {
    leaf(ShapeKind::name, at, source(size));
  } else {
    return false;
  }
  return true;
}

}  // namespace patchgate
