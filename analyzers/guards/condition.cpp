#include "analyzers/guards/condition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>

namespace patchgate {
namespace {

constexpr std::size_t kMostClauses = 24;
constexpr std::size_t kMostAtoms = 12;  // of one clause

using Op = Atom::Op;

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 5> kIsThere = {"has_value", "get", "data", "is_valid", "isValid"};
constexpr std::array<std::string_view, 4> kIsEmpty = {"empty", "isEmpty", "is_empty", "Empty"};
constexpr std::array<std::string_view, 4> kSizes = {"size", "length", "count", "Size"};
constexpr std::array<std::string_view, 4> kIsNull = {"isNull", "is_null", "IsNull", "IsEmpty"};

class Reader {
 public:
  Reader(const Renames& renames, const VariableValues& values) : renames_(renames), values_(values) {}

  std::vector<Clause> read(ShapeView view, bool wanted) {
    view = inside(view);
    switch (view.kind()) {
      case ShapeKind::not_:
        return read(view.child(0), !wanted);
      case ShapeKind::and_:
        return joined(view, wanted, wanted);
      case ShapeKind::or_:
        return joined(view, wanted, !wanted);
      case ShapeKind::number:
        if ((number_of(view) != 0) == wanted) return {};
        return {Clause{}};
      case ShapeKind::null:
        if (!wanted) return {};
        return {Clause{}};
      default:
        break;
    }
    auto atom = atom_of(view);
    return {Clause{wanted ? std::move(atom) : negation_of(std::move(atom))}};
  }

 private:
  static ShapeView inside(ShapeView view) {
    while (view.is(ShapeKind::binary) && view.text() == ",") view = view.child(1);
    return view;
  }

  static std::optional<std::int64_t> number_of(ShapeView view) {
    if (view.is(ShapeKind::unary) && view.text() == "-") {
      const auto inner = number_of(view.child(0));
      if (inner && *inner != std::numeric_limits<std::int64_t>::min()) return -*inner;
      return std::nullopt;
    }
    if (!view.is(ShapeKind::number)) return std::nullopt;
    const auto& text = view.text();
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
  }

  Term term(ShapeView view) const {
    view = inside(view);
    // What is there is asked for in many ways.
    if (view.is(ShapeKind::call) && view.child_count() == 1 && one_of(view.text(), kIsThere)) view = view.child(0);
    return {key_of(view, renames_, nullptr), key_of(view, renames_, &values_), number_of(view)};
  }

  Term size_term(ShapeView object) const {
    return {"(call size " + key_of(object, renames_, nullptr) + ")",
            "(call size " + key_of(object, renames_, &values_) + ")", std::nullopt};
  }

  /// A call of a method without arguments, of one of these names.
  template <std::size_t N>
  static bool asks(ShapeView view, const std::array<std::string_view, N>& names) {
    return view.is(ShapeKind::call) && view.child_count() == 1 && !view.child(0).is(ShapeKind::none) &&
           one_of(view.text(), names);
  }

  Atom truth_of(ShapeView view, bool negated) const {
    view = inside(view);
    if (asks(view, kIsEmpty)) return {Op::truth, !negated, size_term(view.child(0)), {}};
    if (asks(view, kSizes)) return {Op::truth, negated, size_term(view.child(0)), {}};
    if (asks(view, kIsNull)) return {Op::truth, !negated, term(view.child(0)), {}};
    return {Op::truth, negated, term(view), {}};
  }

  static bool is_nothing(ShapeView view) {
    return view.is(ShapeKind::null) || number_of(view) == 0 || (view.is(ShapeKind::text) && view.text().empty());
  }

  Term sized(ShapeView view) const { return asks(view, kSizes) ? size_term(view.child(0)) : term(view); }

  Atom atom_of(ShapeView view) const {
    if (!view.is(ShapeKind::compare)) return truth_of(view, false);
    auto left = inside(view.child(0));
    auto right = inside(view.child(1));
    const auto& text = view.text();
    if (text == "==" || text == "!=") {
      const bool differs = text == "!=";
      if (is_nothing(left)) std::swap(left, right);
      if (is_nothing(right)) return truth_of(left, !differs);
      Atom atom{Op::equal, differs, sized(left), sized(right)};
      if (atom.right.plain < atom.left.plain) std::swap(atom.left, atom.right);
      return atom;
    }
    if (text == ">" || text == ">=") std::swap(left, right);
    const bool strict = text == "<" || text == ">";
    return ordered(strict, sized(left), sized(right));
  }

