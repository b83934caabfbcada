#include "analyzers/guards/other_changes.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "analyzers/guards/match_uses.h"

namespace patchgate {
namespace {

using Kind = CodeChange::Kind;

constexpr std::array<std::string_view, 6> kFallbacks = {"value_or", "get_or",       "getOr",
                                                        "valueOr",  "getOrDefault", "get_or_default"};

/// null, 0, "", T() and {}.
bool is_empty_value(ShapeView view) {
  switch (view.kind()) {
    case ShapeKind::null:
      return true;
    case ShapeKind::number:
      return view.text() == "0";
    case ShapeKind::text:
      return view.text().empty();
    case ShapeKind::construct:
    case ShapeKind::list:
      return view.child_count() == 0;
    default:
      return false;
  }
}

bool is_constant(ShapeView view) {
  return is_empty_value(view) || view.is(ShapeKind::number) || view.is(ShapeKind::text) ||
         (view.is(ShapeKind::unary) && view.text() == "-" && view.child(0).is(ShapeKind::number));
}

class Comparison {
 public:
  explicit Comparison(const ComparedBody& body) : body_(body) {}

  std::vector<CodeChange> run() {
    for (const auto& [i, j] : match_uses(body_.before.uses, body_.after.uses)) {
      const auto& before = body_.before.uses[i];
      const auto& after = body_.after.uses[j];
      const ShapeView old_view(body_.base->nodes, before.at);
      const ShapeView new_view(body_.head->nodes, after.at);
      if (before.key != after.key) values(old_view, new_view, before, after);
      if (before.kind == Use::Kind::call) result(before, after);
      bounds(before, after);
    }
    catches();
    return std::move(found_);
  }

 private:
  CodeChange& add(Kind kind, const Use& before, const Use& after) {
    CodeChange change;
    change.kind = kind;
    change.base.line = before.line;
    change.head.line = after.line;
    change.before = before.source;
    change.after = after.source;
    change.use = after.source;
    change.uses = 1;
    found_.push_back(std::move(change));
    return found_.back();
  }

  /// What is assigned or passed, part by part.
  void values(ShapeView old_view, ShapeView new_view, const Use& before, const Use& after) {
    const auto old_parts = old_view.children();
    const auto new_parts = new_view.children();
    if (old_view.kind() != new_view.kind() || old_parts.size() != new_parts.size()) return;
    const bool fallback = old_view.is(ShapeKind::call) && old_parts.size() == 2 &&
                          std::find(kFallbacks.begin(), kFallbacks.end(), old_view.text()) != kFallbacks.end();
    for (std::size_t i = old_view.is(ShapeKind::assign) || old_view.is(ShapeKind::call) ? 1 : 0; i < old_parts.size();
         ++i) {
      if (key_of(old_parts[i], {}, nullptr) == key_of(new_parts[i], body_.renames, nullptr)) continue;
      if (fallback) {
        add(Kind::default_changed, before, after);
      } else if (is_empty_value(new_parts[i]) && !is_constant(old_parts[i]) && !old_parts[i].is(ShapeKind::none)) {
        add(Kind::value_emptied, before, after).how =
            new_parts[i].is(ShapeKind::null) ? "null instead of a value" : "nothing instead of a value";
      }
    }
  }

