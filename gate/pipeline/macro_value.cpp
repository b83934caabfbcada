#include "gate/pipeline/macro_value.h"

#include <algorithm>
#include <string>

#include "analyzers/model/source_tokens.h"

namespace patchgate {
namespace {

/// Parentheses, a sign, a number and a comment.
constexpr std::size_t kMostTokens = 8;

}  // namespace

std::optional<BodyShape> macro_value(std::string_view text, const Extent& extent, std::string_view name) {
  const auto& range = extent.range;
  if (extent.body < range.begin || extent.body >= range.end || range.end > text.size()) return std::nullopt;
  const auto head = text.substr(range.begin, extent.body - range.begin);
  const auto at = head.rfind(name);
  if (at == std::string_view::npos || head.substr(at + name.size()).starts_with('(')) return std::nullopt;
  ShapeNode value;
  std::string spelled;
  unsigned parts = 0;
  auto words = source_tokens(text.substr(extent.body, range.end - extent.body), kMostTokens + 1);
  if (words.size() > kMostTokens) return std::nullopt;
  for (const auto& word : words) {
    if (word.kind == SourceToken::Kind::comment || word.spelling == "(" || word.spelling == ")") continue;
    const bool sign = word.spelling == "-" && spelled.empty();
    if (!sign && word.kind != SourceToken::Kind::number && word.kind != SourceToken::Kind::text) return std::nullopt;
    if (!sign) ++parts;
    spelled += word.spelling;
    value.kind = word.kind == SourceToken::Kind::text ? ShapeKind::text : ShapeKind::number;
  }
  if (parts != 1 || spelled.size() > BodyShape::kLongestSource) return std::nullopt;
  BodyShape shape;
  shape.name = name;
  shape.line = extent.first_line;
  value.line = extent.first_line;
  value.text = spelled;
  shape.nodes.push_back({ShapeKind::block, 1, extent.first_line, {}, {}});
  shape.defaults = {{ShapeKind::block, 3, extent.first_line, {}, {}},
                    {ShapeKind::variable, 2, extent.first_line, std::string(name), spelled},
                    std::move(value)};
  return shape;
}

}  // namespace patchgate
