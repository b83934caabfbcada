#include "gate/explain/columns.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(Columns, AreAsWideAsTheirWidestCell) {
  Columns rows(2);
  EXPECT_TRUE(rows.empty());
  EXPECT_EQ(rows.text(), "");
  rows.add({"a", "bb", "c"});
  rows.add({"größer", "b"});
  rows.add({std::string(70, 'x'), "b", "c"});
  EXPECT_EQ(rows.text(), "  a" + std::string(57, ' ') + "bb  c\n" + "  größer" + std::string(52, ' ') + "b\n" + "  " +
                             std::string(70, 'x') + "  b   c\n");
}

}  // namespace
}  // namespace patchgate
