#include "crm/sync.h"

#include "crm/campaign.h"
#include "crm/customer.h"
#include "crm/lead.h"
#include "crm/log.h"
#include "crm/payment.h"
#include "crm/product.h"
#include "crm/subscription.h"
#include "crm/ticket.h"

namespace crm {
namespace {

std::int64_t id_in(const Row& row) { return number_in(row, "id").value_or(0); }

}  // namespace

Outcome apply_customer_row(HttpClient& client, const Row& row) {
  CustomerChanges changes;
  changes.name = text_in(row, "name");
  changes.email = text_in(row, "email");
  changes.phone = text_in(row, "phone");
  changes.credit_limit = money_in(row, "credit_limit");
  changes.account_manager = number_in(row, "account_manager");
  changes.tags = words_in(row, "tags");
  return update_customer(client, id_in(row), changes);
}

Outcome apply_address_row(HttpClient& client, const Row& row) {
  AddressChanges changes;
  changes.street = text_in(row, "street");
  changes.postcode = text_in(row, "postcode");
  changes.city = text_in(row, "city");
  changes.country = text_in(row, "country");
  return move_customer(client, id_in(row), changes);
}

Outcome apply_contact_row(HttpClient& client, const Row& row) {
  ContactChanges changes;
  changes.first_name = text_in(row, "first_name");
  changes.last_name = text_in(row, "last_name");
  changes.role = text_in(row, "role");
  changes.email = text_in(row, "email");
  changes.newsletter = flag_in(row, "newsletter");
  return update_contact(client, id_in(row), changes);
}

Outcome apply_invoice_row(HttpClient& client, const Row& row) {
  if (flag_in(row, "paid").value_or(false)) {
    return mark_invoice_paid(client, id_in(row), date_in(row, "paid_on"), number_in(row, "payment"));
  }
  if (flag_in(row, "cancelled").value_or(false)) return cancel_invoice(client, id_in(row), text_in(row, "reason"));
  InvoiceChanges changes;
  changes.number = text_in(row, "number");
  changes.due = date_in(row, "due");
  changes.open = money_in(row, "open");
  changes.note = text_in(row, "note");
  return update_invoice(client, id_in(row), changes);
}

Outcome apply_payment_row(HttpClient& client, const Row& row) {
  if (flag_in(row, "returned").value_or(false)) {
    return return_payment(client, id_in(row), date_in(row, "returned_on"), text_in(row, "reason"));
  }
  PaymentChanges changes;
  changes.invoice = number_in(row, "invoice");
  changes.amount = money_in(row, "amount");
  changes.reference = text_in(row, "reference");
  return update_payment(client, id_in(row), changes);
}

Outcome apply_ticket_row(HttpClient& client, const Row& row) {
  TicketChanges changes;
  changes.subject = text_in(row, "subject");
  changes.state = text_in(row, "state");
  changes.urgency = text_in(row, "urgency");
  changes.agent = number_in(row, "agent");
  changes.due = date_in(row, "due");
  return update_ticket(client, id_in(row), changes);
}

Outcome apply_product_row(HttpClient& client, const Row& row) {
  if (flag_in(row, "retired").value_or(false)) return retire_product(client, id_in(row), number_in(row, "successor"));
  ProductChanges changes;
  changes.name = text_in(row, "name");
  changes.price = money_in(row, "price");
  changes.stock = number_in(row, "stock");
  changes.categories = words_in(row, "categories");
  return update_product(client, id_in(row), changes);
}

Outcome apply_subscription_row(HttpClient& client, const Row& row) {
  SubscriptionChanges changes;
  changes.period = text_in(row, "period");
  changes.price = money_in(row, "price");
  changes.end = date_in(row, "end");
  changes.product = number_in(row, "product");
  return update_subscription(client, id_in(row), changes);
}

Outcome apply_lead_row(HttpClient& client, const Row& row) {
  if (flag_in(row, "converted").value_or(false)) return convert_lead(client, id_in(row), number_in(row, "customer"));
  LeadChanges changes;
  changes.company = text_in(row, "company");
  changes.source = text_in(row, "source");
  changes.expected = money_in(row, "expected");
  changes.owner = number_in(row, "owner");
  return update_lead(client, id_in(row), changes);
}

Outcome apply_campaign_row(HttpClient& client, const Row& row) {
  CampaignChanges changes;
  changes.name = text_in(row, "name");
  changes.start = date_in(row, "start");
  changes.end = date_in(row, "end");
  changes.budget = money_in(row, "budget");
  return update_campaign(client, id_in(row), changes);
}

Outcome apply_row(HttpClient& client, const Row& row) {
  const std::string record = text_in(row, "record").value_or("");
  if (!number_in(row, "id")) return rejected("no id");
  if (record == "customer") return apply_customer_row(client, row);
  if (record == "address") return apply_address_row(client, row);
  if (record == "contact") return apply_contact_row(client, row);
  if (record == "invoice") return apply_invoice_row(client, row);
  if (record == "payment") return apply_payment_row(client, row);
  if (record == "ticket") return apply_ticket_row(client, row);
  if (record == "product") return apply_product_row(client, row);
  if (record == "subscription") return apply_subscription_row(client, row);
  if (record == "lead") return apply_lead_row(client, row);
  if (record == "campaign") return apply_campaign_row(client, row);
  return rejected("unknown kind of record: " + record);
}

SyncResult sync_rows(HttpClient& client, const std::vector<Row>& rows) {
  SyncResult result;
  for (const Row& row : rows) {
    const Outcome outcome = apply_row(client, row);
    if (outcome.sent) {
      ++result.sent;
    } else if (outcome.retry) {
      result.again.push_back(row);
    } else {
      ++result.rejected;
      log_warning(describe(outcome));
    }
  }
  return result;
}

SyncResult sync_text(HttpClient& client, std::string_view text) { return sync_rows(client, parse_csv(text)); }

std::string describe(const SyncResult& result) {
  return std::to_string(result.sent) + " sent, " + std::to_string(result.rejected) + " rejected, " +
         std::to_string(result.again.size()) + " to be tried again";
}

}  // namespace crm
