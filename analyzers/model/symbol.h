#pragma once

#include <cstdint>
#include <string>

namespace patchgate {

enum class SymbolKind : std::uint8_t {
  function,
  method,
  constructor,
  destructor,
  operator_,
  lambda,
  macro,
  type,
  field,
  variable,  ///< a global or a static data member
  enumerator,
};
inline constexpr int kSymbolKinds = 11;

enum class EdgeKind : std::uint8_t {
  call,
  construct,
  destruct,
  virtual_,   ///< to the method named at a virtual call
  override_,  ///< from the caller of a virtual method to each method that overrides it
  address,
  indirect,  ///< through a function pointer
  macro,
  read,
  write,
  type,
  include,
};
inline constexpr int kEdgeKinds = 12;

/// exact: proven by the syntax tree. possible: an over-approximation. name: matched by spelling only.
enum class Confidence : std::uint8_t { exact, possible, name };
inline constexpr int kConfidences = 3;

/// How an edge was found. syntax: the call or use as it is written. outside: through code outside the repository that
/// is handed it (std::sort's comparator, a thread's start). override_: the class hierarchy. slot: what is put into the
/// place that the pointer is read from. type: any function of exactly that type whose address is taken. name: spelling.
enum class EdgeRule : std::uint8_t { syntax, outside, override_, slot, type, name };
inline constexpr int kEdgeRules = 6;

/// Something in the text whose effect no edge can show.
enum class BlindSpotKind : std::uint8_t {
  pointer_call,    ///< a call through a pointer for which no target was found
  dependent_call,  ///< a call in a template that nobody instantiates: what it calls depends on the arguments
  assembler,       ///< an assembler statement
  name_lookup,     ///< asks for a function by a name that is made at run time (dlsym)
  loaded_code,     ///< loads code at run time (dlopen)
};
inline constexpr int kBlindSpotKinds = 5;

/// The words of the contract: "function", "operator", "variable", …; "virtual", "override", …; "exact", …
const char* name_of(SymbolKind kind);
const char* name_of(EdgeKind kind);
const char* name_of(Confidence confidence);
const char* name_of(EdgeRule rule);
/// "pointer call", "dependent call", "assembler", "lookup by name", "loaded code".
const char* name_of(BlindSpotKind kind);

/// function, method, constructor, destructor, operator, lambda: has a body that runs.
bool is_callable(SymbolKind kind);

}  // namespace patchgate
