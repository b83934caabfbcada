#include "crm/payment.h"

#include "crm/fields.h"
#include "crm/text.h"

namespace crm {
namespace {

// ISO 7064 MOD 97-10 over the digits and letters of an IBAN whose first four characters come last.
int remainder_97(std::string_view iban) {
  const std::string moved = std::string(iban.substr(4)) + std::string(iban.substr(0, 4));
  int remainder = 0;
  for (char c : moved) {
    const bool digit = c >= '0' && c <= '9';
    const int value = digit ? c - '0' : c - 'A' + 10;
    remainder = (remainder * (digit ? 10 : 100) + value) % 97;
  }
  return remainder;
}

}  // namespace

bool is_iban(std::string_view text) {
  if (text.size() < 15 || text.size() > 34 || is_digits(text.substr(0, 2))) return false;
  for (char c : text) {
    if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')) return false;
  }
  return remainder_97(text) == 1;
}

std::string mask_iban(std::string_view iban) {
  if (iban.size() < 8) return std::string(iban.size(), '*');
  return std::string(iban.substr(0, 4)) + pad_left(iban.substr(iban.size() - 4), iban.size() - 4, '*');
}

std::optional<std::string> invoice_number_in(std::string_view reference) {
  for (const std::string& word : split(to_upper(reference), ' ')) {
    if (is_invoice_number(word)) return word;
  }
  return std::nullopt;
}

const Invoice* invoice_for(const Payment& payment, const std::vector<Invoice>& invoices) {
  const std::optional<std::string> number = invoice_number_in(payment.reference);
  for (const Invoice& invoice : invoices) {
    if (number && invoice.number == *number) return &invoice;
  }
  return nullptr;
}

bool settles(const Payment& payment, const Invoice& invoice) {
  return same_currency(payment.amount, invoice_open(invoice)) && payment.amount.cents >= invoice_open(invoice).cents;
}

Money apply_payment(Invoice& invoice, const Payment& payment) {
  invoice.paid = add(invoice.paid, payment.amount);
  return invoice_open(invoice);
}

std::string payment_title(const Payment& payment) {
  return format_money(payment.amount) + " from " + mask_iban(payment.iban) + " on " + format_date(payment.booked);
}

Problems check_payment(const Payment& payment) {
  Problems problems;
  if (!is_iban(payment.iban)) problems.push_back("IBAN is wrong");
  if (payment.amount.cents == 0) problems.push_back("amount is zero");
  require_length(problems, "reference", payment.reference, 140);
  return problems;
}

json::Object payment_patch(const PaymentChanges& changes) {
  json::Object body;
  encode_reference(body, "invoice", changes.invoice);
  encode_money(body, "amount", changes.amount);
  encode_field(body, "reference", changes.reference);
  return body;
}

bool has_changes(const PaymentChanges& changes) { return !payment_patch(changes).empty(); }

Outcome update_payment(HttpClient& client, std::int64_t id, const PaymentChanges& changes) {
  if (!has_changes(changes)) return rejected("nothing to change");
  const json::Object body = payment_patch(changes);
  return outcome_of(client.patch(record_path("payments", id), body));
}

Outcome assign_payment(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& invoice) {
  json::Object body;
  encode_reference(body, "invoice", invoice);
  return outcome_of(client.patch(record_path("payments", id), body));
}

Outcome return_payment(HttpClient& client, std::int64_t id, const std::optional<Date>& on,
                       const std::optional<std::string>& reason) {
  json::Object body;
  body.set("returned", true);
  encode_date(body, "returned_on", on);
  encode_field(body, "return_reason", reason);
  return outcome_of(client.patch(record_path("payments", id), body));
}

}  // namespace crm
