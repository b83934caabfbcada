#include "analyzers/guards/guarded_uses.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "analyzers/guards/branches.h"

namespace patchgate {
namespace {

using By = Guard::By;

/// More conditions before one place than a person writes: further ones are left out.
constexpr std::size_t kMostHolding = 256;
constexpr std::size_t kMostInfluences = 64;

By by_leaving(ShapeKind how) {
  switch (how) {
    case ShapeKind::continue_:
      return By::skip;
    case ShapeKind::break_:
      return By::stop;
    default:
      return By::leave;
  }
}

class Walk {
 public:
  Walk(const BodyShape& shape, const Renames& renames) : renames_(renames), root_(root_of(shape)) {
    for (std::size_t i = 0; i < shape.nodes.size(); ++i) note_influence(ShapeView(shape.nodes, i));
  }

  GuardedUses run() {
    statements(root_);
    return std::move(out_);
  }

 private:
  /// What a variable is made of, wherever it is put together.
  void note_influence(ShapeView view) {
    const bool starts = view.is(ShapeKind::variable) && view.child_count() != 0;
    const bool assigns = view.is(ShapeKind::assign) && view.child(0).is(ShapeKind::local);
    if (!starts && !assigns) return;
    auto names = names_in(starts ? view.child(0) : view.child(1), renames_);
    auto& all = influences_[renamed(starts ? view.text() : view.child(0).text())];
    if (all.size() < kMostInfluences) all.merge(names);
  }
  std::set<std::string> names_behind(ShapeView condition) const {
    auto names = names_in(condition, renames_);
    for (const auto& name : names_in(condition, renames_)) {
      const auto found = influences_.find(name);
      if (found != influences_.end()) names.insert(found->second.begin(), found->second.end());
    }
    return names;
  }

  // ---- what holds
  void hold(ShapeView condition, bool wanted, By by, std::uint32_t site) {
    for (auto& clause : clauses_of(condition, wanted, renames_, values_)) {
      Guard guard;
      guard.clause = std::move(clause);
      guard.by = by;
      guard.site = site;
      guard.line = condition.node().line;
      guard.source = condition.node().source;
      guard.names = names_behind(condition);
      hold(std::move(guard));
    }
  }
  void hold(Guard guard) {
    if (holding_.size() >= kMostHolding) return;
    holding_.push_back(static_cast<std::uint32_t>(out_.guards.size()));
    out_.guards.push_back(std::move(guard));
  }
  void forget(std::size_t size) { holding_.resize(std::min(size, holding_.size())); }

  // ---- statements
  /// One after the other; what they establish goes on holding.
  void statements(ShapeView block) {
    const auto entry = holding_.size();
    for (const auto& child : block.children()) {
      // From a label on, nobody knows what was passed before.
      if (child.is(ShapeKind::label) || child.is(ShapeKind::case_)) forget(entry);
      statement(child);
    }
  }
  void scope(ShapeView block) {
    const auto entry = holding_.size();
    statements(block);
    forget(entry);
  }

  void statement(ShapeView view) {
    switch (view.kind()) {
      case ShapeKind::block:
        return statements(view);
      case ShapeKind::if_:
        return branch(view);
      case ShapeKind::loop:
        return loop(view);
      case ShapeKind::switch_:
        expression(view.child(0));
        return scope(view.child(1));
      case ShapeKind::try_:
        for (const auto& child : view.children()) {
          if (child.is(ShapeKind::catch_)) {
            scope(child.child(0));
          } else {
            statements(child);
          }
        }
        return;
      default:
        break;
    }
    const auto before = std::exchange(statement_, view.node().source.empty() ? statement_ : view.node().source);
    if (view.is(ShapeKind::variable)) {
      if (view.child_count() != 0) {
        expression(view.child(0));
        put(view.text(), view.child(0));
      } else {
        values_.erase(renamed(view.text()));
      }
    } else if (view.is(ShapeKind::return_) || view.is(ShapeKind::discard)) {
      for (const auto& child : view.children()) expression(child);
    } else {
      expression(view);
    }
    statement_ = before;
  }

