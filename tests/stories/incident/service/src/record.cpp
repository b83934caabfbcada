#include "crm/record.h"

#include "crm/text.h"

namespace crm {

Outcome sent() { return {true, false, ""}; }

Outcome rejected(std::string_view problem) { return {false, false, std::string(problem)}; }

Outcome outcome_of(const Response& response) {
  if (succeeded(response)) return sent();
  Outcome outcome = rejected(response.error.empty() ? "status " + std::to_string(response.status) : response.error);
  outcome.retry = should_retry(response);
  return outcome;
}

std::string describe(const Outcome& outcome) {
  if (outcome.sent) return "sent";
  return outcome.problem + (outcome.retry ? " (will be tried again)" : "");
}

void require_text(Problems& problems, std::string_view field, std::string_view value) {
  if (is_blank(value)) problems.push_back(std::string(field) + " is empty");
}

void require_length(Problems& problems, std::string_view field, std::string_view value, std::size_t most) {
  if (value.size() > most) problems.push_back(std::string(field) + " is longer than " + std::to_string(most));
}

void require_range(Problems& problems, std::string_view field, std::int64_t value, std::int64_t least,
                   std::int64_t most) {
  if (value < least || value > most) problems.push_back(std::string(field) + " is out of range");
}

std::string describe(const Problems& problems) { return join(problems, "; "); }

}  // namespace crm
