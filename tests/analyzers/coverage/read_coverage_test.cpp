#include "analyzers/coverage/read_coverage.h"

#include <gtest/gtest.h>

#include "tests/analyzers/coverage/coverage_text.h"

namespace patchgate {
namespace {

std::string read(const std::string& text) { return test::read_text(text, {"src/a.cpp", "b.cpp"}, {"src/a.cpp"}); }

struct Case {
  const char* name;
  std::string text;
  std::string expected;
};

std::string cobertura(const std::string& lines, const std::string& sources = "") {
  return "<?xml version='1.0'?>\n<coverage>" + sources +
         "<packages><package><classes>\n<class filename='src/a.cpp'><methods/><lines>\n" + lines +
         "</lines></class></classes></package></packages></coverage>";
}

std::string gcov(const std::string& line) {
  return R"({"format_version": "1", "gcc_version": "12.2.0", "current_working_directory": "/w/build",
 "files": [{"file": "../src/a.cpp", "functions": [], "lines": [)" +
         line + "]}]}";
}

std::string llvm(const std::string& segments) {
  return R"({"type": "llvm.coverage.json.export", "version": "2.0.1", "data": [{"files": [{"filename": "/w/src/a.cpp",
 "segments": [)" +
         segments + "]}]}]}";
}

TEST(ReadCoverage, Cases) {
  const std::string neither = "cov:1: is neither lcov, Cobertura XML, gcov JSON nor llvm-cov JSON";
  const Case cases[] = {
      {"empty", "", "cov:1: is empty"},
      {"text", "hello\n", neither},
      {"other XML", "<html></html>", neither},
      {"other JSON", "{\"a\": 1}", neither},
      {"compressed", "\x1f\x8b\x08", "cov:1: is compressed\n  hint: unpack it: gunzip -k FILE"},

      {"Cobertura", cobertura("<line number='3' hits='2' branch='true' condition-coverage='50% (1/2)'/>"),
       "Cobertura\nsrc/a.cpp: 3*2(1/2)\n"},
      {"a negative count", cobertura("<line number='3' hits='-2'/>"), "cov:4: a <line> without hits from 0 to 2^64-1"},
      {"no number", cobertura("<line hits='2'/>"), "cov:4: a <line> without a number"},
      {"more branches taken than there are",
       cobertura("<line number='3' hits='2' branch='true' condition-coverage='x (3/2)'/>"),
       "cov:4: condition-coverage is not like \"50% (1/2)\""},
      {"cut off", cobertura("<line number='3' hits='2'/>").substr(0, 100),
       "cov:3: is no well-formed XML: Could not determine tag type"},
      {"an entity bomb is not expanded",
       "<?xml version='1.0'?><!DOCTYPE coverage [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
       "<coverage><packages><package><classes><class filename='&b;'><lines/></class></classes></package></packages>"
       "</coverage>",
       "Cobertura\n"},

      {"gcov", gcov(R"({"line_number": 3, "count": 2, "branches": [{"count": 1, "throw": false},
 {"count": 0, "throw": false}, {"count": 0, "throw": true}]})"),
       "gcov JSON\nsrc/a.cpp: 3*2(1/2)\n"},
      {"a negative count of gcov", gcov(R"({"line_number": 3, "count": -2})"),
       "cov:1: ../src/a.cpp:3: a count from 0 to 2^64-1 is missing"},
      {"2^64", gcov(R"({"line_number": 3,
 "count": 18446744073709551616})"),
       "cov:3: the integer 18446744073709551616 does not fit into 64 bits"},
      {"a key given twice", gcov(R"({"line_number": 3, "line_number": 4, "count": 2})"),
       "cov:2: the key 'line_number' is given twice"},
      {"two documents", gcov(R"({"line_number": 3, "count": 2})") + "\n" + gcov(R"({"line_number": 3, "count": 5})"),
       "gcov JSON\nsrc/a.cpp: 3*7\n"},
      {"the second of two is damaged", gcov("") + "\n" + "{\"files\": 1}", "cov:3: gcov's JSON without a list 'files'"},

      {"llvm-cov", llvm("[3,1,5,true,true,false],[4,9,0,true,true,false],[6,2,0,false,false,false]"),
       "llvm-cov JSON\nsrc/a.cpp: 3*5 4*5 5*0 6*0\n"},
      {"llvm-cov without segments", llvm("").replace(llvm("").find("segments"), 8, "nothings"),
       "cov: /w/src/a.cpp: without 'segments'; export without --summary-only"},
      {"segments that go back", llvm("[3,1,5,true,true,false],[2,9,0,true,true,false]"),
       "cov: /w/src/a.cpp: segments out of order"},
      {"segments that end far away", llvm("[3,1,5,true,true,false],[4294967290,9,0,false,false,false]"),
       "cov: says more about the changed files than is kept"},
  };
  for (const auto& one : cases) EXPECT_EQ(read(one.text), one.expected) << one.name;
}

TEST(ReadCoverage, NestedJsonEnds) {
  const std::string open = R"({"gcc_version": )";
  EXPECT_EQ(read(open + std::string(1'000'000, '[')), "cov:1: is nested deeper than 64");
  EXPECT_EQ(read(open + std::string(65, '[') + std::string(65, ']') + "}"), "cov:1: is nested deeper than 64");
}

TEST(ReadCoverage, NestedXmlEnds) {
  std::string text = "<coverage>";
  for (int i = 0; i < 300; ++i) text += "<a>";
  for (int i = 0; i < 300; ++i) text += "</a>";
  EXPECT_EQ(read(text + "</coverage>"), "cov:1: is nested deeper than 256");
}

}  // namespace
}  // namespace patchgate
