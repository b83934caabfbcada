#include "analyzers/graph/export.h"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "analyzers/graph/printable.h"
#include "graph_text.h"
#include "random_graph.h"

namespace patchgate {
namespace {

const char* const kFacts = R"(
    == src/a.c
    + fn main 12-20
    + static fn go 3
    ? fn puts
    ? fn util include/util.h:4
    ? macro CHECK include/util.h:1
    main > go call 13
    main > puts call 14
    main > util call~ 15
    main > util address 16
    go > CHECK macro 3
    include include/util.h
    == include/util.h
    + macro CHECK 1
    == src/b.c
    + fn util 9
    include include/util.h)";

constexpr const char* kHeader =
    "caller\tcaller_file\tcaller_line\tcallee\tcallee_file\tcallee_line\tkind\tconfidence\n";

std::string edges(const Graph& graph, const EdgeFilter& filter = {}, TableFormat format = TableFormat::tsv) {
  std::string text;
  export_edges(graph, filter, format, [&](std::string_view piece) { text += piece; });
  return text;
}

EdgeFilter filter(std::string_view kinds, std::string_view confidences) {
  return parse_edge_filter(kinds, confidences).value();
}

TEST(Export, EdgesAsTsv) {
  EXPECT_EQ(edges(graph_of(kFacts)), std::string(kHeader) +
                                         "go\tsrc/a.c\t3\tCHECK\tinclude/util.h\t1\tmacro\texact\n"
                                         "main\tsrc/a.c\t12\tgo\tsrc/a.c\t3\tcall\texact\n"
                                         "main\tsrc/a.c\t12\tputs\t\t0\tcall\texact\n"
                                         "main\tsrc/a.c\t12\tutil\tsrc/b.c\t9\taddress\texact\n"
                                         "main\tsrc/a.c\t12\tutil\tsrc/b.c\t9\tcall\tpossible\n"
                                         "src/a.c\tsrc/a.c\t0\tinclude/util.h\tinclude/util.h\t0\tinclude\texact\n"
                                         "src/b.c\tsrc/b.c\t0\tinclude/util.h\tinclude/util.h\t0\tinclude\texact\n");
}

TEST(Export, RulesAndLinesWhereTheyAreWanted) {
  EdgeFilter wanted = filter("indirect,call,include", "");
  wanted.rules = true;
  const Graph graph = graph_of(R"(
      == a.c
      + fn run 1
      + fn by_type 5
      run > by_type call= 2
      run *> (int) 4
      &by_type (int)
      include b.h)");
  EXPECT_EQ(edges(graph, wanted),
            "caller\tcaller_file\tcaller_line\tcallee\tcallee_file\tcallee_line\tkind\tconfidence\trule\tline\n"
            "a.c\ta.c\t0\tb.h\tb.h\t0\tinclude\texact\tsyntax\t0\n"
            "run\ta.c\t1\tby_type\ta.c\t5\tcall\tname\tname\t2\n"
            "run\ta.c\t1\tby_type\ta.c\t5\tindirect\tpossible\ttype\t4\n");
}

TEST(Export, OnlyWhatIsWanted) {
  const Graph graph = graph_of(kFacts);
  struct Case {
    const char* kinds;
    const char* confidences;
    int rows;
  };
  const Case cases[] = {{"", "", 7},
                        {"call", "", 3},
                        {"call,macro", "", 4},
                        {"", "exact", 6},
                        {"call", "exact", 2},
                        {"call", "possible", 1},
                        {"include", "possible", 0},
                        {"include", "", 2},
                        {"virtual", "", 0},
                        {"call,call", "name,exact", 2}};
  for (const auto& c : cases) {
    const std::string text = edges(graph, filter(c.kinds, c.confidences));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), c.rows + 1) << c.kinds << " " << c.confidences;
  }
}

