#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzers/model/fact.h"
#include "policies/engine/condition.h"

namespace patchgate {

/// Ordered so that "all of them" is the least, "one of them" the greatest.
enum class Truth : std::uint8_t { no, unknown, yes };

/// A row of a list that stands in the way.
struct Offender {
  std::string label;
  Place at;
  friend auto operator<=>(const Offender&, const Offender&) = default;
};

/// One thing that keeps a condition from holding: a leaf, for the rows that share its value.
struct Obstacle {
  Truth truth = Truth::no;  ///< no, or unknown
  std::string fact;         ///< its name
  std::string because;      ///< "rollout.level = none, need at least staged"; empty where another one says enough
  std::string to_pass;      ///< "rollout.level at least staged (now none)"; empty where there is a shorter way
  /// The same in plain words, as long as it has to be said. require: "staging of the rollout: none, needed: at least
  /// staged"; when: what has to be so, "risk: at least high".
  std::string plain;
  std::string value;                ///< the fact's value alone
  std::string why_unknown;          ///< its reason alone, where it is unknown
  std::string missing;              ///< the condition's own words, not filled in; may be empty
  std::vector<Offender> offenders;  ///< the first 40, in the order of the list
  std::size_t offender_count = 0;   ///< all of them
  std::size_t rows_in_the_way = 0;  ///< of an `every`: rows that keep it from holding, by this or by another obstacle
};

/// What made a condition hold.
struct Support {
  std::string because;  ///< "rollout.level = staged_abort [claimed]"
  std::string plain;    ///< "staging of the rollout: staged_abort [claimed]"
};

struct Assessment {
  Truth truth = Truth::yes;
  std::vector<Obstacle> obstacles;  ///< none where it holds
  std::vector<Support> held;        ///< empty where it does not hold
  std::vector<Offender> rows;       ///< of an `every` that holds: the first 20 that had to meet it
};

/// Bytes of a fact's reason in a sentence about it; what is longer is cut.
inline constexpr std::size_t kLongestReason = 400;

/// How the leaves' needs are worded: "need at least 1", "applies only if at least high".
enum class Voice { require, when };

/// Total: whatever the facts are, there is a assessment. A fact of another type than the catalogue says, or a choice
/// that it does not know, is unknown. The order of a list's rows has no influence.
Assessment judge(const Condition& condition, const Facts& facts, Voice voice);

/// "crm::to_patch (src/patch.cpp:41)".
std::string to_string(const Offender& offender);

/// The first `limit` of them, and how many more of `count` there are: "a (x.cpp:1), b (x.cpp:9) and 3 more".
std::string name_some(const std::vector<Offender>& offenders, std::size_t count, std::size_t limit, bool with_places);

}  // namespace patchgate
