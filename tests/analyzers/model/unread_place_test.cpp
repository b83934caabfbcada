#include "analyzers/model/unread_place.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(UnreadPlace, LinesForAPerson) {
  const std::pair<UnreadPlace, const char*> cases[] = {
      {{{"a.cpp", 0, 0}, "", UnreadCause::content}, "a.cpp"},
      {{{"a.cpp", 3, 0}, "", UnreadCause::failed}, "a.cpp:3"},
      {{{"a.cpp", 3, 0}, "", UnreadCause::inactive, 3}, "a.cpp:3"},
      {{{"a.cpp", 3, 0}, "", UnreadCause::inactive, 9}, "a.cpp:3-9"},
      {{{"a.cpp", 3, 0}, "", UnreadCause::inactive, 9, true}, "a.cpp:3-9 of the base"},
      {{{"a.cpp", 0, 0}, "", UnreadCause::content, 9}, "a.cpp"},
  };
  for (const auto& [place, text] : cases) EXPECT_EQ(lines_of(place), text);
}

TEST(UnreadPlace, NamesOfCausesAreTheWordsOfTheFacts) {
  std::string names;
  for (const auto cause : kUnreadCauses) names += std::string(name_of(cause)) + " ";
  EXPECT_EQ(names, "content database no_command failed inactive budget ");
}

}  // namespace
}  // namespace patchgate
