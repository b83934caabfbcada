#include "policies/engine/rule_versions.h"

#include <algorithm>
#include <optional>

#include "policies/engine/near_miss.h"
#include "policies/engine/strictness.h"

namespace patchgate {

namespace {

const Rule* find_rule(const std::vector<Rule>& rules, const std::string& id) {
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : &*found;
}

std::string place_in_words(const Place& at) { return at.file + ":" + std::to_string(at.line); }

/// `before` and `now` differ by these changes alone.
void judge_changes(const Rule& before, const Rule& now, const std::vector<Parameters::Change>& changes,
                   const RuleSink& sink) {
  const auto loosened = what_is_loosened(before, now);
  if (loosened.empty()) return;
  for (const auto& change : changes) {
    if (change.local) continue;
    if (change.setting->loosens.empty()) {
      const auto& value = change.setting->value.dump();
      sink.errors.push_back(Error{Error::Kind::config,
                                  "this loosens rule " + in_quotes(now.id) + " (" + join(loosened) +
                                      "); say why: {\"value\": " + one_line(value, 80) + ", \"loosens\": \"reason\"}",
                                  change.setting->at,
                                  {},
                                  {}});
      continue;
    }
    sink.notes.push_back("rule " + now.id + " is loosened by " + place_in_words(change.setting->at) + " (" +
                         change.name + " is " + one_line(change.setting->value.dump(), 80) +
                         "): " + one_line(change.setting->loosens, 200));
  }
}

}  // namespace

void read_rule_versions(const Parameters& parameters, const Document& written,
                        const std::vector<Parameters::Version>& versions, std::size_t index, const RuleSink& sink) {
  const JsonNode first = JsonNode(versions.front().document, sink.errors)["rules"][index];
  auto draft = read_rule(first);
  if (!draft) return;
  const auto id = draft->id;
  const auto more = [&](std::size_t version) {
    return versions[version].document.json["rules"][index] != versions[version - 1].document.json["rules"][index];
  };
  bool changes = false;
  for (std::size_t i = 1; i < versions.size(); ++i) changes = changes || more(i);
  if (!changes) return apply_draft(first, std::move(*draft), sink.rules, sink.notes, sink.warnings);

  const auto inherited = sink.rules;
  const auto errors_before = sink.errors.size();
  apply_draft(first, std::move(*draft), sink.rules, sink.notes, sink.warnings);
  if (sink.errors.size() != errors_before) return;
  for (std::size_t i = 1; i < versions.size(); ++i) {
    if (!more(i)) continue;
    std::vector<Error> errors;
    std::vector<Error> warnings;
    std::vector<std::string> notes;
    auto rules = inherited;
    const JsonNode node = JsonNode(versions[i].document, errors)["rules"][index];
    const auto made_by = parameters.changes(JsonNode(written, errors)["rules"][index], versions[i].depth);
    if (auto changed = read_rule(node)) apply_draft(node, std::move(*changed), rules, notes, warnings);
    for (auto& error : errors) {
      error.message += " (rule " + in_quotes(id) + ", " + place_in_words(*error.at) + ")";
      error.at = made_by.front().setting->at;
      sink.errors.push_back(std::move(error));
    }
    const auto* now = find_rule(rules, id);
    if (!errors.empty() || now == nullptr) return;
    judge_changes(*find_rule(sink.rules, id), *now, made_by, sink);
    sink.rules = std::move(rules);
  }
}

void apply_cap(const JsonNode& node, std::vector<Rule>& rules, std::vector<std::string>& notes) {
  if (!node.object()) return;
  node.only({"level", "loosens"});
  for (const char* key : {"level", "loosens"}) {
    if (!node.has(key)) return node.error("'cap' needs 'level' and 'loosens', the reason");
  }
  const auto word = node["level"].word({"observe", "warn", "block", "final"});
  const auto reason = node["loosens"].text();
  if (!word || !reason) return;
  const auto level = static_cast<RuleLevel>(*word);
  std::size_t lowered = 0;
  for (auto& rule : rules) {
    if (rule.level <= level) continue;
    rule.level = level;
    if (rule.unknown) rule.unknown = std::min(*rule.unknown, effect_of_failure(rule));
    ++lowered;
  }
  if (lowered == 0) return;
  const auto at = node.place();
  notes.push_back(std::to_string(lowered) + (lowered == 1 ? " rule is" : " rules are") + " lowered to " +
                  name_of(level) + " by " + place_in_words(at) + ": " + one_line(*reason, 200));
}

}  // namespace patchgate
