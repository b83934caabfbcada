#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crm/customer.h"
#include "crm/invoice.h"
#include "crm/ticket.h"

namespace crm {

/// What the billing system last told us; kept in memory, rebuilt at every start.
class Store {
 public:
  void put(const Customer& customer);
  void put(const Invoice& invoice);
  void put(const Ticket& ticket);
  const Customer* customer(std::int64_t id) const;
  const Invoice* invoice(std::int64_t id) const;
  const Ticket* ticket(std::int64_t id) const;
  bool remove_customer(std::int64_t id);
  std::vector<Customer> customers() const;
  std::vector<Invoice> invoices_of(std::int64_t customer) const;
  std::vector<Ticket> tickets_of(std::int64_t customer) const;
  std::vector<Invoice> overdue(const Date& today) const;
  std::optional<std::int64_t> find_by_email(std::string_view email) const;
  std::vector<Customer> duplicates_of(const Customer& customer) const;
  Money open_amount(std::int64_t customer) const;
  bool within_credit(std::int64_t customer, const Money& order) const;

 private:
  std::map<std::int64_t, Customer> customers_;
  std::map<std::int64_t, Invoice> invoices_;
  std::map<std::int64_t, Ticket> tickets_;
};

}  // namespace crm
