#include "analyzers/model/body_shape.h"

#include <array>
#include <utility>

#include "analyzers/model/bytes.h"

namespace patchgate {
namespace {

constexpr std::uint8_t kShapesTag = 'B';
constexpr std::size_t kMostText = 4096;  // of any one string

/// Each node says how many children it has: sizes follow from that, so that no other tree can be written.
std::vector<std::uint32_t> child_counts(const std::vector<ShapeNode>& nodes) {
  std::vector<std::uint32_t> counts(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (std::size_t at = i + 1; at < i + nodes[i].size; at += nodes[at].size) ++counts[i];
  return counts;
}

/// Fills in the sizes; false where the counts make no tree.
bool set_sizes(std::vector<ShapeNode>& nodes, const std::vector<std::uint32_t>& counts) {
  std::vector<std::pair<std::size_t, std::uint32_t>> open;  // node, children that are still to come
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i != 0) {
      if (open.empty()) return false;
      --open.back().second;
    }
    open.emplace_back(i, counts[i]);
    while (!open.empty() && open.back().second == 0) {
      nodes[open.back().first].size = static_cast<std::uint32_t>(i + 1 - open.back().first);
      open.pop_back();
    }
  }
  return open.empty();
}

void write_tree(const std::vector<ShapeNode>& nodes, StringTable& texts, ByteWriter& out) {
  const auto counts = child_counts(nodes);
  out.number(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& node = nodes[i];
    out.byte(static_cast<std::uint8_t>(node.kind));
    out.number(counts[i]);
    out.number(node.line);
    out.number(texts.index(node.text));
    out.number(texts.index(node.source));
  }
}

void write_shape(const BodyShape& shape, StringTable& texts, ByteWriter& out) {
  out.number(texts.index(shape.name));
  out.number(texts.index(shape.file));
  out.number(shape.range.begin);
  out.number(shape.range.end);
  out.number(shape.line);
  out.byte(shape.cut ? 1 : 0);
  out.number(shape.parameters.size());
  for (const auto& name : shape.parameters) out.number(texts.index(name));
  out.byte(shape.has_body ? 1 : 0);
  write_tree(shape.defaults, texts, out);
  write_tree(shape.nodes, texts, out);
}

class ShapeReader {
 public:
  ShapeReader(ByteReader& in, const std::vector<std::string_view>& texts) : in_(in), texts_(texts) {}

  BodyShape read() {
    BodyShape shape;
    shape.name = text(kMostText);
    shape.file = text(kMostText);
    shape.range.begin = in_.number32();
    shape.range.end = in_.number32();
    if (shape.range.end < shape.range.begin) in_.fail("a range ends before it begins");
    shape.line = in_.number32();
    shape.cut = in_.index(2, "yes or no") == 1;
    shape.parameters.resize(in_.count(1));
    for (auto& name : shape.parameters) name = text(kMostText);
    shape.has_body = in_.index(2, "yes or no") == 1;
    shape.defaults = tree();
    shape.nodes = tree();
    if (in_.ok() && shape.nodes.empty()) in_.fail("the nodes make no tree");
    return shape;
  }

 private:
  /// Nothing, or one tree.
  std::vector<ShapeNode> tree() {
    std::vector<ShapeNode> nodes;
    const auto count = in_.count(5);
    if (count > BodyShape::kMostNodes) in_.fail("a body has too many nodes");
    if (!in_.ok()) return nodes;
    std::vector<std::uint32_t> counts(count);
    nodes.resize(count);
    for (std::size_t i = 0; i < count && in_.ok(); ++i) {
      auto& node = nodes[i];
      node.kind = static_cast<ShapeKind>(in_.index(static_cast<std::size_t>(kLastShapeKind) + 1, "kind of node"));
      counts[i] = in_.number32();
      node.line = in_.number32();
      node.text = text(kMostText);
      node.source = text(BodyShape::kLongestSource);
    }
    if (in_.ok() && count != 0 && !set_sizes(nodes, counts)) in_.fail("the nodes make no tree");
    return nodes;
  }

  std::string text(std::size_t longest) {
    const auto at = in_.index(texts_.size(), "text");
    if (!in_.ok()) return {};
    if (texts_[at].size() > longest) in_.fail("a text is too long");
    if (!in_.charge_text(texts_[at].size())) return {};
    return std::string(texts_[at]);
  }

  ByteReader& in_;
  const std::vector<std::string_view>& texts_;
};

}  // namespace

std::string encode(const UnitShapes& shapes) {
  StringTable texts;
  ByteWriter body;
  body.number(texts.index(shapes.failure));
  body.number(shapes.shapes.size());
  for (const auto& shape : shapes.shapes) write_shape(shape, texts, body);
  ByteWriter out;
  out.byte(kShapesTag);
  texts.write(out);
  out.raw(body.take());
  return out.take();
}

Result<UnitShapes> decode_unit_shapes(std::string_view bytes) {
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  if (in.byte() != kShapesTag) in.fail("no bodies of functions");
  const auto texts = read_string_table(in);
  UnitShapes shapes;
  const auto failure = in.index(texts.size(), "text");
  if (in.ok()) shapes.failure = texts[failure];
  const auto count = in.count(8);
  ShapeReader reader(in, texts);
  for (std::size_t i = 0; i < count && in.ok(); ++i) shapes.shapes.push_back(reader.read());
  if (in.ok() && in.left() != 0) in.fail("something follows its end");
  if (!in.ok()) return fail(Error::Kind::io, "damaged bodies of functions: " + in.why());
  return shapes;
}

const char* name_of(ShapeKind kind) {
  static constexpr std::array kNames = {
      "none",    "block", "if",     "loop",  "switch",      "case",    "return", "break",    "continue",  "goto",
      "label",   "throw", "try",    "catch", "variable",    "discard", "call",   "dead_end", "construct", "local",
      "name",    "self",  "member", "index", "dereference", "number",  "text",   "null",     "unary",     "binary",
      "compare", "not",   "and",    "or",    "choice",      "assign",  "lambda", "list",     "other"};
  static_assert(kNames.size() == static_cast<std::size_t>(kLastShapeKind) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace patchgate
