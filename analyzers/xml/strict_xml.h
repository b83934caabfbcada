#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "analyzers/model/result.h"

namespace patchgate {

/// An XML document and the lines of its nodes. UTF-8; comments, processing instructions and the DOCTYPE are dropped, so
/// that no entity of it is ever expanded: `&own;` stays as it is written.
class StrictXml {
 public:
  /// Errors (config, at `name` and the line): not well formed, cut off, a NUL, nested deeper than 256, more than ten
  /// million tags and attributes.
  static Result<StrictXml> parse(const std::string& name, std::string&& text);

  pugi::xml_node root() const { return document_->document_element(); }
  std::uint32_t line_of(const pugi::xml_node& node) const;

 private:
  std::shared_ptr<pugi::xml_document> document_;
  std::vector<std::size_t> line_ends_;
};

}  // namespace patchgate
