#include "analyzers/tests/weakened_builds.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

namespace patchgate {
namespace {

struct Command {
  std::string name;  // in small letters
  std::vector<std::string> words;
  std::uint32_t line = 0;
};

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

/// The commands of a CMake file: name ( words ); comments and nested brackets are passed over.
std::vector<Command> commands_in(std::string_view text) {
  std::vector<Command> commands;
  std::string word;
  std::string before;  // the last word outside of brackets
  std::uint32_t line = 1;
  int depth = 0;
  bool quoted = false;
  const auto end_word = [&] {
    if (word.empty()) return;
    if (depth > 0) {
      commands.back().words.push_back(word);
    } else {
      before = word;
    }
    word.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') ++line;
    if (quoted) {
      if (c == '\\' && at + 1 < text.size())
        word += text[++at];
      else if (c == '"')
        quoted = false;
      else
        word += c;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '#') {
      end_word();
      while (at + 1 < text.size() && text[at + 1] != '\n') ++at;
    } else if (c == '(') {
      end_word();
      if (depth++ == 0) commands.push_back({in_small_letters(before), {}, line});
    } else if (c == ')') {
      end_word();
      if (depth > 0) --depth;
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';') {
      end_word();
    } else {
      word += c;
    }
  }
  return commands;
}

struct RunOfTest {
  Place at;
  std::string text;
};

struct Registered {
  std::map<std::string, RunOfTest> tests;                               // by name
  std::map<std::pair<std::string, std::string>, RunOfTest> properties;  // (test, property) → value
};

bool is_watched(const std::string& property) {
  return property == "WILL_FAIL" || property == "DISABLED" || property == "TIMEOUT" || property == "SKIP_RETURN_CODE" ||
         property == "SKIP_REGULAR_EXPRESSION";
}

void add_command(const Command& command, const std::string& path, Registered& all) {
  const auto& words = command.words;
  const Place at{path, command.line, 0};
  if (command.name == "enable_testing") {
    all.tests.emplace("enable_testing()", RunOfTest{at, "enable_testing()"});
  } else if (command.name == "add_test" && !words.empty()) {
    const auto& name = words[0] == "NAME" && words.size() > 1 ? words[1] : words[0];
    all.tests.emplace(name, RunOfTest{at, "add_test " + name});
  } else if (command.name.ends_with("_discover_tests") && !words.empty()) {
    all.tests.emplace(words[0], RunOfTest{at, command.name + " " + words[0]});
  } else if (command.name == "set_tests_properties" || command.name == "set_property") {
    const auto properties = std::find_if(words.begin(), words.end(),
                                         [](const std::string& w) { return w == "PROPERTIES" || w == "PROPERTY"; });
    auto name = words.begin();
    if (command.name == "set_property") {
      if (words.empty() || words[0] != "TEST") return;
      ++name;
    }
    for (; name < properties; ++name)
      for (auto property = properties; property < words.end() && words.end() - property > 2; property += 2)
        if (is_watched(property[1]))
          all.properties.emplace(std::pair(*name, property[1]), RunOfTest{at, property[1] + " " + property[2]});
  }
}

bool is_off(const std::string& text) {
  const auto value = in_small_letters(text.substr(text.find(' ') + 1));
  return value == "false" || value == "off" || value == "0" || value == "no" || value == "n";
}

double number_in(const std::string& text) { return std::strtod(text.substr(text.find(' ') + 1).c_str(), nullptr); }

void compare_property(const std::string& test, const std::string& property, const RunOfTest* was, const RunOfTest& now,
                      std::vector<WeakenedTest>& found) {
  const auto add = [&](const char* what) {
    found.push_back(
        {test, what, was == nullptr ? Place() : was->at, now.at, was == nullptr ? "" : was->text, now.text});
  };
  if (property == "TIMEOUT") {
    if (was != nullptr && number_in(now.text) > number_in(was->text)) add("it gets more time");
    return;
  }
  if (was != nullptr && was->text == now.text) return;
  if (is_off(now.text)) return;
  if (property == "WILL_FAIL") add("it has to fail to pass");
  if (property == "DISABLED") add("it is switched off");
  if (property.starts_with("SKIP_") && was == nullptr) add("it may be skipped");
}

}  // namespace

std::vector<WeakenedTest> weakened_in_builds(const std::vector<ChangedText>& texts) {
  Registered base, head;
  for (const auto& text : texts) {
    if (!text.path.ends_with("CMakeLists.txt") && !text.path.ends_with(".cmake")) continue;
    for (const auto& command : commands_in(text.base)) add_command(command, text.base_path, base);
    for (const auto& command : commands_in(text.head)) add_command(command, text.path, head);
  }
  std::vector<WeakenedTest> found;
  for (const auto& [name, run] : base.tests)
    if (!head.tests.contains(name)) found.push_back({name, "the build no longer runs it", run.at, {}, run.text, ""});
  for (const auto& [key, now] : head.properties) {
    const auto was = base.properties.find(key);
    compare_property(key.first, key.second, was == base.properties.end() ? nullptr : &was->second, now, found);
  }
  return found;
}

}  // namespace patchgate
