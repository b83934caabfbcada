#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "analyzers/guards/match_uses.h"
#include "analyzers/guards/other_changes.h"

namespace patchgate {
namespace {

using Kind = CodeChange::Kind;

constexpr std::array<std::string_view, 6> kFallbacks = {"value_or", "get_or",       "getOr",
                                                        "valueOr",  "getOrDefault", "get_or_default"};
constexpr std::array<std::string_view, 4> kEmptiers = {"clear", "reset", "Clear", "Reset"};

template <class Names>
bool is_one_of(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Returns, and variables that start with something, as uses, so that they can be paired like those.
std::vector<Use> places_of(const BodyShape& shape, const Renames& renames) {
  std::vector<Use> places;
  std::size_t start_ends = 0;  // of the `for` whose counters are being passed
  for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
    const ShapeView view(shape.nodes, i);
    if (view.is(ShapeKind::loop)) start_ends = std::max(start_ends, view.child(0).at() + view.child(0).node().size);
    const bool returns = view.is(ShapeKind::return_);
    if ((!returns && !view.is(ShapeKind::variable)) || view.child_count() == 0 || i < start_ends) continue;
    Use place;
    place.kind = returns ? Use::Kind::call : Use::Kind::assign;
    const auto renamed = renames.find(view.text());
    place.loose = returns ? "return" : renamed == renames.end() ? view.text() : renamed->second;
    place.key = place.loose + " " + key_of(view.child(0), renames, nullptr);
    place.line = view.node().line;
    place.at = static_cast<std::uint32_t>(i);
    place.source = returns ? view.node().source : view.text() + " = " + view.node().source;
    places.push_back(std::move(place));
  }
  return places;
}

class Values {
 public:
  Values(const ComparedBody& body, std::vector<CodeChange>& found) : body_(body), found_(found) {}

  void run(const MatchedUses& matched) {
    for (const auto& [i, j] : matched) compare(body_.before.uses[i], body_.after.uses[j]);
    const auto before = places_of(*body_.base, {});
    const auto after = places_of(*body_.head, body_.renames);
    if (!same_answer(before, after))
      for (const auto& [i, j] : match_uses(before, after)) compare(before[i], after[j]);
    cleared(matched);
  }

 private:
  bool same(ShapeView was, ShapeView is) const {
    return key_of(was, {}, nullptr) == key_of(is, body_.renames, nullptr);
  }

  void compare(const Use& before, const Use& after) {
    if (before.key == after.key) return;
    const ShapeView was(body_.base->nodes, before.at);
    const ShapeView is(body_.head->nodes, after.at);
    if (was.kind() != is.kind()) return;
    before_ = &before;
    after_ = &after;
    if (was.is(ShapeKind::variable) || was.is(ShapeKind::assign)) another_start(was, is);
    parts(was, is);
  }

  void add(Kind kind, ShapeView is, const char* how) {
    if (!reported_.insert(is.at()).second) return;
    found_.push_back(change_between(kind, *before_, *after_));
    found_.back().how = how;
  }

  /// What is handed on, part by part.
  void parts(ShapeView was, ShapeView is) {
    const auto old_parts = was.children();
    const auto new_parts = is.children();
    if (old_parts.size() != new_parts.size()) return;
    const bool call = was.is(ShapeKind::call);
    const bool fallback = call && old_parts.size() == 2 && is_one_of(kFallbacks, was.text());
    const bool has_target = call || was.is(ShapeKind::assign) || was.is(ShapeKind::choice);
    for (std::size_t i = has_target ? 1 : 0; i < old_parts.size(); ++i) {
      if (same(old_parts[i], new_parts[i])) continue;
      if (fallback) {
        add(Kind::default_changed, new_parts[i], "");
      } else if (was.is(ShapeKind::choice) && is_constant(old_parts[i]) && is_constant(new_parts[i])) {
        add(Kind::default_changed, new_parts[i], "one of two values");
      } else {
        value(old_parts[i], new_parts[i]);
      }
    }
  }

  /// It is still called, and nobody looks at what it gives: that is another finding.
  bool is_discarded_now(ShapeView was) const {
    const auto& nodes = body_.head->nodes;
    for (std::size_t i = 0; i < nodes.size() && was.is(ShapeKind::call); ++i) {
      const ShapeView view(nodes, i);
      if (view.is(ShapeKind::discard) && same(was, view.child(0))) return true;
    }
    return false;
  }

  void value(ShapeView was, ShapeView is) {
    if (is_discarded_now(was)) return;
    if (is_empty_value(is) && !is_constant(was) && !was.is(ShapeKind::none)) {
      return add(Kind::value_emptied, is,
                 is.is(ShapeKind::null) ? "null instead of a value" : "nothing instead of a value");
    }
    const bool made_of_parts =
        was.is(ShapeKind::list) || was.is(ShapeKind::construct) || was.is(ShapeKind::call) || was.is(ShapeKind::choice);
    if (made_of_parts && was.kind() == is.kind() && was.text() == is.text()) parts(was, is);
  }

