#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/invoice.h"

namespace crm {

struct Payment {
  std::int64_t id = 0;
  std::string iban;
  std::string reference;
  Money amount;
  Date booked;
  std::optional<std::int64_t> invoice;
};

struct PaymentChanges {
  std::optional<std::int64_t> invoice;
  std::optional<Money> amount;
  std::optional<std::string> reference;
};

bool is_iban(std::string_view text);
std::string mask_iban(std::string_view iban);
std::optional<std::string> invoice_number_in(std::string_view reference);
const Invoice* invoice_for(const Payment& payment, const std::vector<Invoice>& invoices);
bool settles(const Payment& payment, const Invoice& invoice);
Money apply_payment(Invoice& invoice, const Payment& payment);
std::string payment_title(const Payment& payment);
Problems check_payment(const Payment& payment);
json::Object payment_patch(const PaymentChanges& changes);
bool has_changes(const PaymentChanges& changes);
Outcome update_payment(HttpClient& client, std::int64_t id, const PaymentChanges& changes);
Outcome assign_payment(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& invoice);
Outcome return_payment(HttpClient& client, std::int64_t id, const std::optional<Date>& on,
                       const std::optional<std::string>& reason);

}  // namespace crm
