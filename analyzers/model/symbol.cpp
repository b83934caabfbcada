#include "analyzers/model/symbol.h"

namespace patchgate {

const char* name_of(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::function:
      return "function";
    case SymbolKind::method:
      return "method";
    case SymbolKind::constructor:
      return "constructor";
    case SymbolKind::destructor:
      return "destructor";
    case SymbolKind::operator_:
      return "operator";
    case SymbolKind::lambda:
      return "lambda";
    case SymbolKind::macro:
      return "macro";
    case SymbolKind::type:
      return "type";
    case SymbolKind::field:
      return "field";
    case SymbolKind::variable:
      return "variable";
    case SymbolKind::enumerator:
      return "enumerator";
  }
  return "?";
}

const char* name_of(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::call:
      return "call";
    case EdgeKind::construct:
      return "construct";
    case EdgeKind::destruct:
      return "destruct";
    case EdgeKind::virtual_:
      return "virtual";
    case EdgeKind::override_:
      return "override";
    case EdgeKind::address:
      return "address";
    case EdgeKind::indirect:
      return "indirect";
    case EdgeKind::macro:
      return "macro";
    case EdgeKind::read:
      return "read";
    case EdgeKind::write:
      return "write";
    case EdgeKind::type:
      return "type";
    case EdgeKind::include:
      return "include";
  }
  return "?";
}

const char* name_of(Confidence confidence) {
  switch (confidence) {
    case Confidence::exact:
      return "exact";
    case Confidence::possible:
      return "possible";
    case Confidence::name:
      return "name";
  }
  return "?";
}

const char* name_of(EdgeRule rule) {
  switch (rule) {
    case EdgeRule::syntax:
      return "syntax";
    case EdgeRule::outside:
      return "outside";
    case EdgeRule::override_:
      return "override";
    case EdgeRule::slot:
      return "slot";
    case EdgeRule::type:
      return "type";
    case EdgeRule::name:
      return "name";
  }
  return "?";
}

const char* name_of(BlindSpotKind kind) {
  switch (kind) {
    case BlindSpotKind::pointer_call:
      return "pointer call";
    case BlindSpotKind::dependent_call:
      return "dependent call";
    case BlindSpotKind::assembler:
      return "assembler";
    case BlindSpotKind::name_lookup:
      return "lookup by name";
    case BlindSpotKind::loaded_code:
      return "loaded code";
  }
  return "?";
}

bool is_callable(SymbolKind kind) { return kind <= SymbolKind::lambda; }

}  // namespace patchgate
