#include "policies/engine/judge.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "policies/engine/leaf.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostNamed = 20;

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

/// One row of a list with what is needed to put it in an order of its own.
struct RankedRow {
  const Row* row;
  std::vector<std::ptrdiff_t> levels;
};

std::string text_of_fields(const Row& row) {
  std::string text;
  for (const auto& [name, value] : row.fields) text += name + "=" + to_string(value) + "\n";
  return text;
}

/// Rows with the highest levels first, then by name and place, so that the analyzers' order has no say. Rows that are
/// alike in all this are told apart by their fields.
std::vector<const Row*> in_order(const std::vector<Row>& rows) {
  std::vector<RankedRow> ranked;
  for (const auto& row : rows) {
    RankedRow one{&row, {}};
    for (const auto& field : touched_symbol_fields()) {
      const auto found = row.fields.find(field.name);
      const auto* word = found == row.fields.end() ? nullptr : std::get_if<std::string>(&found->second);
      if (!field.ordered) continue;
      const auto level =
          word == nullptr ? field.choices.end() : std::find(field.choices.begin(), field.choices.end(), *word);
      one.levels.push_back(field.choices.begin() - level);
    }
    ranked.push_back(std::move(one));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const RankedRow& a, const RankedRow& b) {
    const auto first = std::tie(a.levels, a.row->label, a.row->at);
    const auto second = std::tie(b.levels, b.row->label, b.row->at);
    return first == second ? text_of_fields(*a.row) < text_of_fields(*b.row) : first < second;
  });
  std::vector<const Row*> sorted;
  for (const auto& one : ranked) sorted.push_back(one.row);
  return sorted;
}

Value field_of(const Row& row, std::string_view name) {
  const auto found = row.fields.find(name);
  return found == row.fields.end() ? Value{Unknown{"not measured"}} : found->second;
}

class Judge {
 public:
  Judge(const Facts& facts, Voice voice) : facts_(facts), voice_(voice) {}

  /// `row`: the row that leaves read from; null outside of lists.
  Assessment of(const Condition& condition, bool must_hold, const Row* row) const {
    auto assessment = by_kind(condition, must_hold, row);
    const bool own_words = !condition.missing.empty() && condition.kind != Condition::Kind::leaf;
    for (std::size_t i = 0; own_words && i < assessment.obstacles.size(); ++i) {
      assessment.obstacles[i].missing = condition.missing;
    }
    return assessment;
  }

 private:
  Assessment by_kind(const Condition& condition, bool must_hold, const Row* row) const {
    switch (condition.kind) {
      case Condition::Kind::leaf: {
        const auto name = condition.fact->name;
        return judge_leaf(condition, row == nullptr ? facts_.get(name).value : field_of(*row, name), must_hold, voice_);
      }
      case Condition::Kind::all:
        return must_hold ? each(condition, true, row) : one_of(condition, false, row);
      case Condition::Kind::any:
        return must_hold ? one_of(condition, true, row) : each(condition, false, row);
      case Condition::Kind::none:
        return must_hold ? each(condition, false, row) : one_of(condition, true, row);
      case Condition::Kind::every:
        return rows(condition, must_hold, must_hold);
      case Condition::Kind::some:
        break;
    }
    return rows(condition, must_hold, !must_hold);
  }

  Assessment each(const Condition& condition, bool must_hold, const Row* row) const {
    Assessment sum;
    for (const auto& child : condition.children) {
      auto judged = of(child, must_hold, row);
      sum.truth = std::min(sum.truth, judged.truth);
      append(sum.obstacles, std::move(judged.obstacles));
      append(sum.held, std::move(judged.held));
      append(sum.rows, std::move(judged.rows));
    }
    settle(sum);
    return sum;
  }

  Assessment one_of(const Condition& condition, bool must_hold, const Row* row) const {
    std::vector<Assessment> branches;
    for (const auto& child : condition.children) {
      auto branch = of(child, must_hold, row);
      const char* word = branches.empty() ? "either " : "or ";
      for (auto& obstacle : branch.obstacles) {
        if (condition.children.size() == 1 || obstacle.because.empty()) continue;
        obstacle.because.insert(0, word);
        obstacle.plain.insert(0, word);
        word = "and ";
      }
      branches.push_back(std::move(branch));
    }
    return choose(std::move(branches));
  }

