#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "analyzers/model/body_shape.h"

namespace patchgate {

/// A node of a shape with its children: a place to stand in the tree. Cheap to copy; the shape must outlive it.
class ShapeView {
 public:
  ShapeView(const std::vector<ShapeNode>& nodes, std::size_t at) : nodes_(&nodes), at_(at) {}

  const ShapeNode& node() const { return (*nodes_)[at_]; }
  ShapeKind kind() const { return node().kind; }
  const std::string& text() const { return node().text; }
  std::size_t at() const { return at_; }
  bool is(ShapeKind kind) const { return node().kind == kind; }
  std::vector<ShapeView> children() const;
  /// The child with that number; a view of a `none` where there are fewer.
  ShapeView child(std::size_t number) const;
  std::size_t child_count() const;

 private:
  const std::vector<ShapeNode>* nodes_;
  std::size_t at_;
};

ShapeView root_of(const BodyShape& shape);

/// Names of variables on head → what they are called on the base. Others keep their name.
using Renames = std::map<std::string, std::string>;

/// Pairs variables that are on one side only: parameters by position, others by what they start with.
Renames renames_between(const BodyShape& base, const BodyShape& head);

/// What stands for a variable: the key of what was last put into it.
using VariableValues = std::map<std::string, std::string>;

/// One text for expressions that say the same: has_value(), != nullptr and the like are still as written. `values` may
/// be null. Bounded in length.
std::string key_of(ShapeView expression, const Renames& renames, const VariableValues* values);

/// Names of variables, fields and functions in it.
std::set<std::string> names_in(ShapeView expression, const Renames& renames);

/// Whether control never comes past the end of it; `how` is the kind of the node that leaves (return_, continue_,
/// break_, goto_, throw_, dead_end).
bool leaves(ShapeView statement, ShapeKind* how = nullptr);

/// A call that does not return is part of it, whatever else it does.
bool is_dead_end(ShapeView expression);

}  // namespace patchgate
