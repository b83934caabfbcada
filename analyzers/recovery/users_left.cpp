#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzers/graph/touched_node.h"
#include "analyzers/recovery/recovery.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostNamed = 10;

using Key = std::pair<std::uint64_t, std::string>;

/// A use that does not compile, or means something else, once what it names is gone.
bool needs_it(const Link& link) {
  return link.confidence == Confidence::exact && link.kind != EdgeKind::override_ && link.kind != EdgeKind::indirect;
}

/// Whether head has another definition of that name that the user turns to.
bool has_another(const Graph& head, NodeId user, const std::string& name) {
  const auto uses = head.uses(user);
  return std::any_of(uses.begin(), uses.end(), [&](const Link& link) {
    const auto& used = head.node(link.node);
    return used.in_project() && used.name == name;
  });
}

/// Whether a touched macro may be what spells the use: the user's own text then says nothing of it.
bool by_touched_macro(const Graph& base, NodeId user, const std::set<Key>& touched) {
  const auto uses = base.uses(user);
  return std::any_of(uses.begin(), uses.end(), [&](const Link& link) {
    const auto& used = base.node(link.node);
    return used.kind == SymbolKind::macro && touched.contains({used.usr, used.file});
  });
}

struct Left {
  std::string user, symbol;
  Place at;
  friend auto operator<=>(const Left& a, const Left& b) {
    return std::tie(a.at.file, a.at.line, a.user, a.symbol) <=> std::tie(b.at.file, b.at.line, b.user, b.symbol);
  }
  friend bool operator==(const Left& a, const Left& b) { return (a <=> b) == 0; }
};

void add_users(const Context& context, const TouchedSymbol& symbol, const std::set<Key>& touched,
               std::set<Left>& left) {
  const NodeId gone = base_node(context, symbol);
  if (gone == kNoNode) return;
  for (const Link& link : context.base->users(gone)) {
    if (link.node == gone || !needs_it(link)) continue;
    const auto& user = context.base->node(link.node);
    if (!user.in_project() || touched.contains({user.usr, user.file})) continue;
    if (symbol.kind != SymbolKind::macro && by_touched_macro(*context.base, link.node, touched)) continue;
    const NodeId on_head = node_of(*context.head, user.usr, user.file);
    if (on_head == kNoNode || !context.head->node(on_head).in_project()) continue;
    if (has_another(*context.head, on_head, symbol.name)) continue;
    left.insert({user.name, symbol.name, {user.file, link.line, 0}});
  }
}

void run(const Context& context, Findings& findings) {
  constexpr const char* kFact = "patch.revert.users_left.count";
  if (!context.patch->revert_of) return findings.facts.set(kFact, std::int64_t{0});
  std::set<Key> touched;
  for (const auto& symbol : findings.touched) touched.emplace(symbol.base_usr, symbol.base_file);
  std::set<Left> left;
  std::string unseen;
  if (!context.no_graph.empty() && touches_c_family(*context.patch)) unseen = context.no_graph;
  if (unseen.empty() && !context.unread.empty()) unseen = context.unread.front().at.file + " could not be read";
  for (const auto& symbol : findings.touched) {
    if (symbol.head_usr != 0) continue;
    add_users(context, symbol, touched, left);
    if (!symbol.seen.direct && unseen.empty()) unseen = "not all users of " + symbol.name + " were looked at";
  }
  std::vector<Place> from;
  std::vector<std::string> details;
  for (const auto& [user, symbol, at] : left) {
    from.push_back(at);
    details.push_back(user + " uses " + symbol + " (" + at.file + ":" + std::to_string(at.line) + ")");
  }
  for (std::size_t i = 0; i < std::min(kMostNamed, details.size()); ++i) {
    findings.blind_spots.push_back("the revert removes what is used since: " + details[i]);
  }
  if (details.size() > kMostNamed) {
    findings.blind_spots.push_back("the revert removes what is used since, in " +
                                   std::to_string(details.size() - kMostNamed) + " more places");
  }
  const auto count = static_cast<std::int64_t>(left.size());
  Value value = count;
  if (!unseen.empty()) value = Unknown{std::move(unseen), count};
  findings.facts.set(kFact, std::move(value), std::move(from), std::move(details));
}

}  // namespace

const Analyzer recovery_users_left{"recovery/users_left", "what an exact revert removes though it is used", run};

}  // namespace patchgate
