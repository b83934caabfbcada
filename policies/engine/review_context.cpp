#include "policies/engine/review_context.h"

#include <algorithm>
#include <set>

#include "policies/engine/document.h"
#include "policies/engine/near_miss.h"
#include "policies/engine/override.h"

namespace patchgate {

namespace {

constexpr const char* kApprovals = "review.approvals.count";
constexpr const char* kOwners = "review.owners.count";
constexpr std::size_t kIdDigits = 40;

/// A list of texts that may be empty: nobody approved.
std::vector<std::string> names(const JsonNode& node) {
  std::vector<std::string> texts;
  if (node.json().is_array() && node.json().empty()) return texts;
  for (const auto& element : node.list().value_or(std::vector<JsonNode>{}))
    if (auto text = element.text()) texts.push_back(std::move(*text));
  return texts;
}

ReviewContext read(const JsonNode& root) {
  ReviewContext context;
  if (!root.object()) return context;
  root.only({"$schema", "context", "head", "actor", "approvals", "owners", "labels", "target_ref"});
  if (!root.has("context")) {
    root.error("this is not a context file: '\"context\": 1' is missing");
  } else if (!root["context"].json().is_number_integer() || root["context"].json().get<std::int64_t>() != 1) {
    root["context"].error("this program reads version 1 of the format; 'context' must be 1");
  }
  const auto text = [&](const char* key, std::string& into) {
    if (root.has(key)) into = root[key].text().value_or("");
  };
  text("head", context.head);
  text("actor", context.actor);
  text("target_ref", context.target);
  if (!context.head.empty() &&
      (context.head.size() != kIdDigits || context.head.find_first_not_of("0123456789abcdef") != std::string::npos))
    root["head"].error("'head' must be the full id of a commit, 40 hex digits");
  if (root.has("approvals")) context.approvals = names(root["approvals"]);
  if (root.has("owners")) context.owners = names(root["owners"]);
  if (root.has("labels")) context.labels = names(root["labels"]);
  return context;
}

}  // namespace

std::optional<ReviewContext> read_review_context(const std::string& file, std::string_view text,
                                                 std::vector<Error>& errors) {
  const auto before = errors.size();
  const auto document = read_document(file, text, errors);
  if (!document) return std::nullopt;
  auto context = read(JsonNode(*document, errors));
  std::stable_sort(errors.begin() + static_cast<std::ptrdiff_t>(before), errors.end(),
                   [](const Error& a, const Error& b) { return a.at < b.at; });
  return errors.size() == before ? std::optional(std::move(context)) : std::nullopt;
}

void state_reviews(const ReviewContext* context, const std::string& head, const std::vector<std::string>& makers,
                   Facts& facts) {
  const auto both_unknown = [&](const std::string& why) {
    facts.set(kApprovals, Unknown{why});
    facts.set(kOwners, Unknown{why});
  };
  if (context == nullptr) return both_unknown("no context file was given");
  if (!context->approvals) return both_unknown("the context file names no approvals");
  if (context->head.empty())
    return both_unknown("the context file does not name the commit that the approvals are for (head)");
  if (context->head != head) return both_unknown("the approvals in the context file are for commit " + context->head);
  const auto own = [&](const std::string& name) {
    return (!context->actor.empty() && same_person(name, context->actor)) ||
           std::any_of(makers.begin(), makers.end(), [&](const auto& maker) { return same_person(name, maker); });
  };
  std::vector<std::string> people;
  for (const auto& name : *context->approvals) {
    const bool counted =
        std::any_of(people.begin(), people.end(), [&](const auto& other) { return same_person(name, other); });
    if (!counted && !own(name)) people.push_back(name);
  }
  facts.set(kApprovals, static_cast<std::int64_t>(people.size()));
  if (!context->owners) return facts.set(kOwners, Unknown{"the context file names no owners"});
  const auto owners = std::count_if(people.begin(), people.end(), [&](const auto& name) {
    return std::any_of(context->owners->begin(), context->owners->end(),
                       [&](const auto& owner) { return same_person(name, owner); });
  });
  facts.set(kOwners, static_cast<std::int64_t>(owners));
}

}  // namespace patchgate
