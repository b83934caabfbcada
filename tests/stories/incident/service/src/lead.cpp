#include "crm/lead.h"

#include <algorithm>

#include "crm/fields.h"
#include "crm/text.h"

namespace crm {

int size_points(const Lead& lead) {
  if (lead.employees >= 250) return 30;
  return lead.employees >= 50 ? 20 : 10;
}

int source_points(const Lead& lead) {
  const std::string source = to_lower(lead.source);
  if (source == "referral") return 30;
  if (source == "fair") return 20;
  return contains(source, "web") ? 10 : 5;
}

int freshness_points(const Lead& lead, const Date& today) {
  const long days = days_between(lead.last_touch, today);
  if (days <= 7) return 30;
  return days <= 30 ? 15 : 0;
}

int lead_score(const Lead& lead, const Date& today) {
  return size_points(lead) + source_points(lead) + freshness_points(lead, today) + (lead.budget_confirmed ? 10 : 0);
}

const char* lead_grade(int score) {
  if (score >= 80) return "A";
  if (score >= 60) return "B";
  return score >= 40 ? "C" : "D";
}

bool is_stale(const Lead& lead, const Date& today) { return days_between(lead.last_touch, today) > 90; }

Money weighted_value(const Lead& lead, const Date& today) { return percent_of(lead.expected, lead_score(lead, today)); }

std::vector<Lead> best_leads(std::vector<Lead> leads, const Date& today, std::size_t count) {
  std::sort(leads.begin(), leads.end(), [&today](const Lead& a, const Lead& b) {
    const std::int64_t first = weighted_value(a, today).cents, second = weighted_value(b, today).cents;
    return first != second ? first > second : a.id < b.id;
  });
  if (leads.size() > count) leads.resize(count);
  return leads;
}

std::string lead_title(const Lead& lead) { return lead.company + ", " + format_money(lead.expected); }

Problems check_lead(const Lead& lead) {
  Problems problems;
  require_text(problems, "company", lead.company);
  require_range(problems, "employees", lead.employees, 0, 5000000);
  return problems;
}

json::Object lead_patch(const LeadChanges& changes) {
  json::Object body;
  encode_field(body, "company", changes.company);
  encode_field(body, "source", changes.source);
  encode_money(body, "expected", changes.expected);
  encode_reference(body, "owner", changes.owner);
  return body;
}

bool has_changes(const LeadChanges& changes) { return !lead_patch(changes).empty(); }

Outcome update_lead(HttpClient& client, std::int64_t id, const LeadChanges& changes) {
  if (!has_changes(changes)) return rejected("nothing to change");
  const json::Object body = lead_patch(changes);
  return outcome_of(client.patch(record_path("leads", id), body));
}

Outcome convert_lead(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& customer) {
  json::Object body;
  body.set("converted", true);
  encode_reference(body, "customer", customer);
  return outcome_of(client.patch(record_path("leads", id), body));
}

Outcome drop_lead(HttpClient& client, std::int64_t id, const std::optional<std::string>& reason,
                  const std::optional<Date>& ask_again) {
  json::Object body;
  body.set("dropped", true);
  encode_field(body, "drop_reason", reason);
  encode_date(body, "ask_again", ask_again);
  return outcome_of(client.patch(record_path("leads", id), body));
}

}  // namespace crm
