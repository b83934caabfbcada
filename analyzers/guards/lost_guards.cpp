#include "analyzers/guards/lost_guards.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analyzers/guards/match_uses.h"

namespace patchgate {
namespace {

using By = Guard::By;

/// Writes to a log: what stands before it protects nothing.
bool is_quiet(const Use& use) {
  std::string name = use.name;
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c);
  });
  for (const char* word : {"log", "debug", "trace", "verbose", "dprintf", "assert", "warn"})
    if (name.find(word) != std::string::npos) return true;
  return false;
}

bool share(const std::set<std::string>& one, const std::set<std::string>& other) {
  return std::any_of(one.begin(), one.end(), [&](const std::string& name) { return other.contains(name); });
}

/// Condition and use come out of the same macro, before and after: what a macro asks by itself, with the line number in
/// it or with other arguments, no person took away.
bool is_within_macro(const Guard& guard, const Use& old_use, const Use& new_use) {
  const auto open = guard.source.find('(');
  if (open == 0 || open == std::string::npos || guard.source != old_use.source) return false;
  return new_use.source.compare(0, open + 1, guard.source, 0, open + 1) == 0;
}

int weight(const Use& use) {
  switch (use.kind) {
    case Use::Kind::call:
      return is_quiet(use) ? 0 : 3;
    case Use::Kind::assign:
      return 2;
    case Use::Kind::access:
      return 1;
  }
  return 0;
}

class Comparison {
 public:
  Comparison(const ComparedBody& body, const std::vector<KnownFunction>& known) : body_(body), known_(known) {}

  std::vector<LostGuard> run() {
    for (const auto& [i, j] : match_uses(body_.before.uses, body_.after.uses))
      compare(body_.before.uses[i], body_.after.uses[j]);
    std::vector<LostGuard> found;
    for (auto& [key, lost] : lost_) {
      // A condition that is asked a few lines later lets only trifles through.
      const bool heavy =
          std::any_of(lost.uses.begin(), lost.uses.end(), [](const Use* use) { return weight(*use) > 2; });
      if (!heavy && kept_.contains(key.first)) continue;
      std::stable_sort(lost.uses.begin(), lost.uses.end(),
                       [](const Use* a, const Use* b) { return weight(*a) > weight(*b); });
      found.push_back(std::move(lost));
    }
    return found;
  }

 private:
  const std::vector<Guard>& old_guards() const { return body_.before.guards; }
  const std::vector<Guard>& new_guards() const { return body_.after.guards; }

  void compare(const Use& old_use, const Use& new_use) {
    if (weight(new_use) == 0) return;
    std::vector<std::uint32_t> old_left, new_left = new_use.guards;
    // Equal ones are each other's counterpart, so that one check does not stand for two.
    const auto take = [&](const Guard& asked, Sameness how) {
      for (auto& number : new_left) {
        if (number == kTaken) continue;
        const auto& given = new_guards()[number].clause;
        if (!given.empty() && implies(given, asked.clause, how) && implies(asked.clause, given, how)) {
          number = kTaken;
          return true;
        }
      }
      return false;
    };
    for (const auto number : old_use.guards)
      if (!take(old_guards()[number], Sameness::resolved)) old_left.push_back(number);
    std::erase_if(old_left, [&](std::uint32_t number) { return take(old_guards()[number], Sameness::plain); });
    std::erase(new_left, kTaken);
    for (const auto number : old_use.guards)
      if (std::find(old_left.begin(), old_left.end(), number) == old_left.end())
        kept_.insert(old_guards()[number].site);
    for (const auto number : old_left) {
      const auto& guard = old_guards()[number];
      if (guard.by == By::loop || guard.by == By::computed || guard.by == By::refusal || guard.clause.empty()) continue;
      judge(guard, old_use, new_use, new_left);
    }
  }

  void judge(const Guard& guard, const Use& old_use, const Use& new_use, const std::vector<std::uint32_t>& left) {
    const Guard* weaker = nullptr;
    const Guard* opposite = nullptr;
    const Guard* replacement = nullptr;
    for (const auto number : new_use.guards) {
      // Also by one that is another's counterpart: asked once may be enough.
      const auto& given = new_guards()[number];
      if (given.by != By::loop && implies(given.clause, guard.clause, Sameness::resolved)) return;
    }
    for (const auto number : left) {
      const auto& given = new_guards()[number];
      if (implies(given.clause, guard.clause)) return;
      if (given.by == By::loop) continue;
      if (implies(guard.clause, given.clause)) weaker = &given;
      if (guard.clause.size() == 1 && given.clause.size() == 1 &&
          implies(negation_of(guard.clause[0]), given.clause[0]) &&
          implies(given.clause[0], negation_of(guard.clause[0])))
        opposite = &given;
      if (share(guard.names, given.names)) replacement = &given;
    }
    if (weaker == nullptr && opposite == nullptr && replacement != nullptr) return;
    if (new_use.in_condition && is_asked_anywhere(guard)) return;
    if (is_within_macro(guard, old_use, new_use)) return;
    if (went_elsewhere(guard, new_use) || needs_no_check(guard)) return;
    auto how = LostGuard::How::gone;
    const Guard* instead = nullptr;
    if (opposite != nullptr) {
      how = LostGuard::How::turned_around;
      instead = opposite;
    } else if (weaker != nullptr) {
      how = weaker->clause.size() > guard.clause.size() ? LostGuard::How::let_through : LostGuard::How::widened_bound;
      instead = weaker;
    } else if (const auto* rest = rest_of(guard, new_use)) {
      how = LostGuard::How::part_gone;
      instead = rest;
    }
    auto& lost = lost_[{guard.site, how}];
    lost.how = how;
    if (lost.guard == nullptr) lost.guard = &guard;
    if (lost.instead == nullptr) lost.instead = instead;
    lost.uses.push_back(&new_use);
  }

