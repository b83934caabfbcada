#include "policies/engine/exceptions.h"

#include <algorithm>

#include "analyzers/model/rfc3339.h"
#include "policies/engine/document.h"
#include "policies/engine/load_rule.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::int64_t kDay = 86'400;

std::int64_t day_of(std::int64_t seconds) { return (seconds >= 0 ? seconds : seconds - kDay + 1) / kDay; }

class ExceptionsReader {
 public:
  ExceptionsReader(const std::vector<Rule>& rules, std::int64_t now) : rules_(rules), now_(now) {}

  std::vector<Exception> run(const JsonNode& root) {
    if (!root.object()) return {};
    root.only({"$schema", "exceptions"});
    if (!root.has("exceptions")) {
      root.error("this is not a file of exceptions: 'exceptions' is missing");
      return {};
    }
    const auto node = root["exceptions"];
    // A list from which the last one was taken out.
    if (node.json().is_array() && node.json().empty()) return {};
    std::vector<Exception> list;
    for (const auto& element : node.list().value_or(std::vector<JsonNode>{})) list.push_back(one(element));
    return list;
  }

 private:
  static std::string needed(const JsonNode& node, const char* key) {
    if (node.has(key)) return node[key].text().value_or("");
    node.error("this exception has no " + in_quotes(key));
    return {};
  }

  Exception one(const JsonNode& node) {
    Exception exception;
    exception.at = node.place();
    if (!node.object()) return exception;
    node.only({"rule", "paths", "symbol", "reason", "owner", "ticket", "expires"});
    exception.rule = needed(node, "rule");
    if (!exception.rule.empty()) check_rule(node["rule"], exception.rule);
    if (node.has("paths")) {
      exception.paths = read_globs(node["paths"]).value_or(std::vector<Glob>{});
      exception.paths_at = node["paths"].place();
    } else {
      node.error("this exception has no 'paths'; for the whole repository: [\"**\"]");
    }
    if (node.has("symbol")) exception.symbol = node["symbol"].text().value_or("");
    exception.reason = needed(node, "reason");
    exception.owner = needed(node, "owner");
    exception.ticket = needed(node, "ticket");
    const auto day = needed(node, "expires");
    if (!day.empty()) expires(node["expires"], day, exception);
    return exception;
  }

  void check_rule(const JsonNode& node, const std::string& id) const {
    const auto rule = std::find_if(rules_.begin(), rules_.end(), [&](const Rule& one) { return one.id == id; });
    if (rule == rules_.end()) {
      std::vector<std::string> ids;
      for (const auto& known : rules_) ids.push_back(known.id);
      return node.error("the policy has no rule " + in_quotes(id) + did_you_mean(id, ids));
    }
    if (rule->level == RuleLevel::final_)
      node.error("rule " + in_quotes(id) + " is final: it has no exceptions; only a change of the policy lifts it");
  }

  void expires(const JsonNode& node, const std::string& day, Exception& exception) const {
    const auto seconds = parse_day(day);
    if (!seconds) return node.error("'expires' must be a day such as 2026-11-30");
    exception.expires = *seconds;
    const auto latest = (day_of(now_) + kLongestExceptionDays) * kDay;
    if (*seconds > latest) node.error("'expires' is more than 180 days away; the latest day is " + utc_day(latest));
  }

  const std::vector<Rule>& rules_;
  std::int64_t now_;
};

}  // namespace

LoadedExceptions load_exceptions(const std::string& file, std::string_view text, const std::vector<Rule>& rules,
                                 std::int64_t now) {
  LoadedExceptions loaded;
  const auto document = read_document(file, text, loaded.errors);
  if (!document) return loaded;
  loaded.list = ExceptionsReader(rules, now).run(JsonNode(*document, loaded.errors));
  std::stable_sort(loaded.errors.begin(), loaded.errors.end(),
                   [](const Error& a, const Error& b) { return a.at < b.at; });
  if (!loaded.errors.empty()) loaded.list.clear();
  return loaded;
}

bool is_active(const Exception& exception, std::int64_t now) { return days_left(exception, now) >= 0; }

std::int64_t days_left(const Exception& exception, std::int64_t now) { return day_of(exception.expires) - day_of(now); }

}  // namespace patchgate
