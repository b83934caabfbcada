#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/date.h"
#include "crm/money.h"
#include "crm/record.h"

namespace crm {

struct Lead {
  std::int64_t id = 0;
  std::string company;
  std::string source;
  int employees = 0;
  Money expected;
  Date last_touch;
  bool budget_confirmed = false;
};

struct LeadChanges {
  std::optional<std::string> company;
  std::optional<std::string> source;
  std::optional<Money> expected;
  std::optional<std::int64_t> owner;
};

int size_points(const Lead& lead);
int source_points(const Lead& lead);
int freshness_points(const Lead& lead, const Date& today);
int lead_score(const Lead& lead, const Date& today);
const char* lead_grade(int score);
bool is_stale(const Lead& lead, const Date& today);
Money weighted_value(const Lead& lead, const Date& today);
std::vector<Lead> best_leads(std::vector<Lead> leads, const Date& today, std::size_t count);
std::string lead_title(const Lead& lead);
Problems check_lead(const Lead& lead);
json::Object lead_patch(const LeadChanges& changes);
bool has_changes(const LeadChanges& changes);
Outcome update_lead(HttpClient& client, std::int64_t id, const LeadChanges& changes);
Outcome convert_lead(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& customer);
Outcome drop_lead(HttpClient& client, std::int64_t id, const std::optional<std::string>& reason,
                  const std::optional<Date>& ask_again);

}  // namespace crm
