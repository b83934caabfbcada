#include "analyzers/clang/worker/collect_types.h"

#include <clang/Basic/Version.inc>

#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/PrettyPrinter.h>

#include "analyzers/clang/worker/names.h"

namespace patchgate {
namespace {
// Types nest as deep as the source says; what lies deeper than this is left out.
constexpr int kTypeDepth = 64;
constexpr std::uint64_t kMethodMark = 0x6d6574686f64ULL;
constexpr std::uint64_t kWrappedMark = 0x77726170ULL;
}  // namespace

std::uint64_t TypeTable::hash_of(clang::QualType canonical) {
  const auto [row, fresh] = hashes_.try_emplace(canonical.getAsOpaquePtr(), 0);
  if (!fresh) return row->second;
  auto policy = context_.getPrintingPolicy();
  policy.SuppressTagKeyword = true;
  policy.AnonymousTagLocations = false;
  policy.Bool = true;
  const auto hash = hash_text(canonical.getAsString(policy));
  hashes_[canonical.getAsOpaquePtr()] = hash;
  return hash;
}

std::uint64_t TypeTable::function_type(clang::QualType type) {
  if (type.isNull()) return 0;
  type = type.getCanonicalType();
  bool method = false;
  if (const auto* member = type->getAs<clang::MemberPointerType>()) {
    method = member->isMemberFunctionPointer();
    type = member->getPointeeType();
  } else if (const auto* block = type->getAs<clang::BlockPointerType>()) {
    type = block->getPointeeType();
  } else {
    if (const auto* reference = type->getAs<clang::ReferenceType>()) type = reference->getPointeeType();
    while (const auto* array = context_.getAsArrayType(type)) type = array->getElementType();
    if (const auto* pointer = type->getAs<clang::PointerType>()) type = pointer->getPointeeType();
    if (const auto* pointer = type->getAs<clang::PointerType>()) type = pointer->getPointeeType();
  }
  if (!type->isFunctionType()) return 0;
  type = type.getCanonicalType().getUnqualifiedType();
  if (const auto* prototype = type->getAs<clang::FunctionProtoType>()) {
    if (prototype->hasExceptionSpec()) {
      type = context_.getFunctionTypeWithExceptionSpec(type, clang::EST_None).getCanonicalType();
    }
  }
  const auto hash = hash_of(type);
  return method ? hash_pair(hash, kMethodMark) : hash;
}

std::uint64_t TypeTable::callable(const clang::FunctionDecl* function) {
  const auto hash = function_type(function->getType());
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(function);
  return method != nullptr && method->isInstance() ? hash_pair(hash, kMethodMark) : hash;
}

std::uint64_t TypeTable::wrapped(clang::QualType signature) {
  return hash_pair(function_type(signature), kWrappedMark);
}

const TypeTable::Named& TypeTable::named(clang::QualType type) {
  static const Named kNothing;
  if (type.isNull() || type->isBuiltinType()) return kNothing;
  if (const auto row = named_.find(type.getTypePtr()); row != named_.end()) return row->second;
  Named found;
  gather(type, found, 0);
  return named_[type.getTypePtr()] = std::move(found);
}

void TypeTable::gather(const clang::TemplateArgument& argument, Named& out, int depth) {
  switch (argument.getKind()) {
    case clang::TemplateArgument::Type:
      return gather(argument.getAsType(), out, depth + 1);
    case clang::TemplateArgument::Pack:
      for (const auto& part : argument.pack_elements()) gather(part, out, depth + 1);
      return;
    case clang::TemplateArgument::Template:
      if (const auto* pattern = argument.getAsTemplate().getAsTemplateDecl()) {
        if (files_.in_project(pattern->getLocation())) out.push_back(pattern);
      }
      return;
    default:
      return;
  }
}

void TypeTable::gather(clang::QualType type, Named& out, int depth) {
  for (; depth < kTypeDepth && !type.isNull(); ++depth) {
    const auto add = [&](const clang::NamedDecl* decl) {
      if (decl != nullptr && files_.in_project(decl->getLocation())) out.push_back(decl);
    };
    const auto* bare = type.getTypePtr();
    if (const auto* alias = llvm::dyn_cast<clang::TypedefType>(bare)) return add(alias->getDecl());
    if (const auto* tag = llvm::dyn_cast<clang::TagType>(bare)) return add(tag->getDecl());
    if (const auto* made = llvm::dyn_cast<clang::TemplateSpecializationType>(bare)) {
      add(made->getTemplateName().getAsTemplateDecl());
      for (const auto& argument : made->template_arguments()) gather(argument, out, depth + 1);
      return;
    }
    if (const auto* self = llvm::dyn_cast<clang::InjectedClassNameType>(bare)) return add(self->getDecl());
    if (const auto* prototype = llvm::dyn_cast<clang::FunctionProtoType>(bare)) {
      for (const auto parameter : prototype->param_types()) gather(parameter, out, depth + 1);
      type = prototype->getReturnType();
    } else if (const auto* function = llvm::dyn_cast<clang::FunctionType>(bare)) {
      type = function->getReturnType();
    } else if (const auto* array = llvm::dyn_cast<clang::ArrayType>(bare)) {
      type = array->getElementType();
    } else if (const auto* pointer = llvm::dyn_cast<clang::MemberPointerType>(bare)) {
#if CLANG_VERSION_MAJOR < 21
      gather(clang::QualType(pointer->getClass(), 0), out, depth + 1);
#endif
      type = pointer->getPointeeType();
    } else if (const auto* atomic = llvm::dyn_cast<clang::AtomicType>(bare)) {
      type = atomic->getValueType();
    } else if (const auto* pack = llvm::dyn_cast<clang::PackExpansionType>(bare)) {
      type = pack->getPattern();
    } else if (llvm::isa<clang::AutoType, clang::DecltypeType, clang::SubstTemplateTypeParmType>(bare)) {
      return;
    } else if (llvm::isa<clang::PointerType, clang::ReferenceType, clang::BlockPointerType>(bare)) {
      // Asked of any other type, this answer would look through the names that it was written with.
      type = bare->getPointeeType();
    } else {
      const auto next = type.getSingleStepDesugaredType(context_);
      if (next.getTypePtr() == bare) return;
      type = next;
    }
  }
}

bool TypeTable::concerns_project(const clang::TemplateArgument& argument) {
  switch (argument.getKind()) {
    case clang::TemplateArgument::Type:
      return concerns_project(argument.getAsType());
    case clang::TemplateArgument::Declaration:
      return files_.in_project(argument.getAsDecl()->getLocation()) || concerns_project(argument.getParamTypeForDecl());
    case clang::TemplateArgument::Integral:
      return concerns_project(argument.getIntegralType());
    case clang::TemplateArgument::NullPtr:
      return concerns_project(argument.getNullPtrType());
    case clang::TemplateArgument::StructuralValue:
      return concerns_project(argument.getStructuralValueType());
    case clang::TemplateArgument::Template:
      return argument.getAsTemplate().getAsTemplateDecl() != nullptr &&
             files_.in_project(argument.getAsTemplate().getAsTemplateDecl()->getLocation());
    case clang::TemplateArgument::Pack:
      for (const auto& part : argument.pack_elements()) {
        if (concerns_project(part)) return true;
      }
      return false;
    default:
      return false;
  }
}

bool TypeTable::concerns_project(clang::QualType type) {
  if (type.isNull()) return false;
  const auto* bare = type.getCanonicalType().getTypePtr();
  const auto [row, fresh] = concerns_.try_emplace(bare, false);
  if (!fresh) return row->second;
  const bool found = find_concern(bare);
  concerns_[bare] = found;
  return found;
}

bool TypeTable::find_concern(const clang::Type* type) {
  if (const auto* tag = type->getAsTagDecl()) {
    if (files_.in_project(tag->getLocation())) return true;
    const auto* context = static_cast<const clang::DeclContext*>(tag);
    return context_concerns_project(context);
  }
  if (const auto* prototype = llvm::dyn_cast<clang::FunctionProtoType>(type)) {
    for (const auto parameter : prototype->param_types()) {
      if (concerns_project(parameter)) return true;
    }
    return concerns_project(prototype->getReturnType());
  }
  if (const auto* array = llvm::dyn_cast<clang::ArrayType>(type)) return concerns_project(array->getElementType());
  if (const auto* pointer = llvm::dyn_cast<clang::MemberPointerType>(type)) {
#if CLANG_VERSION_MAJOR >= 21
    const auto* owner = pointer->getMostRecentCXXRecordDecl();
    if (owner != nullptr && files_.in_project(owner->getLocation())) return true;
#else
    if (concerns_project(clang::QualType(pointer->getClass(), 0))) return true;
#endif
  }
  return concerns_project(type->getPointeeType());
}

bool TypeTable::context_concerns_project(const clang::DeclContext* context) {
  const auto [row, fresh] = context_concerns_.try_emplace(context, false);
  if (!fresh) return row->second;
  bool found = false;
  const auto any = [&](llvm::ArrayRef<clang::TemplateArgument> arguments) {
    for (const auto& argument : arguments) found = found || concerns_project(argument);
  };
  if (const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(context)) {
    any(made->getTemplateArgs().asArray());
  } else if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(context)) {
    if (const auto* arguments = function->getTemplateSpecializationArgs()) any(arguments->asArray());
  }
  const auto* parent = context->getParent();
  if (!found && parent != nullptr && !parent->isFileContext()) found = context_concerns_project(parent);
  context_concerns_[context] = found;
  return found;
}

bool TypeTable::concerns_project(const clang::FunctionDecl* function) {
  if (context_concerns_project(function)) return true;
  // A friend that is defined in a class belongs to the namespace, and is instantiated with the class.
  const auto* around = function->getLexicalDeclContext();
  return around->isRecord() && context_concerns_project(around);
}

}  // namespace patchgate
