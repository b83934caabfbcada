#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/model/unit.h"

namespace patchgate {

/// A unit made of texts. A line `//// name` starts the next file; what comes before the first is the main file,
/// `a.cpp` unless `main_file` says otherwise.
struct Sources {
  std::string text;
  std::string main_file = "a.cpp";
  std::vector<std::string> arguments = {"-std=c++20"};
  bool can_share = true;        ///< a start that is shared with other units does not show
  bool system_headers = false;  ///< those of this machine can be included
};

/// What the unit alone shows. With every body looked at it has to show the same; where it can share its start with
/// others, that is tried as well.
UnitFacts parse(const Sources& sources);
UnitFacts parse_every_body(const Sources& sources);
/// Parses it as one of a group, after leaders that have read these headers; none where that cannot be done.
std::optional<UnitFacts> parse_after_start(const Sources& sources, const std::vector<std::vector<std::string>>& starts);

/// One line each, sorted: `caller -kind-> callee @line`, with `?possible` or `?name` after a kind that is not exact.
/// `kinds` is a list of words separated by blanks; empty means all.
std::string edges(const UnitFacts& facts, std::string_view kinds = {});
/// `kind name file:line-end flags <usr class> [origin]`, of what the files declare.
std::string symbols(const UnitFacts& facts);
/// `file name [definition] "text|body"`: what the extents cut out, with line ends as ⏎.
std::string extents(const Sources& sources, const UnitFacts& facts);
std::string flows(const UnitFacts& facts);
std::string literals(const UnitFacts& facts);
std::string indirect(const UnitFacts& facts);
/// Calls through a slot: `caller @line -> functions`, ` ?` at the end where others may be in it.
std::string slots(const UnitFacts& facts);
/// `name < functions`: what is put into places that code outside the repository calls.
std::string outside_slots(const UnitFacts& facts);
std::string overrides(const UnitFacts& facts);
/// `holder or (file): kind text @line`.
std::string blind_spots(const UnitFacts& facts);

/// One case of a table: `want` is compared with what `show` made of `text`.
struct Case {
  const char* name;
  const char* text;
  const char* want;
};
inline void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }
inline std::string name_of_case(const testing::TestParamInfo<Case>& info) { return info.param.name; }

/// Without the indentation that a raw string in a table has, and without its first line end.
std::string plain(std::string_view text);

}  // namespace patchgate
