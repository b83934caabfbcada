#include "analyzers/xml/strict_xml.h"

#include <algorithm>

namespace patchgate {
namespace {

constexpr std::size_t kDeepest = 256;
constexpr std::size_t kMostSigns = 10'000'000;

/// Where it is nested too deep: what walks over it may call itself.
pugi::xml_node too_deep(const pugi::xml_node& root) {
  std::size_t depth = 0;
  for (auto node = root; node;) {
    if (const auto child = node.first_child()) {
      if (++depth > kDeepest) return child;
      node = child;
      continue;
    }
    while (node && node != root && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (!node || node == root) break;
    node = node.next_sibling();
  }
  return {};
}

}  // namespace

std::uint32_t StrictXml::line_of(const pugi::xml_node& node) const {
  const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, node.offset_debug()));
  const auto before = std::lower_bound(line_ends_.begin(), line_ends_.end(), offset) - line_ends_.begin();
  return static_cast<std::uint32_t>(before) + 1;
}

Result<StrictXml> StrictXml::parse(const std::string& name, std::string&& text) {
  StrictXml xml;
  std::size_t signs = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') xml.line_ends_.push_back(at);
    if (c == '<' || c == '=') ++signs;
    if (c == '\0')
      return fail_at(Error::Kind::config, {name, static_cast<std::uint32_t>(xml.line_ends_.size() + 1), 0},
                     "holds a NUL byte");
  }
  if (signs > kMostSigns)
    return fail_at(Error::Kind::config, {name, 0, 0}, "has more than ten million tags and attributes");
  const auto line_at = [&](std::size_t offset) {
    const auto before = std::lower_bound(xml.line_ends_.begin(), xml.line_ends_.end(), offset) - xml.line_ends_.begin();
    return static_cast<std::uint32_t>(before) + 1;
  };
  xml.document_ = std::make_shared<pugi::xml_document>();
  const auto done = xml.document_->load_buffer(
      text.data(), text.size(), pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol, pugi::encoding_utf8);
  if (!done)
    return fail_at(Error::Kind::config,
                   {name, line_at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, done.offset))), 0},
                   std::string("is no well-formed XML: ") + done.description());
  std::string().swap(text);
  if (const auto deep = too_deep(xml.root()))
    return fail_at(Error::Kind::config, {name, xml.line_of(deep), 0}, "is nested deeper than 256");
  return xml;
}

}  // namespace patchgate
