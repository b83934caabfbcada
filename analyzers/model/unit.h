#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzers/model/hash.h"
#include "analyzers/model/symbol.h"

namespace patchgate {

/// Bytes [begin, end) of a file.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// A symbol as one translation unit saw it. In FileFacts `symbols` holds those declared in that file and those that
/// they refer to; identity across units is (usr, file of the definition).
struct UnitSymbol {
  enum Flag : std::uint16_t {
    defined = 1,   ///< this unit saw its definition, in `file`
    internal = 2,  ///< internal linkage; `usr` then includes the file's path
    virtual_method = 4,
    pure = 8,
    outside = 16,            ///< declared outside the repository only; `file` is then empty and `line` 0
    exported = 32,           ///< has a visibility attribute "default" or dllexport
    instantiated = 64,       ///< a template (or a member of one)
    constructor_attr = 128,  ///< runs by itself: attribute constructor, or a dynamic initialiser of a global
    variadic_main = 256,     ///< is `main`
    merged = 512,            ///< inline in C++: of several definitions the linker keeps one
    weak = 1024,             ///< a definition that gives way to another one of the same name
    alias = 2048,            ///< has no body: another name for the one function that it calls
    has_instance = 4096,     ///< a template (or a member of one) with an instance whose body was seen; said by its own
                             ///< file alone
  };
  std::uint64_t usr = 0;  ///< XXH3 of the USR (internal linkage: of USR and path)
  SymbolKind kind = SymbolKind::function;
  std::uint16_t flags = 0;
  std::uint32_t line = 0;      ///< of the name, in its definition; in its declaration where no definition was seen
  std::uint32_t end_line = 0;  ///< last line of the definition, 0 where not seen
  std::string name;            ///< qualified; without parameters, template arguments and return type; `f::(lambda)`
  std::string file;            ///< relative to the repository; empty = outside
  std::string
      origin;  ///< the macro invocation that spelt it, as written, at most 200 bytes: `TEST(Fee, Rounds)`; else empty
  std::uint64_t type = 0;  ///< callables: hash of the canonical function type (parameter and result types); else 0

