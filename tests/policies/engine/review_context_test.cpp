#include "policies/engine/review_context.h"

#include <gtest/gtest.h>

#include "policy_texts.h"

namespace patchgate {
namespace {

const std::string kHead(40, 'a');

TEST(ReviewContext, Counts) {
  struct Case {
    const char *text, *approvals, *owners;
  };
  for (
      const auto& [text, approvals, owners] : {
          Case{R"({"context": 1})", "unknown (the context file names no approvals)",
               "unknown (the context file names no approvals)"},
          Case{R"({"context": 1, "head": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "approvals": []})", "0",
               "unknown (the context file names no owners)"},
          Case{
              R"({"context": 1, "head": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "approvals": ["bo", "BO", "cy"], "owners": []})",
              "2", "0"},
          Case{
              R"({"context": 1, "head": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "approvals": ["bo", "cy"], "owners": ["Cy", "dee"]})",
              "2", "1"},
          Case{
              R"({"context": 1, "head": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "actor": "Bo", "approvals": ["bo", "cy"], "owners": ["bo"]})",
              "1", "0"},
          Case{
              R"({"context": 1, "head": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "approvals": ["ana@example.org", "cy"], "owners": ["ana@example.org"]})",
              "1", "0"},
          Case{R"({"context": 1, "approvals": ["bo"], "owners": ["bo"]})",
               "unknown (the context file does not name the commit that the approvals are for (head))",
               "unknown (the context file does not name the commit that the approvals are for (head))"},
          Case{
              R"({"context": 1, "head": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "approvals": ["bo"], "owners": ["bo"]})",
              "unknown (the approvals in the context file are for commit bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)",
              "unknown (the approvals in the context file are for commit bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)"},
      }) {
    std::vector<Error> errors;
    const auto context = read_review_context("c.json", text, errors);
    ASSERT_TRUE(context) << lines(errors);
    Facts facts;
    state_reviews(&*context, kHead, {"Ana@example.org"}, facts);
    EXPECT_EQ(to_string(facts.get("review.approvals.count").value), approvals) << text;
    EXPECT_EQ(to_string(facts.get("review.owners.count").value), owners) << text;
  }
  Facts facts;
  state_reviews(nullptr, kHead, {}, facts);
  EXPECT_EQ(to_string(facts.get("review.owners.count").value), "unknown (no context file was given)");
}

TEST(ReviewContext, IsReadStrictly) {
  for (const auto& [text, says] : {
           std::pair("[]", "c.json:1:1: the file must be an object in braces\n"),
           std::pair("{}", "c.json:1:1: this is not a context file: '\"context\": 1' is missing\n"),
           std::pair(R"({"context": 2})",
                     "c.json:1:13: this program reads version 1 of the format; 'context' must be 1\n"),
           std::pair(R"({"context": 1, "approvals": 2})", "c.json:1:29: 'approvals' must be a list\n"),
           std::pair(R"({"context": 1, "owners": [2]})",
                     "c.json:1:27: element 1 of 'owners' must be a text in quotes\n"),
           std::pair(R"({"context": 1, "head": "main"})",
                     "c.json:1:24: 'head' must be the full id of a commit, 40 hex digits\n"),
           std::pair(R"({"context": 1, "label": []})", "c.json:1:16: unknown key 'label'; did you mean 'labels'?\n"),
       }) {
    std::vector<Error> errors;
    EXPECT_FALSE(read_review_context("c.json", text, errors));
    EXPECT_EQ(lines(errors), says);
  }
}

}  // namespace
}  // namespace patchgate