  /// Where something is certain to fail, what is unknown besides does not matter for the reason, only for the way out,
  /// and comes last there.
  static void settle(Assessment& assessment) {
    if (assessment.truth == Truth::yes) return;
    assessment.held.clear();
    assessment.rows.clear();
    std::stable_partition(assessment.obstacles.begin(), assessment.obstacles.end(),
                          [&](const Obstacle& obstacle) { return obstacle.truth == assessment.truth; });
    for (auto& obstacle : assessment.obstacles) {
      if (obstacle.truth == assessment.truth) continue;
      obstacle.because.clear();
      obstacle.missing.clear();
    }
  }

  /// One branch is enough. All of them are the reason; the shortest is the way out.
  static Assessment choose(std::vector<Assessment> branches) {
    Assessment sum;
    sum.truth = Truth::no;
    std::size_t shortest = 0;
    for (std::size_t i = 0; i < branches.size(); ++i) {
      if (branches[i].truth == Truth::yes) return std::move(branches[i]);
      sum.truth = std::max(sum.truth, branches[i].truth);
      if (branches[i].obstacles.size() < branches[shortest].obstacles.size()) shortest = i;
    }
    for (std::size_t i = 0; i < branches.size(); ++i) {
      for (auto& obstacle : branches[i].obstacles) {
        if (i != shortest) {
          if (obstacle.because.empty()) obstacle.plain.clear();
          obstacle.to_pass.clear();
          obstacle.missing.clear();
        }
        sum.obstacles.push_back(std::move(obstacle));
      }
    }
    return sum;
  }

  /// `universal`: each row must be out of `where` or meet `has`; else one row must be in `where` and meet it. `has` is
  /// asked for, or its contrary, as `must_hold` says.
  Assessment rows(const Condition& condition, bool must_hold, bool universal) const {
    const std::string list(condition.fact->name);
    const auto* all = facts_.list(list);
    if (all == nullptr) {
      const auto why = one_line(facts_.why_unknown(list), kLongestReason);
      Obstacle obstacle;
      obstacle.truth = Truth::unknown;
      obstacle.fact = list;
      obstacle.value = "unknown";
      obstacle.why_unknown = why;
      obstacle.because = list + " is unknown (" + why + ")";
      obstacle.to_pass = list + " known (now unknown: " + why + ")";
      obstacle.plain = voice_ == Voice::require ? std::string(condition.fact->phrase) + ": not known (" + why + ")"
                                                : describe(condition, Words::plain);
      return {Truth::unknown, {std::move(obstacle)}, {}, {}};
    }
    const auto sorted = in_order(*all);
    return universal ? each_row(condition, must_hold, sorted) : one_row(condition, must_hold, sorted);
  }

  Assessment each_row(const Condition& condition, bool must_hold, const std::vector<const Row*>& rows) const {
    const std::string list(condition.fact->name);
    Assessment sum;
    std::map<std::tuple<Truth, std::string, std::string>, std::size_t> known;
    std::size_t concerned = 0;
    for (const auto* row : rows) {
      const auto in = condition.where.empty() ? Assessment{} : of(condition.where[0], true, row);
      if (in.truth == Truth::no) continue;
      ++concerned;
      auto met = of(condition.has[0], must_hold, row);
      // A row that may be meant is no worse than unknown.
      const auto truth = in.truth == Truth::yes ? met.truth : std::max(Truth::unknown, met.truth);
      if (truth == Truth::yes) {
        sum.rows.push_back({one_line(row->label, 120), row->at});
        continue;
      }
      sum.truth = std::min(sum.truth, truth);
      auto obstacles = in.obstacles;
      append(obstacles, std::move(met.obstacles));
      for (auto& obstacle : obstacles) {
        if (in.truth == Truth::unknown) obstacle.truth = Truth::unknown;
        // Rows that miss the same thing by the same value share an obstacle.
        const auto [same, is_new] =
            known.emplace(std::tuple(obstacle.truth, obstacle.because, obstacle.to_pass), sum.obstacles.size());
        if (is_new) sum.obstacles.push_back(std::move(obstacle));
        sum.obstacles[same->second].offenders.push_back({one_line(row->label, 120), row->at});
      }
    }
    for (auto& obstacle : sum.obstacles) name_rows(obstacle, list, concerned);
    settle(sum);
    if (sum.truth != Truth::yes) return sum;
    const auto demand = describe(condition.has[0]);
    const std::string phrase(condition.fact->phrase);
    if (rows.empty()) {
      sum.held.push_back({list + " is empty", "no " + phrase});
    } else if (concerned == 0) {
      sum.held.push_back(
          {"none of " + std::to_string(rows.size()) + " " + list + " has " + describe(condition.where[0]),
           "no " + phrase + " with " + describe(condition.where[0], Words::plain)});
    } else {
      const auto plain = describe(condition.has[0], Words::plain);
      sum.held.push_back({std::to_string(concerned) + " of " + std::to_string(rows.size()) + " " + list +
                              " concerned, all with " + (must_hold ? demand : "not (" + demand + ")"),
                          phrase + ": all with " + (must_hold ? plain : "not (" + plain + ")")});
    }
    return sum;
  }

