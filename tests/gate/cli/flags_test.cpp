#include "gate/cli/flags.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
}

bool takes_words(const Flag& flag) {
  return flag.value == FlagValue::word || flag.value == FlagValue::words_by_comma || flag.value == FlagValue::report;
}

TEST(FlagTableTest, EveryRowIsWhole) {
  std::map<FlagId, std::string> names;
  std::map<std::string, FlagId> ids;
  std::map<std::string, unsigned> commands_of;
  for (const auto& flag : flags()) {
    const std::string name = flag.name;
    EXPECT_EQ(names.emplace(flag.id, name).first->second, name);
    EXPECT_EQ(ids.emplace(name, flag.id).first->second, flag.id) << name;
    EXPECT_EQ(commands_of[name] & flag.commands, 0U) << name << ": two rows for one command";
    commands_of[name] |= flag.commands;
    EXPECT_TRUE(name.starts_with("--") && is_name(name.substr(2))) << name;
    EXPECT_GT(std::string(flag.about).size(), 5U) << name;
    EXPECT_EQ(std::string(flag.metavar).empty(), flag.value == FlagValue::none) << name;
    EXPECT_NE(flag.commands, 0) << name;
    EXPECT_EQ(flag.words.empty(), !takes_words(flag)) << name;
    EXPECT_EQ(flag.most != 0, flag.value == FlagValue::number) << name;
  }
}

TEST(FlagTableTest, GroupsStandTogether) {
  std::vector<std::string> groups;
  for (const auto& flag : flags()) {
    if (groups.empty() || groups.back() != flag.group) groups.emplace_back(flag.group);
  }
  EXPECT_EQ(groups, (std::vector<std::string>{"What is looked at", "Policy and evidence", "Call graph", "Output"}));
}

TEST(CommandTableTest, EveryRowIsWhole) {
  std::set<std::string> names;
  for (const auto& command : commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_TRUE(is_name(command.name)) << command.name;
    EXPECT_FALSE(std::string(command.about).empty()) << command.name;
    EXPECT_FALSE(command.examples.empty()) << command.name;
    EXPECT_NE(find_flag(command.id, "--help"), nullptr) << command.name;
    EXPECT_EQ(find_command(command.name), &command);
  }
  EXPECT_EQ(find_command("replay"), nullptr);
}

TEST(CommandTableTest, NothingIsListedThatIsNotThere) {
  for (const char* name : {"history"}) EXPECT_EQ(find_command(name), nullptr) << name;
}

TEST(FlagTableTest, AHiddenFlagIsTakenAndNotShown) {
  const Flag* scope = find_flag(CommandId::check, "--scope");
  ASSERT_NE(scope, nullptr);
  // With a second word there is a choice, and people have to hear of it.
  EXPECT_EQ(scope->hidden, scope->words.size() == 1);
  for (const auto& command : commands()) {
    for (const Flag* flag : flags_of(command.id)) EXPECT_FALSE(flag->hidden) << flag->name;
  }
}

}  // namespace
}  // namespace patchgate
