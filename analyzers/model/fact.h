#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// Could not be measured, and why. Never zero, never false, never a pass.
struct Unknown {
  std::string why;
  /// A count of which only a part was seen: it is not lower than that. 0 = not even that is known.
  std::int64_t at_least = 0;
  friend bool operator==(const Unknown&, const Unknown&) = default;
};

/// A level ("high") is a string; its order comes from the catalogue.
using Value = std::variant<Unknown, bool, std::int64_t, double, std::string>;

/// One measurement, with the places that it was read from.
struct Fact {
  Value value = Unknown{"not measured"};
  std::vector<Place> from;
  /// What a person has to know to change the value, a phrase each: "src/a.cpp:3-9". Mostly empty.
  std::vector<std::string> details{};
};

/// One element of a list fact: its fields by name, and what to call it.
struct Row {
  std::string label;  ///< for a person: a symbol's name
  Place at;
  std::map<std::string, Value, std::less<>> fields;
};

/// All that was seen, by name. A fact that nobody stated is unknown ("not measured"), never zero.
class Facts {
 public:
  void set(std::string name, Value value, std::vector<Place> from = {}, std::vector<std::string> details = {});
  void set_list(std::string name, std::vector<Row> rows);
  /// The whole list could not be measured.
  void set_list_unknown(std::string name, std::string why);

  Fact get(std::string_view name) const;
  /// Null where the list was not stated or is unknown; `why_unknown` then says why.
  const std::vector<Row>* list(std::string_view name) const;
  std::string why_unknown(std::string_view list_name) const;

  const std::map<std::string, Fact, std::less<>>& all() const { return facts_; }
  const std::map<std::string, std::vector<Row>, std::less<>>& lists() const { return lists_; }

 private:
  std::map<std::string, Fact, std::less<>> facts_;
  std::map<std::string, std::vector<Row>, std::less<>> lists_;
  std::map<std::string, std::string, std::less<>> unknown_lists_;
};

enum class FactType { boolean, integer, number, string, choice, list };
/// computed: from git objects and syntax trees. ci: from the runner's context. claimed: the patch's author controls it.
enum class Trust { computed, ci, claimed };

/// One row of the catalogue: all that a policy may name.
struct FactDecl {
  std::string_view name;
  FactType type;
  Trust trust;
  std::string_view phrase;                  ///< what to call it in a sentence: "added lines", "hotfix"
  std::string_view about;                   ///< one line for a person, with the unit
  std::vector<std::string_view> choices{};  ///< type choice: the values in rising order
  bool ordered = false;                     ///< choices compare with at_least and at_most
  std::optional<double> minimum{};          ///< type integer, number
  std::optional<double> maximum{};
  std::string_view unit{};  ///< type integer, number: "%", "minutes", or what is counted: "added lines"
};

/// Every fact, sorted by name.
const std::vector<FactDecl>& fact_catalogue();
/// The fields of the rows of `symbols.touched`, sorted by name.
const std::vector<FactDecl>& touched_symbol_fields();

const FactDecl* find_fact(std::string_view name);
const FactDecl* find_touched_symbol_field(std::string_view name);

const char* name_of(FactType type);
const char* name_of(Trust trust);

/// "42", "99.2", "true", "high"; "unknown (why)"; "at least 2 (why no more is known)".
std::string to_string(const Value& value);

}  // namespace patchgate
