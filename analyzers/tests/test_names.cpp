#include "analyzers/tests/test_names.h"

#include <array>
#include <vector>

namespace patchgate {

namespace {

struct MacroForm {
  std::string_view macro;
  TestMacro framework;
  std::size_t named_by;  ///< position of the argument that names the test; gtest: of the suite
};

constexpr std::array<MacroForm, 24> kForms{{
    {"TEST", TestMacro::gtest, 0},
    {"TEST_F", TestMacro::gtest, 0},
    {"TEST_P", TestMacro::gtest, 0},
    {"TYPED_TEST", TestMacro::gtest, 0},
    {"TYPED_TEST_P", TestMacro::gtest, 0},
    {"GTEST_TEST", TestMacro::gtest, 0},
    {"GTEST_TEST_F", TestMacro::gtest, 0},
    {"TEST_CASE", TestMacro::catch2, 0},
    {"SCENARIO", TestMacro::catch2, 0},
    {"TEST_CASE_METHOD", TestMacro::catch2, 1},
    {"SCENARIO_METHOD", TestMacro::catch2, 1},
    {"TEMPLATE_TEST_CASE", TestMacro::catch2, 0},
    {"CATCH_TEST_CASE", TestMacro::catch2, 0},
    {"CATCH_SCENARIO", TestMacro::catch2, 0},
    {"TEST_CASE_FIXTURE", TestMacro::catch2, 1},
    {"TEST_CASE_TEMPLATE", TestMacro::catch2, 0},
    {"DOCTEST_TEST_CASE", TestMacro::catch2, 0},
    {"DOCTEST_SCENARIO", TestMacro::catch2, 0},
    {"DOCTEST_TEST_CASE_FIXTURE", TestMacro::catch2, 1},
    {"BOOST_AUTO_TEST_CASE", TestMacro::boost, 0},
    {"BOOST_FIXTURE_TEST_CASE", TestMacro::boost, 0},
    {"BOOST_AUTO_TEST_CASE_TEMPLATE", TestMacro::boost, 0},
    {"BOOST_DATA_TEST_CASE", TestMacro::boost, 0},
    {"START_TEST", TestMacro::check, 0},
}};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

/// The arguments of an invocation that may be cut off at its end.
std::vector<std::string> arguments(std::string_view text) {
  std::vector<std::string> result(1);
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\' && i + 1 < text.size()) result.back() += text[i++];
      quoted = text[i] != '"' || c == '\\';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '(' || c == '<' || c == '{') {
      ++depth;
    } else if (c == ')' || c == '>' || c == '}') {
      if (c == ')' && depth == 0) break;
      --depth;
    } else if (c == ',' && depth == 0) {
      result.emplace_back();
      continue;
    }
    result.back() += text[i];
  }
  for (std::string& argument : result) argument = std::string(unquoted(trimmed(argument)));
  return result;
}

}  // namespace

TestSpelling test_of_invocation(std::string_view origin) {
  const auto open = origin.find('(');
  if (open == std::string_view::npos) return {};
  const auto macro = trimmed(origin.substr(0, open));
  for (const MacroForm& form : kForms) {
    if (form.macro != macro) continue;
    const auto given = arguments(origin.substr(open + 1));
    const auto argument = [&](std::size_t i) { return i < given.size() ? given[i] : std::string(); };
    std::string name = argument(form.named_by);
    if (form.framework == TestMacro::gtest) name += "." + argument(1);
    if (name.empty()) name = std::string(macro) + " without a name";
    return {form.framework, name};
  }
  return {};
}

bool is_test_function_name(std::string_view qualified) {
  const auto colons = qualified.rfind("::");
  const auto name = colons == std::string_view::npos ? qualified : qualified.substr(colons + 2);
  if (name.starts_with("test_") || name.ends_with("_test") || name.ends_with("_tests")) return true;
  const bool camel = name.starts_with("test") || name.starts_with("Test");
  return camel && name.size() > 4 && name[4] >= 'A' && name[4] <= 'Z';
}

}  // namespace patchgate
