#include "analyzers/sql/scan.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

/// Each statement as PostgreSQL gets it, one a line.
std::string split(const std::string& text) {
  const auto words = sql_words(text);
  std::string result;
  for (const SqlStretch& stretch : sql_statements(text, words))
    result += (result.empty() ? "" : "\n") + for_postgresql(text, words, stretch);
  return result;
}

struct ScanCase {
  const char* name;
  std::string text;
  const char* expected;
};

class Scan : public testing::TestWithParam<ScanCase> {};

TEST_P(Scan, Splits) { EXPECT_EQ(split(GetParam().text), GetParam().expected); }

const ScanCase kScans[] = {
    {"Two", "a; b;", "a\nb"},
    {"EmptyOnes", ";; -- nothing\n ; a", "a"},
    {"Quotes", "a ';' \";\" `;`; b", "a ';' \";\" \";\"\nb"},
    {"DoubledQuotes", "a 'it''s;'; b", "a 'it''s;'\nb"},
    {"Escapes", "a E'it\\'s;'; b", "a E'it\\'s;'\nb"},
    {"DollarQuotes", "a $$;$$ $t$;$$;$t$; b", "a $$;$$ $t$;$$;$t$\nb"},
    {"Comments", "a /* ; /* ; */ ; */ b -- ;\n; c", "a b\nc"},
    {"MySqlComment", "# a; b\nc", "c"},
    {"Delimiter", "DELIMITER //\nCREATE a BEGIN b; END//\nDELIMITER ;\nc; d", "CREATE a BEGIN b; END\nc\nd"},
    {"Go", "a b\nGO\nc go d", "a b\nc go d"},
    {"TriggerBody", "CREATE TRIGGER a BEGIN DELETE b; SELECT CASE c END; END; d",
     "CREATE TRIGGER a BEGIN DELETE b; SELECT CASE c END; END\nd"},
    {"Transaction", "BEGIN; a; END; b", "BEGIN\na\nEND\nb"},
    {"CopiedData", "COPY t FROM stdin;\n1\tDROP TABLE x;\n\\.\na", "COPY t FROM stdin\na"},
    {"CommandOfPsql", "\\connect db;\na", "a"},
    {"Holes", "? ?1 :a @b %s %-3.2lld %1 {} {0} ${a} #{b} {{ c }}",
     "put_in put_in put_in put_in put_in put_in put_in put_in put_in put_in put_in put_in"},
    {"HoleOfCode", std::string("t_") + kHole + "_x", "t_put_in_x"},
    {"NoHoles", "a::b a[1:2] a % b c->>'d' e ?| f", "a::b a[1:2] a % b c->>'d' e ?| f"},
    {"PythonName", "%(id)s", "put_in"},
    {"Backticks", "`a` `b\"c`", "\"a\" \"b\"\"c\""},
    {"OutOfDateWord", "CREATE GLOBAL TEMP TABLE a", "CREATE TEMP TABLE a"},
    {"NoUtf8", "a \xff 'b\xc3' \"\xfe\"", "a ? 'b?' \"?\""},
    {"Utf8", "\"gr\xc3\xb6\xc3\x9f\x65\" `\xc3\xb6`", "\"gr\xc3\xb6\xc3\x9f\x65\" \"\xc3\xb6\""},
};

INSTANTIATE_TEST_SUITE_P(Sql, Scan, testing::ValuesIn(kScans),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace patchgate
