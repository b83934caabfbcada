#include <gtest/gtest.h>

#include "policies/schema/facts_page.h"
#include "policies/schema/pack_page.h"
#include "policies/schema/policy_schema.h"
#include "tests/gate/reports/golden_file.h"
#include "tests/policies/packs/packs_for_tests.h"

namespace patchgate {
namespace {

TEST(Generated, SchemaForEditors) {
  EXPECT_TRUE(matches_golden("../policies/schema/policy.schema.json",
                             make_policy_schema(read_source("policies/schema/frame.json"))));
}

TEST(Generated, PageOfFacts) { EXPECT_TRUE(matches_golden("../docs/facts.md", facts_page())); }

class PackPage : public testing::TestWithParam<std::string> {};

TEST_P(PackPage, SaysWhatThePackAsksFor) {
  const auto& name = GetParam();
  const auto begin = name.find(':') + 1;
  const auto file = "../docs/packs/" + name.substr(begin, name.find('@') - begin) + ".md";
  EXPECT_TRUE(matches_golden(file, pack_page(name, load_pack(name))));
}

INSTANTIATE_TEST_SUITE_P(All, PackPage, testing::ValuesIn(pack_names()), [](const auto& test) {
  const auto begin = test.param.find(':') + 1;
  return test.param.substr(begin, test.param.find('@') - begin);
});

}  // namespace
}  // namespace patchgate
