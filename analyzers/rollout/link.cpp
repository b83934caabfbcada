#include "analyzers/rollout/link.h"

#include <algorithm>
#include <map>
#include <set>

#include "analyzers/graph/call_like.h"
#include "analyzers/graph/reach.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostWalks = 50;  // from a touched symbol to a `main`

/// `_` and `-` count as one: image names have no `_` in many places.
bool same_name(std::string_view a, std::string_view b) {
  const auto plain = [](char c) { return c == '_' ? '-' : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char left, char right) { return plain(left) == plain(right); });
}

/// `*` stands for anything but `/`. In time linear in both: one star is remembered.
bool matches(std::string_view pattern, std::string_view path) {
  std::size_t p = 0, at = 0, star = std::string_view::npos, from = 0;
  while (at < path.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = at;
    } else if (p < pattern.size() && pattern[p] == path[at]) {
      ++p;
      ++at;
    } else if (star != std::string_view::npos && path[from] != '/') {
      p = star + 1;
      at = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool compiles(const BuiltTarget& target, const std::string& file) {
  return std::any_of(target.sources.begin(), target.sources.end(),
                     [&](const std::string& source) { return matches(source, file); });
}

std::string at_place(const Place& at) { return at.file + ":" + std::to_string(at.line); }

/// Spelled as a folder: "src/", "./src", ".". A name such as "team/crm" is an image.
bool is_folder(std::string_view ships) {
  return ships.starts_with('.') || ships.starts_with('/') || ships.ends_with('/');
}

std::vector<std::string> mains_of(const Graph& graph, const TouchedSymbol& symbol) {
  const NodeId start = symbol.head_usr == 0 ? kNoNode : graph.find(symbol.head_usr, symbol.head_file);
  if (start == kNoNode) return {};
  const std::vector<NodeId> starts{start};
  std::set<std::string> files;
  const auto proven = [](NodeId, const Link& link) {
    return is_call_like(link.kind) && confidence_of_step(link) == Confidence::exact;
  };
  for (const Reached& reached : reach(graph, starts, Direction::to_users, proven)) {
    if (graph.has(reached.node, UnitSymbol::variadic_main)) files.insert(graph.node(reached.node).file);
  }
  return {files.begin(), files.end()};
}

}  // namespace

PatchLink::PatchLink(const Context& context, const std::vector<TouchedSymbol>& touched)
    : context_(context), built_(built_programs(context.rollout_inputs.build_files)) {
  for (const TouchedSymbol& symbol : touched) {
    if (!symbol.in_test_code) subjects_.push_back({&symbol, symbol.at.file, std::nullopt});
  }
}

/// And all that they are linked from.
void PatchLink::add_links(Targets& targets) const {
  std::map<std::string_view, const BuiltTarget*> by_name;
  for (const BuiltTarget& target : built_.targets) by_name.emplace(target.name, &target);
  std::set<const BuiltTarget*> seen(targets.begin(), targets.end());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (const std::string& link : targets[i]->links) {
      const auto found = by_name.find(link);
      if (found != by_name.end() && seen.insert(found->second).second) targets.push_back(found->second);
    }
  }
}

PatchLink::Targets PatchLink::shipped(const RolloutPlan& plan, std::string& by) const {
  Targets result;
  const auto add = [&](const BuiltTarget& target, const std::string& words) {
    if (std::find(result.begin(), result.end(), &target) != result.end()) return;
    result.push_back(&target);
    by += (by.empty() ? "" : ", ") + words;
  };
  for (const auto& [at, ships] : plan.ships) {
    if (is_folder(ships)) continue;
    const std::string name = image_name(ships);
    for (const BuiltTarget& target : built_.targets) {
      if (!target.executable) continue;
      if (same_name(target.output, name) || same_name(target.name, name)) {
        add(target, name + " is an executable (" + at_place(target.at) + ")");
        continue;
      }
      for (const BuiltImage& image : built_.images) {
        if (same_name(image.name, name) && std::binary_search(image.words.begin(), image.words.end(), target.output)) {
          add(target, "the image " + name + " (" + at_place(image.at) + ") holds the executable " + target.output +
                          " (" + at_place(target.at) + ")");
        }
      }
    }
  }
  return result;
}

bool PatchLink::belongs(const FileCheck& compile, Subject& subject) {
  if (compile(subject.file)) return true;
  if (!subject.mains) {
    subject.mains.emplace();
    if (++walks_ <= kMostWalks) subject.mains = mains_of(*context_.head, *subject.symbol);
  }
  return std::any_of(subject.mains->begin(), subject.mains->end(), compile);
}

void PatchLink::judge(RolloutPlan& plan) {
  plan.linked = RolloutLink::unknown;
  if (subjects_.empty()) {
    plan.linked_why = "the patch touches no symbol outside of tests";
    return;
  }
  if (plan.ships.empty()) {
    plan.linked_why = "the manifest names nothing that it ships";
    return;
  }
  std::string by;
  Targets targets = shipped(plan, by);
  if (targets.empty()) {
    const std::string& last = plan.ships.back().second;
    plan.linked_why = "it ships " + last +
                      (is_folder(last) ? ", a folder, which is only claimed: no program that the build makes"
                                       : ", which is no program that this repository is seen to build");
    return;
  }
  add_links(targets);
  const bool all_written =
      std::none_of(targets.begin(), targets.end(), [](const BuiltTarget* target) { return target->open; });
  std::size_t in = 0, elsewhere = 0;
  std::map<std::string, bool> by_targets, by_any;  // many symbols lie in one file
  const auto compile = [&](const std::string& file) {
    const auto [known, is_new] = by_targets.try_emplace(file, false);
    if (is_new) {
      known->second =
          std::any_of(targets.begin(), targets.end(), [&](const auto* target) { return compiles(*target, file); });
    }
    return known->second;
  };
  // A file that no list names, a header, may come in by an include.
  const auto listed = [&](const std::string& file) {
    const auto [known, is_new] = by_any.try_emplace(file, false);
    if (is_new) {
      known->second = std::any_of(built_.targets.begin(), built_.targets.end(),
                                  [&](const BuiltTarget& target) { return compiles(target, file); });
    }
    return known->second;
  };
  for (Subject& subject : subjects_) {
    if (belongs(compile, subject)) {
      ++in;
    } else if (all_written && listed(subject.file)) {
      ++elsewhere;
    }
  }
  const std::string count = std::to_string(in) + " of " + std::to_string(subjects_.size()) + " touched symbols";
  if (in == subjects_.size()) {
    plan.linked = RolloutLink::yes;
    plan.linked_why = by + ", which all that is touched belongs to";
  } else if (elsewhere == subjects_.size()) {
    plan.linked = RolloutLink::no;
    plan.linked_why = by + ", and nothing that is touched belongs to it";
  } else {
    plan.linked_why = by + ", but only " + count + " are seen to belong to it";
  }
}

}  // namespace patchgate
