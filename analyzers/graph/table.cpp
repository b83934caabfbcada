#include "analyzers/graph/table.h"

#include "analyzers/graph/printable.h"

namespace patchgate {

namespace {

constexpr std::size_t kPiece = 1U << 16U;

}  // namespace

TableWriter::TableWriter(std::span<const std::string_view> columns, TableFormat format, const TextSink& out)
    : columns_(columns), format_(format), out_(out) {
  if (format_ == TableFormat::json) {
    pending_.push_back('[');
    return;
  }
  for (const auto column : columns_) (pending_ += pending_.empty() ? "" : "\t") += column;
  pending_ += '\n';
}

void TableWriter::open_cell() {
  if (format_ == TableFormat::tsv) {
    if (column_ != 0) pending_ += '\t';
  } else {
    if (column_ == 0) pending_ += any_row_ ? ",\n{" : "\n{";
    if (column_ != 0) pending_ += ", ";
    pending_.append(json_string(columns_[column_])).append(": ");
  }
  ++column_;
}

TableWriter& TableWriter::text(std::string_view value) {
  open_cell();
  pending_ += format_ == TableFormat::tsv ? printable(value) : json_string(value);
  return *this;
}

TableWriter& TableWriter::raw(std::string_view value) {
  open_cell();
  pending_ += value;
  return *this;
}

void TableWriter::end_row() {
  pending_.push_back(format_ == TableFormat::tsv ? '\n' : '}');
  column_ = 0;
  any_row_ = true;
  if (pending_.size() < kPiece) return;
  out_(pending_);
  pending_.clear();
}

void TableWriter::finish() {
  if (format_ == TableFormat::json) pending_ += any_row_ ? "\n]\n" : "]\n";
  out_(pending_);
  pending_.clear();
}

}  // namespace patchgate
