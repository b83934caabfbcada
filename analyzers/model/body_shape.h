#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"
#include "analyzers/model/symbol.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// What a node of a BodyShape is. Children follow in the order named here; `none` stands where a part is missing.
enum class ShapeKind : std::uint8_t {
  none,
  // Statements.
  block,    ///< statements
  if_,      ///< condition, then, else
  loop,     ///< text: for, while, do, range; start, condition, step, body (range: variable, none, range, body)
  switch_,  ///< value, body
  case_,    ///< text: the value; empty = default. Has no children: what follows it is under it
  return_,  ///< value
  break_,
  continue_,
  goto_,     ///< text: the label
  label,     ///< text: its name
  throw_,    ///< value
  try_,      ///< block, catches
  catch_,    ///< text: the type, empty = `...`; block
  variable,  ///< text: name; start
  discard,   ///< an expression whose value nobody uses; text: "void" where a cast says so
  // Expressions. Parentheses, casts and implicit conversions are left out.
  call,       ///< text: own name; object (none for a plain function), arguments
  dead_end,   ///< a call that does not return; as call
  construct,  ///< text: type; arguments. Copies, moves and conversions to the same are left out
  local,      ///< text: name of a variable or parameter of the function
  name,       ///< text: name of anything else that is declared
  self,       ///< `this`
  member,     ///< text: field; object
  index,      ///< array, index
  dereference,
  number,   ///< text: the value
  text,     ///< text: the first bytes of a string
  null,     ///< nullptr, NULL, std::nullopt
  unary,    ///< text: - ~ & ++ -- ...; operand
  binary,   ///< text: + - * / ...; operands
  compare,  ///< text: == != < <= > >=; operands
  not_,     ///< operand
  and_,
  or_,
  choice,  ///< a ? b : c
  assign,  ///< text: = += ...; target, value
  lambda,  ///< block
  list,    ///< { … }; text: type
  other,   ///< text: Clang's name of it; whatever it is made of
};
inline constexpr ShapeKind kLastShapeKind = ShapeKind::other;

/// A node of the tree, in the order of a walk that sees parents before their children.
struct ShapeNode {
  ShapeKind kind = ShapeKind::none;
  std::uint32_t size = 1;  ///< nodes in its tree, itself included
  std::uint32_t line = 0;  ///< in the file of the function
  std::string text;
  std::string source;  ///< as written, in one line, at most kLongestSource bytes: conditions and whole statements
};

/// What one function does, as a small syntax tree: what its text says, macros taken to what they expand to, templates
/// as they are written. Also what a declaration starts with: of a function its parameters, of anything else itself.
struct BodyShape {
  static constexpr std::size_t kLongestSource = 160;
  static constexpr std::size_t kMostNodes = 100'000;

  std::string name;  ///< own name
  std::string file;  ///< relative to the repository
  ByteRange range;   ///< of the definition, as asked for
  std::uint32_t line = 0;
  std::vector<std::string> parameters;  ///< names, empty where there is none
  std::vector<ShapeNode> nodes;         ///< one tree: a block of the initialisers of members and the body
  std::vector<ShapeNode> defaults;      ///< a block of `variable`s that start with something; empty = there is none
  bool has_body = false;                ///< else `nodes` is an empty block
  bool cut = false;                     ///< it is too large or too deep to be seen whole
};

/// What one unit saw of the functions that it was asked for.
struct UnitShapes {
  std::string failure;  ///< why they may be wrong; empty = parsed without an error
  std::vector<BodyShape> shapes;
};

/// Compact binary form, as in unit_codec.h. The inverse checks that the nodes make one tree, that every text is in
/// bounds, and the lengths stated above. Fails with Error::Kind::io.
std::string encode(const UnitShapes& shapes);
Result<UnitShapes> decode_unit_shapes(std::string_view bytes);

/// The definitions of one touched symbol on both sides; several where configurations differ.
struct TouchedBody {
  std::vector<BodyShape> base, head;
  std::vector<BodyShape> base_starts, head_starts;  ///< its declarations that have defaults
  std::string unknown;                              ///< why they could not be looked at; empty = they were
};

/// "call", "if", "none": for tests and messages.
const char* name_of(ShapeKind kind);

}  // namespace patchgate