  void branch(ShapeView view) {
    const auto condition = view.child(0);
    const auto site = static_cast<std::uint32_t>(view.at());
    expression(condition);
    const auto entry = holding_.size();
    const auto branch_of = [&](bool wanted, ShapeView block) {
      hold(condition, wanted, refuses(block) ? By::refusal : By::around, site);
      const auto inside = std::min(holding_.size(), kMostHolding);
      statements(block);
      std::vector<std::uint32_t> said(holding_.begin() + static_cast<std::ptrdiff_t>(inside), holding_.end());
      forget(entry);
      return said;
    };
    const auto by_then = branch_of(true, view.child(1));
    const auto by_else = branch_of(false, view.child(2));
    ShapeKind how = ShapeKind::none;
    const bool no_else = view.child(2).child_count() == 0;
    if (leaves(view.child(1), &how)) {
      hold(condition, false, ends_dead(view.child(1)) ? By::assert : by_leaving(how), site);
    } else if (leaves(view.child(2), &how)) {
      hold(condition, true, ends_dead(view.child(2)) ? By::assert : by_leaving(how), site);
    } else if (no_else && corrects(view)) {
      hold(condition, false, By::correction, site);
    } else {
      hold_what_both_say(by_then, by_else);
    }
  }

  void hold_what_both_say(const std::vector<std::uint32_t>& one, const std::vector<std::uint32_t>& other) {
    for (const auto number : one) {
      const auto& clause = out_.guards[number].clause;
      const bool both = std::any_of(other.begin(), other.end(),
                                    [&](std::uint32_t also) { return implies(out_.guards[also].clause, clause); });
      if (both && holding_.size() < kMostHolding) holding_.push_back(number);
    }
  }

  /// `if (n > most) n = most;`
  bool corrects(ShapeView view) const {
    const auto body = view.child(1);
    if (body.child_count() != 1 || !body.child(0).is(ShapeKind::assign)) return false;
    const auto target = body.child(0).child(0);
    if (!target.is(ShapeKind::local) && !target.is(ShapeKind::member)) return false;
    const auto key = key_of(target, renames_, nullptr);
    std::vector<ShapeView> open{view.child(0)};
    while (!open.empty()) {
      const auto one = open.back();
      open.pop_back();
      if ((one.is(ShapeKind::local) || one.is(ShapeKind::member)) && key_of(one, renames_, nullptr) == key) return true;
      for (const auto& child : one.children()) open.push_back(child);
    }
    return false;
  }

  void loop(ShapeView view) {
    const auto entry = holding_.size();
    const bool is_do = view.text() == "do";
    const auto site = static_cast<std::uint32_t>(view.at());
    if (is_do) {
      once(view, entry);
      return;
    }
    statements(view.child(0));
    if (view.text() == "range") {
      expression(view.child(2));
    } else if (!view.child(1).is(ShapeKind::none)) {
      expression(view.child(1));
      hold(view.child(1), true, By::loop, site);
    }
    statements(view.child(3));
    if (view.text() != "range" && !view.child(2).is(ShapeKind::none)) expression(view.child(2));
    forget(entry);
  }

  /// do … while; that of a macro, do { … } while (0), leaves behind what only a return or a jump can end.
  void once(ShapeView view, std::size_t entry) {
    statements(view.child(3));
    expression(view.child(1));
    const bool never_again = view.child(1).is(ShapeKind::number) && view.child(1).text() == "0";
    std::vector<std::uint32_t> stay;
    for (auto i = entry; i < holding_.size() && never_again; ++i) {
      const auto by = out_.guards[holding_[i]].by;
      if (by != By::skip && by != By::stop) stay.push_back(holding_[i]);
    }
    forget(entry);
    holding_.insert(holding_.end(), stay.begin(), stay.end());
  }

  // ---- expressions
  void expression(ShapeView view) {
    const auto site = static_cast<std::uint32_t>(view.at());
    const auto entry = holding_.size();
    switch (view.kind()) {
      case ShapeKind::and_:
      case ShapeKind::or_: {
        const bool wanted = view.is(ShapeKind::and_);
        expression(view.child(0));
        hold(view.child(0), wanted, By::around, site);
        ++in_condition_;
        expression(view.child(1));
        --in_condition_;
        forget(entry);
        if (is_dead_end(view.child(1))) hold(view.child(0), !wanted, By::assert, site);
        return;
      }
      case ShapeKind::choice:
        expression(view.child(0));
        hold(view.child(0), true, By::around, site);
        expression(view.child(1));
        forget(entry);
        hold(view.child(0), false, By::around, site);
        expression(view.child(2));
        forget(entry);
        if (is_dead_end(view.child(2))) hold(view.child(0), true, By::assert, site);
        if (is_dead_end(view.child(1))) hold(view.child(0), false, By::assert, site);
        return;
      case ShapeKind::block:
        return statements(view);
      case ShapeKind::lambda: {
        auto values = values_;
        scope(view.child(0));
        values_ = std::move(values);
        return;
      }
      case ShapeKind::assign:
        if (!view.child(0).is(ShapeKind::local)) parts(view.child(0));
        expression(view.child(1));
        use(Use::Kind::assign, view, assigned_name(view), key_of(view.child(0), renames_, nullptr));
        put(view);
        return;
      default:
        break;
    }
    parts(view);
    if (view.is(ShapeKind::call)) {
      use(Use::Kind::call, view, view.text(), view.text() + "/" + loose_object(view));
    } else if (view.is(ShapeKind::construct) && view.child_count() != 0) {
      use(Use::Kind::call, view, view.text(), "construct " + view.text());
    } else if (view.is(ShapeKind::unary) && (view.text() == "++" || view.text() == "--")) {
      use(Use::Kind::assign, view, view.text(), key_of(view.child(0), renames_, nullptr) + view.text());
    } else if (view.is(ShapeKind::dereference) || view.is(ShapeKind::index)) {
      use(Use::Kind::access, view, "", key_of(view, renames_, nullptr));
    }
  }
  void parts(ShapeView view) {
    for (const auto& child : view.children()) expression(child);
  }

