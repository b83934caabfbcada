#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crm/csv.h"
#include "crm/record.h"

namespace crm {

struct SyncResult {
  int sent = 0;
  int rejected = 0;
  std::vector<Row> again;  ///< to be tried later
};

Outcome apply_customer_row(HttpClient& client, const Row& row);
Outcome apply_address_row(HttpClient& client, const Row& row);
Outcome apply_contact_row(HttpClient& client, const Row& row);
Outcome apply_invoice_row(HttpClient& client, const Row& row);
Outcome apply_payment_row(HttpClient& client, const Row& row);
Outcome apply_ticket_row(HttpClient& client, const Row& row);
Outcome apply_product_row(HttpClient& client, const Row& row);
Outcome apply_subscription_row(HttpClient& client, const Row& row);
Outcome apply_lead_row(HttpClient& client, const Row& row);
Outcome apply_campaign_row(HttpClient& client, const Row& row);

/// The column "record" says what kind of record a row changes, "id" which one.
Outcome apply_row(HttpClient& client, const Row& row);
SyncResult sync_rows(HttpClient& client, const std::vector<Row>& rows);
SyncResult sync_text(HttpClient& client, std::string_view text);
std::string describe(const SyncResult& result);

}  // namespace crm
