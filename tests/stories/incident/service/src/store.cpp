#include "crm/store.h"

namespace crm {
namespace {

template <class Record>
const Record* find(const std::map<std::int64_t, Record>& records, std::int64_t id) {
  const auto it = records.find(id);
  return it == records.end() ? nullptr : &it->second;
}

template <class Record>
std::vector<Record> of_customer(const std::map<std::int64_t, Record>& records, std::int64_t customer) {
  std::vector<Record> result;
  for (const auto& [id, record] : records) {
    if (record.customer == customer) result.push_back(record);
  }
  return result;
}

}  // namespace

void Store::put(const Customer& customer) { customers_[customer.id] = customer; }
void Store::put(const Invoice& invoice) { invoices_[invoice.id] = invoice; }
void Store::put(const Ticket& ticket) { tickets_[ticket.id] = ticket; }

const Customer* Store::customer(std::int64_t id) const { return find(customers_, id); }
const Invoice* Store::invoice(std::int64_t id) const { return find(invoices_, id); }
const Ticket* Store::ticket(std::int64_t id) const { return find(tickets_, id); }

bool Store::remove_customer(std::int64_t id) { return customers_.erase(id) > 0; }

std::vector<Customer> Store::customers() const {
  std::vector<Customer> result;
  for (const auto& [id, customer] : customers_) result.push_back(customer);
  return result;
}

std::vector<Invoice> Store::invoices_of(std::int64_t customer) const { return of_customer(invoices_, customer); }
std::vector<Ticket> Store::tickets_of(std::int64_t customer) const { return of_customer(tickets_, customer); }

std::vector<Invoice> Store::overdue(const Date& today) const {
  std::vector<Invoice> result;
  for (const auto& [id, invoice] : invoices_) {
    if (is_overdue(invoice, today)) result.push_back(invoice);
  }
  return result;
}

std::optional<std::int64_t> Store::find_by_email(std::string_view email) const {
  for (const auto& [id, customer] : customers_) {
    if (normalize_email(customer.email) == normalize_email(email)) return id;
  }
  return std::nullopt;
}

std::vector<Customer> Store::duplicates_of(const Customer& customer) const {
  std::vector<Customer> result;
  for (const auto& [id, other] : customers_) {
    if (id != customer.id && customer_key(other) == customer_key(customer)) result.push_back(other);
  }
  return result;
}

Money Store::open_amount(std::int64_t customer) const {
  std::vector<Money> amounts;
  for (const Invoice& invoice : invoices_of(customer)) amounts.push_back(invoice_open(invoice));
  return total(amounts, "EUR");
}

bool Store::within_credit(std::int64_t id, const Money& order) const {
  const Customer* found = customer(id);
  return found != nullptr && add(open_amount(id), order).cents <= found->credit_limit.cents;
}

}  // namespace crm
