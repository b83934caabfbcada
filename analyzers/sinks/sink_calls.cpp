#include "analyzers/sinks/sink_calls.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "analyzers/graph/call_like.h"
#include "analyzers/sinks/sql_text.h"

namespace patchgate {

namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Judges call sites against the conditions of their groups. None = not a sink.
class Conditions {
 public:
  explicit Conditions(const Graph& graph) : graph_(graph) {}

  std::optional<Confidence> judge(NodeId caller, NodeId sink, const SinkGroup& group) {
    if (const auto* option = std::get_if<OptionSet>(&group.when)) return judge_option(caller, *option);
    if (const auto* sql = std::get_if<SqlText>(&group.when)) return judge_sql(caller, sink, *sql);
    if (const auto* literal = std::get_if<LiteralText>(&group.when)) return judge_literal(caller, sink, *literal);
    if (const auto* command = std::get_if<CommandText>(&group.when)) return judge_command(caller, sink, *command);
    if (const auto* mentions = std::get_if<MentionedNames>(&group.when)) return judge_mentions(caller, *mentions);
    return Confidence::exact;
  }

 private:
  using Found = std::optional<Confidence>;

  /// The function, those that it calls and those that call it.
  const std::vector<NodeId>& neighbourhood(NodeId function) {
    const auto [found, is_new] = neighbourhoods_.try_emplace(function);
    if (is_new) {
      std::set<NodeId> nodes{function};
      const auto add = [&](std::span<const Link> links) {
        for (const Link& link : links) {
          if (is_call_like(link.kind) && link.confidence == Confidence::exact) nodes.insert(link.node);
        }
      };
      add(graph_.uses(function));
      add(graph_.users(function));
      found->second.assign(nodes.begin(), nodes.end());
    }
    return found->second;
  }

  /// In one function. A method is looked for on the line of its option; wrapped calls give the option on its own.
  Found option_in(NodeId function, const OptionSet& option) {
    Found best;
    const auto literals = graph_.literals_of_caller(function);
    for (const Literal& literal : literals) {
      if (literal.position != option.argument || !contains(option.set_by, callee_name(literal))) continue;
      if (contains(option.any, literal.text)) return Confidence::exact;
      if (!option.by_value || literal.text != option.by_value->option) continue;
      const Found value = value_beside(literals, literal, *option.by_value);
      if (value == Confidence::exact) return value;
      if (value) best = value;
    }
    // A header may wrap the setter in a macro, so that the option is no argument any more, but still used.
    const Named& named = named_by(option);
    const auto is_one_of = [](const std::vector<NodeId>& nodes, NodeId node) {
      return std::binary_search(nodes.begin(), nodes.end(), node);
    };
    for (const Link& link : graph_.uses(function)) {
      if (is_one_of(named.set, link.node)) return Confidence::exact;
      if (!best && is_one_of(named.by_value, link.node)) best = Confidence::possible;
    }
    return best;
  }

  /// The symbols that an option names: asked of very many functions.
  struct Named {
    std::vector<NodeId> set;  ///< enumerators that set it
    std::vector<NodeId> by_value;
  };
  const Named& named_by(const OptionSet& option) {
    const auto [found, is_new] = named_.try_emplace(&option);
    if (!is_new) return found->second;
    const auto look = [&](const std::string& name, bool enumerators_only, std::vector<NodeId>& nodes) {
      for (const NodeId id : graph_.find_last_part(name)) {
        if (enumerators_only && graph_.kind(id) != SymbolKind::enumerator) continue;
        if (plain_of(id) == name) nodes.push_back(id);
      }
    };
    for (const std::string& name : option.any) look(name, true, found->second.set);
    if (option.by_value) look(option.by_value->option, false, found->second.by_value);
    std::sort(found->second.set.begin(), found->second.set.end());
    std::sort(found->second.by_value.begin(), found->second.by_value.end());
    return found->second;
  }

  Found value_beside(std::span<const Literal> literals, const Literal& option, const OptionSet::ByValue& wanted) const {
    bool harmless = false;
    for (const Literal& value : literals) {
      if (value.callee != option.callee || value.line != option.line || value.position != wanted.argument) continue;
      if (contains(wanted.any, value.text)) return Confidence::exact;
      harmless = true;
    }
    if (harmless) return std::nullopt;
    return Confidence::possible;
  }