  /// In a chain of && and || the order may change.
  bool is_asked_anywhere(const Guard& guard) const {
    return std::any_of(new_guards().begin(), new_guards().end(), [&](const Guard& given) {
      return !given.clause.empty() && implies(given.clause, guard.clause) && implies(guard.clause, given.clause);
    });
  }

  /// Another condition of the same statement that still stands there.
  const Guard* rest_of(const Guard& guard, const Use& new_use) const {
    for (const auto& other : old_guards()) {
      if (other.site != guard.site || &other == &guard || other.by != guard.by) continue;
      for (const auto number : new_use.guards)
        if (implies(new_guards()[number].clause, other.clause)) return &new_guards()[number];
    }
    return nullptr;
  }

  /// Whether a guard of a function with these parameters says the same of what is passed for them.
  static bool says_same(const Guard& guard, const KnownFunction& function, const Use& call,
                        const std::set<std::string>& names) {
    (void)call;
    return std::any_of(function.body.guards.begin(), function.body.guards.end(), [&](const Guard& own) {
      if (own.by == By::loop || own.by == By::computed) return false;
      const bool same_form =
          own.clause.size() == 1 && guard.clause.size() == 1 && own.clause[0].op == guard.clause[0].op;
      return share(own.names, names) ||
             (same_form && own.clause[0].negated == guard.clause[0].negated &&
              std::any_of(function.parameters.begin(), function.parameters.end(),
                          [&](const std::string& name) { return own.names.contains(name); }));
    });
  }

  /// It moved: into a touched function that the use calls, or that is called before; or to the caller.
  bool went_elsewhere(const Guard& guard, const Use& new_use) const {
    for (const auto& function : known_) {
      if (function.name == body_.head->name) continue;
      for (const auto& use : body_.after.uses) {
        if (use.kind != Use::Kind::call || use.name != function.name || use.line > new_use.line) continue;
        const bool about_it = &use == &new_use || share(use.names, guard.names);
        if (about_it && says_same(guard, function, use, guard.names)) return true;
      }
      for (const auto& use : function.body.uses) {
        if (use.kind != Use::Kind::call || use.name != body_.head->name) continue;
        for (const auto number : use.guards) {
          const auto& own = function.body.guards[number];
          const bool same_form = own.clause.size() == 1 && guard.clause.size() == 1 &&
                                 own.clause[0].op == guard.clause[0].op &&
                                 own.clause[0].negated == guard.clause[0].negated;
          const bool of_argument = share(own.names, use.names) || share(own.names, guard.names);
          if (same_form && of_argument) return true;
        }
      }
    }
    return false;
  }

  /// Whether a variable is used as an object (`x.f`) anywhere, or as a pointer (`*x`, `x->f`).
  static bool used_as(ShapeKind how, const BodyShape& shape, const std::string& name, const Renames& renames) {
    for (std::size_t i = 0; i < shape.nodes.size(); ++i) {
      const ShapeView view(shape.nodes, i);
      const bool object = view.is(ShapeKind::member) || (view.is(ShapeKind::call) && !is_of_optional(view.text()));
      if (how == ShapeKind::dereference ? !view.is(how) : !object) continue;
      const auto child = view.child(0);
      if (child.is(ShapeKind::local) && key_of(child, renames, nullptr) == name) return true;
    }
    return false;
  }
  static bool is_of_optional(const std::string& method) {
    return method == "value" || method == "value_or" || method == "has_value" || method == "get";
  }

  /// A pointer that became a reference or an object.
  bool needs_no_check(const Guard& guard) const {
    if (guard.clause.size() != 1 || guard.clause[0].op != Atom::Op::truth || guard.clause[0].negated) return false;
    const auto& name = guard.clause[0].left.plain;
    return used_as(ShapeKind::dereference, *body_.base, name, {}) &&
           !used_as(ShapeKind::member, *body_.base, name, {}) &&
           !used_as(ShapeKind::dereference, *body_.head, name, body_.renames) &&
           used_as(ShapeKind::member, *body_.head, name, body_.renames);
  }

  static constexpr std::uint32_t kTaken = 0xffffffffU;
  const ComparedBody& body_;
  const std::vector<KnownFunction>& known_;
  std::map<std::pair<std::uint32_t, LostGuard::How>, LostGuard> lost_;
  std::set<std::uint32_t> kept_;  // sites that some use still has
};

}  // namespace

ComparedBody compared(const BodyShape& base, const BodyShape& head) {
  ComparedBody body;
  body.base = &base;
  body.head = &head;
  body.renames = renames_between(base, head);
  body.before = guarded_uses(base, {});
  body.after = guarded_uses(head, body.renames);
  return body;
}

std::vector<LostGuard> lost_guards(const ComparedBody& body, const std::vector<KnownFunction>& known) {
  return Comparison(body, known).run();
}

}  // namespace patchgate