  bool has(Flag flag) const { return (flags & flag) != 0; }
};

/// Where a symbol stands in the text of its file; several for one symbol when it is declared and defined there.
struct Extent {
  std::uint32_t symbol = 0;  ///< index into FileFacts::symbols
  ByteRange range;  ///< the whole declaration, attributes and template header included, up to and including `}` or `;`
  std::uint32_t body = 0;  ///< offset of the body's `{` (functions: also `: init` and `= default`), of a macro's first
                           ///< replacement token, of a variable's or enumerator's `=`; == range.end where there is none
  bool definition = false;
  std::uint32_t first_line = 0;
  std::uint32_t last_line = 0;
};

struct UnitEdge {
  std::uint32_t from = 0;  ///< index into FileFacts::symbols; declared in this file
  std::uint32_t to = 0;
  EdgeKind kind = EdgeKind::call;
  Confidence confidence = Confidence::exact;
  std::uint32_t line = 0;  ///< of the first use, in the file of `from`
  EdgeRule rule = EdgeRule::syntax;
};

/// A place that holds pointers to functions: a field (of all objects), a variable, a parameter, what a function
/// returns; an array, a container or a pointer counts as what is in it. A hash of its identity, equal in all units; 0
/// is none.
using Slot = std::uint64_t;

/// What the function of that USR gives back.
Slot result_slot(std::uint64_t usr);

/// The address of `function` is put into `slot`.
struct SlotValue {
  Slot slot = 0;
  std::uint32_t function = 0;
};

/// What is in `from` is put into `to`.
struct SlotCopy {
  Slot from = 0;
  Slot to = 0;
};

/// Code outside the repository calls what is put into `slot`: the parameter of a function, the field of a struct, a
/// variable of that `name`.
struct OutsideSlot {
  Slot slot = 0;
  std::string name;
};

/// A call through a pointer to function: to what is in `slot`, or to functions of the same type whose address was
/// taken.
struct IndirectCall {
  std::uint32_t caller = 0;
  std::uint64_t type = 0;
  std::uint32_t line = 0;
  Slot slot = 0;  ///< 0: where the pointer comes from can't be said
};

/// A function whose address was taken (outside of a direct call), by whom.
struct AddressTaken {
  std::uint32_t function = 0;
  std::uint32_t taker = 0;
  std::uint64_t type = 0;
};

/// Method `method` overrides `overridden` directly.
struct Override {
  std::uint32_t method = 0;
  std::uint32_t overridden = 0;
};

/// In the body of `caller`, an object that `producer` wrote or returned is passed to `consumer`.
/// consumer == kReturned: `caller` itself returns it, or writes it to an object that its own caller gave it.
struct DataFlow {
  static constexpr std::uint32_t kReturned = 0xffffffffU;
  std::uint32_t caller = 0;
  std::uint32_t producer = 0;
  std::uint32_t consumer = 0;
  std::uint32_t line = 0;  ///< of the consuming call
};

/// A call of a function outside the repository with an argument that can be read off the source: a string, an
/// enumerator.
struct LiteralArgument {
  std::uint32_t caller = 0;
  std::uint32_t callee = 0;
  std::uint8_t position = 0;  ///< of the argument, from 0
  std::string text;           ///< the string's content or the enumerator's name; at most 120 bytes
  std::uint32_t line = 0;
};

/// One that a unit can tell alone: all but pointer_call.
struct UnitBlindSpot {
  static constexpr std::uint32_t kFileScope = 0xffffffffU;
  std::uint32_t symbol = kFileScope;  ///< who holds it: index into FileFacts::symbols, or the file itself
  BlindSpotKind kind = BlindSpotKind::assembler;
  std::uint32_t line = 0;
  /// dependent_call: the name that is called, where it has one; name_lookup, loaded_code: the function asked, `dlsym`;
  /// else empty. At most 120 bytes.
  std::string text;
};

/// What one unit saw in one file of the repository. Equal facts have equal encodings, so that a header that looks the
/// same from many units is kept once.
struct FileFacts {
  std::string path;
  std::vector<UnitSymbol> symbols;
  std::vector<Extent> extents;
  std::vector<UnitEdge> edges;
  std::vector<IndirectCall> indirect_calls;
  std::vector<AddressTaken> addresses;
  std::vector<SlotValue> slot_values;
  std::vector<SlotCopy> slot_copies;
  std::vector<Slot> open_slots;  ///< something that can't be followed is put into these
  std::vector<OutsideSlot> outside_slots;
  std::vector<Override> overrides;
  std::vector<DataFlow> flows;
  std::vector<LiteralArgument> literals;
  std::vector<UnitBlindSpot> blind_spots;
  std::vector<std::string> includes;                              ///< resolved, files of the repository only; sorted
  std::vector<std::pair<std::uint32_t, std::uint32_t>> inactive;  ///< lines [first, last] skipped by the preprocessor
};

/// A file that a unit read. `hash` stands for its content: fast_hash() of it, until the indexer puts the id that git
/// has for a tracked file in its place. The author of a patch can choose the content of tracked files, so their hash
/// must hold against intent; who chooses what else lies on the machine's disk (its headers, what the build generates)
/// runs code there already, and would gain nothing by making two of these alike.
struct Dependency {
  std::string path;  ///< relative to the repository, or absolute when outside
  bool in_repository = false;
  Hash128 hash;
};

struct UnitFacts {
  std::string main_file;
  std::string failure;                   ///< why this unit is unread; empty = parsed without an error
  std::uint32_t errors = 0;              ///< error diagnostics
  std::vector<std::string> diagnostics;  ///< the first few errors, `path:line: text`, never source text
  std::vector<Dependency> dependencies;  ///< sorted by path
  /// XXH3 of each path that was looked for and not there, relative to the repository or absolute; sorted. And the
  /// folders that these paths name ("" = the repository, "/"), sorted, each once: who lists them knows what came since.
  std::vector<std::uint64_t> missing;
  std::vector<std::string> missing_in;
  std::vector<FileFacts> files;  ///< sorted by path
};

/// A preprocessing token, from Clang's raw lexer; comments and white space are none.
struct Token {
  std::uint32_t offset = 0;
  std::uint32_t line = 0;
  Hash128 text;  ///< strong_hash() of its spelling, line splices removed: equal texts decide what counts as unchanged
  bool starts_line = false;
  bool in_directive = false;  ///< inside a preprocessor directive other than #define
};

}  // namespace patchgate