  static void name_rows(Obstacle& obstacle, const std::string& list, std::size_t concerned) {
    const auto named = name_some(obstacle.offenders, kMostNamed, true);
    if (!obstacle.because.empty()) {
      obstacle.because += " — " + std::to_string(obstacle.offenders.size()) + " of " + std::to_string(concerned) + " " +
                          list + ": " + named;
    }
    if (!obstacle.to_pass.empty()) obstacle.to_pass += " for " + named;
    if (!obstacle.plain.empty()) obstacle.plain += ", for " + named;
  }

  Assessment one_row(const Condition& condition, bool must_hold, const std::vector<const Row*>& rows) const {
    const std::string list(condition.fact->name);
    const auto demand = describe(condition.has[0]);
    const auto wanted = must_hold ? demand : "not (" + demand + ")";
    std::vector<Assessment> branches;
    for (const auto* row : rows) {
      Assessment both = condition.where.empty() ? Assessment{} : of(condition.where[0], true, row);
      auto met = of(condition.has[0], must_hold, row);
      both.truth = std::min(both.truth, met.truth);
      append(both.obstacles, std::move(met.obstacles));
      append(both.held, std::move(met.held));
      settle(both);
      const Offender offender{one_line(row->label, 120), row->at};
      for (auto& held : both.held) {
        held.because += " — " + to_string(offender);
        held.plain += ", by " + to_string(offender);
      }
      for (auto& obstacle : both.obstacles) {
        obstacle.offenders.push_back(offender);
        if (!obstacle.to_pass.empty()) obstacle.to_pass += " for " + to_string(offender);
        if (!obstacle.plain.empty()) obstacle.plain += ", for " + to_string(offender);
        obstacle.because.clear();
      }
      branches.push_back(std::move(both));
    }
    auto best = choose(std::move(branches));
    if (best.truth == Truth::yes) return best;
    Obstacle sum;
    sum.truth = best.truth;
    sum.fact = list;
    sum.value = rows.empty() ? "empty" : "none";
    sum.because = (rows.empty() ? list + " is empty"
                                : "none of " + std::to_string(rows.size()) + " " + list + " is known to fit") +
                  ", need one with " + wanted;
    if (!condition.where.empty()) sum.because += " among those with " + describe(condition.where[0]);
    const auto plain = describe(condition.has[0], Words::plain);
    sum.plain = std::string(condition.fact->phrase) + ": none with " + (must_hold ? plain : "not (" + plain + ")") +
                ", needed: one";
    if (!condition.where.empty()) sum.plain += " among those with " + describe(condition.where[0], Words::plain);
    if (rows.empty()) sum.to_pass = "one of " + list + " with " + wanted;
    best.obstacles.insert(best.obstacles.begin(), std::move(sum));
    return best;
  }

  const Facts& facts_;
  Voice voice_;
};

}  // namespace

Assessment judge(const Condition& condition, const Facts& facts, Voice voice) {
  return Judge(facts, voice).of(condition, true, nullptr);
}

std::string to_string(const Offender& offender) {
  if (offender.at.file.empty()) return offender.label;
  const auto line = offender.at.line == 0 ? "" : ":" + std::to_string(offender.at.line);
  return offender.label + " (" + one_line(offender.at.file, 200) + line + ")";
}

std::string name_some(const std::vector<Offender>& offenders, std::size_t limit, bool with_places) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(limit, offenders.size()); ++i) {
    names.push_back(with_places ? to_string(offenders[i]) : offenders[i].label);
  }
  const auto more = offenders.size() - names.size();
  return join(names) + (more == 0 ? "" : " and " + std::to_string(more) + " more");
}

}  // namespace patchgate