TEST(Export, AWordThatIsNoneIsRefused) {
  struct Case {
    const char* kinds;
    const char* confidences;
    const char* expected;
  };
  const char* const kinds =
      "known are call, construct, destruct, virtual, override, address, indirect, macro, read, write, type, include";
  const char* const confidences = "known are exact, possible, name";
  const Case cases[] = {{"calls", "", "'calls' is no kind of edges"},
                        {"call,", "", "'' is no kind of edges"},
                        {",", "", "'' is no kind of edges"},
                        {"CALL", "", "'CALL' is no kind of edges"},
                        {"a\x1b[2J", "", "'a\\u001b[2J' is no kind of edges"},
                        {"call", "sure", "'sure' is no confidence of edges"}};
  for (const auto& c : cases) {
    const auto result = parse_edge_filter(c.kinds, c.confidences);
    ASSERT_FALSE(result) << c.kinds;
    EXPECT_EQ(result.error().kind, Error::Kind::usage);
    EXPECT_EQ(result.error().message, c.expected);
    EXPECT_EQ(result.error().hint, std::string(c.kinds) == "call" ? confidences : kinds);
  }
}

TEST(Export, EdgesAsJson) {
  EXPECT_EQ(edges(graph_of(kFacts), filter("call", "possible"), TableFormat::json),
            "[\n"
            R"({"caller": "main", "caller_file": "src/a.c", "caller_line": 12, "callee": "util", )"
            R"("callee_file": "src/b.c", "callee_line": 9, "kind": "call", "confidence": "possible"})"
            "\n]\n");
  EXPECT_EQ(edges(Graph(), {}, TableFormat::json), "[]\n");
  EXPECT_EQ(edges(Graph()), kHeader);
}

TEST(Export, CallersAndCallees) {
  const Graph graph = graph_of(kFacts);
  std::string text;
  const auto out = [&](std::string_view piece) { text += piece; };
  const NodeId util[] = {named(graph, "util"), named(graph, "util")};
  export_callers(graph, util, {}, TableFormat::tsv, out);
  EXPECT_EQ(text, std::string(kHeader) +
                      "main\tsrc/a.c\t12\tutil\tsrc/b.c\t9\taddress\texact\n"
                      "main\tsrc/a.c\t12\tutil\tsrc/b.c\t9\tcall\tpossible\n");
  text.clear();
  const NodeId both[] = {named(graph, "main"), named(graph, "go")};
  export_callees(graph, both, filter("call,macro", "exact"), TableFormat::tsv, out);
  EXPECT_EQ(text, std::string(kHeader) +
                      "go\tsrc/a.c\t3\tCHECK\tinclude/util.h\t1\tmacro\texact\n"
                      "main\tsrc/a.c\t12\tgo\tsrc/a.c\t3\tcall\texact\n"
                      "main\tsrc/a.c\t12\tputs\t\t0\tcall\texact\n");
}

TEST(Export, LinesAreSortedAsText) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    std::istringstream lines(edges(random_graph(seed, 300, 900)));
    std::string line, last;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
      EXPECT_LE(last, line);
      last = line;
    }
  }
}

TEST(Export, HostileNamesStayInTheirCell) {
  FileFacts facts;
  facts.path = "a\tb\n.c";
  facts.symbols.resize(2);
  facts.symbols[0].name = "f\t\n\x1b]0;\xff\\\xe2\x80\xae";
  facts.symbols[0].file = facts.path;
  facts.symbols[0].usr = 1;
  facts.symbols[0].flags = UnitSymbol::defined;
  facts.symbols[1].name = "gr\xc3\xbc\xc3\x9f";
  facts.symbols[1].usr = 2;
  facts.edges = {{0, 1, EdgeKind::call, Confidence::exact, 1}};
  GraphBuilder builder;
  builder.add(facts);
  const Graph graph = std::move(builder).build();
  EXPECT_EQ(edges(graph),
            std::string(kHeader) +
                "f\\t\\n\\u001b]0;\\xff\\\\\\u202e\ta\\tb\\n.c\t0\tgr\xc3\xbc\xc3\x9f\t\t0\tcall\texact\n");
  const auto json = edges(graph, {}, TableFormat::json);
  EXPECT_NE(json.find(R"("caller": "f\t\n\u001b]0;\\xff\\\u202e", "caller_file": "a\tb\n.c")"), std::string::npos)
      << json;
}

