#include "analyzers/clang/worker/collect_slots.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "analyzers/clang/worker/names.h"

namespace patchgate {

using llvm::dyn_cast;
using Holds = SlotTable::Holds;

bool SlotFinder::concerns(const clang::Expr* value) {
  // The list of a dependent initialiser has no type at all.
  if (value == nullptr || value->getType().isNull() || value->isTypeDependent()) return false;
  if (value->getType()->isFunctionType() || unit_.slots.holds_any(value->getType())) return true;
  const auto* bare = value->IgnoreParenCasts();
  if (bare == value) return false;
  return bare->getType()->isFunctionType() || unit_.slots.holds_any(bare->getType());
}

/// Also where what is stored into is one under the name of another type: *(void**)&f = dlsym(…).
bool SlotFinder::concerns_target(const clang::Expr* target) {
  while (!concerns(target)) {
    target = target->IgnoreParenCasts();
    const auto* one = dyn_cast<clang::UnaryOperator>(target);
    if (one == nullptr || (one->getOpcode() != clang::UO_Deref && one->getOpcode() != clang::UO_AddrOf)) return false;
    target = one->getSubExpr();
  }
  return true;
}

void SlotFinder::put(const PointerSources& from, Slot into, bool shared) {
  if (into == 0) return;
  auto& out = draft();
  for (const auto function : from.functions) out.slot_values.emplace_back(into, function);
  for (const auto slot : from.slots) {
    if (slot == into) continue;
    out.slot_copies.emplace_back(slot, into);
    if (shared) out.slot_copies.emplace_back(into, slot);
  }
  if (from.open) out.open_slots.push_back(into);
}

/// What is put into one member of a union comes out of the others. A data pointer and a number may also be filled where
/// nobody sees that it is a function.
void SlotFinder::share(const clang::ValueDecl* member, const clang::Expr* value) {
  const auto* field = dyn_cast<clang::FieldDecl>(member);
  if (field == nullptr || !field->getParent()->isUnion() || value->getType().isNull()) return;
  const bool known = unit_.slots.holds_any(field->getType());
  if (!known && !field->getType()->isVoidPointerType() && !concerns(value)) return;
  auto values = sources(value);
  if (values.functions.empty() && values.slots.empty() && !values.open) return;
  values.open = values.open || !known;
  for (const auto* other : field->getParent()->fields()) {
    if (other == field || !unit_.slots.holds_any(other->getType())) continue;
    // Pointers to functions of other types are there to tell apart what is in it.
    if (known && !unit_.context.hasSameUnqualifiedType(field->getType(), other->getType())) continue;
    put(values, unit_.slots.of(other), false);
  }
}

void SlotFinder::store(const clang::Expr* target, const clang::Expr* value) {
  if (const auto* member = dyn_cast<clang::MemberExpr>(target->IgnoreParenCasts()))
    share(member->getMemberDecl(), value);
  if (!concerns_target(target) && !concerns(value)) return;
  const auto places = sources(target);
  auto values = sources(value);
  // Neither has the type of what they hold.
  if (!unit_.slots.holds_any(target->getType()) && !concerns(value) && !values.slots.empty()) values.open = true;
  const bool shared = unit_.slots.holds(target->getType()) == Holds::place;
  for (const auto slot : places.slots) put(values, slot, shared);
  const auto* place = target->IgnoreParenCasts();
  if (const auto* member = dyn_cast<clang::MemberExpr>(place)) note_outside(member->getMemberDecl());
  if (const auto* name = dyn_cast<clang::DeclRefExpr>(place)) note_outside(name->getDecl());
}

namespace {

bool has_name(const clang::NamedDecl* decl, std::initializer_list<llvm::StringLiteral> names) {
  return decl->getIdentifier() != nullptr && llvm::is_contained(names, decl->getName());
}

/// It gives back what holds functions because it was given them (move, bind, make_pair), or makes an object that does.
/// signal gives back what was there before, and for_each has called what it gives back.
bool hands_on(SlotTable& slots, const clang::FunctionDecl* callee) {
  if (const auto* made = dyn_cast<clang::CXXConstructorDecl>(callee)) return slots.holds_any(made->getParent());
  const auto type = callee->getReturnType();
  if (!slots.holds_any(type)) return false;
  return !type->isFunctionPointerType() || has_name(callee, {"exchange", "atomic_exchange"});
}

/// An object that keeps a function to call it itself, not for who has the object: a deleter, an order, a hash.
bool calls_itself(const clang::FunctionDecl* callee, const clang::Expr* argument) {
  const auto* made = dyn_cast<clang::CXXConstructorDecl>(callee);
  const auto type = argument->getType();
  return made != nullptr && (type->isFunctionType() || type->isFunctionPointerType()) &&
         has_name(made->getParent(), {"unique_ptr", "set", "multiset", "map", "multimap", "unordered_set",
                                      "unordered_multiset", "unordered_map", "unordered_multimap", "priority_queue"});
}

/// "sigaction::sa_handler": a field of what has no name is that of what holds it.
std::string name_outside(const clang::NamedDecl& decl) {
  constexpr std::string_view kUnnamed = "(anonymous)::";
  auto name = qualified_name(decl);
  for (auto at = name.find(kUnnamed); at != std::string::npos; at = name.find(kUnnamed))
    name.erase(at, kUnnamed.size());
  return name;
}

}  // namespace

void SlotFinder::note_outside(const clang::ValueDecl* decl) {
  const auto* variable = dyn_cast<clang::VarDecl>(decl);
  if (variable != nullptr ? variable->isLocalVarDeclOrParm() : !llvm::isa<clang::FieldDecl>(decl)) return;
  if (unit_.files.in_project(decl->getLocation())) return;
  if (const auto slot = unit_.slots.of(decl)) draft().outside_slots.emplace_back(slot, name_outside(*decl));
}

void SlotFinder::start(const clang::ValueDecl* decl, const clang::Expr* value) {
  if (value != nullptr) share(decl, value);
  if (value == nullptr || (!unit_.slots.holds_any(decl->getType()) && !concerns(value))) return;
  // A closure or a callable object is what it is: a call of it names its operator.
  if (decl->getType()->isRecordType() && !unit_.slots.holds_any(decl->getType())) return;
  const auto from = sources(value);
  put(from, unit_.slots.of(decl), unit_.slots.holds(decl->getType()) == Holds::place);
  if (!from.functions.empty() || !from.slots.empty()) note_outside(decl);
}

void SlotFinder::start_fields(const clang::InitListExpr* list) {
  if (list->getType()->isDependentType()) return;
  const auto* record = list->getType()->getAsRecordDecl();
  if (record == nullptr) return;
  if (const auto* chosen = list->getInitializedFieldInUnion()) {
    if (list->getNumInits() > 0) start(chosen, list->getInit(0));
    return;
  }
  unsigned next = 0;
  if (const auto* of_class = dyn_cast<clang::CXXRecordDecl>(record)) next = of_class->getNumBases();
  for (const auto* field : record->fields()) {
    if (field->isUnnamedBitField()) continue;
    if (next >= list->getNumInits()) break;
    start(field, list->getInit(next++));
  }
}

/// An object with a call operator that what holds functions keeps: `handler = [] { … }`. What it only asks is none.
bool SlotFinder::takes_callable(const clang::FunctionDecl* callee, const clang::Expr* argument) {
  if (argument->isTypeDependent() || argument->getType()->getAsCXXRecordDecl() == nullptr || concerns(argument)) {
    return false;
  }
  const auto* name = callee->getIdentifier();
  if (name != nullptr && (name->isStr("remove_if") || name->isStr("sort") || name->isStr("unique") ||
                          name->isStr("merge") || name->isStr("find_if"))) {
    return false;
  }
  const auto values = sources(argument);
  return !values.functions.empty() && values.slots.empty();
}

/// Calls of any std::function of that signature may reach them.
void SlotFinder::wrap(const PointerSources& values, clang::QualType holder) {
  const auto wrapped = SlotTable::wrapped_function(holder);
  if (wrapped.isNull() || user_.file == kOutside) return;
  const auto type = unit_.types.wrapped(wrapped);
  for (const auto id : values.functions) draft().addresses.push_back({id, user_.symbol, type});
}

void SlotFinder::pass(const clang::FunctionDecl* callee, const clang::Expr* object,
                      llvm::ArrayRef<const clang::Expr*> arguments) {
  const auto id = unit_.symbols.of(callee);
  const bool outside = id == kNoSymbol || unit_.symbols.draft(id).facts.has(UnitSymbol::outside);
  if (outside && object != nullptr && unit_.slots.holds_any(object->getType())) {
    const auto places = sources(object);
    for (const auto* argument : arguments) {
      const bool taken = takes_callable(callee, argument);
      if (!taken && !concerns(argument)) continue;
      const auto values = sources(argument);
      for (const auto slot : places.slots) put(values, slot, true);
      if (taken) wrap(values, object->getType());
    }
    return;
  }
  if (outside && object == nullptr && !llvm::isa<clang::CXXConstructorDecl>(callee)) move_outside(callee, arguments);
  if (id == kNoSymbol) return;
  if (outside) return pass_outside(callee, id, arguments);
  for (unsigned i = 0; i < arguments.size(); ++i) {
    const auto* argument = arguments[i];
    if (!concerns(argument)) continue;
    const bool named = i < callee->getNumParams();
    const auto type = named ? callee->getParamDecl(i)->getType() : argument->getType();
    put(sources(argument), unit_.slots.parameter(callee, i), unit_.slots.holds(type) == Holds::place);
  }
}

/// Code outside may move what it is given from one place to the other: memcpy, std::swap, std::copy.
void SlotFinder::move_outside(const clang::FunctionDecl* callee, llvm::ArrayRef<const clang::Expr*> arguments) {
  llvm::SmallVector<unsigned, 4> given;
  for (unsigned i = 0; i < arguments.size(); ++i)
    if (concerns(arguments[i])) given.push_back(i);
  if (given.size() < 2) return;
  for (const auto into : given) {
    if (!is_filled_outside(callee, into, arguments[into])) continue;
    const auto places = sources(arguments[into]);
    for (const auto from : given) {
      if (from == into) continue;
      const auto values = sources(arguments[from]);
      for (const auto slot : places.slots) put(values, slot, false);
    }
  }
}

/// It can be written through that argument.
bool SlotFinder::is_filled_outside(const clang::FunctionDecl* callee, unsigned place, const clang::Expr* argument) {
  const auto* pattern = callee->getTemplateInstantiationPattern();
  const auto* function = pattern != nullptr && place < pattern->getNumParams() ? pattern : callee;
  if (place < function->getNumParams()) {
    const auto type = function->getParamDecl(place)->getType();
    if (type->isRValueReferenceType() || (type->isAnyPointerType() && type->getPointeeType().isConstQualified()))
      return false;
    if (type->isReferenceType()) return !type.getNonReferenceType().isConstQualified();
  }
  return unit_.slots.holds(argument->IgnoreParenImpCasts()->getType()) == Holds::place;
}

void SlotFinder::pass_outside(const clang::FunctionDecl* callee, SymbolId id,
                              llvm::ArrayRef<const clang::Expr*> arguments) {
  const bool handed_on = hands_on(unit_.slots, callee);
  for (unsigned i = 0; i < arguments.size(); ++i) {
    const auto* argument = arguments[i];
    if (argument->isTypeDependent() || (handed_on && !calls_itself(callee, argument))) continue;
    const auto* record = argument->getType()->getAsCXXRecordDecl();
    if (record != nullptr ? !record->isLambda() : !concerns(argument)) continue;
    const auto slot = unit_.slots.parameter(callee, i);
    put(sources(argument), slot, false);
    draft().outside_slots.emplace_back(slot, unit_.symbols.draft(id).facts.name);
  }
}

void SlotFinder::pass_through_pointer(clang::QualType type, llvm::ArrayRef<const clang::Expr*> arguments) {
  const auto hash = unit_.types.function_type(type);
  if (hash == 0) return;
  for (unsigned i = 0; i < arguments.size(); ++i) {
    if (concerns(arguments[i])) put(sources(arguments[i]), SlotTable::parameter_of_type(hash, i), true);
  }
}

void SlotFinder::give_back(const clang::Expr* value) {
  if (value == nullptr || !concerns(value)) return;
  // What a reference leads to can be written through it, too.
  const bool shared = value->isGLValue() || unit_.slots.holds(value->getType()) == Holds::place;
  put(sources(value), unit_.slots.result(user_.symbol), shared);
}

Slot SlotFinder::called(const clang::Expr* callee, std::uint32_t offset) {
  const auto from = sources(callee);
  if (from.functions.empty() && !from.open && from.slots.size() == 1) return from.slots.front();
  if (from.functions.empty() && from.slots.empty()) return 0;
  const auto slot = unit_.slots.call_at(user_.file, offset);
  put(from, slot, false);
  return slot;
}

void SlotFinder::address_taken(const clang::FunctionDecl* function, SymbolId id, std::uint64_t type) {
  if (type == 0) return;
  auto& copies = draft().slot_copies;
  for (const auto* parameter : function->parameters()) {
    if (!unit_.slots.holds_any(parameter->getType())) continue;
    const auto place = parameter->getFunctionScopeIndex();
    copies.emplace_back(SlotTable::parameter_of_type(type, place), unit_.slots.parameter(function, place));
  }
  if (unit_.slots.holds_any(function->getReturnType())) {
    copies.emplace_back(unit_.slots.result(id), SlotTable::result_of_type(type));
  }
}

void SlotFinder::overrides(const clang::CXXMethodDecl* method, const clang::CXXMethodDecl* overridden) {
  auto& copies = draft().slot_copies;
  for (const auto* parameter : method->parameters()) {
    if (!unit_.slots.holds_any(parameter->getType())) continue;
    const auto place = parameter->getFunctionScopeIndex();
    copies.emplace_back(unit_.slots.parameter(overridden, place), unit_.slots.parameter(method, place));
  }
  if (unit_.slots.holds_any(method->getReturnType())) {
    copies.emplace_back(unit_.slots.result(unit_.symbols.of(method)), unit_.slots.result(unit_.symbols.of(overridden)));
  }
}

}  // namespace patchgate
