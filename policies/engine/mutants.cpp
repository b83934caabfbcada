#include "policies/engine/mutants.h"

#include <algorithm>
#include <functional>

namespace patchgate {

namespace {

bool in_range(const FactDecl& decl, double value) {
  return (!decl.minimum || value >= *decl.minimum) && (!decl.maximum || value <= *decl.maximum);
}

/// The values beside it; none for a text.
std::vector<Value> neighbours(const FactDecl& decl, const Value& value) {
  std::vector<Value> beside;
  if (const auto* flag = std::get_if<bool>(&value)) {
    beside.emplace_back(!*flag);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    for (const auto other : {*integer - 1, *integer + 1}) {
      if (in_range(decl, static_cast<double>(other))) beside.emplace_back(other);
    }
  } else if (const auto* number = std::get_if<double>(&value)) {
    for (const auto other : {*number - 1, *number + 1}) {
      if (in_range(decl, other)) beside.emplace_back(other);
    }
  } else if (decl.type == FactType::choice) {
    const auto word = std::find(decl.choices.begin(), decl.choices.end(), std::get<std::string>(value));
    if (word != decl.choices.begin()) beside.emplace_back(std::string(*(word - 1)));
    if (word + 1 < decl.choices.end()) beside.emplace_back(std::string(*(word + 1)));
  }
  return beside;
}

std::vector<Condition> mistakes_in(const Condition& leaf) {
  std::vector<Condition> mistakes;
  const auto add = [&](const std::function<void(Condition&)>& change) {
    mistakes.push_back(leaf);
    change(mistakes.back());
  };
  if (leaf.op == Operator::in) {
    for (std::size_t i = 0; leaf.wanted.size() > 1 && i < leaf.wanted.size(); ++i) {
      add([&](Condition& changed) { changed.wanted.erase(changed.wanted.begin() + static_cast<std::ptrdiff_t>(i)); });
    }
    return mistakes;
  }
  if (leaf.wanted.empty()) return mistakes;
  for (const auto& value : neighbours(*leaf.fact, leaf.wanted[0])) {
    add([&](Condition& changed) { changed.wanted[0] = value; });
  }
  if (leaf.op == Operator::at_least) add([](Condition& changed) { changed.op = Operator::at_most; });
  if (leaf.op == Operator::at_most) add([](Condition& changed) { changed.op = Operator::at_least; });
  return mistakes;
}

class Mutator {
 public:
  explicit Mutator(const Rule& rule) : rule_(rule) {}

  std::vector<Mutant> run() {
    if (rule_.when) walk(*rule_.when);
    walk(rule_.require);
    return std::move(mutants_);
  }

 private:
  /// `condition` is a part of `rule_`.
  void walk(Condition& condition) {
    for (auto* parts : {&condition.children, &condition.where, &condition.has}) {
      for (auto& part : *parts) walk(part);
    }
    if (condition.kind != Condition::Kind::leaf) return;
    const Condition written = condition;
    for (const auto& mistake : mistakes_in(written)) {
      condition = mistake;
      mutants_.push_back({rule_, written.at, "'" + describe(written) + "' could be '" + describe(mistake) + "'"});
    }
    condition = written;
  }

  Rule rule_;
  std::vector<Mutant> mutants_;
};

}  // namespace

std::vector<Mutant> mutants_of(const Rule& rule) { return Mutator(rule).run(); }

}  // namespace patchgate
