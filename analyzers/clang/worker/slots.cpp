#include "analyzers/clang/worker/slots.h"

#include <array>

#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>

#include "analyzers/clang/worker/canonical.h"
#include "analyzers/clang/worker/names.h"
#include "analyzers/model/parameter_slot.h"

namespace patchgate {
namespace {

constexpr int kTypeDepth = 8;

enum Mark : std::uint64_t { kField = 1, kVariable, kLocal, kTypeParameter, kTypeResult, kCall };

Slot slot(Mark mark, std::uint64_t first, std::uint64_t second = 0) {
  return hash_pair(mark, hash_pair(first, second));
}

}  // namespace

clang::QualType SlotTable::wrapped_function(clang::QualType type) {
  return wrapped_function(type.isNull() ? nullptr : type.getNonReferenceType()->getAsCXXRecordDecl());
}

clang::QualType SlotTable::wrapped_function(const clang::CXXRecordDecl* record) {
  static constexpr std::array<llvm::StringLiteral, 5> kWrappers{"function", "move_only_function", "copyable_function",
                                                                "function_ref", "reference_wrapper"};
  const auto* made = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(record);
  if (made == nullptr || made->getIdentifier() == nullptr || !llvm::is_contained(kWrappers, made->getName())) return {};
  const auto& arguments = made->getTemplateArgs();
  if (arguments.size() == 0 || arguments[0].getKind() != clang::TemplateArgument::Type) return {};
  const auto wrapped = arguments[0].getAsType();
  return wrapped->isFunctionType() ? wrapped : clang::QualType();
}

SlotTable::Holds SlotTable::holds(clang::QualType type) {
  if (type.isNull()) return Holds::nothing;
  const auto* bare = type->getUnqualifiedDesugaredType();
  if (llvm::isa<clang::BuiltinType, clang::EnumType>(bare)) return Holds::nothing;
  return find(type.getCanonicalType().getUnqualifiedType(), 0);
}

SlotTable::Holds SlotTable::find(clang::QualType type, int depth) {
  if (depth > kTypeDepth || type->isDependentType()) return Holds::nothing;
  const auto [row, fresh] = holds_.try_emplace(type.getAsOpaquePtr(), Holds::nothing);
  if (!fresh) return row->second;
  auto found = Holds::nothing;
  const auto inside = [&](clang::QualType part) {
    return find(part.getCanonicalType().getUnqualifiedType(), depth + 1) != Holds::nothing;
  };
  if (const auto* pointer = type->getAs<clang::PointerType>()) {
    const auto pointee = pointer->getPointeeType();
    if (pointee->isFunctionType()) {
      found = Holds::function;
    } else if (inside(pointee)) {
      found = Holds::place;
    }
  } else if (const auto* reference = type->getAs<clang::ReferenceType>()) {
    const auto pointee = reference->getPointeeType();
    if (pointee->isFunctionType()) {
      found = Holds::function;
    } else if (inside(pointee)) {
      found = Holds::place;
    }
  } else if (type->isMemberFunctionPointerType() || type->isBlockPointerType()) {
    found = Holds::function;
  } else if (const auto* array = type->getAsArrayTypeUnsafe()) {
    if (inside(array->getElementType())) found = Holds::place;
  } else if (const auto* signature = type->getAs<clang::FunctionProtoType>()) {
    if (inside(signature->getReturnType())) found = Holds::place;  // std::bind's object names what it calls like this
  } else if (const auto* atomic = type->getAs<clang::AtomicType>()) {
    if (inside(atomic->getValueType())) found = Holds::place;
  } else if (const auto* record = type->getAsCXXRecordDecl()) {
    found = find_in_class(record, depth);
  }
  holds_[type.getAsOpaquePtr()] = found;
  return found;
}

SlotTable::Holds SlotTable::find_in_class(const clang::CXXRecordDecl* record, int depth) {
  if (!wrapped_function(record).isNull()) return Holds::function;
  // What goes into a class template from outside comes out of it again; our own ones are followed by their fields.
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(record);
  if (made == nullptr) {
    // An iterator, a node handle: a member of such a template.
    const auto* owner = llvm::dyn_cast<clang::CXXRecordDecl>(record->getDeclContext());
    if (owner == nullptr || record->isLambda() || files_.in_project(record->getLocation())) return Holds::nothing;
    return find_in_class(owner, depth + 1);
  }
  if (depth > kTypeDepth || files_.in_project(record->getLocation())) return Holds::nothing;
  for (const auto& argument : made->getTemplateArgs().asArray()) {
    const auto parts = argument.getKind() == clang::TemplateArgument::Pack
                           ? argument.pack_elements()
                           : llvm::ArrayRef<clang::TemplateArgument>(argument);
    for (const auto& part : parts) {
      if (part.getKind() != clang::TemplateArgument::Type) continue;
      const auto type = part.getAsType().getCanonicalType().getUnqualifiedType();
      if (find(type, depth + 1) != Holds::nothing) return Holds::place;
    }
  }
  return Holds::nothing;
}

std::uint64_t SlotTable::text_place(clang::SourceLocation at) {
  const auto spot = files_.spot(at);
  return spot.file == kOutside ? 0 : hash_pair(hash_text(files_.path(spot.file)), spot.offset);
}

std::uint64_t SlotTable::identity(SymbolId function) const {
  const auto& draft = symbols_.draft(function);
  // A lambda gets its identity last; its place is as good inside a unit, and others never name its parameters.
  if (draft.facts.kind != SymbolKind::lambda) return draft.facts.usr;
  return hash_pair(hash_text(files_.path(draft.file)), draft.offset);
}

Slot SlotTable::of(const clang::ValueDecl* decl) {
  if (const auto* parameter_decl = llvm::dyn_cast<clang::ParmVarDecl>(decl)) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(parameter_decl->getDeclContext());
    if (function == nullptr) {
      const auto place = text_place(decl->getLocation());
      return place == 0 ? 0 : slot(kLocal, place);
    }
    return parameter(function, parameter_decl->getFunctionScopeIndex());
  }
  if (const auto* field = llvm::dyn_cast<clang::FieldDecl>(decl)) {
    const auto id = symbols_.of(field);
    if (id != kNoSymbol) {
      // Two programs of one repository may each have a struct of that name.
      const auto& draft = symbols_.draft(id);
      return slot(kField, draft.facts.usr, hash_text(draft.facts.file));
    }
    if (llvm::isa<clang::ClassTemplateSpecializationDecl>(field->getParent())) return 0;
    if (field->getIdentifier() == nullptr) return 0;
    const auto usr = usr_hash(*field);
    return usr == 0 ? 0 : slot(kField, usr);
  }
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl);
  if (variable == nullptr) return 0;
  if (variable->isLocalVarDecl() && !variable->isLocalExternDecl()) {
    const auto place = text_place(variable->getLocation());
    return place == 0 ? 0 : slot(kLocal, place, hash_text(own_name(*variable)));
  }
  const auto id = symbols_.of(variable);
  const auto usr = id != kNoSymbol ? symbols_.draft(id).facts.usr : usr_hash(*variable->getCanonicalDecl());
  return usr == 0 ? 0 : slot(kVariable, usr);
}

Slot SlotTable::parameter(const clang::FunctionDecl* function, unsigned place) {
  const auto id = symbols_.of(behind_inherited(function));  // which hands on what it is given
  return id == kNoSymbol ? 0 : parameter_slot(identity(id), place);
}

Slot SlotTable::result(SymbolId function) { return function == kNoSymbol ? 0 : result_slot(identity(function)); }

Slot SlotTable::parameter_of_type(std::uint64_t type, unsigned place) { return slot(kTypeParameter, type, place); }

Slot SlotTable::result_of_type(std::uint64_t type) { return slot(kTypeResult, type); }

Slot SlotTable::call_at(FileIndex file, std::uint32_t offset) const {
  return slot(kCall, hash_text(files_.path(file)), offset);
}

}  // namespace patchgate