  /// `int tries = 3` became `int tries = 0`; `else tries = 3` became `else tries = 0`.
  void another_start(ShapeView was, ShapeView is) {
    const bool assign = was.is(ShapeKind::assign);
    const auto old_value = was.child(assign ? 1 : 0);
    const auto new_value = is.child(assign ? 1 : 0);
    if (!is_constant(old_value) || !is_constant(new_value) || same(old_value, new_value)) return;
    if (!assign && !is_empty_value(new_value)) return;
    if (assign && (was.text() != "=" || !is_assigned_elsewhere(was))) return;
    add(Kind::default_changed, new_value, assign ? "one of several values" : "it starts with nothing");
  }
  bool is_assigned_elsewhere(ShapeView assign) const {
    const auto target = key_of(assign.child(0), {}, nullptr);
    const auto& uses = body_.before.uses;
    return std::any_of(uses.begin(), uses.end(), [&](const Use& use) {
      return use.kind == Use::Kind::assign && use.at != assign.at() && use.loose == target;
    });
  }

  /// A function that had different answers gives one to everything.
  bool same_answer(const std::vector<Use>& before, const std::vector<Use>& after) {
    const auto answers = [](const BodyShape& shape, const std::vector<Use>& places) {
      std::vector<std::pair<ShapeView, const Use*>> all;
      for (const auto& place : places) {
        const ShapeView view(shape.nodes, place.at);
        if (view.is(ShapeKind::return_)) all.emplace_back(view.child(0), &place);
      }
      return all;
    };
    const auto old_answers = answers(*body_.base, before);
    const auto new_answers = answers(*body_.head, after);
    if (new_answers.empty()) return false;
    const auto& one = new_answers.back();
    const auto key = key_of(one.first, {}, nullptr);
    const auto computed = std::find_if(old_answers.begin(), old_answers.end(),
                                       [](const auto& answer) { return !is_constant(answer.first); });
    const bool all_the_same = is_constant(one.first) &&
                              std::all_of(new_answers.begin(), new_answers.end(),
                                          [&](const auto& answer) { return key_of(answer.first, {}, nullptr) == key; });
    if (computed == old_answers.end() || !all_the_same || is_discarded_now(computed->first)) return false;
    before_ = computed->second;
    after_ = one.second;
    const bool empty = is_empty_value(one.first);
    add(empty ? Kind::value_emptied : Kind::guard_weakened, one.first, "it gives the same answer to everything");
    if (!empty) found_.back().use.clear();
    return true;
  }

  /// Something is emptied on head and then handed on as before.
  void cleared(const MatchedUses& matched) {
    const auto& uses = body_.after.uses;
    std::vector<const Use*> on_base(uses.size());
    for (const auto& [i, j] : matched) on_base[j] = &body_.before.uses[i];
    for (std::size_t j = 0; j < uses.size(); ++j) {
      if (on_base[j] != nullptr) continue;
      const auto name = emptied(uses[j]);
      if (name.empty()) continue;
      const auto next = std::find_if(uses.begin() + static_cast<std::ptrdiff_t>(j) + 1, uses.end(),
                                     [&](const Use& use) { return use.names.contains(name); });
      if (next == uses.end() || next->kind != Use::Kind::call) continue;
      const auto* before = on_base[static_cast<std::size_t>(next - uses.begin())];
      const ShapeView call(body_.head->nodes, next->at);
      const bool handed_on =
          before != nullptr && before->key == next->key && !names_in(call.child(0), body_.renames).contains(name);
      // What held for the emptying must hold for the use: else it is another path.
      const bool same_path = std::all_of(uses[j].guards.begin(), uses[j].guards.end(), [&](std::uint32_t guard) {
        return std::find(next->guards.begin(), next->guards.end(), guard) != next->guards.end();
      });
      if (!handed_on || !same_path) continue;
      before_ = before;
      after_ = &uses[j];
      add(Kind::value_emptied, ShapeView(body_.head->nodes, uses[j].at), "emptied before it is used");
      if (!found_.empty()) found_.back().use = next->source;
    }
  }
  /// The variable that it empties; empty where it does something else.
  std::string emptied(const Use& use) const {
    const ShapeView view(body_.head->nodes, use.at);
    if (view.is(ShapeKind::call) && view.child_count() == 1 && is_one_of(kEmptiers, view.text()) &&
        view.child(0).is(ShapeKind::local))
      return key_of(view.child(0), body_.renames, nullptr);
    if (view.is(ShapeKind::assign) && view.text() == "=" && view.child(0).is(ShapeKind::local) &&
        is_empty_value(view.child(1)))
      return key_of(view.child(0), body_.renames, nullptr);
    return {};
  }

  const ComparedBody& body_;
  std::vector<CodeChange>& found_;
  std::set<std::size_t> reported_;  // nodes of head
  const Use* before_ = nullptr;
  const Use* after_ = nullptr;
};

}  // namespace

void value_changes(const ComparedBody& body, const MatchedUses& matched, std::vector<CodeChange>& found) {
  Values(body, found).run(matched);
}

}  // namespace patchgate
