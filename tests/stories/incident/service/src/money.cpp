#include "crm/money.h"

#include "crm/text.h"

namespace crm {
namespace {

std::int64_t power_of_ten(int exponent) {
  std::int64_t result = 1;
  for (int i = 0; i < exponent; ++i) result *= 10;
  return result;
}

std::int64_t round_half_up(std::int64_t value, std::int64_t divisor) {
  const std::int64_t half = divisor / 2;
  return value >= 0 ? (value + half) / divisor : -((-value + half) / divisor);
}

}  // namespace

bool operator==(const Money& a, const Money& b) { return a.cents == b.cents && a.currency == b.currency; }

bool is_known_currency(std::string_view currency) {
  for (const char* known : {"EUR", "USD", "GBP", "CHF", "JPY", "SEK"}) {
    if (currency == known) return true;
  }
  return false;
}

int decimals_of(std::string_view currency) { return currency == "JPY" ? 0 : 2; }

std::optional<Money> parse_money(std::string_view text) {
  const std::vector<std::string> words = split(trim(text), ' ');
  if (words.size() != 2 || !is_known_currency(words[1])) return std::nullopt;
  const bool negative = starts_with(words[0], "-");
  const std::vector<std::string> digits = split(words[0].substr(negative ? 1 : 0), '.');
  const int decimals = decimals_of(words[1]);
  if (digits.size() > 2 || !is_digits(digits[0]) || digits[0].size() > 12) return std::nullopt;
  std::int64_t cents = std::stoll(digits[0]) * power_of_ten(decimals);
  if (digits.size() == 2) {
    if (!is_digits(digits[1]) || digits[1].size() != static_cast<std::size_t>(decimals)) return std::nullopt;
    cents += std::stoll(digits[1]);
  }
  return Money{negative ? -cents : cents, words[1]};
}

std::string format_money(const Money& money) {
  const int decimals = decimals_of(money.currency);
  const std::int64_t unit = power_of_ten(decimals);
  const std::int64_t cents = money.cents < 0 ? -money.cents : money.cents;
  std::string result = money.cents < 0 ? "-" : "";
  result += std::to_string(cents / unit);
  if (decimals > 0) result += "." + pad_left(std::to_string(cents % unit), 2, '0');
  return result + " " + money.currency;
}

bool same_currency(const Money& a, const Money& b) { return a.currency == b.currency; }

Money add(const Money& a, const Money& b) { return {a.cents + b.cents, a.currency}; }

Money subtract(const Money& a, const Money& b) { return add(a, negate(b)); }

Money multiply(const Money& money, std::int64_t factor) { return {money.cents * factor, money.currency}; }

Money percent_of(const Money& money, int percent) {
  return {round_half_up(money.cents * percent, 100), money.currency};
}

Money negate(const Money& money) { return {-money.cents, money.currency}; }

bool is_negative(const Money& money) { return money.cents < 0; }

Money total(const std::vector<Money>& amounts, std::string_view currency) {
  Money sum{0, std::string(currency)};
  for (const Money& amount : amounts) {
    if (same_currency(sum, amount)) sum = add(sum, amount);
  }
  return sum;
}

std::vector<Money> split_evenly(const Money& money, int parts) {
  std::vector<Money> result;
  for (int i = 0; i < parts; ++i) {
    const std::int64_t extra = i < money.cents % parts ? 1 : 0;
    result.push_back({money.cents / parts + extra, money.currency});
  }
  return result;
}

}  // namespace crm
