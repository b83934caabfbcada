#include "policies/engine/fix.h"

#include <algorithm>

#include "policies/engine/judge.h"
#include "policies/engine/load_condition.h"
#include "policies/engine/near_miss.h"
#include "policies/engine/placeholders.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostDetails = 5;
constexpr std::size_t kLongestDetail = 300;
constexpr const char* kDetails = "details";

std::optional<Fix> read_fix(const JsonNode& node) {
  if (!node.object()) return std::nullopt;
  node.only({"when", "text"});
  if (!node.has("text")) return node.error("this fix has no 'text'"), std::nullopt;
  Fix fix;
  if (node.has("when")) {
    fix.when = read_condition(node["when"]);
    if (!fix.when) return std::nullopt;
  }
  const auto text = node["text"].text();
  if (!text) return std::nullopt;
  fix.text = *text;
  for (const auto& name : placeholders_in(fix.text)) {
    if (name == kDetails && fix.when) continue;
    node["text"].error(name == kDetails ? "{details} needs a 'when' that says of which facts"
                                        : "no placeholder " + in_quotes("{" + name + "}") + "; there is {details}");
    return std::nullopt;
  }
  return fix;
}

void collect_details(const Condition& condition, const Facts& facts, std::vector<std::string>& details) {
  for (const auto& child : condition.children) collect_details(child, facts, details);
  if (condition.kind != Condition::Kind::leaf) return;
  for (const auto& detail : facts.get(condition.fact->name).details) {
    if (std::find(details.begin(), details.end(), detail) == details.end()) details.push_back(detail);
  }
}

std::string some_of(const std::vector<std::string>& details) {
  std::vector<std::string> shown;
  for (const auto& detail : details) {
    if (shown.size() == kMostDetails) break;
    shown.push_back(one_line(detail, kLongestDetail));
  }
  const auto more = details.size() - shown.size();
  return join(shown) + (more == 0 ? "" : " and " + std::to_string(more) + " more");
}

}  // namespace

std::optional<std::vector<Fix>> read_fixes(const JsonNode& node) {
  if (!node.json().is_array()) {
    const auto text = node.text();
    if (!text) return std::nullopt;
    return std::vector<Fix>{{std::nullopt, *text}};
  }
  const auto elements = node.list();
  if (!elements) return std::nullopt;
  std::vector<Fix> fixes;
  for (const auto& element : *elements) {
    if (auto fix = read_fix(element)) fixes.push_back(std::move(*fix));
  }
  return fixes.size() == elements->size() ? std::optional(std::move(fixes)) : std::nullopt;
}

std::vector<std::string> advice(const std::vector<Fix>& fixes, const Facts& facts) {
  std::vector<std::string> lines;
  for (const auto& fix : fixes) {
    if (!fix.when) {
      lines.push_back(fix.text);
      continue;
    }
    if (judge(*fix.when, facts, Voice::when).truth != Truth::yes) continue;
    std::vector<std::string> details;
    collect_details(*fix.when, facts, details);
    lines.push_back(fill(fix.text, {{kDetails, details.empty() ? "what could not be read" : some_of(details)}}));
  }
  return lines;
}

}  // namespace patchgate
