#include "gate/commands/find_symbol.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "policies/engine/near_miss.h"

namespace patchgate {
namespace {

std::optional<std::pair<std::string, std::uint32_t>> file_and_line(const std::string& what) {
  const auto colon = what.rfind(':');
  if (colon == std::string::npos || colon == 0 || what[colon - 1] == ':') return std::nullopt;
  std::uint32_t line = 0;
  const auto* end = what.data() + what.size();
  const auto [rest, error] = std::from_chars(what.data() + colon + 1, end, line);
  if (error != std::errc{} || rest != end || line == 0) return std::nullopt;
  return std::pair(what.substr(0, colon), line);
}

std::string last_part(const std::string& name) {
  const auto colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

}  // namespace

Result<std::vector<NodeId>> find_symbol(const Graph& graph, const std::string& what) {
  if (const auto place = file_and_line(what)) {
    auto found = graph.find_line(place->first, place->second);
    if (!found.empty()) return found;
    const bool known =
        std::any_of(graph.nodes().begin(), graph.nodes().end(), [&](const Node& n) { return n.file == place->first; });
    return fail(Error::Kind::usage,
                (known ? "no symbol stands at " : "no unit that was read defines anything in the file of ") + what,
                "files are named from the root of the repository");
  }
  auto found = graph.find_name(what);
  if (!found.empty()) return found;
  std::set<std::string> names;
  for (const auto& node : graph.nodes())
    if (node.in_project()) names.insert(last_part(node.name));
  return fail(Error::Kind::usage, "no symbol of this revision is called '" + what + "'" +
                                      did_you_mean(last_part(what), {names.begin(), names.end()}));
}

}  // namespace patchgate
