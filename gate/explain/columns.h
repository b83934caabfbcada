#pragma once

#include <string>
#include <vector>

namespace patchgate {

/// Rows of cells, each column as wide as its widest cell, but at most 56 characters: what is longer pushes its own row
/// only. Cells are text that went through visible().
class Columns {
 public:
  explicit Columns(std::size_t indent) : indent_(indent) {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  std::string text() const;

 private:
  std::size_t indent_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace patchgate
