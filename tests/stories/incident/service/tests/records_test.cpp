#include <gtest/gtest.h>

#include "crm/campaign.h"
#include "crm/customer.h"
#include "crm/lead.h"
#include "crm/payment.h"
#include "crm/product.h"
#include "crm/subscription.h"
#include "crm/ticket.h"

namespace crm {

TEST(Customer, ChecksEmail) {
  EXPECT_TRUE(is_email("ada@example.org"));
  EXPECT_FALSE(is_email("ada@localhost"));
  EXPECT_FALSE(is_email("@example.org"));
}

TEST(Customer, NormalizesPhones) { EXPECT_EQ(normalize_phone("0049 (30) 123-45"), "+493012345"); }

TEST(Address, KnowsPostcodes) {
  EXPECT_TRUE(is_postcode("10115", "DE"));
  EXPECT_FALSE(is_postcode("1011", "DE"));
  EXPECT_TRUE(is_postcode("8001", "CH"));
}

TEST(Payment, ChecksIban) {
  EXPECT_TRUE(is_iban("DE89370400440532013000"));
  EXPECT_FALSE(is_iban("DE89370400440532013001"));
}

TEST(Payment, FindsTheInvoiceNumber) {
  EXPECT_EQ(invoice_number_in("thanks for r2024-000017 best"), "R2024-000017");
  EXPECT_FALSE(invoice_number_in("thanks").has_value());
}

TEST(Ticket, ClosedStaysClosed) {
  EXPECT_FALSE(may_become(TicketState::closed, TicketState::open));
  EXPECT_TRUE(may_become(TicketState::solved, TicketState::closed));
}

TEST(Ticket, GuessesUrgency) {
  EXPECT_EQ(guess_urgency("Total OUTAGE since noon"), Urgency::high);
  EXPECT_EQ(guess_urgency("Question about my bill"), Urgency::low);
}

TEST(Product, GivesVolumeDiscount) {
  const Product product{1, "ABC-1", "Bolt", {100, "EUR"}, 5000, false};
  EXPECT_EQ(volume_price(product, 5).cents, 500);
  EXPECT_EQ(volume_price(product, 100).cents, 9200);
}

TEST(Subscription, FindsTheNextBilling) {
  Subscription subscription;
  subscription.start = {2024, 1, 31};
  EXPECT_EQ(format_date(next_billing(subscription, {2024, 2, 15})), "2024-02-29");
}

TEST(Lead, Scores) {
  Lead lead;
  lead.source = "Referral";
  lead.employees = 300;
  lead.last_touch = {2024, 5, 1};
  EXPECT_STREQ(lead_grade(lead_score(lead, {2024, 5, 3})), "A");
}

TEST(Campaign, Overlaps) {
  Campaign spring, summer;
  spring.start = {2024, 3, 1};
  spring.end = {2024, 6, 5};
  summer.start = {2024, 6, 1};
  summer.end = {2024, 8, 31};
  EXPECT_TRUE(overlaps(spring, summer));
}

}  // namespace crm
