#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crm {

/// An amount in the smallest unit of its currency.
struct Money {
  std::int64_t cents = 0;
  std::string currency = "EUR";
};

bool operator==(const Money& a, const Money& b);
bool is_known_currency(std::string_view currency);
int decimals_of(std::string_view currency);
std::optional<Money> parse_money(std::string_view text);
std::string format_money(const Money& money);
bool same_currency(const Money& a, const Money& b);
Money add(const Money& a, const Money& b);
Money subtract(const Money& a, const Money& b);
Money multiply(const Money& money, std::int64_t factor);
Money percent_of(const Money& money, int percent);
Money negate(const Money& money);
bool is_negative(const Money& money);
Money total(const std::vector<Money>& amounts, std::string_view currency);
/// Parts that differ by one cent at most and add up to the whole.
std::vector<Money> split_evenly(const Money& money, int parts);

}  // namespace crm
