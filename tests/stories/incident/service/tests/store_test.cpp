#include "crm/store.h"

#include <gtest/gtest.h>

#include "crm/statements.h"

namespace crm {
namespace {

Store sample() {
  Store store;
  Customer customer;
  customer.id = 7;
  customer.name = "Lovelace Ltd";
  customer.email = "Ada@Example.org";
  customer.credit_limit = {10000, "EUR"};
  store.put(customer);
  Invoice invoice;
  invoice.id = 1;
  invoice.customer = 7;
  invoice.number = "R2024-000001";
  invoice.issued = {2024, 5, 3};
  invoice.lines = {{"Bolts", 1, {5000, "EUR"}, 0}};
  store.put(invoice);
  return store;
}

}  // namespace

TEST(Store, FindsByEmail) { EXPECT_EQ(sample().find_by_email("ada@example.org "), 7); }

TEST(Store, KnowsTheCredit) {
  EXPECT_TRUE(sample().within_credit(7, {5000, "EUR"}));
  EXPECT_FALSE(sample().within_credit(7, {5001, "EUR"}));
  EXPECT_FALSE(sample().within_credit(8, {1, "EUR"}));
}

TEST(Statements, ListWhatIsLate) {
  EXPECT_EQ(receivables_csv(sample(), {2024, 6, 1}), "customer,number,due,open\n7,R2024-000001,2024-05-17,50.00 EUR");
}

TEST(Statements, SortByAge) {
  const Ageing result = ageing(sample().invoices_of(7), {2024, 6, 20});
  EXPECT_EQ(result.up_to_60.cents, 5000);
  EXPECT_EQ(result.not_due.cents, 0);
}

}  // namespace crm
