#include "analyzers/rollout/template_text.h"

#include <algorithm>
#include <array>

namespace patchgate {

namespace {

/// docs.flagger.app/usage/metrics, "Custom metrics".
bool is_word_of_flagger(std::string_view inside) {
  constexpr std::array<std::string_view, 8> kWords{"name",    "namespace", "target",   "service",
                                                   "ingress", "route",     "interval", "variables"};
  const auto end = inside.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
  return std::find(kWords.begin(), kWords.end(), inside.substr(0, end)) != kWords.end();
}

}  // namespace

std::optional<std::uint32_t> line_of_template(std::string_view text) {
  const bool of_flagger = text.find("flagger.app/") != std::string_view::npos;
  std::uint32_t line = 1;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view current = text.substr(0, end);
    const auto start = current.find_first_not_of(" \t");
    const bool comment = start != std::string_view::npos && current[start] == '#';
    for (auto open = current.find("{{"); !comment && open != std::string_view::npos; open = current.find("{{")) {
      current.remove_prefix(open + 2);
      const auto inside = current.find_first_not_of(" \t");
      if (inside == std::string_view::npos) return line;
      const std::string_view word = current.substr(inside);
      if (!word.starts_with("args.") && !(of_flagger && is_word_of_flagger(word))) return line;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
  }
  return std::nullopt;
}

}  // namespace patchgate
