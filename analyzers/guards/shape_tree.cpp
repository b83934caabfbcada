#include "analyzers/guards/shape_tree.h"

#include <algorithm>
#include <utility>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

constexpr std::size_t kLongestKey = 1000;

const std::vector<ShapeNode>& nothing() {
  static const std::vector<ShapeNode> none{ShapeNode{}};
  return none;
}

std::string shortened_key(std::string key) {
  if (key.size() <= kLongestKey) return key;
  return key.substr(0, kLongestKey / 2) + "#" + to_string(fast_hash(key));
}

/// Each variable of a function with what it starts with.
std::vector<std::pair<std::string, std::string>> variables_of(const BodyShape& shape) {
  std::vector<std::pair<std::string, std::string>> all;
  for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
    if (shape.nodes[i].kind != ShapeKind::variable) continue;
    const ShapeView view(shape.nodes, i);
    all.emplace_back(view.text(), view.child_count() == 0 ? "" : key_of(view.child(0), {}, nullptr));
  }
  return all;
}

std::set<std::string> names_of(const BodyShape& shape) {
  std::set<std::string> names(shape.parameters.begin(), shape.parameters.end());
  for (const auto& node : shape.nodes)
    if (node.kind == ShapeKind::variable) names.insert(node.text);
  return names;
}

}  // namespace

std::vector<ShapeView> ShapeView::children() const {
  std::vector<ShapeView> all;
  for (std::size_t at = at_ + 1; at < at_ + node().size; at += (*nodes_)[at].size) all.emplace_back(*nodes_, at);
  return all;
}

ShapeView ShapeView::child(std::size_t number) const {
  for (std::size_t at = at_ + 1; at < at_ + node().size; at += (*nodes_)[at].size)
    if (number-- == 0) return {*nodes_, at};
  return {nothing(), 0};
}

std::size_t ShapeView::child_count() const {
  std::size_t count = 0;
  for (std::size_t at = at_ + 1; at < at_ + node().size; at += (*nodes_)[at].size) ++count;
  return count;
}

ShapeView root_of(const BodyShape& shape) { return {shape.nodes.empty() ? nothing() : shape.nodes, 0}; }

Renames renames_between(const BodyShape& base, const BodyShape& head) {
  Renames renames;
  const auto old_names = names_of(base);
  const auto new_names = names_of(head);
  std::set<std::string> taken;
  const auto pair = [&](const std::string& old_name, const std::string& new_name) {
    if (old_name.empty() || new_name.empty() || new_names.contains(old_name) || old_names.contains(new_name)) return;
    if (renames.contains(new_name) || !taken.insert(old_name).second) return;
    renames[new_name] = old_name;
  };
  if (base.parameters.size() == head.parameters.size()) {
    for (std::size_t i = 0; i < base.parameters.size(); ++i) pair(base.parameters[i], head.parameters[i]);
  }
  std::multimap<std::string, std::string> by_start;
  for (const auto& [name, start] : variables_of(base))
    if (!start.empty() && !new_names.contains(name)) by_start.emplace(start, name);
  for (const auto& [name, start] : variables_of(head)) {
    if (start.empty() || old_names.contains(name)) continue;
    const auto found = by_start.find(start);
    if (found == by_start.end()) continue;
    pair(found->second, name);
    by_start.erase(found);
  }
  return renames;
}

std::string key_of(ShapeView view, const Renames& renames, const VariableValues* values) {
  switch (view.kind()) {
    case ShapeKind::local: {
      const auto renamed = renames.find(view.text());
      const auto& name = renamed == renames.end() ? view.text() : renamed->second;
      if (values == nullptr) return name;
      const auto value = values->find(name);
      return value == values->end() ? name : value->second;
    }
    case ShapeKind::name:
      return view.text();
    case ShapeKind::self:
      return "this";
    case ShapeKind::number:
      return view.text();
    case ShapeKind::null:
      return "null";
    case ShapeKind::text:
      return "\"" + view.text() + "\"";
    case ShapeKind::lambda:
      return "lambda";
    case ShapeKind::dereference:
      return "*" + key_of(view.child(0), renames, values);
    case ShapeKind::member:
      return key_of(view.child(0), renames, values) + "." + view.text();
    case ShapeKind::assign:
      // What it stands for in a condition is the value.
      if (view.text() == "=") return key_of(view.child(values == nullptr ? 0 : 1), renames, values);
      break;
    case ShapeKind::binary:
      if (view.text() == ",") return key_of(view.child(1), renames, values);
      break;
    default:
      break;
  }
  std::string key = std::string("(") + name_of(view.kind()) + " " + view.text();
  for (const auto& child : view.children()) {
    key += " " + key_of(child, renames, values);
    if (key.size() > kLongestKey) break;
  }
  return shortened_key(key + ")");
}

std::set<std::string> names_in(ShapeView expression, const Renames& renames) {
  std::set<std::string> names;
  std::vector<ShapeView> open{expression};
  while (!open.empty()) {
    const auto view = open.back();
    open.pop_back();
    if (view.is(ShapeKind::local)) {
      const auto renamed = renames.find(view.text());
      names.insert(renamed == renames.end() ? view.text() : renamed->second);
    } else if (view.is(ShapeKind::name) || view.is(ShapeKind::member) || view.is(ShapeKind::call)) {
      names.insert(view.text());
    }
    for (const auto& child : view.children()) open.push_back(child);
  }
  return names;
}

bool is_dead_end(ShapeView expression) {
  if (expression.is(ShapeKind::dead_end) || expression.is(ShapeKind::throw_)) return true;
  if (expression.is(ShapeKind::binary) && expression.text() == ",")
    return is_dead_end(expression.child(0)) || is_dead_end(expression.child(1));
  return expression.is(ShapeKind::block) && leaves(expression);
}

bool leaves(ShapeView statement, ShapeKind* how) {
  const auto by = [&](ShapeKind kind) {
    if (how != nullptr) *how = kind;
    return true;
  };
  switch (statement.kind()) {
    case ShapeKind::return_:
    case ShapeKind::break_:
    case ShapeKind::continue_:
    case ShapeKind::goto_:
      return by(statement.kind());
    case ShapeKind::throw_:
    case ShapeKind::dead_end:
      return by(ShapeKind::throw_);
    case ShapeKind::discard:
      return is_dead_end(statement.child(0)) && by(ShapeKind::throw_);
    case ShapeKind::if_:
      return leaves(statement.child(1), how) && leaves(statement.child(2), how);
    case ShapeKind::block: {
      const auto children = statement.children();
      return std::any_of(children.begin(), children.end(), [&](const ShapeView& child) { return leaves(child, how); });
    }
    case ShapeKind::loop: {
      const auto once = statement.text() == "do" && statement.child(1).is(ShapeKind::number);
      ShapeKind inner = ShapeKind::none;
      return once && leaves(statement.child(3), &inner) && inner != ShapeKind::break_ &&
             inner != ShapeKind::continue_ && by(inner);
    }
    default:
      return false;
  }
}

}  // namespace patchgate
