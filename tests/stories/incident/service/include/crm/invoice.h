#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/date.h"
#include "crm/money.h"
#include "crm/record.h"

namespace crm {

struct InvoiceLine {
  std::string text;
  std::int64_t quantity = 1;
  Money unit_price;
  int tax_percent = 19;
};

struct Invoice {
  std::int64_t id = 0;
  std::int64_t customer = 0;
  std::string number;
  Date issued;
  int days_to_pay = 14;
  std::vector<InvoiceLine> lines;
  Money paid;
  bool cancelled = false;
};

struct InvoiceChanges {
  std::optional<std::string> number;
  std::optional<Date> due;
  std::optional<Money> open;
  std::optional<std::string> note;
};

std::string invoice_number(int year, std::int64_t sequence);
bool is_invoice_number(std::string_view text);
Money line_net(const InvoiceLine& line);
Money line_tax(const InvoiceLine& line);
Money invoice_net(const Invoice& invoice);
Money invoice_tax(const Invoice& invoice);
Money invoice_gross(const Invoice& invoice);
Money invoice_open(const Invoice& invoice);
Date invoice_due(const Invoice& invoice);
bool is_paid(const Invoice& invoice);
bool is_overdue(const Invoice& invoice, const Date& today);
int reminder_level(const Invoice& invoice, const Date& today);
std::string invoice_title(const Invoice& invoice);
Problems check_invoice(const Invoice& invoice);
json::Object invoice_json(const Invoice& invoice);
json::Object invoice_patch(const InvoiceChanges& changes);
bool has_changes(const InvoiceChanges& changes);
Outcome create_invoice(HttpClient& client, const Invoice& invoice);
Outcome update_invoice(HttpClient& client, std::int64_t id, const InvoiceChanges& changes);
Outcome mark_invoice_paid(HttpClient& client, std::int64_t id, const std::optional<Date>& on,
                          const std::optional<std::int64_t>& payment);
Outcome cancel_invoice(HttpClient& client, std::int64_t id, const std::optional<std::string>& reason);
Outcome postpone_invoice(HttpClient& client, const Invoice& invoice, const std::optional<Date>& due);

}  // namespace crm
