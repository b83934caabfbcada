#pragma once

#include <string>
#include <vector>

#include "crm/campaign.h"
#include "crm/lead.h"
#include "crm/store.h"
#include "crm/subscription.h"

namespace crm {

/// What customers owe, by how late it is.
struct Ageing {
  Money not_due;
  Money up_to_30;
  Money up_to_60;
  Money older;
};

Ageing ageing(const std::vector<Invoice>& invoices, const Date& today);
std::string format_ageing(const Ageing& ageing);
std::string statement_line(const Invoice& invoice);
std::string statement(const Customer& customer, const std::vector<Invoice>& invoices);
Money recurring_revenue(const std::vector<Subscription>& subscriptions, const Date& day);
Money pipeline_value(const std::vector<Lead>& leads, const Date& today);
std::string pipeline_table(const std::vector<Lead>& leads, const Date& today);
std::string campaign_table(const std::vector<Campaign>& campaigns);
std::string ticket_table(const std::vector<Ticket>& tickets);
std::string receivables_csv(const Store& store, const Date& today);

}  // namespace crm