  /// Of whole numbers, `i < 5` is `i <= 4`; something is at least one where it is more than zero.
  static Atom ordered(bool strict, Term left, Term right) {
    if (strict && right.number && *right.number != std::numeric_limits<std::int64_t>::min()) {
      right.number = *right.number - 1;
      strict = false;
    } else if (strict && left.number && *left.number != std::numeric_limits<std::int64_t>::max()) {
      left.number = *left.number + 1;
      strict = false;
    }
    for (auto* term : {&left, &right})
      if (term->number) term->plain = term->resolved = std::to_string(*term->number);
    const bool of_size = right.plain.starts_with("(call size ");
    if (left.number == 1 && of_size) return {Op::truth, false, std::move(right), {}};
    if (right.number == 0 && left.plain.starts_with("(call size ")) return {Op::truth, true, std::move(left), {}};
    return {strict ? Op::less : Op::less_equal, false, std::move(left), std::move(right)};
  }

  /// `all`: both parts hold; else one of them.
  std::vector<Clause> joined(ShapeView view, bool wanted, bool all) {
    auto left = read(view.child(0), wanted);
    auto right = read(view.child(1), wanted);
    if (all) {
      for (auto& clause : right) left.push_back(std::move(clause));
      if (left.size() > kMostClauses) left.resize(kMostClauses);
      return left;
    }
    std::vector<Clause> out;
    for (const auto& one : left) {
      for (const auto& other : right) {
        auto both = one;
        both.insert(both.end(), other.begin(), other.end());
        if (out.size() < kMostClauses && both.size() <= kMostAtoms) out.push_back(std::move(both));
      }
    }
    return out;
  }

  const Renames& renames_;
  const VariableValues& values_;
};

bool same(const Term& one, const Term& other, Sameness how) {
  return one.resolved == other.resolved || (how == Sameness::plain && one.plain == other.plain);
}

bool implied_by_equality(const Atom& known, const Atom& asked, Sameness how) {
  if (known.op != Op::equal || known.negated) return false;
  for (const auto& [value, number] : {std::pair(known.left, known.right), std::pair(known.right, known.left)}) {
    if (!number.number) continue;
    if (asked.op == Op::truth && same(value, asked.left, how)) return (*number.number != 0) != asked.negated;
    if (asked.op == Op::less_equal && same(value, asked.left, how) && asked.right.number)
      return *number.number <= *asked.right.number;
    if (asked.op == Op::less_equal && same(value, asked.right, how) && asked.left.number)
      return *asked.left.number <= *number.number;
    if (asked.op == Op::equal && asked.negated) {
      const bool first = same(value, asked.left, how);
      const auto& other = first ? asked.right : asked.left;
      if ((first || same(value, asked.right, how)) && other.number) return *other.number != *number.number;
    }
  }
  return false;
}

}  // namespace

std::vector<Clause> clauses_of(ShapeView condition, bool wanted, const Renames& renames, const VariableValues& values) {
  return Reader(renames, values).read(condition, wanted);
}

Atom negation_of(Atom atom) {
  if (atom.op == Op::truth || atom.op == Op::equal) {
    atom.negated = !atom.negated;
    return atom;
  }
  std::swap(atom.left, atom.right);
  if (atom.op == Op::less) {
    atom.op = Op::less_equal;
    return atom;
  }
  // !(a <= 4) is 5 <= a.
  if (atom.left.number && *atom.left.number != std::numeric_limits<std::int64_t>::max()) {
    atom.left.number = *atom.left.number + 1;
    atom.left.plain = atom.left.resolved = std::to_string(*atom.left.number);
  } else if (atom.right.number && *atom.right.number != std::numeric_limits<std::int64_t>::min()) {
    atom.right.number = *atom.right.number - 1;
    atom.right.plain = atom.right.resolved = std::to_string(*atom.right.number);
  } else {
    atom.op = Op::less;
  }
  return atom;
}

bool implies(const Atom& known, const Atom& asked, Sameness how) {
  const bool lefts = same(known.left, asked.left, how);
  const bool rights = same(known.right, asked.right, how);
  if (known.op == asked.op && known.negated == asked.negated && lefts && rights) return true;
  if (known.op == Op::less_equal && asked.op == Op::less_equal) {
    if (lefts && known.right.number && asked.right.number) return *known.right.number <= *asked.right.number;
    if (rights && known.left.number && asked.left.number) return *asked.left.number <= *known.left.number;
  }
  if (known.op == Op::less && asked.op == Op::less_equal && lefts && rights) return true;
  if (known.op == Op::less && asked.op == Op::equal && asked.negated)
    return (lefts && rights) || (same(known.left, asked.right, how) && same(known.right, asked.left, how));
  // 1 <= x is what `x` says of a count.
  if (known.op == Op::less_equal && asked.op == Op::truth && !asked.negated && known.left.number)
    return *known.left.number >= 1 && same(known.right, asked.left, how);
  return implied_by_equality(known, asked, how);
}

bool implies(const Clause& known, const Clause& asked, Sameness how) {
  return std::all_of(known.begin(), known.end(), [&](const Atom& one) {
    return std::any_of(asked.begin(), asked.end(), [&](const Atom& other) { return implies(one, other, how); });
  });
}

}  // namespace patchgate
