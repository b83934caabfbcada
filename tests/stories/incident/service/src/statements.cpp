#include "crm/statements.h"

#include "crm/csv.h"
#include "crm/text.h"

namespace crm {
namespace {

Money& bucket(Ageing& ageing, long days_late) {
  if (days_late <= 0) return ageing.not_due;
  if (days_late <= 30) return ageing.up_to_30;
  return days_late <= 60 ? ageing.up_to_60 : ageing.older;
}

}  // namespace

Ageing ageing(const std::vector<Invoice>& invoices, const Date& today) {
  Ageing result;
  for (const Invoice& invoice : invoices) {
    if (invoice.cancelled || is_paid(invoice)) continue;
    Money& sum = bucket(result, days_between(invoice_due(invoice), today));
    sum = add(sum, invoice_open(invoice));
  }
  return result;
}

std::string format_ageing(const Ageing& ageing) {
  return join({format_money(ageing.not_due), format_money(ageing.up_to_30), format_money(ageing.up_to_60),
               format_money(ageing.older)},
              " | ");
}

std::string statement_line(const Invoice& invoice) {
  return pad_right(invoice.number, 14, ' ') + format_date(invoice_due(invoice)) +
         pad_left(format_money(invoice_open(invoice)), 16, ' ');
}

std::string statement(const Customer& customer, const std::vector<Invoice>& invoices) {
  std::vector<std::string> lines{customer_title(customer), address_line(customer.address)};
  for (const Invoice& invoice : invoices) {
    if (!is_paid(invoice)) lines.push_back(statement_line(invoice));
  }
  return join(lines, "\n");
}

Money recurring_revenue(const std::vector<Subscription>& subscriptions, const Date& day) {
  std::vector<Money> amounts;
  for (const Subscription& subscription : subscriptions) {
    if (is_running(subscription, day)) amounts.push_back(yearly_value(subscription));
  }
  return total(amounts, "EUR");
}

Money pipeline_value(const std::vector<Lead>& leads, const Date& today) {
  std::vector<Money> amounts;
  for (const Lead& lead : leads) {
    if (!is_stale(lead, today)) amounts.push_back(weighted_value(lead, today));
  }
  return total(amounts, "EUR");
}

std::string pipeline_table(const std::vector<Lead>& leads, const Date& today) {
  std::vector<std::string> lines;
  for (const Lead& lead : best_leads(leads, today, 10)) {
    lines.push_back(std::string(lead_grade(lead_score(lead, today))) + "  " + lead_title(lead));
  }
  return join(lines, "\n");
}

std::string campaign_table(const std::vector<Campaign>& campaigns) {
  std::vector<std::string> lines;
  for (const Campaign& campaign : campaigns) lines.push_back(campaign_summary(campaign));
  return join(lines, "\n");
}

std::string ticket_table(const std::vector<Ticket>& tickets) {
  std::vector<std::string> lines;
  for (const Ticket& ticket : tickets) lines.push_back(ticket_title(ticket));
  return join(lines, "\n");
}

std::string receivables_csv(const Store& store, const Date& today) {
  std::vector<std::string> lines{write_csv_line({"customer", "number", "due", "open"})};
  for (const Invoice& invoice : store.overdue(today)) {
    lines.push_back(write_csv_line({std::to_string(invoice.customer), invoice.number, format_date(invoice_due(invoice)),
                                    format_money(invoice_open(invoice))}));
  }
  return join(lines, "\n");
}

}  // namespace crm
