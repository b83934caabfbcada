#include "policies/engine/near_miss.h"

#include <algorithm>
#include <numeric>

namespace patchgate {

namespace {

constexpr std::size_t kLongestName = 200;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

std::string nearest(std::string_view written, const std::vector<std::string>& names) {
  if (written.size() > kLongestName) return {};
  // The dashes of an option are nothing that could have been mistyped.
  const auto letters = written.size() - std::min(written.size(), written.find_first_not_of('-'));
  std::size_t best = std::max<std::size_t>(1, (letters + 2) / 3) + 1;
  std::string found;
  for (const auto& name : names) {
    const auto distance = edit_distance(written, name);
    if (distance >= best) continue;
    best = distance;
    found = name;
  }
  return found;
}

std::string did_you_mean(std::string_view written, const std::vector<std::string>& names) {
  const auto name = nearest(written, names);
  return name.empty() ? std::string() : "; did you mean '" + name + "'?";
}

std::string in_quotes(std::string_view text) { return "'" + one_line(text, 80) + "'"; }

std::string one_line(std::string_view text, std::size_t limit) {
  const bool cut = text.size() > limit;
  if (cut) {
    std::size_t end = limit;
    while (end > 0 && is_continuation(text[end])) --end;
    text = text.substr(0, end);
  }
  std::string clean(text);
  for (char& c : clean) {
    if (static_cast<unsigned char>(c) < 0x20U || c == 0x7f) c = '?';
  }
  return cut ? clean + "…" : clean;
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return one_line(text, limit);
  auto end = text.rfind(' ', limit);
  if (end == std::string_view::npos || end == 0) return one_line(text, limit);
  while (end > 0 && std::string_view(" ,;:(").find(text[end - 1]) != std::string_view::npos) --end;
  return one_line(text.substr(0, end), limit) + " …";
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += between;
    text += parts[i];
  }
  return text;
}

}  // namespace patchgate
