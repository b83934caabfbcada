#pragma once

#include <random>
#include <string>
#include <vector>

#include "policies/engine/policy.h"

namespace patchgate {

/// Facts and policies from a seed; the same seed gives the same on every machine (no std distribution is used).
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}

  std::size_t below(std::size_t count) { return engine_() % count; }
  bool one_in(std::size_t count) { return below(count) == 0; }

  Value value(const FactDecl& decl) {
    if (one_in(6)) return Unknown{"by chance"};
    switch (decl.type) {
      case FactType::boolean:
        return one_in(2);
      case FactType::choice:
        return std::string(decl.choices[below(decl.choices.size())]);
      case FactType::string:
        return std::string(one_in(2) ? "release/2.4" : "main");
      default:
        return static_cast<std::int64_t>(below(4) * 3);
    }
  }

  /// Fewer than `limit`.
  std::vector<Row> rows(std::size_t limit = 5) {
    std::vector<Row> rows;
    for (std::size_t i = below(limit); i > 0; --i) {
      Row row{"f" + std::to_string(below(2)), {"src/a.cpp", static_cast<std::uint32_t>(below(2)), 0}, {}};
      for (const auto& field : touched_symbol_fields()) row.fields[std::string(field.name)] = value(field);
      rows.push_back(std::move(row));
    }
    return rows;
  }

  Facts facts(std::size_t most_rows = 5) {
    Facts facts;
    for (const auto& decl : fact_catalogue()) {
      if (decl.type != FactType::list) facts.set(std::string(decl.name), value(decl));
    }
    if (one_in(8)) {
      facts.set_list_unknown("symbols.touched", "by chance");
    } else {
      facts.set_list("symbols.touched", rows(most_rows));
    }
    return facts;
  }

  Condition leaf(const std::vector<FactDecl>& decls) {
    Condition leaf;
    leaf.kind = Condition::Kind::leaf;
    do {
      leaf.fact = &decls[below(decls.size())];
    } while (leaf.fact->type == FactType::list);
    const auto operators = operators_for(*leaf.fact);
    leaf.op = operators[below(operators.size())];
    if (leaf.op == Operator::matches) leaf.globs.push_back(*Glob::compile("release/**"));
    while (leaf.op != Operator::matches && leaf.wanted.empty()) {
      auto wanted = value(*leaf.fact);
      if (!std::holds_alternative<Unknown>(wanted)) leaf.wanted.push_back(std::move(wanted));
    }
    return leaf;
  }

  Condition condition(const std::vector<FactDecl>& decls, int depth) {
    const bool top = &decls == &fact_catalogue();
    if (depth == 0 || one_in(3)) return leaf(decls);
    Condition condition;
    const auto form = below(top ? 5 : 3);
    condition.kind = static_cast<Condition::Kind>(form);
    if (form < 3) {
      for (std::size_t i = below(3); i < 3; ++i) condition.children.push_back(this->condition(decls, depth - 1));
      return condition;
    }
    condition.fact = find_fact("symbols.touched");
    if (one_in(2)) condition.where.push_back(this->condition(touched_symbol_fields(), depth - 1));
    condition.has.push_back(this->condition(touched_symbol_fields(), depth - 1));
    return condition;
  }

  Policy policy() {
    Policy policy;
    for (std::size_t i = 0; i <= below(4); ++i) {
      Rule rule;
      rule.id = rule.title = "r" + std::to_string(i);
      rule.level = static_cast<RuleLevel>(below(4));
      if (one_in(2)) rule.when = condition(fact_catalogue(), 2);
      rule.require = condition(fact_catalogue(), 3);
      policy.rules.push_back(std::move(rule));
    }
    policy.if_no_rule_applies = Decision::allow;
    return policy;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace patchgate
