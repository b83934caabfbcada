#include <gtest/gtest.h>

#include "analyzers/model/patch.h"
#include "analyzers/model/symbol.h"
#include "analyzers/model/touched.h"

namespace patchgate {
namespace {

template <class Enum>
std::string names(int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += std::string(i == 0 ? "" : " ") + name_of(static_cast<Enum>(i));
  return all;
}

TEST(Names, AreTheWordsOfTheReports) {
  EXPECT_EQ(names<SymbolKind>(kSymbolKinds),
            "function method constructor destructor operator lambda macro type field variable enumerator");
  EXPECT_EQ(names<EdgeKind>(kEdgeKinds),
            "call construct destruct virtual override address indirect macro read write type include");
  EXPECT_EQ(names<Confidence>(kConfidences), "exact possible name");
  EXPECT_EQ(names<Side>(3), "both base head");
  EXPECT_EQ(names<ChangeKind>(6), "body signature added removed value layout");
  EXPECT_EQ(names<FileStatus>(8), "added deleted modified renamed copied mode_changed type_changed submodule");
  EXPECT_EQ(names<FileClass>(7), "source test build config migration gate other");
}

TEST(Names, CallableKindsHaveABodyThatRuns) {
  std::string callable;
  for (int i = 0; i < kSymbolKinds; ++i) {
    if (is_callable(static_cast<SymbolKind>(i))) callable += std::string(name_of(static_cast<SymbolKind>(i))) + " ";
  }
  EXPECT_EQ(callable, "function method constructor destructor operator lambda ");
}

}  // namespace
}  // namespace patchgate
