#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "analyzers/model/fact.h"
#include "policies/engine/condition.h"
#include "policies/engine/judge.h"

namespace patchgate {

/// The rows of one list, in an order of their own and column by column, so that a condition is decided for thousands of
/// rows at once: each column keeps its different values, and a leaf is judged once for each of these.
class RowTable {
 public:
  /// `rows` must outlive it. Order: the highest levels first, then by name and place, then by fields: that of `rows`
  /// has no influence.
  explicit RowTable(const std::vector<Row>& rows);

  std::size_t size() const { return rows_.size(); }
  const Row& row(std::size_t index) const { return *rows_[index]; }

  /// For each row whether the condition, over its fields, holds (must_hold) or fails to (not).
  std::vector<Truth> truths(const Condition& condition, bool must_hold);

  /// For each row a number that is the same for rows which have the same values in all fields that the conditions ask
  /// for; below `groups`.
  struct Grouping {
    std::vector<std::uint32_t> of;
    std::uint32_t groups = 1;
  };
  Grouping group_by(const std::vector<const Condition*>& conditions);

 private:
  struct Column {
    std::vector<std::uint32_t> id;  ///< for each row
    std::vector<Value> values;      ///< by id, all different
  };
  const Column& column(const FactDecl& field);
  void collect(const Condition& condition, std::vector<const FactDecl*>& fields) const;

  std::vector<const Row*> rows_;
  std::map<const FactDecl*, Column> columns_;
};

/// Of one row: a field that it does not have is unknown.
Value field_of(const Row& row, std::string_view name);

/// Facts with their lists ready to be asked many times. The facts must outlive it.
class FactsInOrder {
 public:
  explicit FactsInOrder(const Facts& facts) : facts_(facts) {}
  const Facts& facts() const { return facts_; }
  /// Null where the list is unknown.
  RowTable* list(const std::string& name) const;

 private:
  const Facts& facts_;
  mutable std::map<std::string, RowTable> lists_;
};

/// As judge of judge.h, over facts that are asked by many rules.
Assessment judge(const Condition& condition, const FactsInOrder& facts, Voice voice);

}  // namespace patchgate
