#include "crm/subscription.h"

#include "crm/fields.h"
#include "crm/text.h"

namespace crm {

const char* name_of(Period period) {
  switch (period) {
    case Period::month:
      return "month";
    case Period::quarter:
      return "quarter";
    case Period::year:
      return "year";
  }
  return "?";
}

std::optional<Period> period(std::string_view name) {
  for (Period candidate : {Period::month, Period::quarter, Period::year}) {
    if (to_lower(name) == name_of(candidate)) return candidate;
  }
  return std::nullopt;
}

int months_of(Period period) {
  switch (period) {
    case Period::month:
      return 1;
    case Period::quarter:
      return 3;
    case Period::year:
      return 12;
  }
  return 1;
}

Date next_billing(const Subscription& subscription, const Date& after) {
  Date billing = subscription.start;
  for (int months = 0; !(after < billing); months += months_of(subscription.period)) {
    billing = add_months(subscription.start, months + months_of(subscription.period));
  }
  return billing;
}

bool is_running(const Subscription& subscription, const Date& day) {
  if (day < subscription.start) return false;
  return !subscription.end || day < *subscription.end;
}

Money yearly_value(const Subscription& subscription) {
  return multiply(subscription.price, 12 / months_of(subscription.period));
}

Money remaining_value(const Subscription& subscription, const Date& day) {
  if (!subscription.end || !is_running(subscription, day)) return Money{0, subscription.price.currency};
  const int percent = static_cast<int>(days_between(day, *subscription.end) * 100 / 365);
  return percent_of(yearly_value(subscription), percent);
}

Date earliest_end(const Subscription& subscription, const Date& today) {
  return end_of_month(add_months(next_billing(subscription, today), months_of(subscription.period)));
}

std::string subscription_title(const Subscription& subscription) {
  return format_money(subscription.price) + " a " + name_of(subscription.period) + " since " +
         format_date(subscription.start);
}

Problems check_subscription(const Subscription& subscription) {
  Problems problems;
  if (!is_valid(subscription.start)) problems.push_back("start is no date");
  if (subscription.end && *subscription.end < subscription.start) problems.push_back("end is before start");
  if (is_negative(subscription.price)) problems.push_back("price is negative");
  return problems;
}

json::Object subscription_patch(const SubscriptionChanges& changes) {
  json::Object body;
  encode_field(body, "period", changes.period);
  encode_money(body, "price", changes.price);
  encode_date(body, "end", changes.end);
  encode_reference(body, "product", changes.product);
  return body;
}

bool has_changes(const SubscriptionChanges& changes) { return !subscription_patch(changes).empty(); }

Outcome update_subscription(HttpClient& client, std::int64_t id, const SubscriptionChanges& changes) {
  if (!has_changes(changes)) return rejected("nothing to change");
  if (changes.period && !period(*changes.period)) return rejected("unknown period");
  const json::Object body = subscription_patch(changes);
  return outcome_of(client.patch(record_path("subscriptions", id), body));
}

Outcome cancel_subscription(HttpClient& client, const Subscription& subscription, const std::optional<Date>& end,
                            const std::optional<std::string>& reason) {
  if (end && *end < subscription.start) return rejected("end is before start");
  json::Object body;
  encode_date(body, "end", end);
  encode_field(body, "cancel_reason", reason);
  return outcome_of(client.patch(record_path("subscriptions", subscription.id), body));
}

Outcome change_plan(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& product,
                    const std::optional<Money>& price) {
  json::Object body;
  encode_reference(body, "product", product);
  encode_money(body, "price", price);
  return outcome_of(client.patch(record_path("subscriptions", id), body));
}

}  // namespace crm