TEST(Export, TopFanIn) {
  const Graph graph = graph_of(R"(
      == a.c
      + fn a 1
      + fn b 2
      + fn c 3
      + method m 4
      + fn d 5
      ? fn puts
      a > b call 1
      b > c call 2
      a > m call 1
      d > c call~ 5
      c > puts call 3)");
  const FanInRanks ranks(graph);
  std::string text;
  const auto out = [&](std::string_view piece) { text += piece; };
  export_fan_in(graph, ranks, {FanInOrder::transitive, 4, {}, false}, TableFormat::tsv, out);
  EXPECT_EQ(text,
            "rank\tname\tkind\tfile\tline\tdirect_lower\tdirect_upper\ttransitive_lower\ttransitive_upper\tpercentile\n"
            "1\tc\tfunction\ta.c\t3\t1\t2\t2\t3\t75\n"
            "2\tb\tfunction\ta.c\t2\t1\t1\t1\t1\t50\n"
            "2\tm\tmethod\ta.c\t4\t1\t1\t1\t1\t0\n"
            "4\ta\tfunction\ta.c\t1\t0\t0\t0\t0\t0\n");
  text.clear();
  export_fan_in(graph, ranks, {FanInOrder::transitive, 1, {}, false}, TableFormat::json, out);
  EXPECT_EQ(text,
            "[\n"
            R"({"rank": 1, "name": "c", "kind": "function", "file": "a.c", "line": 3, "direct_lower": 1, )"
            R"("direct_upper": 2, "transitive_lower": 2, "transitive_upper": 3, "percentile": 75})"
            "\n]\n");
  text.clear();
  export_fan_in(graph, ranks, {FanInOrder::direct, 3, {}, false}, TableFormat::tsv, out);
  EXPECT_EQ(text,
            "rank\tname\tkind\tfile\tline\tdirect_lower\tdirect_upper\ttransitive_lower\ttransitive_upper\tpercentile\n"
            "1\tc\tfunction\ta.c\t3\t1\t2\t2\t3\t75\n"
            "1\tb\tfunction\ta.c\t2\t1\t1\t1\t1\t50\n"
            "1\tm\tmethod\ta.c\t4\t1\t1\t1\t1\t0\n");
  text.clear();
  export_fan_in(graph, ranks, {FanInOrder::transitive, 1000, {}, false}, TableFormat::tsv, out);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 6);
}

TEST(Export, PercentilesAreCutOffAndNeverRoundedUp) {
  // A chain of 295 functions, each called by the next one.
  std::string story = "== a.c\n";
  for (int i = 0; i < 295; ++i) story += "+ fn f" + std::to_string(i) + " " + std::to_string(i + 1) + "\n";
  for (int i = 1; i < 295; ++i) story += "f" + std::to_string(i) + " > f" + std::to_string(i - 1) + " call 1\n";
  const Graph graph = graph_of(story);
  const FanInRanks ranks(graph);
  const auto last_cell = [&](std::size_t top, TableFormat format) {
    std::string text;
    export_fan_in(graph, ranks, {FanInOrder::transitive, top, {}, false}, format,
                  [&](std::string_view piece) { text += piece; });
    text.erase(text.find_last_not_of("]\n}") + 1);
    return text.substr(text.find_last_of("\t ") + 1);
  };
  EXPECT_EQ(last_cell(1, TableFormat::tsv), "99.66") << "294 of 295 = 99.66101…";
  EXPECT_EQ(last_cell(1, TableFormat::json), "99.661");
  EXPECT_EQ(last_cell(3, TableFormat::tsv), "98.98") << "292 of 295 = 98.98305…";
  EXPECT_EQ(last_cell(3, TableFormat::json), "98.983");
  EXPECT_EQ(last_cell(4, TableFormat::tsv), "98.64") << "291 of 295 = 98.64406…";
  EXPECT_EQ(last_cell(10, TableFormat::tsv), "96.61") << "285 of 295 = 96.61016…";
  EXPECT_EQ(last_cell(5, TableFormat::tsv), "98.3") << "290 of 295 = 98.30508…";
  EXPECT_EQ(last_cell(2, TableFormat::json), "99.322") << "293 of 295 = 99.32203…";
}

