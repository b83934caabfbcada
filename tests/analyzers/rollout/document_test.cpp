#include "analyzers/rollout/document.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

std::string described(const DocNode& node) {
  const std::string at = "@" + std::to_string(node.line);
  if (node.kind == DocNode::Kind::call) return "<" + node.text + ">" + at;
  if (node.is_scalar()) return (node.plain ? node.text : "'" + node.text + "'") + at;
  std::string text;
  for (const auto& [key, value] : node.members) text += (text.empty() ? "" : ", ") + key + ": " + described(value);
  if (node.is_map()) return "{" + text + "}" + at;
  for (const DocNode& item : node.items) text += (text.empty() ? "" : ", ") + described(item);
  return "[" + text + "]" + at;
}

std::string parsed(const std::string& path, const std::string& text) {
  const auto documents = parse_documents(path, text);
  if (!documents) return to_string(documents.error());
  std::string result;
  for (const DocNode& document : *documents) result += (result.empty() ? "" : " --- ") + described(document);
  return result;
}

/// Billion laughs: each level holds the one before ten times.
std::string laughs(int levels) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i <= levels; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 0; k < 9; ++k) text += ", " + before;
    text += "]\n";
  }
  return text;
}

/// Anchors inside of anchors: kept once for each level.
std::string nested_anchors() {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "&a" + std::to_string(i) + " [";
  for (int i = 0; i < 5000; ++i) text += "x,";
  return text + std::string(60, ']');
}

struct Case {
  const char* name;
  const char* path;
  std::string text;
  const char* expected;
};

const Case kCases[] = {
    {"a map with lines of its keys", "a.yaml", "a: 1\nb:\n  - x\n  - 'y'\n", "{a: 1@1, b: [x@3, 'y'@4]@2}@1"},
    {"several documents", "a.yaml", "a: 1\n---\nb: 2\n", "{a: 1@1}@1 --- {b: 2@3}@3"},
    {"scalars stay texts", "a.yaml", "[no, 010, ~, 1.0]", "[no@1, 010@1, ~@1, 1.0@1]@1"},
    {"an alias", "a.yaml", "a: &x [1]\nb: *x\n", "{a: [1@1]@1, b: [1@1]@2}@1"},
    {"JSON", "a.json", "{\"a\": [1, \"x\"],\n \"b\": null}", "{a: [1@1, 'x'@1]@1, b: null@2}@1"},
    {"JSON is strict: comma", "a.json", "{\"a\": 1,}",
     "a.json:1:8: JSON disallows trailing comma before closing brace"},
    {"JSON is strict: comment", "a.json", "# c\n{\"a\":1}", "a.json:1:1: plain scalar cannot start with '#'"},
    {"JSON is strict: two documents", "a.json", "{\"a\":1}\n{\"b\":2}", "a.json:2:1: missing document start"},
    {"empty", "a.yaml", "", ""},
    {"a key twice", "a.yaml", "stage: a\nstage: b\n", "a.yaml:2: gives the key \"stage\" twice"},
    {"a key twice, in JSON", "a.json", "{\"a\": 1,\n\"a\": 2}", "a.json:2: gives the key \"a\" twice"},
    {"a tag", "a.yaml", "a: !!str 1", "a.yaml:1: has a tag: tags are not accepted"},
    {"a tag on a map", "a.yaml", "a:\n  !x {b: 1}", "a.yaml:2: has a tag: tags are not accepted"},
    {"a tag of CloudFormation elsewhere", "a.yaml", "a:\n  b: !Ref x\n", "a.yaml:2: has a tag: tags are not accepted"},
    {"tags in a template", "a.yaml", "Resources:\n  a: !Ref B\n  c: !If [x, {y: 1}]\n",
     "{Resources: {a: <!Ref B>@2, c: <!If>@3}@1}@1"},
    {"other tags in a template", "a.yaml", "Resources:\n  a: !Foo B\n", "a.yaml:2: has a tag: tags are not accepted"},
    {"a tag on a key", "a.yaml", "Resources:\n  !Ref a: 1\n", "a.yaml:2: has a tag on a key"},
    {"a merge key", "a.yaml", "a: &a {x: 1}\nb:\n  <<: *a\n",
     "a.yaml:3: uses a merge key (<<): merge keys are not accepted"},
    {"an alias to itself", "a.yaml", "a: &a [*a]",
     "a.yaml:1: uses the alias *a, which no complete value before it has"},
    {"an alias without an anchor", "a.yaml", "a: *b",
     "a.yaml:1: uses the alias *b, which no complete value before it has"},
    {"an anchor of another document", "a.yaml", "a: &x 1\n---\nb: *x",
     "a.yaml:3: uses the alias *x, which no complete value before it has"},
    {"a list as a key", "a.yaml", "? [x]\n: y\n", "a.yaml:1: has a key that is no text"},
    {"laughs", "a.yaml", laughs(9), "a.yaml:5: expands its aliases to more than 10000 values"},
    {"anchors in anchors", "a.yaml", nested_anchors(), "a.yaml:1: holds too many values below anchors"},
    {"too deep", "a.yaml", std::string(100000, '['), "a.yaml:1: is nested deeper than 64"},
    {"too deep, in JSON", "a.json", std::string(65, '[') + std::string(65, ']'), "a.json:1: is nested deeper than 64"},
    {"too long", "a.yaml", std::string((1U << 20U) + 1, '#'), "a.yaml: is larger than 1048576 bytes"},
    {"a NUL", "a.yaml", std::string("a\0b", 3), "a.yaml: holds a NUL byte"},
    {"a byte order mark", "a.yaml",
     "\xEF\xBB\xBF"
     "a: 1",
     "a.yaml:1: begins with a byte order mark"},
    {"not closed", "a.yaml", "a: [1", "a.yaml:2:1: flow sequence without a closing bracket"},
    {"a tab", "a.yaml", "a:\n\t- b", "a.yaml:2:1: tab character may not be used as indentation"},
};

TEST(Document, Cases) {
  for (const Case& c : kCases) EXPECT_EQ(parsed(c.path, c.text), c.expected) << c.name;
}

TEST(Document, LimitsHoldAtTheirEdge) {
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  EXPECT_TRUE(parse_documents("a.yaml", nested(64)));
  EXPECT_FALSE(parse_documents("a.yaml", nested(65)));
  const DocumentLimits three{.bytes = 100, .depth = 64, .nodes = 3, .alias_nodes = 1, .documents = 2};
  EXPECT_TRUE(parse_documents("a.yaml", "[1, 2]", three));
  EXPECT_FALSE(parse_documents("a.yaml", "[1, 2, 3]", three));
  EXPECT_TRUE(parse_documents("a.yaml", "[&x 1, *x]", three));
  EXPECT_FALSE(parse_documents("a.yaml", "[&x 1, *x, *x]", three));
  EXPECT_TRUE(parse_documents("a.yaml", "1\n---\n2", three));
  EXPECT_FALSE(parse_documents("a.yaml", "1\n---\n2\n---\n3", three));
}

}  // namespace
}  // namespace patchgate
