#include "analyzers/sql/compare.h"

#include <map>
#include <tuple>

namespace patchgate {

Pairing pair_statements(const std::vector<PlacedStatement>& base, const std::vector<PlacedStatement>& head) {
  Pairing pairing{std::vector<std::optional<std::size_t>>(head.size()), std::vector<bool>(head.size())};
  std::vector<bool> taken(base.size());
  const auto pair_by = [&](const auto& key_of, bool same) {
    std::map<decltype(key_of(base.front())), std::vector<std::size_t>> waiting;  // the last one is the next
    for (std::size_t i = base.size(); i-- > 0;)
      if (!taken[i]) waiting[key_of(base[i])].push_back(i);
    for (std::size_t i = 0; i < head.size(); ++i) {
      if (pairing.base_of[i]) continue;
      const auto found = waiting.find(key_of(head[i]));
      if (found == waiting.end() || found->second.empty()) continue;
      pairing.base_of[i] = found->second.back();
      pairing.same[i] = same;
      taken[found->second.back()] = true;
      found->second.pop_back();
    }
  };
  pair_by([](const PlacedStatement& s) { return std::pair(s.text, s.open_end); }, true);
  pair_by([](const PlacedStatement& s) { return s.key; }, false);
  return pairing;
}

}  // namespace patchgate
