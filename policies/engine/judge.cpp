#include "policies/engine/judge.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "policies/engine/leaf.h"
#include "policies/engine/near_miss.h"
#include "policies/engine/row_table.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostNamed = 20;
/// Offenders of one obstacle that are kept: some of them may have no place to show.
constexpr std::size_t kMostKept = 40;
/// Groups of rows that are judged one by one; what more there are is counted.
constexpr std::size_t kMostKinds = 100;

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

class Judge {
 public:
  Judge(const FactsInOrder& facts, Voice voice) : facts_(facts), voice_(voice) {}

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
        return judge_leaf(condition, row == nullptr ? value_of(name) : field_of(*row, name), must_hold, voice_);
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
    auto* all = facts_.list(list);
    if (all == nullptr) {
      const auto why = one_line(facts_.facts().why_unknown(list), kLongestReason);
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
    return universal ? each_row(condition, must_hold, *all) : one_row(condition, must_hold, *all);
  }

  static std::vector<Truth> meant(const Condition& condition, RowTable& rows) {
    return condition.where.empty() ? std::vector<Truth>(rows.size(), Truth::yes)
                                   : rows.truths(condition.where[0], true);
  }

  static Offender offender_of(const Row& row) { return {one_line(row.label, 120), row.at}; }

  Assessment each_row(const Condition& condition, bool must_hold, RowTable& rows) const {
    const std::string list(condition.fact->name);
    const auto in = meant(condition, rows);
    auto truths = rows.truths(condition.has[0], must_hold);
    Assessment sum;
    std::size_t concerned = 0;
    bool doubtful = false;  // of some row that does not meet it nobody knows whether it is meant
    for (std::size_t i = 0; i < truths.size(); ++i) {
      if (in[i] == Truth::no) truths[i] = Truth::yes;
      if (in[i] == Truth::no) continue;
      ++concerned;
      // A row that may be meant is no worse than unknown.
      if (in[i] == Truth::unknown) truths[i] = std::max(Truth::unknown, truths[i]);
      sum.truth = std::min(sum.truth, truths[i]);
      doubtful = doubtful || (in[i] == Truth::unknown && truths[i] != Truth::yes);
      if (truths[i] == Truth::yes && sum.rows.size() < kMostNamed) sum.rows.push_back(offender_of(rows.row(i)));
    }
    if (sum.truth != Truth::yes) collect_offenders(condition, must_hold, rows, truths, doubtful, sum);
    for (auto& obstacle : sum.obstacles) name_rows(obstacle, list, concerned);
    settle(sum);
    if (sum.truth != Truth::yes) return sum;
    const auto demand = describe(condition.has[0]);
    const std::string phrase(condition.fact->phrase);
    if (rows.size() == 0) {
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

  /// The obstacles of all rows that are not yes in `truths`. Rows that miss the same thing by the same value share one.
  void collect_offenders(const Condition& condition, bool must_hold, RowTable& rows, const std::vector<Truth>& truths,
                         bool doubtful, Assessment& sum) const {
    std::vector<const Condition*> asked{&condition.has[0]};
    if (doubtful) asked.push_back(&condition.where[0]);
    // Rows of one group have the same obstacles, so that one of them is judged for all.
    const auto groups = rows.group_by(asked);
    constexpr std::size_t kNotYet = static_cast<std::size_t>(-1);
    std::vector<std::size_t> slot(groups.groups, kNotYet);
    std::vector<std::vector<std::size_t>> obstacles_of;
    std::map<std::tuple<Truth, std::string, std::string>, std::size_t> known;
    const auto decisive = static_cast<std::size_t>(std::count(truths.begin(), truths.end(), sum.truth));
    std::size_t more = 0;
    for (const bool of_decisive : {true, false}) {
      for (std::size_t i = 0; i < truths.size(); ++i) {
        if (truths[i] == Truth::yes || (truths[i] == sum.truth) != of_decisive) continue;
        auto& at = slot[groups.of[i]];
        if (at == kNotYet && obstacles_of.size() < kMostKinds) {
          at = obstacles_of.size();
          obstacles_of.push_back(obstacles_of_row(condition, must_hold, rows.row(i), known, sum));
        }
        if (at == kNotYet) {
          more += of_decisive ? 1 : 0;
          continue;
        }
        for (const auto index : obstacles_of[at]) {
          auto& obstacle = sum.obstacles[index];
          ++obstacle.offender_count;
          if (obstacle.offenders.size() < kMostKept) obstacle.offenders.push_back(offender_of(rows.row(i)));
        }
      }
    }
    for (auto& obstacle : sum.obstacles) obstacle.rows_in_the_way = decisive;
    if (more == 0) return;
    Obstacle others;
    others.truth = sum.truth;
    others.fact = condition.fact->name;
    others.because = others.plain = "by other values " + std::to_string(more) + " more";
    others.rows_in_the_way = decisive;
    sum.obstacles.push_back(std::move(others));
  }

  /// Indices into sum.obstacles, which gets those that it does not have yet.
  std::vector<std::size_t> obstacles_of_row(const Condition& condition, bool must_hold, const Row& row,
                                            std::map<std::tuple<Truth, std::string, std::string>, std::size_t>& known,
                                            Assessment& sum) const {
    const auto in = condition.where.empty() ? Assessment{} : of(condition.where[0], true, &row);
    auto obstacles = in.obstacles;
    append(obstacles, of(condition.has[0], must_hold, &row).obstacles);
    std::vector<std::size_t> indices;
    for (auto& obstacle : obstacles) {
      if (in.truth == Truth::unknown) obstacle.truth = Truth::unknown;
      const auto [same, is_new] =
          known.emplace(std::tuple(obstacle.truth, obstacle.because, obstacle.to_pass), sum.obstacles.size());
      if (is_new) sum.obstacles.push_back(std::move(obstacle));
      indices.push_back(same->second);
    }
    return indices;
  }

  static void name_rows(Obstacle& obstacle, const std::string& list, std::size_t concerned) {
    const auto named = name_some(obstacle.offenders, obstacle.offender_count, kMostNamed, true);
    if (obstacle.offenders.empty()) {
      obstacle.because += " of " + std::to_string(concerned) + " " + list;
      return;
    }
    if (!obstacle.because.empty()) {
      obstacle.because += " — " + std::to_string(obstacle.offender_count) + " of " + std::to_string(concerned) + " " +
                          list + ": " + named;
    }
    if (!obstacle.to_pass.empty()) obstacle.to_pass += " for " + named;
    if (!obstacle.plain.empty()) obstacle.plain += ", for " + named;
  }

  Assessment this_row(const Condition& condition, bool must_hold, const Row& row) const {
    Assessment both = condition.where.empty() ? Assessment{} : of(condition.where[0], true, &row);
    auto met = of(condition.has[0], must_hold, &row);
    both.truth = std::min(both.truth, met.truth);
    append(both.obstacles, std::move(met.obstacles));
    append(both.held, std::move(met.held));
    settle(both);
    const auto offender = offender_of(row);
    for (auto& held : both.held) {
      held.because += " — " + to_string(offender);
      held.plain += ", by " + to_string(offender);
    }
    for (auto& obstacle : both.obstacles) {
      obstacle.offenders.push_back(offender);
      obstacle.offender_count = 1;
      if (!obstacle.to_pass.empty()) obstacle.to_pass += " for " + to_string(offender);
      if (!obstacle.plain.empty()) obstacle.plain += ", for " + to_string(offender);
      obstacle.because.clear();
    }
    return both;
  }

  Assessment one_row(const Condition& condition, bool must_hold, RowTable& rows) const {
    const std::string list(condition.fact->name);
    const auto demand = describe(condition.has[0]);
    const auto wanted = must_hold ? demand : "not (" + demand + ")";
    const auto in = meant(condition, rows);
    auto truths = rows.truths(condition.has[0], must_hold);
    for (std::size_t i = 0; i < truths.size(); ++i) truths[i] = std::min(truths[i], in[i]);
    const auto fits = std::find(truths.begin(), truths.end(), Truth::yes);
    if (fits != truths.end()) {
      return this_row(condition, must_hold, rows.row(static_cast<std::size_t>(fits - truths.begin())));
    }
    std::vector<const Condition*> asked{&condition.has[0]};
    if (!condition.where.empty()) asked.push_back(&condition.where[0]);
    const auto groups = rows.group_by(asked);
    std::vector<bool> seen(groups.groups, false);
    // Rows of one group are equally far away. Of very many groups the first ones are looked at.
    std::size_t kinds = 0;
    std::vector<Assessment> branches;
    for (std::size_t i = 0; i < rows.size() && (kinds < kMostNamed || branches.size() < kMostNamed); ++i) {
      const bool fresh = !seen[groups.of[i]] && kinds < kMostNamed;
      if (!fresh && branches.size() >= kMostNamed) continue;
      if (fresh) ++kinds;
      seen[groups.of[i]] = true;
      branches.push_back(this_row(condition, must_hold, rows.row(i)));
    }
    auto best = choose(std::move(branches));
    if (!truths.empty()) best.truth = *std::max_element(truths.begin(), truths.end());
    Obstacle sum;
    sum.truth = best.truth;
    sum.fact = list;
    sum.value = rows.size() == 0 ? "empty" : "none";
    sum.because = (rows.size() == 0 ? list + " is empty"
                                    : "none of " + std::to_string(rows.size()) + " " + list + " is known to fit") +
                  ", need one with " + wanted;
    if (!condition.where.empty()) sum.because += " among those with " + describe(condition.where[0]);
    const auto plain = describe(condition.has[0], Words::plain);
    sum.plain = std::string(condition.fact->phrase) + ": none with " + (must_hold ? plain : "not (" + plain + ")") +
                ", needed: one";
    if (!condition.where.empty()) sum.plain += " among those with " + describe(condition.where[0], Words::plain);
    if (rows.size() == 0) sum.to_pass = "one of " + list + " with " + wanted;
    best.obstacles.insert(best.obstacles.begin(), std::move(sum));
    return best;
  }

  const Value& value_of(std::string_view name) const {
    static const Value kNotStated = Fact{}.value;
    const auto& all = facts_.facts().all();
    const auto found = all.find(name);
    return found == all.end() ? kNotStated : found->second.value;
  }

  const FactsInOrder& facts_;
  Voice voice_;
};

}  // namespace

Assessment judge(const Condition& condition, const Facts& facts, Voice voice) {
  return judge(condition, FactsInOrder(facts), voice);
}

Assessment judge(const Condition& condition, const FactsInOrder& facts, Voice voice) {
  return Judge(facts, voice).of(condition, true, nullptr);
}

std::string to_string(const Offender& offender) {
  if (offender.at.file.empty()) return offender.label;
  const auto line = offender.at.line == 0 ? "" : ":" + std::to_string(offender.at.line);
  return offender.label + " (" + one_line(offender.at.file, 200) + line + ")";
}

std::string name_some(const std::vector<Offender>& offenders, std::size_t count, std::size_t limit, bool with_places) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(limit, offenders.size()); ++i) {
    names.push_back(with_places ? to_string(offenders[i]) : offenders[i].label);
  }
  const auto more = count - names.size();
  return join(names) + (more == 0 ? "" : " and " + std::to_string(more) + " more");
}

}  // namespace patchgate
