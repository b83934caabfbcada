#include "policies/schema/pack_page.h"

#include <algorithm>
#include <map>

#include "policies/engine/near_miss.h"
#include "policies/engine/strictness.h"

namespace patchgate {

namespace {

std::string sentence(std::string text) {
  if (text.empty()) return text;
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  const char last = text.back();
  return last == '.' || last == '!' ? text : text + ".";
}

/// "hotfix" of "builtin:hotfix@1:12" or "builtin:hotfix@1"; the text itself where it is none.
std::string short_name(std::string_view name) {
  const auto colon = name.find(':');
  const auto at = name.find('@');
  if (colon == std::string_view::npos || at == std::string_view::npos || at < colon) return std::string(name);
  return std::string(name.substr(colon + 1, at - colon - 1));
}

std::string patterns(const std::vector<Glob>& globs) {
  std::vector<std::string> texts;
  for (const auto& glob : globs) texts.push_back("`" + glob.pattern() + "`");
  return join(texts, " or ");
}

std::string effect_in_words(Effect effect) {
  switch (effect) {
    case Effect::block:
      return "blocks";
    case Effect::warn:
      return "warns";
    default:
      return "is recorded only";
  }
}

std::string level_in_words(const Rule& rule) {
  const auto fails = effect_of_failure(rule);
  const auto unknown = effect_of_unknown(rule);
  std::string text = rule.level == RuleLevel::final_ ? "blocks, and cannot be overridden" : effect_in_words(fails);
  if (unknown != fails) text += "; where it cannot be told, it " + effect_in_words(unknown);
  return text;
}

/// Each condition of an `all` in a line of its own.
std::string lines_of(const Condition& condition, const std::string& indent) {
  std::string text;
  if (condition.kind != Condition::Kind::all) return indent + "- " + describe(condition, Words::plain) + "\n";
  for (const auto& child : condition.children) text += indent + "- " + describe(child, Words::plain) + "\n";
  return text;
}

std::string rule_text(const Rule& rule) {
  std::string text = "### " + rule.id + "\n" + sentence(rule.title);
  if (!rule.why.empty()) text += " *Why:* " + sentence(rule.why);
  text += "\n\n- **Where it does not hold** it " + level_in_words(rule) + ".\n";
  text += "- **When:** ";
  if (!rule.paths.empty())
    text += "for patches that touch " + patterns(rule.paths) + (rule.when ? ", and where\n" : ".\n");
  if (rule.paths.empty()) text += rule.when ? "for patches with\n" : "for every patch.\n";
  if (rule.when) text += lines_of(*rule.when, "  ");
  text += "- **Asks for**\n" + lines_of(rule.require, "  ");
  for (const auto& fix : rule.fixes) {
    if (!fix.when) text += "- **To pass:** " + sentence(fix.text) + "\n";
  }
  return text + "\n";
}

std::string summary(const Policy& policy) {
  std::map<Effect, std::vector<std::string>> ids;
  for (const auto& rule : policy.rules) ids[effect_of_failure(rule)].push_back("`" + rule.id + "`");
  std::string text;
  for (const auto effect : {Effect::block, Effect::warn, Effect::observe}) {
    const char* word = effect == Effect::block ? "Blocks" : effect == Effect::warn ? "Warns" : "Records only";
    const auto& list = ids[effect];
    text += std::string("- **") + word + "** (" + std::to_string(list.size()) + ")" +
            (list.empty() ? "" : ": " + join(list)) + "\n";
  }
  return text;
}

std::string parameter_text(const ParameterInForce& parameter) {
  return "| `" + parameter.name + "` | `" + parameter.value + "` | " + parameter.about + " |\n";
}

}  // namespace

std::string pack_page(std::string_view name, const Policy& policy) {
  std::string text = "# " + std::string(name) + "\n" + sentence(policy.title) + "\n\nMade from `policies/packs/" +
                     short_name(name) +
                     "/pack.json`; a test fails where this page is behind. `patchgate policy show --policy " +
                     std::string(name) + "` prints the rules with their lines.\n\n## In short\n" + summary(policy);
  if (!policy.hotfix.target.empty() || !policy.hotfix.source.empty()) {
    text += "\nA patch is a *hotfix* where it is meant for " + patterns(policy.hotfix.target) +
            ", or comes from a branch like " + patterns(policy.hotfix.source) + ".\n";
  }
  if (!policy.notes.empty()) {
    text += "\nSaid in every verdict: " + join(policy.notes, "; ") + ".\n";
  }
  if (!policy.parameters.empty()) {
    text +=
        "\n## What can be set\nIn `.patchgate/policy.json`: `\"extends\": [\"" + std::string(name) +
        "\"], \"set\": {\"NAME\": VALUE}`. A value that asks for less needs a reason: `{\"value\": VALUE, \"loosens\": "
        "\"reason\"}`.\n\n| parameter | default | what it is |\n|---|---|---|\n";
    for (const auto& parameter : policy.parameters) text += parameter_text(parameter);
  }
  std::map<std::string, std::vector<std::string>> taken_over;
  std::string own;
  for (const auto& rule : policy.rules) {
    if (rule.at.file == name) {
      own += rule_text(rule);
    } else {
      taken_over[short_name(rule.at.file)].push_back("`" + rule.id + "`");
    }
  }
  if (!own.empty()) text += "\n## Rules\n" + own;
  for (const auto& [pack, ids] : taken_over) {
    text += (own.empty() ? "\n" : "") + std::string("## Taken over from [") + pack + "](" + pack + ".md)\n" +
            join(ids) + "\n";
  }
  return text;
}

}  // namespace patchgate