  static std::string assigned_name(ShapeView view) {
    const auto target = view.child(0);
    return target.is(ShapeKind::member) || target.is(ShapeKind::local) || target.is(ShapeKind::name) ? target.text()
                                                                                                     : view.text();
  }
  std::string loose_object(ShapeView call) const {
    const auto object = call.child(0);
    return object.is(ShapeKind::none) ? "" : key_of(object, renames_, nullptr);
  }

  void use(Use::Kind kind, ShapeView view, std::string name, std::string loose) {
    Use one;
    one.kind = kind;
    one.name = std::move(name);
    // The text of an assignment is both of its sides.
    one.key = kind == Use::Kind::assign && view.is(ShapeKind::assign)
                  ? "=" + view.text() + key_of(view.child(0), renames_, nullptr) + " " +
                        key_of(view.child(1), renames_, nullptr)
                  : key_of(view, renames_, nullptr);
    one.loose = std::move(loose);
    one.line = view.node().line;
    one.at = static_cast<std::uint32_t>(view.at());
    one.source = view.node().source.empty() ? statement_ : view.node().source;
    one.names = names_in(view, renames_);
    one.in_condition = in_condition_ != 0;
    one.guards = holding_;
    out_.uses.push_back(std::move(one));
  }

  // ---- what variables stand for
  void put(ShapeView assign) {
    if (!assign.child(0).is(ShapeKind::local)) return;
    if (assign.text() == "=") return put(assign.child(0).text(), assign.child(1));
    values_.erase(renamed(assign.child(0).text()));
  }
  void put(const std::string& variable, ShapeView value) {
    const auto name = renamed(variable);
    auto key = key_of(value, renames_, &values_);
    bounds(name, value);
    if (key.find("(call") == std::string::npos && key.find("(compare") == std::string::npos &&
        key.find("(and") == std::string::npos && key.find("(or") == std::string::npos) {
      values_.erase(name);
    } else {
      values_[name] = std::move(key);
    }
  }
  std::string renamed(const std::string& name) const {
    const auto found = renames_.find(name);
    return found == renames_.end() ? name : found->second;
  }

  /// n = min(a, b): n is at most either.
  void bounds(const std::string& name, ShapeView value) {
    if (!value.is(ShapeKind::call) || value.child_count() != 3) return;
    const bool least = value.text() == "min";
    if (!least && value.text() != "max") return;
    for (std::size_t i = 1; i <= 2; ++i) {
      const Term result{name, name, std::nullopt};
      const auto text = key_of(value.child(i), renames_, nullptr);
      const Term bound{text, text, std::nullopt};
      Guard guard;
      guard.clause = {{Atom::Op::less_equal, false, least ? result : bound, least ? bound : result}};
      guard.by = By::computed;
      guard.site = static_cast<std::uint32_t>(value.at());
      guard.line = value.node().line;
      guard.names = names_in(value, renames_);
      guard.names.insert(name);
      hold(std::move(guard));
    }
  }

  const Renames& renames_;
  ShapeView root_;
  GuardedUses out_;
  std::vector<std::uint32_t> holding_;
  VariableValues values_;
  std::string statement_;
  unsigned in_condition_ = 0;
  std::map<std::string, std::set<std::string>> influences_;
};

}  // namespace

GuardedUses guarded_uses(const BodyShape& shape, const Renames& renames) { return Walk(shape, renames).run(); }

}  // namespace patchgate
