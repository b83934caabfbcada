#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "analyzers/guards/other_changes.h"

namespace patchgate {
namespace {

/// The innermost loop around each node; 0 where there is none (the whole body is node 0).
std::vector<std::uint32_t> loops_around(const BodyShape& shape) {
  std::vector<std::uint32_t> around(shape.nodes.size());
  for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
    const ShapeView view(shape.nodes, i);
    if (!view.is(ShapeKind::loop)) continue;
    // do … while (0) of a macro is no loop.
    if (view.text() == "do" && view.child(1).is(ShapeKind::number)) continue;
    for (auto inside = i + 1; inside < i + view.node().size; ++inside) around[inside] = static_cast<std::uint32_t>(i);
  }
  return around;
}

bool always(ShapeView condition) {
  return condition.is(ShapeKind::none) || (condition.is(ShapeKind::number) && condition.text() != "0");
}

/// What a counting loop starts from.
std::optional<std::int64_t> first_of(ShapeView loop) {
  const auto start = loop.child(0);
  if (loop.text() != "for" || start.child_count() != 1) return std::nullopt;
  const auto one = start.child(0);
  const auto value = one.is(ShapeKind::variable) ? one.child(0) : one.is(ShapeKind::assign) ? one.child(1) : one;
  if (!value.is(ShapeKind::number)) return std::nullopt;
  std::int64_t number = 0;
  const auto& text = value.text();
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

class Loops {
 public:
  Loops(const ComparedBody& body, std::vector<CodeChange>& found) : body_(body), found_(found) {}

  void run(const MatchedUses& matched) {
    const auto old_loops = loops_around(*body_.base);
    const auto new_loops = loops_around(*body_.head);
    std::set<std::uint32_t> seen_old, seen_new;
    for (const auto& [i, j] : matched) {
      before_ = &body_.before.uses[i];
      after_ = &body_.after.uses[j];
      const auto was = old_loops[before_->at];
      const auto is = new_loops[after_->at];
      if (was == 0 || is == 0 || inside_condition(was, before_->at, *body_.base)) continue;
      if (seen_old.contains(was) || !seen_new.insert(is).second) continue;
      seen_old.insert(was);
      compare(ShapeView(body_.base->nodes, was), ShapeView(body_.head->nodes, is));
    }
  }

 private:
  static bool inside_condition(std::size_t loop, std::size_t node, const BodyShape& shape) {
    const auto body = ShapeView(shape.nodes, loop).child(3);
    return node < body.at();
  }

  void compare(ShapeView was, ShapeView is) {
    if (was.text() == "range" && is.text() == "range") return ranges(was, is);
    if (was.text() == "range" || is.text() == "range") return;
    if (conditions(was, is)) return;
    first_rounds(was, is);
    const auto old_first = first_of(was);
    const auto new_first = first_of(is);
    const auto step = was.child(2);
    const bool counts_up = step.is(ShapeKind::unary) && step.text() == "++";
    if (old_first && new_first && *new_first < *old_first && counts_up && same(was.child(1), is.child(1)))
      add(was, is, "it starts earlier");
  }

  /// Something that had to hold for another round need not hold any more.
  bool conditions(ShapeView was, ShapeView is) {
    const auto old_condition = was.child(1);
    const auto new_condition = is.child(1);
    if (always(old_condition) || same(old_condition, new_condition)) return false;
    const auto old_clauses = clauses_of(old_condition, true, {}, {});
    const auto new_clauses =
        always(new_condition) ? std::vector<Clause>() : clauses_of(new_condition, true, body_.renames, {});
    const auto says = [](const std::vector<Clause>& clauses, const Clause& asked) {
      return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& one) { return implies(one, asked); });
    };
    const bool nothing_new = std::all_of(new_clauses.begin(), new_clauses.end(),
                                         [&](const Clause& clause) { return says(old_clauses, clause); });
    const bool less = std::any_of(old_clauses.begin(), old_clauses.end(), [&](const Clause& clause) {
      return !says(new_clauses, clause) && !holds_at_use(clause);
    });
    if (!nothing_new || !less) return false;
    add(was, is,
        new_clauses.empty()                       ? "its condition is gone"
        : new_clauses.size() < old_clauses.size() ? "a part of its condition is gone"
                                                  : "the bound lets more through");
    return true;
  }
  /// Asked in the body now: `while (true) { if (!more) break; …`.
  bool holds_at_use(const Clause& clause) const {
    return std::any_of(after_->guards.begin(), after_->guards.end(),
                       [&](std::uint32_t guard) { return implies(body_.after.guards[guard].clause, clause); });
  }

  /// `for (x : due(all))` became `for (x : all)`.
  void ranges(ShapeView was, ShapeView is) {
    const auto old_range = was.child(2);
    const auto new_range = is.child(2);
    if (!old_range.is(ShapeKind::call) || same(old_range, new_range)) return first_rounds(was, is);
    const auto parts = old_range.children();
    const bool unfiltered =
        std::any_of(parts.begin(), parts.end(), [&](const ShapeView& part) { return same(part, new_range); });
    if (unfiltered) add(was, is, "it runs over all of it");
  }

  void first_rounds(ShapeView was, ShapeView is) {
    ShapeKind how = ShapeKind::none;
    const bool ended = leaves(was.child(3), &how) && (how == ShapeKind::break_ || how == ShapeKind::return_);
    if (ended && !leaves(is.child(3))) add(was, is, "it ended in its first round before");
  }

  bool same(ShapeView was, ShapeView is) const {
    return key_of(was, {}, nullptr) == key_of(is, body_.renames, nullptr);
  }

  void add(ShapeView was, ShapeView is, const char* how) {
    const auto words = [](ShapeView loop) {
      const auto& range = loop.child(2).node().source;
      return loop.text() == "range" ? range : loop.child(1).node().source;
    };
    auto change = change_between(CodeChange::Kind::loop_widened, *before_, *after_);
    change.base.line = was.node().line;
    change.head.line = is.node().line;
    change.before = words(was);
    change.after = words(is);
    change.how = how;
    found_.push_back(std::move(change));
  }

  const ComparedBody& body_;
  std::vector<CodeChange>& found_;
  const Use* before_ = nullptr;
  const Use* after_ = nullptr;
};

}  // namespace

void loop_changes(const ComparedBody& body, const MatchedUses& matched, std::vector<CodeChange>& found) {
  Loops(body, found).run(matched);
}

}  // namespace patchgate
