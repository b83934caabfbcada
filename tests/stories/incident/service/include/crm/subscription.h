#pragma once

#include <optional>
#include <string>

#include "crm/date.h"
#include "crm/money.h"
#include "crm/record.h"

namespace crm {

enum class Period { month, quarter, year };

struct Subscription {
  std::int64_t id = 0;
  std::int64_t customer = 0;
  std::int64_t product = 0;
  Period period = Period::month;
  Money price;
  Date start;
  std::optional<Date> end;
};

struct SubscriptionChanges {
  std::optional<std::string> period;
  std::optional<Money> price;
  std::optional<Date> end;
  std::optional<std::int64_t> product;
};

const char* name_of(Period period);
std::optional<Period> period(std::string_view name);
int months_of(Period period);
Date next_billing(const Subscription& subscription, const Date& after);
bool is_running(const Subscription& subscription, const Date& day);
Money yearly_value(const Subscription& subscription);
Money remaining_value(const Subscription& subscription, const Date& day);
Date earliest_end(const Subscription& subscription, const Date& today);
std::string subscription_title(const Subscription& subscription);
Problems check_subscription(const Subscription& subscription);
json::Object subscription_patch(const SubscriptionChanges& changes);
bool has_changes(const SubscriptionChanges& changes);
Outcome update_subscription(HttpClient& client, std::int64_t id, const SubscriptionChanges& changes);
Outcome cancel_subscription(HttpClient& client, const Subscription& subscription, const std::optional<Date>& end,
                            const std::optional<std::string>& reason);
Outcome change_plan(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& product,
                    const std::optional<Money>& price);

}  // namespace crm
