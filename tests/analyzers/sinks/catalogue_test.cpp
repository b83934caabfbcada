#include "analyzers/sinks/catalogue.h"

#include <gtest/gtest.h>

#include "analyzers/sinks/sinks.h"

namespace patchgate {
namespace {

std::string parsed(std::string_view text) {
  const auto catalogue = parse_sink_catalogue("sinks.json", text);
  if (!catalogue) return to_string(catalogue.error());
  std::string result;
  for (const AuditSource& audit : catalogue->audits) {
    result += "audit " + audit.source + " of " + audit.kind;
    for (const auto& function : audit.functions) result += " " + function;
    result += "\n";
  }
  for (const SinkGroup& group : catalogue->groups) {
    result += group.kind + " by";
    for (const auto& function : group.functions) result += " " + function;
    result += " when " + std::to_string(group.when.index()) + (group.in_project ? " in project" : "") + "\n";
  }
  return result;
}

std::string group(const std::string& inside) { return R"({"sinks": 1, "groups": [{)" + inside + "}]}"; }

struct Case {
  const char* name;
  std::string text;
  const char* expected;
};

const Case kCases[] = {
    {"empty list", R"({"sinks": 1, "groups": []})", ""},
    {"comments are welcome", "{\"sinks\": 1, // ours\n \"groups\": []}", ""},
    {"always a sink, also one of ours", group(R"("kind": "mail", "functions": ["send_mail"], "in_project": true)"),
     "mail by send_mail when 0 in project\n"},
    {"each condition",
     R"({"sinks": 1, "groups": [
       {"kind": "a", "functions": ["f"], "when": {"option": {"set_by": ["s"], "argument": 1, "any": ["X"]}}},
       {"kind": "b", "functions": ["f"], "when": {"sql": {"argument": 1}}},
       {"kind": "c", "functions": ["f"], "when": {"text": {"argument": 1, "contains": ["w"]}}},
       {"kind": "d", "functions": ["f"], "when": {"mentions": {"any": ["X"], "none": ["Y"]}}},
       {"kind": "e", "functions": ["f"], "when": {"command": {"argument": 1, "reads": ["GET"]}}}]})",
     "a by f when 1\nb by f when 2\nc by f when 3\nd by f when 4\ne by f when 5\n"},
    {"audit sources",
     R"({"sinks": 1, "groups": [], "audits": [{"kind": "a", "source": "s"}, {"functions": ["x::*"], "source": "t"}]})",
     "audit s of a\naudit t of  x::*\n"},
    {"an audit source of nothing", R"({"sinks": 1, "groups": [], "audits": [{"source": "s"}]})",
     "sinks.json: /audits/0 must name a kind, functions, or both"},
    {"an audit source without words", R"({"sinks": 1, "groups": [], "audits": [{"kind": "a"}]})",
     "sinks.json: /audits/0/source is missing"},
    {"audits of another type", R"({"sinks": 1, "groups": [], "audits": {}})", "sinks.json: /audits must be a list"},
    {"not JSON", "{\"sinks\": 1,\n  oops}", "sinks.json:2:3: is not valid JSON here"},
    {"columns are characters", "{\"\xc3\x9f\": oops}", "sinks.json:1:7: is not valid JSON here"},
    {"empty text", "", "sinks.json:1:1: is not valid JSON here"},
    {"a key twice", R"({"sinks": 1, "sinks": 1, "groups": []})", "sinks.json: the key \"sinks\" is given twice"},
    {"a NUL", std::string("{}\0{}", 5), "sinks.json:1:3: holds a NUL byte"},
    {"a byte order mark", "\xEF\xBB\xBF{}", "sinks.json:1:1: begins with a byte order mark"},
    {"too deep", std::string(40, '[') + std::string(40, ']'), "sinks.json: more than 16 levels of nesting"},
    {"too long", std::string((1U << 20U) + 1, ' '), "sinks.json: larger than 1 MiB"},
    {"a list", "[]", "sinks.json: / must be an object"},
    {"another version", R"({"sinks": 2, "groups": []})", "sinks.json: /sinks must be 1, the version of this format"},
    {"no groups", R"({"sinks": 1})", "sinks.json: /groups must be a list"},
    {"a misspelt key", group(R"("kind": "a", "funktions": ["f"])"),
     "sinks.json: /groups/0/funktions is no key of this format"},
    {"no functions", group(R"("kind": "a")"), "sinks.json: /groups/0/functions is missing"},
    {"functions of another type", group(R"("kind": "a", "functions": ["f", 1])"),
     "sinks.json: /groups/0/functions must be a list of names, at least one"},
    {"a kind with blanks", group(R"("kind": "a b", "functions": ["f"])"),
     "sinks.json: /groups/0/kind must be lower-case letters, digits and _"},
    {"two conditions", group(R"("kind": "a", "functions": ["f"], "when": {"sql": {"argument": 1}, "text": {}})"),
     "sinks.json: /groups/0/when must hold exactly one of option, sql, text, mentions and command"},
    {"an argument out of range", group(R"("kind": "a", "functions": ["f"], "when": {"sql": {"argument": 256}})"),
     "sinks.json: /groups/0/when/sql/argument must be a whole number from 0 to 255"},
    {"a flag of another type", group(R"("kind": "a", "functions": ["f"], "in_project": "yes")"),
     "sinks.json: /groups/0/in_project must be true or false"},
};

TEST(SinkCatalogue, Cases) {
  for (const Case& c : kCases) EXPECT_EQ(parsed(c.text), c.expected) << c.name;
}

TEST(SinkCatalogue, TheBuiltInOneIsValid) {
  const auto groups = parse_sink_catalogue("built-in", builtin_sink_catalogue());
  ASSERT_TRUE(groups) << to_string(groups.error());
  EXPECT_GE(groups->groups.size(), 10U);
}

TEST(SinkCatalogue, NamesAreWithoutInlineNamespaces) {
  EXPECT_EQ(plain_name("std::__cxx11::basic_string::append"), "std::basic_string::append");
  EXPECT_EQ(plain_name("std::__1::__fs::filesystem::remove"), "std::filesystem::remove");
  EXPECT_EQ(plain_name("unlink"), "unlink");
}

TEST(SinkCatalogue, PatternsMatchWholeNames) {
  const auto all = [](std::string_view pattern, std::initializer_list<const char*> names) {
    std::string matched;
    for (const char* name : names) matched += name_matches(pattern, name) ? std::string(name) + " " : "";
    return matched;
  };
  EXPECT_EQ(
      all("*::Stub::Delete*", {"a::Stub::DeleteUser", "Stub::Delete", "a::Stub::GetDelete", "a::b::Stub::Delete"}),
      "a::Stub::DeleteUser a::b::Stub::Delete ");
  EXPECT_EQ(all("a*b*c", {"abc", "aXbXbYc", "abcd", "ab", "c"}), "abc aXbXbYc ");
  EXPECT_EQ(all("*", {"", "a"}), " a ");
  EXPECT_EQ(all("a", {"", "a", "aa"}), "a ");
}

}  // namespace
}  // namespace patchgate