  /// Calls that stand alone in a statement: nobody looks at what they return.
  static std::set<std::uint32_t> discarded(const BodyShape& shape) {
    std::set<std::uint32_t> calls;
    for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
      const ShapeView view(shape.nodes, i);
      if (view.is(ShapeKind::discard)) calls.insert(static_cast<std::uint32_t>(view.child(0).at()));
    }
    return calls;
  }
  /// Calls whose result a condition asks for, directly or through a variable that it is put into.
  static std::set<std::uint32_t> asked(const BodyShape& shape, const GuardedUses& uses) {
    std::set<std::uint32_t> calls;
    for (const auto& use : uses.uses) {
      if (use.kind != Use::Kind::call) continue;
      const bool in_one = std::any_of(uses.guards.begin(), uses.guards.end(), [&](const Guard& guard) {
        const ShapeView whole(shape.nodes, guard.site);
        const auto condition = whole.is(ShapeKind::loop) ? whole.child(1) : whole.child(0);
        return condition.at() <= use.at && use.at < condition.at() + condition.node().size;
      });
      if (in_one) calls.insert(use.at);
    }
    std::set<std::string> tested;
    for (const auto& guard : uses.guards) tested.insert(guard.names.begin(), guard.names.end());
    for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
      const ShapeView view(shape.nodes, i);
      const bool starts = view.is(ShapeKind::variable) && view.child_count() != 0;
      const bool assigns = view.is(ShapeKind::assign) && view.child(0).is(ShapeKind::local);
      if (!starts && !assigns) continue;
      const auto value = starts ? view.child(0) : view.child(1);
      if (value.is(ShapeKind::call) && tested.contains(starts ? view.text() : view.child(0).text()))
        calls.insert(static_cast<std::uint32_t>(value.at()));
    }
    return calls;
  }
  void result(const Use& before, const Use& after) {
    if (!sets_) {
      sets_ = true;
      old_asked_ = asked(*body_.base, body_.before);
      old_discarded_ = discarded(*body_.base);
      new_discarded_ = discarded(*body_.head);
    }
    if (old_asked_.contains(before.at) && new_discarded_.contains(after.at) && !old_discarded_.contains(before.at))
      add(Kind::error_ignored, before, after).how = "a condition asked for it before";
  }

  /// The bound of the loop around what stays.
  void bounds(const Use& before, const Use& after) {
    const auto* old_loop = loop_of(before, body_.before);
    const auto* new_loop = loop_of(after, body_.after);
    if (old_loop == nullptr || new_loop == nullptr || old_loop->clause.size() != 1 || new_loop->clause.size() != 1)
      return;
    const auto& was = old_loop->clause[0];
    const auto& is = new_loop->clause[0];
    if (implies(is, was) || !implies(was, is) || !seen_loops_.insert(old_loop->site).second) return;
    auto& change = add(Kind::loop_widened, before, after);
    change.base.line = old_loop->line;
    change.head.line = new_loop->line;
    change.before = old_loop->source;
    change.after = new_loop->source;
    change.how = "the bound lets more through";
  }
  static const Guard* loop_of(const Use& use, const GuardedUses& uses) {
    for (auto number = use.guards.rbegin(); number != use.guards.rend(); ++number)
      if (uses.guards[*number].by == Guard::By::loop) return &uses.guards[*number];
    return nullptr;
  }

  void catches() {
    const auto all = [](const BodyShape& shape) {
      std::map<std::string, std::vector<ShapeView>> by_type;
      for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
        const ShapeView view(shape.nodes, i);
        if (view.is(ShapeKind::catch_)) by_type[view.text()].push_back(view);
      }
      return by_type;
    };
    const auto before = all(*body_.base);
    for (const auto& [type, views] : all(*body_.head)) {
      const auto olds = before.find(type);
      if (olds == before.end() || olds->second.size() != views.size()) continue;
      for (std::size_t i = 0; i < views.size(); ++i) {
        if (views[i].child(0).child_count() != 0 || olds->second[i].child(0).child_count() == 0) continue;
        CodeChange change;
        change.kind = Kind::error_ignored;
        change.base.line = olds->second[i].node().line;
        change.head.line = views[i].node().line;
        change.before = "catch (" + (type.empty() ? "..." : type) + ")";
        change.uses = 1;
        change.how = "what it did is gone";
        found_.push_back(std::move(change));
      }
    }
  }

  const ComparedBody& body_;
  std::vector<CodeChange> found_;
  bool sets_ = false;
  std::set<std::uint32_t> old_asked_, old_discarded_, new_discarded_;
  std::set<std::uint32_t> seen_loops_;
};

}  // namespace

std::vector<CodeChange> other_changes(const ComparedBody& body) { return Comparison(body).run(); }

}  // namespace patchgate
