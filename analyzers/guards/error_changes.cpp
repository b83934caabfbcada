#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "analyzers/guards/match_uses.h"
#include "analyzers/guards/other_changes.h"

namespace patchgate {
namespace {

using Kind = CodeChange::Kind;

/// Calls whose value nobody uses.
std::set<std::uint32_t> discarded_in(const BodyShape& shape) {
  std::set<std::uint32_t> calls;
  for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
    const ShapeView view(shape.nodes, i);
    if (view.is(ShapeKind::discard)) calls.insert(static_cast<std::uint32_t>(view.child(0).at()));
  }
  return calls;
}

/// Calls that a condition asks for their result, directly or through a variable that it is put into.
std::set<std::uint32_t> asked_in(const BodyShape& shape, const GuardedUses& uses) {
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

/// Calls whose result is returned as it is.
std::set<std::uint32_t> returned_in(const BodyShape& shape) {
  std::set<std::uint32_t> calls;
  for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
    const ShapeView view(shape.nodes, i);
    if (view.is(ShapeKind::return_) && view.child_count() != 0)
      calls.insert(static_cast<std::uint32_t>(view.child(0).at()));
  }
  return calls;
}

bool returns_a_value(const BodyShape& shape) {
  for (std::size_t i = 0; i < shape.nodes.size(); ++i)
    if (shape.nodes[i].kind == ShapeKind::return_ && shape.nodes[i].size > 1) return true;
  return false;
}

/// It neither throws on nor leaves the function: whoever called does not hear of it.
bool ends_silently(ShapeView caught) {
  ShapeKind how = ShapeKind::none;
  return !leaves(caught.child(0), &how) || how == ShapeKind::continue_ || how == ShapeKind::break_;
}

std::string words_of(ShapeView caught) { return "catch (" + (caught.text().empty() ? "..." : caught.text()) + ")"; }

/// Catches that end what is thrown at that node without a word, the innermost last.
std::vector<ShapeView> silent_catches(const BodyShape& shape, std::size_t node) {
  std::vector<ShapeView> all;
  for (std::size_t i = 0; i <= node; ++i) {
    const ShapeView view(shape.nodes, i);
    if (!view.is(ShapeKind::try_) || node < view.child(0).at() ||
        node >= view.child(0).at() + view.child(0).node().size)
      continue;
    for (const auto& child : view.children())
      if (child.is(ShapeKind::catch_) && ends_silently(child)) all.push_back(child);
  }
  return all;
}

class Errors {
 public:
  Errors(const ComparedBody& body, std::vector<CodeChange>& found) : body_(body), found_(found) {}

  void run(const MatchedUses& matched) {
    const bool has_try = std::any_of(body_.head->nodes.begin(), body_.head->nodes.end(),
                                     [](const ShapeNode& node) { return node.kind == ShapeKind::try_; });
    results(matched);
    if (has_try) {
      for (const auto& [i, j] : matched) silenced(body_.before.uses[i], body_.after.uses[j]);
      catches();
    }
    became_success();
  }

 private:
  void results(const MatchedUses& matched) {
    const auto was_asked = asked_in(*body_.base, body_.before);
    const auto was_returned = returns_a_value(*body_.head) ? returned_in(*body_.base) : std::set<std::uint32_t>();
    const auto was_discarded = discarded_in(*body_.base);
    const auto is_discarded = discarded_in(*body_.head);
    for (const auto& [i, j] : matched) {
      const auto& before = body_.before.uses[i];
      const auto& after = body_.after.uses[j];
      if (before.kind != Use::Kind::call || !is_discarded.contains(after.at) || was_discarded.contains(before.at))
        continue;
      const bool asked = was_asked.contains(before.at);
      if (!asked && !was_returned.contains(before.at)) continue;
      found_.push_back(change_between(Kind::error_ignored, before, after));
      if (found_.back().before.empty()) found_.back().before = source_around(*body_.base, before.at);
      found_.back().how = asked ? "a condition asked for it before" : "it was returned before";
    }
  }
  /// Of the condition that it stands in.
  static std::string source_around(const BodyShape& shape, std::size_t node) {
    for (auto i = node + 1; i-- > 0;)
      if (i + shape.nodes[i].size > node && !shape.nodes[i].source.empty()) return shape.nodes[i].source;
    return {};
  }

  void silenced(const Use& before, const Use& after) {
    if (before.kind != Use::Kind::call) return;
    std::set<std::string> known;
    for (const auto& caught : silent_catches(*body_.base, before.at)) known.insert(caught.text());
    for (const auto& caught : silent_catches(*body_.head, after.at)) {
      const bool was_there = known.contains(caught.text()) || was_caught(caught.text());
      if (was_there || !reported_.insert(caught.at()).second) continue;
      auto change = change_between(Kind::error_ignored, before, after);
      change.head.line = caught.node().line;
      change.after = words_of(caught);
      change.how = "what is thrown there ends silently";
      found_.push_back(std::move(change));
    }
  }
  /// Such a catch was there and left: that is reported of the catch itself.
  bool was_caught(const std::string& type) const {
    for (std::size_t i = 0; i < body_.base->nodes.size(); ++i)
      if (body_.base->nodes[i].kind == ShapeKind::catch_ && body_.base->nodes[i].text == type) return true;
    return false;
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
        const auto& old = olds->second[i];
        const bool emptied = views[i].child(0).child_count() == 0 && old.child(0).child_count() != 0;
        if (!emptied && !(ends_silently(views[i]) && !ends_silently(old))) continue;
        CodeChange change;
        change.kind = Kind::error_ignored;
        change.base.line = old.node().line;
        change.head.line = views[i].node().line;
        change.before = words_of(old);
        change.uses = 1;
        change.how = emptied ? "what it did is gone" : "it no longer passes on what it caught";
        found_.push_back(std::move(change));
      }
    }
  }

  /// `return -1` became `return 0`.
  void became_success() {
    const auto returns = [](const BodyShape& shape, const Renames& renames) {
      std::vector<Use> all;
      for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
        const ShapeView view(shape.nodes, i);
        if (!view.is(ShapeKind::return_) || view.child_count() == 0) continue;
        Use one;
        one.loose = "return";
        one.key = key_of(view.child(0), renames, nullptr);
        one.at = static_cast<std::uint32_t>(i);
        one.line = view.node().line;
        one.source = view.node().source;
        all.push_back(std::move(one));
      }
      return all;
    };
    const auto before = returns(*body_.base, {});
    const auto after = returns(*body_.head, body_.renames);
    if (before.size() != after.size()) return;
    for (const auto& [i, j] : match_uses(before, after)) {
      const auto was = ShapeView(body_.base->nodes, before[i].at).child(0);
      const auto is = ShapeView(body_.head->nodes, after[j].at).child(0);
      const bool refused = was.is(ShapeKind::unary) && was.text() == "-" && is_constant(was);
      if (!refused || !is.is(ShapeKind::number) || is.text() != "0") continue;
      found_.push_back(change_between(Kind::error_ignored, before[i], after[j]));
      found_.back().how = "an error code became success";
    }
  }

  const ComparedBody& body_;
  std::vector<CodeChange>& found_;
  std::set<std::size_t> reported_;
};

}  // namespace

void error_changes(const ComparedBody& body, const MatchedUses& matched, std::vector<CodeChange>& found) {
  Errors(body, found).run(matched);
}

}  // namespace patchgate