TEST(Export, FanInOfSomeSymbols) {
  const Graph graph = graph_of(R"(
    == src/a.c
    + fn low 1
    + type box 2
    + fn user 3
    ? fn lua_low deps/lua/lua.c:1
    user > low call 3
    user > box type 3
    user > lua_low call 3
    == deps/lua/lua.c
    + fn lua_low 1
    + fn lua_user 2
    lua_user > lua_low call 2)");
  const FanInRanks ranks(graph);
  const auto names = [&](FanInWanted wanted, std::size_t left_out) {
    std::string text, found;
    const auto skipped =
        export_fan_in(graph, ranks, wanted, TableFormat::tsv, [&](std::string_view piece) { text += piece; });
    EXPECT_EQ(skipped, left_out);
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
      const auto name = line.find('\t') + 1;
      found += line.substr(0, line.find('\t', name)) + "\n";
    }
    return found;
  };
  EXPECT_EQ(names({FanInOrder::direct, 9, {}, false}, 2), "1\tbox\n1\tlow\n3\tuser\n");
  EXPECT_EQ(names({FanInOrder::direct, 9, {}, true}, 0), "1\tlua_low\n2\tbox\n2\tlow\n4\tlua_user\n4\tuser\n");
  EXPECT_EQ(names({FanInOrder::direct, 9, {SymbolKind::type}, false}, 0), "1\tbox\n");
  EXPECT_EQ(names({FanInOrder::direct, 1, {SymbolKind::function}, false}, 2), "1\tlow\n");
}

TEST(Printable, EscapesWhatIsNotSeen) {
  struct Case {
    std::string_view text;
    const char* printed;
    const char* json;
  };
  const Case cases[] = {
      {"plain name<int>", "plain name<int>", "\"plain name<int>\""},
      {"", "", "\"\""},
      {std::string_view("a\0b", 3), "a\\u0000b", "\"a\\u0000b\""},
      {"\"q\"", "\"q\"", "\"\\\"q\\\"\""},
      {"back\\slash", "back\\\\slash", "\"back\\\\slash\""},
      {"\r\n\t", "\\r\\n\\t", "\"\\r\\n\\t\""},
      {"\x7f", "\\u007f", "\"\\u007f\""},
      {"\xc2\x9b", "\\u009b", "\"\\u009b\""},                     // C1: CSI
      {"\x9b", "\\x9b", "\"\\\\x9b\""},                           // the same as a bare byte
      {"\xe2\x80\x8b", "\\u200b", "\"\\u200b\""},                 // zero width space
      {"\xcd\x8f", "\\u034f", "\"\\u034f\""},                     // combining grapheme joiner
      {"\xe3\x85\xa4", "\\u3164", "\"\\u3164\""},                 // Hangul filler
      {"\xe2\x81\xa6", "\\u2066", "\"\\u2066\""},                 // left-to-right isolate
      {"\xe2\x80\xa8", "\\u2028", "\"\\u2028\""},                 // line separator
      {"\xf3\xa0\x80\x81", "\\U000e0001", "\"\\udb40\\udc01\""},  // language tag
      {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\""},
      {"\xc0\xaf", "\\xc0\\xaf", "\"\\\\xc0\\\\xaf\""},  // overlong
      {"\xe0\x80\xaf", "\\xe0\\x80\\xaf", "\"\\\\xe0\\\\x80\\\\xaf\""},
      {"\xed\xa0\x80", "\\xed\\xa0\\x80", "\"\\\\xed\\\\xa0\\\\x80\""},  // surrogate
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80", "\"\\\\xf4\\\\x90\\\\x80\\\\x80\""},
      {"\xe2\x80", "\\xe2\\x80", "\"\\\\xe2\\\\x80\""},  // cut off
  };
  for (const auto& c : cases) {
    EXPECT_EQ(printable(c.text), c.printed);
    EXPECT_EQ(json_string(c.text), c.json);
  }
}

}  // namespace
}  // namespace patchgate
