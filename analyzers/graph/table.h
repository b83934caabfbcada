#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analyzers/graph/export.h"

namespace patchgate {

/// Writes rows in either format, in pieces of some size. finish() must be called.
class TableWriter {
 public:
  TableWriter(std::span<const std::string_view> columns, TableFormat format, const TextSink& out);
  TableWriter& text(std::string_view value);
  TableWriter& number(std::uint64_t value) { return raw(std::to_string(value)); }
  /// Already a number's text.
  TableWriter& raw(std::string_view value);
  void end_row();
  void finish();

 private:
  void open_cell();
  std::span<const std::string_view> columns_;
  TableFormat format_;
  const TextSink& out_;
  std::string pending_;
  std::size_t column_ = 0;
  bool any_row_ = false;
};

}  // namespace patchgate
