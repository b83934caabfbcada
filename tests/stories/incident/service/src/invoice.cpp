#include "crm/invoice.h"

#include "crm/fields.h"
#include "crm/text.h"

namespace crm {
namespace {

std::string currency_of(const Invoice& invoice) {
  return invoice.lines.empty() ? "EUR" : invoice.lines.front().unit_price.currency;
}

}  // namespace

std::string invoice_number(int year, std::int64_t sequence) {
  return "R" + std::to_string(year) + "-" + pad_left(std::to_string(sequence), 6, '0');
}

bool is_invoice_number(std::string_view text) {
  return text.size() == 12 && text[0] == 'R' && text[5] == '-' && is_digits(text.substr(1, 4)) &&
         is_digits(text.substr(6));
}

Money line_net(const InvoiceLine& line) { return multiply(line.unit_price, line.quantity); }

Money line_tax(const InvoiceLine& line) { return percent_of(line_net(line), line.tax_percent); }

Money invoice_net(const Invoice& invoice) {
  std::vector<Money> amounts;
  for (const InvoiceLine& line : invoice.lines) amounts.push_back(line_net(line));
  return total(amounts, currency_of(invoice));
}

Money invoice_tax(const Invoice& invoice) {
  std::vector<Money> amounts;
  for (const InvoiceLine& line : invoice.lines) amounts.push_back(line_tax(line));
  return total(amounts, currency_of(invoice));
}

Money invoice_gross(const Invoice& invoice) { return add(invoice_net(invoice), invoice_tax(invoice)); }

Money invoice_open(const Invoice& invoice) { return subtract(invoice_gross(invoice), invoice.paid); }

Date invoice_due(const Invoice& invoice) {
  const Date due = add_days(invoice.issued, invoice.days_to_pay);
  return is_weekend(due) ? next_working_day(due) : due;
}

bool is_paid(const Invoice& invoice) { return invoice_open(invoice).cents <= 0; }

bool is_overdue(const Invoice& invoice, const Date& today) {
  return !invoice.cancelled && !is_paid(invoice) && invoice_due(invoice) < today;
}

int reminder_level(const Invoice& invoice, const Date& today) {
  if (!is_overdue(invoice, today)) return 0;
  const long late = days_between(invoice_due(invoice), today);
  if (late > 60) return 3;
  return late > 21 ? 2 : 1;
}

std::string invoice_title(const Invoice& invoice) {
  return invoice.number + " of " + format_date(invoice.issued) + ", " + format_money(invoice_gross(invoice));
}

Problems check_invoice(const Invoice& invoice) {
  Problems problems;
  if (!is_invoice_number(invoice.number)) problems.push_back("number is malformed");
  if (invoice.lines.empty()) problems.push_back("no lines");
  for (const InvoiceLine& line : invoice.lines) {
    require_text(problems, "line text", line.text);
    require_range(problems, "quantity", line.quantity, 1, 100000);
    require_range(problems, "tax", line.tax_percent, 0, 30);
  }
  return problems;
}

json::Object invoice_json(const Invoice& invoice) {
  json::Array lines;
  for (const InvoiceLine& line : invoice.lines) {
    json::Object item;
    item.set("text", line.text);
    item.set("quantity", line.quantity);
    item.set("cents", line.unit_price.cents);
    lines.emplace_back(std::move(item));
  }
  json::Object body;
  body.set("number", invoice.number);
  body.set("customer", invoice.customer);
  body.set("lines", std::move(lines));
  return body;
}

json::Object invoice_patch(const InvoiceChanges& changes) {
  json::Object body;
  encode_field(body, "number", changes.number);
  encode_date(body, "due", changes.due);
  encode_money(body, "open", changes.open);
  encode_field(body, "note", changes.note);
  return body;
}

bool has_changes(const InvoiceChanges& changes) { return !invoice_patch(changes).empty(); }

Outcome create_invoice(HttpClient& client, const Invoice& invoice) {
  const Problems problems = check_invoice(invoice);
  if (!problems.empty()) return rejected(describe(problems));
  return outcome_of(client.post("/invoices", invoice_json(invoice)));
}

Outcome update_invoice(HttpClient& client, std::int64_t id, const InvoiceChanges& changes) {
  if (!has_changes(changes)) return rejected("nothing to change");
  const json::Object body = invoice_patch(changes);
  return outcome_of(client.patch(record_path("invoices", id), body));
}

Outcome mark_invoice_paid(HttpClient& client, std::int64_t id, const std::optional<Date>& on,
                          const std::optional<std::int64_t>& payment) {
  json::Object body;
  body.set("paid", true);
  encode_date(body, "paid_on", on);
  encode_reference(body, "payment", payment);
  return outcome_of(client.patch(record_path("invoices", id), body));
}

Outcome cancel_invoice(HttpClient& client, std::int64_t id, const std::optional<std::string>& reason) {
  json::Object body;
  body.set("cancelled", true);
  encode_field(body, "cancel_reason", reason);
  return outcome_of(client.patch(record_path("invoices", id), body));
}

Outcome postpone_invoice(HttpClient& client, const Invoice& invoice, const std::optional<Date>& due) {
  if (due && *due < invoice_due(invoice)) return rejected("new due date is earlier");
  json::Object body;
  encode_date(body, "due", due);
  return outcome_of(client.patch(record_path("invoices", invoice.id), body));
}

}  // namespace crm
