#include "policies/schema/facts_page.h"

#include "analyzers/model/facts_version.h"
#include "policies/engine/condition.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

std::string range_of(const FactDecl& decl) {
  if (decl.type == FactType::boolean) return "true, false";
  if (decl.type == FactType::choice) {
    std::vector<std::string> words(decl.choices.begin(), decl.choices.end());
    return join(words, decl.ordered ? " < " : ", ");
  }
  if (decl.minimum && decl.maximum) return to_string(Value{*decl.minimum}) + " to " + to_string(Value{*decl.maximum});
  return decl.minimum ? "from " + to_string(Value{*decl.minimum}) : "";
}

std::string operators_of(const FactDecl& decl) {
  std::vector<std::string> words;
  for (const auto op : operators_for(decl)) words.push_back(std::string("`") + name_of(op) + "`");
  return words.empty() ? "`every`, `some`" : join(words);
}

std::string row_of(const FactDecl& decl) {
  return "| `" + std::string(decl.name) + "` | " + name_of(decl.type) + " | " + range_of(decl) + " | " +
         std::string(decl.unit) + " | " + name_of(decl.trust) + " | " + std::string(decl.about) + " | " +
         operators_of(decl) + " |\n";
}

constexpr const char* kHead =
    "| name | type | range | unit | trust | what it is | operators |\n|---|---|---|---|---|---|---|\n";

std::string table(const std::vector<FactDecl>& decls) {
  std::string text = kHead;
  for (const auto& decl : decls) text += row_of(decl);
  return text;
}

}  // namespace

std::string facts_page() {
  std::string text =
      "# Facts\n"
      "All that a policy may ask for, with the name that it is asked by. This page is made from the program's own list "
      "(`analyzers/model/fact_catalogue.cpp`); the schema for editors "
      "(`policies/schema/policy.schema.json`) comes from the same list, and a test fails where either is behind. "
      "Version of the list, for `needs_facts`: " +
      std::to_string(kFactsVersion) + ".\n\n";
  text +=
      "- A fact is a value, or *unknown* with a reason. Unknown is never zero and never false: a rule that needs the "
      "fact is then unknown too, and takes its own level unless it says otherwise (`\"unknown\"`).\n"
      "- *trust*: `computed` from git objects and syntax trees; `ci` from the context that the runner hands over; "
      "`claimed` by what the author of the patch controls. A rule whose `when` an author can switch off by a claim is "
      "worth a warning.\n"
      "- A choice whose values are joined by `<` has an order: it takes `at_least` and `at_most`.\n\n";
  text += "## Facts about the patch\n" + table(fact_catalogue());
  text +=
      "\n## Fields of the rows of `symbols.touched`\n"
      "Named by `field` inside of `where` and `has`.\n\n" +
      table(touched_symbol_fields());
  return text;
}

}  // namespace patchgate