  Found judge_option(NodeId caller, const OptionSet& option) {
    Found best;
    for (const NodeId near : neighbourhood(caller)) {
      const Found found = option_in(near, option);
      if (found == Confidence::exact) return found;
      if (found) best = found;
    }
    if (best) return best;
    return set_anywhere(option) ? Found(Confidence::possible) : std::nullopt;
  }

  bool set_anywhere(const OptionSet& option) {
    const auto [found, is_new] = anywhere_.try_emplace(&option, false);
    if (is_new) found->second = set_by_literal(option) || used_as_name(option);
    return found->second;
  }

  bool set_by_literal(const OptionSet& option) {
    NodeId last = kNoNode;
    for (const Literal& literal : graph_.literals()) {
      if (literal.caller != last && option_in(literal.caller, option)) return true;
      last = literal.caller;
    }
    return false;
  }

  bool used_as_name(const OptionSet& option) {
    auto names = option.any;
    if (option.by_value) names.push_back(option.by_value->option);
    for (const std::string& name : names) {
      for (const NodeId node : graph_.find_name(name)) {
        if (graph_.node(node).kind != SymbolKind::enumerator) continue;
        for (const Link& user : graph_.users(node)) {
          if (option_in(user.node, option)) return true;
        }
      }
    }
    return false;
  }

  Found judge_sql(NodeId caller, NodeId sink, const SqlText& sql) {
    bool reads = false;
    bool unclear = false;
    const auto look = [&](NodeId function, const auto& is_callee) {
      for (const Literal& literal : graph_.literals_of_caller(function)) {
        if (literal.position != sql.argument || !is_callee(literal)) continue;
        const SqlEffect effect = sql_effect(literal.text);
        if (effect == SqlEffect::writes) return true;
        (effect == SqlEffect::reads ? reads : unclear) = true;
      }
      return false;
    };
    if (sql.prepared_by.empty()) {
      if (look(caller, [&](const Literal& literal) { return literal.callee == sink; })) return Confidence::exact;
    } else {
      for (const NodeId near : neighbourhood(caller)) {
        const auto prepares = [&](const Literal& literal) { return contains(sql.prepared_by, callee_name(literal)); };
        if (look(near, prepares)) return Confidence::exact;
      }
    }
    if (reads && !unclear) return std::nullopt;
    return Confidence::possible;
  }

  Found judge_literal(NodeId caller, NodeId sink, const LiteralText& wanted) const {
    bool other = false;
    for (const Literal& literal : graph_.literals_of_caller(caller)) {
      if (literal.position != wanted.argument || literal.callee != sink) continue;
      for (const std::string& part : wanted.contains) {
        if (literal.text.find(part) != std::string::npos) return Confidence::exact;
      }
      other = true;
    }
    if (other) return std::nullopt;
    return Confidence::possible;
  }

  /// By the first word of the text.
  Found judge_command(NodeId caller, NodeId sink, const CommandText& command) const {
    bool reads = false;
    for (const Literal& literal : graph_.literals_of_caller(caller)) {
      if (literal.position != command.argument || literal.callee != sink) continue;
      std::string word;
      for (const char c : literal.text.substr(0, literal.text.find_first_of(" \t\r\n")))
        word += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      if (word.empty() || word.front() == '%') return Confidence::possible;
      if (!contains(command.reads, word)) return Confidence::exact;
      reads = true;
    }
    if (reads) return std::nullopt;
    return Confidence::possible;
  }

  Found judge_mentions(NodeId caller, const MentionedNames& mentions) const {
    bool harmless = false;
    for (const Link& link : graph_.uses(caller)) {
      const std::string name = plain_of(link.node);
      if (contains(mentions.any, name)) return Confidence::exact;
      harmless = harmless || contains(mentions.none, name);
    }
    if (harmless) return std::nullopt;
    return Confidence::possible;
  }

  std::string plain_of(NodeId id) const { return plain_name(graph_.node(id).name); }
  std::string callee_name(const Literal& literal) const { return plain_of(literal.callee); }

