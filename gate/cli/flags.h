#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

enum class CommandId : std::uint16_t {
  check = 1,
  index = 2,
  graph = 4,
  explain = 8,
  policy = 16,
  selftest = 32,
  init = 64,
  completions = 128,
  verify = 256,
  hook = 512,
  man = 1024
};

/// A word after the command that is no flag.
struct Operand {
  const char* name;                ///< as in the help: "SYMBOL"
  std::vector<std::string> words;  ///< all that it can be; empty = anything
  bool required = true;
};

struct Command {
  CommandId id;
  const char* name;
  const char* about;  ///< one line
  std::vector<Operand> operands;
  std::vector<std::string> notes;     ///< lines of the help after the usage
  std::vector<std::string> examples;  ///< without the program's name
};

/// All commands, in the order of the help.
const std::vector<Command>& commands();
const Command* find_command(std::string_view name);

enum class FlagId {
  repo,
  base,
  head,
  target,
  source,
  worktree,
  staged,
  rev,
  policy,
  floor,
  coverage,
  junit,
  junit_at_base,
  rollout,
  context,
  override_file,
  now,
  zoneinfo,
  since,
  until,
  old,
  limit,
  compile_commands,
  index,
  no_cache,
  trust_repo_owner,
  scope,
  budget,
  shard,
  merge,
  jobs,
  sandbox,
  kinds,
  confidence,
  rules,
  by,
  top,
  only,
  vendored,
  depth,
  format,
  report,
  warn_exit,
  stats,
  no_color,
  quiet,
  help,
};

enum class FlagValue { none, text, file, folder, number, word, words_by_comma, report, shard, time };

/// One row: all that parser, help and completions know about a flag. A flag that means something else to another
/// command has a row for each.
struct Flag {
  FlagId id;
  const char* name;  ///< with its dashes
  FlagValue value;
  const char* metavar;  ///< as in the help: "REV"
  const char* group;
  std::uint16_t commands;             ///< CommandId, or-ed
  const char* about;                  ///< one line
  bool many = false;                  ///< takes all words up to the next flag, and may be given again
  std::vector<std::string> words{};   ///< FlagValue::word, words_by_comma, report: all that there are
  std::uint32_t least = 0, most = 0;  ///< FlagValue::number
  bool hidden = false;                ///< taken, but in no help, completion or suggestion
};

/// The table, in the order of the help; the flags of a group stand together.
const std::vector<Flag>& flags();

/// Those of one command that people are told about, in the order of the table.
std::vector<const Flag*> flags_of(CommandId command);
/// Among all of that command, hidden ones too.
const Flag* find_flag(CommandId command, std::string_view name);

}  // namespace patchgate
