#include "policies/engine/load_rule.h"

#include <algorithm>

#include "policies/engine/fix.h"
#include "policies/engine/load_condition.h"
#include "policies/engine/near_miss.h"
#include "policies/engine/strictness.h"

namespace patchgate {

namespace {

constexpr std::size_t kLongestId = 80;

const std::vector<std::string> kLevels{"observe", "warn", "block", "final"};
const std::vector<std::string> kEffects{"observe", "warn", "block"};

bool is_id(std::string_view id) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
  };
  return id.size() <= kLongestId && std::all_of(id.begin(), id.end(), good);
}

/// `unknown` may soften any level but final, and adds nothing to a rule that only observes.
bool fits(const JsonNode& node, RuleLevel level, std::optional<Effect> unknown) {
  if (!unknown) return true;
  if (level == RuleLevel::final_ && *unknown != Effect::block) {
    return node.error("a rule of level 'final' blocks where it is unknown; it cannot say otherwise"), false;
  }
  if (level == RuleLevel::observe && *unknown != Effect::observe) {
    return node.error("a rule of level 'observe' only records; its 'unknown' cannot do more"), false;
  }
  return true;
}

JsonNode member(const JsonNode& node, std::string_view key) { return node.has(key) ? node[key] : node; }

void add(const JsonNode& node, RuleDraft draft, std::vector<Rule>& rules) {
  std::vector<std::string> ids;
  for (const auto& rule : rules) ids.push_back(rule.id);
  const auto near = did_you_mean(draft.id, ids);
  if (draft.loosens) {
    return node["loosens"].error_at_key("no extended policy has a rule " + in_quotes(draft.id) + " to loosen" + near);
  }
  if (!draft.require) return node["id"].error("rule " + in_quotes(draft.id) + " has no 'require'" + near);
  if (!draft.level) return node["id"].error("rule " + in_quotes(draft.id) + " has no 'level'" + near);
  if (!fits(member(node, "unknown"), *draft.level, draft.unknown)) return;
  Rule rule;
  rule.id = draft.id;
  rule.title = draft.title.value_or(draft.id);
  rule.level = *draft.level;
  rule.when = std::move(draft.when);
  rule.require = std::move(*draft.require);
  rule.unknown = draft.unknown;
  rule.fixes = draft.fixes.value_or(std::vector<Fix>{});
  rule.missing = draft.missing.value_or("");
  rule.why = draft.why.value_or("");
  rule.narrows = draft.narrows.value_or("");
  rule.paths = draft.paths.value_or(std::vector<Glob>{});
  rule.at = node["id"].place();
  rules.push_back(std::move(rule));
}

void change(const JsonNode& node, RuleDraft draft, Rule& rule, std::vector<std::string>& notes,
            std::vector<Error>& warnings) {
  Rule changed = rule;
  if (draft.title) changed.title = *draft.title;
  if (draft.fixes) changed.fixes = std::move(*draft.fixes);
  if (draft.missing) changed.missing = *draft.missing;
  if (draft.why) changed.why = *draft.why;
  if (draft.narrows) changed.narrows = *draft.narrows;
  if (draft.level) changed.level = *draft.level;
  if (draft.unknown) changed.unknown = draft.unknown;
  if (draft.when) changed.when = std::move(draft.when);
  if (draft.require) changed.require = std::move(*draft.require);
  if (draft.paths) changed.paths = std::move(*draft.paths);
  changed.at = node["id"].place();
  // A level that was lowered to observe takes an inherited `unknown` down with it: fits() is about what is written
  // here.
  if (!fits(member(node, "unknown"), changed.level, draft.unknown)) return;
  if (changed.level == RuleLevel::final_) changed.unknown.reset();
  const auto loosened = what_is_loosened(rule, changed);
  if (!loosened.empty() && !draft.loosens) {
    return node["id"].error("this loosens rule " + in_quotes(rule.id) + " (" + join(loosened) +
                            "); say why with 'loosens': \"reason\"");
  }
  if (loosened.empty() && draft.loosens) {
    warnings.push_back(Error{Error::Kind::config,
                             "'loosens' is given, but nothing about rule " + in_quotes(rule.id) + " is loosened",
                             node["loosens"].key_place(),
                             {},
                             {}});
  }
  if (!loosened.empty()) {
    notes.push_back("rule " + rule.id + " is loosened by " + changed.at.file + ":" + std::to_string(changed.at.line) +
                    " (" + join(loosened) + "): " + one_line(*draft.loosens, 200));
  }
  rule = std::move(changed);
}

}  // namespace

std::optional<std::vector<Glob>> read_globs(const JsonNode& node) {
  const auto elements = node.list();
  if (!elements) return std::nullopt;
  std::vector<Glob> globs;
  for (const auto& element : *elements) {
    const auto pattern = element.text();
    if (!pattern) continue;
    auto glob = Glob::compile(*pattern);
    if (!glob) {
      element.error(glob.error().message);
      continue;
    }
    globs.push_back(std::move(*glob));
  }
  return globs.size() == elements->size() ? std::optional(std::move(globs)) : std::nullopt;
}

std::optional<RuleDraft> read_rule(const JsonNode& node) {
  if (!node.object()) return std::nullopt;
  node.only(
      {"id", "title", "level", "when", "require", "unknown", "fix", "missing", "paths", "loosens", "why", "narrows"});
  if (!node.has("id")) return node.error("this rule has no 'id'"), std::nullopt;
  bool good = true;
  RuleDraft draft;
  const auto text = [&](const char* key, auto read, auto& into) {
    if (!node.has(key)) return;
    into = read(node[key]);
    good = good && into.has_value();
  };
  const auto plain = [](const JsonNode& value) { return value.text(); };
  std::optional<std::string> id;
  text("id", plain, id);
  if (id && !is_id(*id)) {
    node["id"].error(in_quotes(*id) + " is not a rule id: lower-case letters, digits and - _ . / only, at most 80");
    good = false;
  }
  text("title", plain, draft.title);
  text("fix", read_fixes, draft.fixes);
  text("loosens", plain, draft.loosens);
  text("why", plain, draft.why);
  text("narrows", plain, draft.narrows);
  text("missing", read_missing, draft.missing);
  text("when", read_condition, draft.when);
  text("require", read_condition, draft.require);
  text("paths", read_globs, draft.paths);
  std::optional<std::size_t> level, unknown;
  text(
      "level", [](const JsonNode& value) { return value.word(kLevels); }, level);
  text(
      "unknown", [](const JsonNode& value) { return value.word(kEffects); }, unknown);
  if (!good) return std::nullopt;
  draft.id = *id;
  if (level) draft.level = static_cast<RuleLevel>(*level);
  if (unknown) draft.unknown = static_cast<Effect>(*unknown + 1);
  return draft;
}

void apply_draft(const JsonNode& node, RuleDraft draft, std::vector<Rule>& rules, std::vector<std::string>& notes,
                 std::vector<Error>& warnings) {
  const auto known = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == draft.id; });
  if (known == rules.end()) return add(node, std::move(draft), rules);
  if (known->at.file == node.place().file) {
    return node["id"].error("rule " + in_quotes(draft.id) + " stands in this file twice; the first is in line " +
                            std::to_string(known->at.line));
  }
  change(node, std::move(draft), *known, notes, warnings);
}

}  // namespace patchgate