  const Graph& graph_;
  std::map<NodeId, std::vector<NodeId>> neighbourhoods_;
  std::map<const OptionSet*, bool> anywhere_;
  std::map<const OptionSet*, Named> named_;
};

/// Which groups name a node, by node. `used`: is called by somebody.
template <class Used>
std::map<NodeId, std::vector<std::uint32_t>> nodes_of(const Graph& graph, const std::vector<SinkGroup>& groups,
                                                      const Used& used) {
  std::map<NodeId, std::vector<std::uint32_t>> found;
  std::vector<std::pair<std::string_view, std::uint32_t>> patterns;
  bool all_nodes = false;
  for (std::uint32_t group = 0; group < groups.size(); ++group) {
    for (const std::string& function : groups[group].functions) {
      if (function.find('*') != std::string::npos) {
        patterns.emplace_back(function, group);
        all_nodes = all_nodes || groups[group].in_project;
        continue;
      }
      for (const NodeId id : graph.find_last_part(function))
        if (plain_name(graph.node(id).name) == function && used(id)) found[id].push_back(group);
    }
  }
  if (patterns.empty()) return found;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    // Names are read from the index one by one: only of nodes that a pattern may name.
    if ((!all_nodes && graph.in_project(id)) || !used(id)) continue;
    const std::string name = plain_name(graph.node(id).name);
    for (const auto& [pattern, group] : patterns)
      if (name_matches(pattern, name)) found[id].push_back(group);
  }
  return found;
}

}  // namespace

SinkCalls::SinkCalls(const Graph& graph, const std::vector<SinkGroup>& groups) : graph_(graph), groups_(groups) {
  std::set<std::string, std::less<>> fillers;
  for (const SinkGroup& group : groups) fillers.insert(group.fillers.begin(), group.fillers.end());
  filler_.resize(graph.nodes().size());
  Conditions conditions(graph);
  const auto used = [&](NodeId id) {
    const auto kind = graph.kind(id);
    return (is_callable(kind) || kind == SymbolKind::macro) && !graph.user_lists().of(id).empty();
  };
  for (const std::string& name : fillers) {
    for (const NodeId id : graph.find_last_part(name)) {
      if (plain_name(graph.node(id).name) == name && used(id)) filler_[id] = true;
    }
  }
  for (const auto& [sink, of_sink] : nodes_of(graph, groups, used)) {
    const bool in_project = graph.in_project(sink);
    for (const Link& link : graph.users(sink)) {
      if (!is_call_like(link.kind)) continue;
      for (const std::uint32_t group : of_sink) {
        if (in_project && !groups[group].in_project) continue;
        const auto judged = conditions.judge(link.node, sink, groups[group]);
        if (judged)
          calls_.push_back({link.node, sink, group, 0, std::max(*judged, confidence_of_step(link)), link.line});
      }
    }
  }
  const auto order = [](const SinkCall& call) { return std::tie(call.caller, call.sink, call.group, call.confidence); };
  std::sort(calls_.begin(), calls_.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  const auto same = [](const SinkCall& a, const SinkCall& b) {
    return a.caller == b.caller && a.sink == b.sink && a.group == b.group;
  };
  calls_.erase(std::unique(calls_.begin(), calls_.end(), same), calls_.end());
  std::sort(calls_.begin(), calls_.end(), [](const SinkCall& a, const SinkCall& b) {
    return std::tie(a.caller, a.confidence, a.sink, a.group) < std::tie(b.caller, b.confidence, b.sink, b.group);
  });
  std::map<std::pair<std::string, std::string>, std::uint32_t> numbers;
  std::set<std::uint32_t> proven;
  for (SinkCall& call : calls_) {
    const auto next = static_cast<std::uint32_t>(numbers.size());
    call.what = numbers.try_emplace({group(call).kind, name(call.sink)}, next).first->second;
    if (call.confidence == Confidence::exact) proven.insert(call.what);
  }
  distinct_ = numbers.size();
  distinct_proven_ = proven.size();
}

std::span<const SinkCall> SinkCalls::of_caller(NodeId caller) const {
  const auto [first, last] =
      std::equal_range(calls_.begin(), calls_.end(), SinkCall{caller, 0, 0, 0, Confidence::exact, 0},
                       [](const SinkCall& a, const SinkCall& b) { return a.caller < b.caller; });
  return {first, last};
}

bool SinkCalls::fills(NodeId function, const SinkCall& call) const {
  return contains(groups_[call.group].fillers, plain_name(graph_.node(function).name));
}

}  // namespace patchgate
