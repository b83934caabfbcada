#include "gate/explain/choices.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "analyzers/graph/fan_in.h"
#include "gate/explain/columns.h"
#include "gate/reports/escape.h"
#include "policies/engine/near_miss.h"

namespace patchgate {
namespace {

constexpr std::size_t kChoicesShown = 20;

std::optional<std::pair<std::string, std::uint32_t>> file_and_line(const std::string& what) {
  const auto colon = what.rfind(':');
  if (colon == std::string::npos || colon == 0 || what[colon - 1] == ':') return std::nullopt;
  std::uint32_t line = 0;
  const auto* end = what.data() + what.size();
  const auto [rest, error] = std::from_chars(what.data() + colon + 1, end, line);
  if (error != std::errc{} || rest != end || line == 0) return std::nullopt;
  return std::pair(what.substr(0, colon), line);
}

/// NAME@FILE:LINE, as name_to_paste() writes it.
std::vector<NodeId> find_pasted(const Graph& graph, const std::string& what) {
  const auto at = what.find('@');
  if (at == std::string::npos || at == 0) return {};
  const auto place = file_and_line(what.substr(at + 1));
  if (!place) return {};
  auto found = graph.find_name(what.substr(0, at));
  std::erase_if(found,
                [&](NodeId id) { return graph.node(id).file != place->first || graph.node(id).line != place->second; });
  return found;
}

std::string last_part(const std::string& name) {
  const auto colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

}  // namespace

Result<std::vector<NodeId>> find_symbol(const Graph& graph, const std::string& what) {
  if (const auto place = file_and_line(what)) {
    auto found = graph.find_line(place->first, place->second);
    if (found.empty()) found = find_pasted(graph, what);
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

std::string name_to_paste(const Graph& graph, NodeId symbol) {
  const auto& node = graph.node(symbol);
  if (graph.find_name(node.name).size() == 1 || node.file.empty()) return node.name;
  return node.name + "@" + node.file + ":" + std::to_string(node.line);
}

Result<std::vector<NodeId>> choose(const Graph& graph, const std::string& what, const std::vector<NodeId>& found) {
  auto left = found;
  const auto in_project = [&](NodeId id) { return graph.node(id).in_project(); };
  if (std::any_of(left.begin(), left.end(), in_project))
    std::erase_if(left, [&](NodeId id) { return !in_project(id); });

  struct Choice {
    std::uint32_t users;
    std::string name;
    const Node* node;
    auto key() const { return std::pair<std::uint32_t, const std::string&>(~users, name); }
  };
  std::vector<Choice> choices;
  for (const auto id : left) choices.push_back({direct_lower(graph, id), name_to_paste(graph, id), &graph.node(id)});
  std::sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) { return a.key() < b.key(); });
  const bool alike =
      std::all_of(choices.begin(), choices.end(), [&](const Choice& one) { return one.name == choices.front().name; });
  if (alike) return left;

  Columns list(2);
  for (std::size_t i = 0; i < std::min(choices.size(), kChoicesShown); ++i) {
    const auto& one = choices[i];
    list.add({visible(one.name), name_of(one.node->kind),
              std::to_string(one.users) + (one.users == 1 ? " direct user" : " direct users")});
  }
  auto text =
      "'" + visible(what) + "' may mean " + std::to_string(left.size()) + " symbols; name one of them:\n" + list.text();
  if (choices.size() > kChoicesShown) {
    text += "  … and " + std::to_string(choices.size() - kChoicesShown) + " more with fewer users\n";
  }
  text.pop_back();
  return fail(Error::Kind::usage, std::move(text));
}

}  // namespace patchgate
