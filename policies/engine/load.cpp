#include "policies/engine/load.h"

#include <algorithm>
#include <tuple>

#include "analyzers/model/facts_version.h"
#include "policies/engine/document.h"
#include "policies/engine/lint.h"
#include "policies/engine/load_approvers.h"
#include "policies/engine/load_loosens.h"
#include "policies/engine/load_risk.h"
#include "policies/engine/load_rule.h"
#include "policies/engine/narrowing.h"
#include "policies/engine/near_miss.h"
#include "policies/engine/parameters.h"
#include "policies/engine/rule_versions.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostRules = 500;
constexpr std::size_t kMostFiles = 32;
constexpr std::size_t kDeepestExtends = 4;
constexpr std::string_view kBuiltin = "builtin:";

/// `builtin:NAME@MAJOR`.
bool is_builtin_name(std::string_view name) {
  name.remove_prefix(kBuiltin.size());
  const auto at = name.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const auto major = name.substr(at + 1);
  const auto word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(at), word) && !major.empty() &&
         std::all_of(major.begin(), major.end(), digit);
}

/// Below the folder it is relative to: no root, no `.` or `..`, no empty part, no backslash, no control byte.
bool is_plain_path(std::string_view path) {
  const auto odd = [](char c) { return c == '\\' || static_cast<unsigned char>(c) < 0x20U || c == 0x7f; };
  if (std::any_of(path.begin(), path.end(), odd)) return false;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const auto end = std::min(path.find('/', begin), path.size());
    const auto part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

class Loader {
 public:
  explicit Loader(const PolicySource& source) : source_(source) {}

  LoadedPolicy run(const PolicyText& root) {
    policy_.name = root.name;
    file(root);
    sort_errors();
    policy_.parameters = parameters_.in_force();
    if (loaded_.errors.empty()) find_odd_rules(policy_, loaded_.warnings);
    if (loaded_.errors.empty()) find_avoidable_rules(policy_, loaded_.warnings);
    if (loaded_.errors.empty()) loaded_.policy = std::move(policy_);
    return std::move(loaded_);
  }

 private:
  /// File by file, from the root on, each from its top.
  void sort_errors() {
    const auto order = [&](const Error& error) {
      const auto file = std::find(seen_.begin(), seen_.end(), error.at->file);
      return std::tuple(file - seen_.begin(), error.at->line, error.at->column);
    };
    std::stable_sort(loaded_.errors.begin(), loaded_.errors.end(),
                     [&](const Error& a, const Error& b) { return order(a) < order(b); });
  }

  void file(const PolicyText& text) {
    chain_.push_back(text.name);
    seen_.push_back(text.name);
    if (const auto document = read_document(text.name, text.text, loaded_.errors))
      content(JsonNode(*document, loaded_.errors));
    policy_.sources.push_back(text.name);
    chain_.pop_back();
  }

  void content(const JsonNode& node) {
    if (!node.object()) return;
    if (!version(node)) return;
    if (!facts_are_known(node)) return;
    node.only({"$schema", "policy", "needs_facts", "title", "extends", "set", "parameters", "hotfix", "risk",
               "rollouts", "override", "rules", "cap", "if_no_rule_applies", "loosens"});
    if (node.has("$schema")) (void)node["$schema"].text();
    const auto title = node.has("title") ? node["title"].text() : std::nullopt;
    if (chain_.size() == 1) policy_.title = title.value_or("");
    if (node.has("set")) parameters_.open_layer(node["set"], chain_.size());
    if (node.has("extends")) extends(node["extends"]);
    if (node.has("set")) parameters_.close_layer(node["set"]);
    if (node.has("parameters")) parameters_.declare(node["parameters"]);
    const auto versions = parameters_.versions(node.document(), loaded_.errors);
    if (!versions.empty()) filled_in(node.document(), versions);
  }

  /// What is read once all parameters have their values.
  void filled_in(const Document& written, const std::vector<Parameters::Version>& versions) {
    const JsonNode node(versions.back().document, loaded_.errors);
    const auto before = frame_of(policy_);
    if (node.has("hotfix")) hotfix(node["hotfix"]);
    if (node.has("risk")) read_risk(node["risk"], policy_.risk);
    if (node.has("rollouts")) rollouts(node["rollouts"]);
    if (node.has("override")) policy_.approvers = read_approvers(node["override"]);
    if (node.has("if_no_rule_applies")) {
      const auto word = node["if_no_rule_applies"].word({"allow", "warn", "block", "none"});
      if (word) policy_.if_no_rule_applies = static_cast<Decision>(*word);
    }
    // What is wrong cannot be compared, and of policies that could not be read nobody knows what they ask for.
    if (loaded_.errors.empty())
      check_frame(node, node.has("extends") ? before : frame_of(policy_), policy_, loaded_.warnings);
    if (node.has("rules")) {
      rules(written, versions, node["rules"], node.has("extends"));
    } else if (!node.has("extends")) {
      node.error("this policy has no rules: it needs 'rules' or 'extends'");
    }
    if (node.has("cap")) apply_cap(node["cap"], policy_.rules, policy_.notes);
  }

  /// An older program says that it is too old, and not that it never heard of a fact.
  bool facts_are_known(const JsonNode& node) {
    if (!node.has("needs_facts")) return true;
    const auto version = node["needs_facts"].count(1'000'000);
    if (!version) return false;
    if (*version <= kFactsVersion) return true;
    node["needs_facts"].error("this policy needs version " + std::to_string(*version) +
                              " of the facts, and this program has version " + std::to_string(kFactsVersion) +
                              "; a newer one is needed");
    return false;
  }

  bool version(const JsonNode& node) {
    if (!node.has("policy")) {
      node.error("this is not a policy: '\"policy\": 1' is missing");
      return false;
    }
    const auto& json = node["policy"].json();
    if (json.is_number_integer() && json.get<std::int64_t>() == 1) return true;
    node["policy"].error("this program reads version 1 of the policy format; 'policy' must be 1");
    return false;
  }

  void extends(const JsonNode& node) {
    const auto elements = node.list();
    if (!elements) return;
    for (const auto& element : *elements) {
      const auto name = element.text();
      if (name) extend(element, *name);
    }
  }

  void extend(const JsonNode& node, const std::string& written) {
    const bool builtin = written.starts_with(kBuiltin);
    if (builtin && !is_builtin_name(written)) {
      return node.error(in_quotes(written) +
                        " is not the name of a built-in policy; it has the form builtin:NAME@MAJOR");
    }
    if (!builtin && chain_.back().starts_with(kBuiltin)) {
      return node.error("a built-in policy can extend built-in policies only");
    }
    if (!builtin && !is_plain_path(written)) {
      return node.error(in_quotes(written) + " is not a path below the folder of this file");
    }
    const auto slash = chain_.back().rfind('/');
    const std::string folder = builtin || slash == std::string::npos ? "" : chain_.back().substr(0, slash + 1);
    const std::string name = folder + written;
    if (std::find(chain_.begin(), chain_.end(), name) != chain_.end()) {
      return node.error("these policies extend each other in a circle: " + join(chain_, " → ") + " → " + name);
    }
    // A policy that two others extend counts once, at its first place, so that it cannot undo what one of them changed.
    if (std::find(seen_.begin(), seen_.end(), name) != seen_.end()) return;
    if (chain_.size() > kDeepestExtends) return node.error("policies extend each other more than 4 deep");
    if (seen_.size() >= kMostFiles) return node.error("more than 32 policies in all");
    auto text = source_(name);
    if (!text) return node.error(text.error().message + (text.error().hint.empty() ? "" : "; " + text.error().hint));
    file({name, std::move(*text)});
  }

  void hotfix(const JsonNode& node) {
    if (!node.object()) return;
    node.only({"target", "source"});
    if (node.has("target")) policy_.hotfix.target = read_globs(node["target"]).value_or(std::vector<Glob>{});
    if (node.has("source")) policy_.hotfix.source = read_globs(node["source"]).value_or(std::vector<Glob>{});
  }

  void rollouts(const JsonNode& node) {
    const auto elements = node.list();
    if (!elements) return;
    policy_.rollouts.clear();
    for (const auto& element : *elements) {
      const auto path = element.text();
      if (!path) continue;
      if (!is_plain_path(*path)) element.error(in_quotes(*path) + " is not a path inside of the repository");
      policy_.rollouts.push_back(*path);
    }
  }

  void rules(const Document& written, const std::vector<Parameters::Version>& versions, const JsonNode& node,
             bool extends_others) {
    if (node.json().is_array() && node.json().empty()) {
      if (!extends_others) node.error("this policy has no rules: 'rules' is empty and there is no 'extends'");
      return;
    }
    const auto elements = node.list();
    if (!elements) return;
    const RuleSink sink{policy_.rules, policy_.notes, loaded_.errors, loaded_.warnings};
    for (std::size_t i = 0; i < elements->size(); ++i) {
      read_rule_versions(parameters_, written, versions, i, sink);
      if (policy_.rules.size() > kMostRules) return (*elements)[i].error("more than 500 rules in all");
    }
  }

  const PolicySource& source_;
  LoadedPolicy loaded_;
  Policy policy_;
  Parameters parameters_;
  std::vector<std::string> chain_;  ///< from the root to the file at hand
  std::vector<std::string> seen_;
};

}  // namespace

LoadedPolicy load_policy(const PolicyText& root, const PolicySource& source) { return Loader(source).run(root); }

}  // namespace patchgate
