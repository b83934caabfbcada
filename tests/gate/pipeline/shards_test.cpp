#include "gate/pipeline/shards.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

/// So many units of a folder, with the same flags.
struct Folder {
  const char* name;
  int units;
  std::uint64_t flags = 1;
  const char* ending = ".c";
};

std::vector<CompileCommand> commands_of(const std::vector<Folder>& folders) {
  std::vector<CompileCommand> commands;
  for (const auto& folder : folders) {
    for (int i = 0; i < folder.units; ++i) {
      CompileCommand command;
      command.file = std::string(folder.name) + "/" + std::to_string(100 + i) + folder.ending;
      command.hash = {0, folder.flags};
      commands.push_back(command);
    }
  }
  return commands;
}

struct Case {
  const char* name;
  std::vector<Folder> folders;
  std::uint32_t shards;
  std::vector<int> units;  ///< of each shard
  int starts;              ///< groups that a shard has some unit of, added up: each is read once there
};

const Case kCases[] = {
    {"one shard has all", {{"a", 7}, {"b", 2}}, 1, {9}, 2},
    {"nothing", {}, 3, {0, 0, 0}, 0},
    {"fewer units than shards", {{"a", 2}}, 3, {1, 1, 0}, 2},
    {"small folders stay together",
     {{"a", 4}, {"b", 4}, {"c", 4}, {"d", 4}, {"e", 4}, {"f", 4}, {"g", 4}, {"h", 4}},
     2,
     {16, 16},
     8},
    {"a large folder is cut", {{"a", 80}}, 4, {20, 20, 20, 20}, 4},
    {"one that is large, many that are small", {{"a", 30}, {"b", 3}, {"c", 3}, {"d", 3}, {"e", 3}}, 2, {21, 21}, 6},
    {"other flags are another group", {{"a", 4, 1}, {"a", 4, 2}}, 2, {4, 4}, 2},
    {"so is another language", {{"a", 40, 1, ".c"}, {"a", 40, 1, ".cc"}}, 2, {40, 40}, 2},
};

TEST(Shards, AreEvenAndKeepWhatSharesItsStart) {
  for (const auto& c : kCases) {
    const auto commands = commands_of(c.folders);
    const auto dealt = deal(commands, c.shards);
    std::vector<int> units(c.shards);
    std::map<std::tuple<std::uint32_t, std::string, std::string, std::uint64_t>, int> starts;
    for (std::size_t i = 0; i < commands.size(); ++i) {
      ++units.at(dealt.at(i));
      const std::filesystem::path file(commands[i].file);
      ++starts[{dealt[i], file.parent_path().string(), file.extension().string(), commands[i].hash.low}];
    }
    EXPECT_EQ(units, c.units) << c.name;
    EXPECT_EQ(static_cast<int>(starts.size()), c.starts) << c.name;
  }
}

TEST(Shards, DoNotDependOnTheOrder) {
  auto commands = commands_of({{"a", 13}, {"b", 5, 2}, {"c", 1}, {"b", 5, 3}});
  const auto by_file = [&] {
    std::map<std::pair<std::string, std::uint64_t>, std::uint32_t> shards;
    const auto dealt = deal(commands, 3);
    for (std::size_t i = 0; i < commands.size(); ++i) shards[{commands[i].file, commands[i].hash.low}] = dealt[i];
    return shards;
  };
  const auto first = by_file();
  std::reverse(commands.begin(), commands.end());
  EXPECT_EQ(by_file(), first);
  std::rotate(commands.begin(), commands.begin() + 7, commands.end());
  EXPECT_EQ(by_file(), first);
}

}  // namespace
}  // namespace patchgate
