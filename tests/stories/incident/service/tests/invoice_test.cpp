#include "crm/invoice.h"

#include <gtest/gtest.h>

namespace crm {
namespace {

Invoice sample() {
  Invoice invoice;
  invoice.number = invoice_number(2024, 17);
  invoice.issued = {2024, 5, 3};
  invoice.lines = {{"Bolts", 3, {1000, "EUR"}, 19}, {"Freight", 1, {500, "EUR"}, 7}};
  return invoice;
}

}  // namespace

TEST(Invoice, AddsUp) {
  EXPECT_EQ(invoice_net(sample()).cents, 3500);
  EXPECT_EQ(invoice_tax(sample()).cents, 605);
  EXPECT_EQ(format_money(invoice_gross(sample())), "41.05 EUR");
}

TEST(Invoice, IsDueOnAWorkingDay) {
  Invoice invoice = sample();
  invoice.days_to_pay = 15;
  EXPECT_EQ(format_date(invoice_due(invoice)), "2024-05-20");
}

TEST(Invoice, RemindsByLateness) {
  EXPECT_EQ(reminder_level(sample(), {2024, 5, 10}), 0);
  EXPECT_EQ(reminder_level(sample(), {2024, 5, 20}), 1);
  EXPECT_EQ(reminder_level(sample(), {2024, 6, 20}), 2);
}

TEST(Invoice, NumbersAreFixed) {
  EXPECT_EQ(invoice_number(2024, 17), "R2024-000017");
  EXPECT_TRUE(is_invoice_number("R2024-000017"));
  EXPECT_TRUE(check_invoice(sample()).empty());
}

}  // namespace crm
