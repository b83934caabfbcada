#include "policies/engine/parameters.h"

#include <algorithm>
#include <set>

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr const char* kKey = "parameter";
constexpr std::size_t kMostParameters = 64;
constexpr std::size_t kLongestName = 64;
/// A document is read once for each policy that sets something, so these copies have to stay small.
constexpr std::size_t kLargestValue = 4096;
constexpr std::size_t kMostUses = 1000;

bool is_name(std::string_view name) {
  const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !name.empty() && name.size() <= kLongestName && std::all_of(name.begin(), name.end(), good);
}

bool is_simple(const nlohmann::json& value) {
  return value.is_number() || value.is_boolean() || (value.is_string() && !value.get_ref<const std::string&>().empty());
}

/// A number, a flag, a text, or a list of texts.
bool check_value(const JsonNode& node) {
  const auto& json = node.json();
  const bool list = json.is_array() && !json.empty() &&
                    std::all_of(json.begin(), json.end(), [](const auto& one) { return one.is_string(); });
  if (!is_simple(json) && !list) {
    return node.error(node.called() + " must be a number, true, false, a text or a list of texts"), false;
  }
  if (json.dump().size() > kLargestValue) return node.error(node.called() + " is longer than 4096 bytes"), false;
  return true;
}

/// The name, where the value is `{"parameter": NAME}`.
std::optional<std::string> used_in(const nlohmann::json& json) {
  if (!json.is_object() || !json.contains(kKey)) return std::nullopt;
  const auto& name = json.at(kKey);
  return name.is_string() ? name.get<std::string>() : std::string();
}

/// Adds the names that are used, and gives how often any is.
std::size_t collect(const nlohmann::json& json, std::set<std::string>& names) {
  if (const auto name = used_in(json)) return names.insert(*name), 1;
  std::size_t uses = 0;
  if (!json.is_structured()) return uses;
  for (const auto& child : json) uses += collect(child, names);
  return uses;
}

}  // namespace

void Parameters::open_layer(const JsonNode& node, std::size_t depth) {
  Layer layer{depth, {}};
  const auto names = node.object() ? node.keys() : std::vector<std::string>{};
  for (const auto& name : names) {
    const auto written = node[name];
    const bool reasoned = written.json().is_object();
    if (reasoned) {
      written.only({"value", "loosens"});
      if (!written.has("value")) {
        written.error("this setting has no 'value'");
        continue;
      }
    }
    const auto value = reasoned ? written["value"] : written;
    if (!check_value(value)) continue;
    ParameterSetting setting{value.json(), value.place(), {}, false};
    if (reasoned && written.has("loosens")) setting.loosens = written["loosens"].text().value_or("");
    layer.settings.emplace(name, std::move(setting));
  }
  layers_.push_back(std::move(layer));
}

void Parameters::close_layer(const JsonNode& node) {
  std::vector<std::string> names;
  for (const auto& parameter : known_) names.push_back(parameter.first);
  for (const auto& [name, setting] : layers_.back().settings) {
    if (setting.used) continue;
    const bool late = known_.count(name) != 0;
    node[name].error_at_key(late ? "the parameter " + in_quotes(name) +
                                       " was settled by a policy that is extended before; set it in the policy that "
                                       "extends them all"
                                 : "no extended policy has a parameter " + in_quotes(name) + did_you_mean(name, names));
  }
  layers_.pop_back();
}

void Parameters::declare(const JsonNode& node) {
  const auto names = node.object() ? node.keys() : std::vector<std::string>{};
  for (const auto& name : names) {
    const auto written = node[name];
    if (!is_name(name)) {
      written.error_at_key(in_quotes(name) + " is not the name of a parameter: lower-case letters, digits and - only");
      continue;
    }
    if (!written.object()) continue;
    written.only({"default", "about", "local"});
    if (!written.has("default")) {
      written.error("the parameter " + in_quotes(name) + " has no 'default'");
      continue;
    }
    if (!check_value(written["default"])) continue;
    if (known_.count(name) != 0) {
      written.error_at_key("an extended policy has a parameter " + in_quotes(name) + "; 'set' gives it another value");
      continue;
    }
    if (known_.size() >= kMostParameters) return written.error_at_key("more than 64 parameters in all");
    Parameter parameter;
    parameter.value = written["default"].json();
    parameter.at = written.key_place();
    if (written.has("about")) parameter.about = written["about"].text().value_or("");
    if (written.has("local")) parameter.local = written["local"].flag().value_or(false);
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
      const auto setting = layer->settings.find(name);
      if (setting == layer->settings.end()) continue;
      setting->second.used = true;
      parameter.set.emplace_back(layer->depth, setting->second);
    }
    known_.emplace(name, std::move(parameter));
  }
}

const nlohmann::json& Parameters::value_of(const Parameter& parameter, std::size_t depth) const {
  const nlohmann::json* value = &parameter.value;
  for (const auto& [set_at, setting] : parameter.set) {
    if (depth > 0 && set_at >= depth) value = &setting.value;
  }
  return *value;
}

/// False where an error was found; told once, with the defaults.
bool Parameters::fill(const JsonNode& node, nlohmann::json& copy, std::size_t depth, bool report) const {
  if (const auto name = used_in(copy)) {
    const auto found = known_.find(*name);
    if (found != known_.end()) {
      copy = value_of(found->second, depth);
      return true;
    }
    std::vector<std::string> names;
    for (const auto& parameter : known_) names.push_back(parameter.first);
    if (report) node[kKey].error("no parameter " + in_quotes(*name) + did_you_mean(*name, names));
    return false;
  }
  bool good = true;
  if (copy.is_object()) {
    for (auto& [key, child] : copy.items()) good = fill(node[key], child, depth, report) && good;
  } else if (copy.is_array()) {
    for (std::size_t i = 0; i < copy.size(); ++i) good = fill(node[i], copy[i], depth, report) && good;
  }
  return good;
}

std::vector<Parameters::Version> Parameters::versions(const Document& document, std::vector<Error>& errors) const {
  std::set<std::string> used;
  if (collect(document.json, used) > kMostUses) {
    JsonNode(document, errors).error("parameters are used more than 1000 times");
    return {};
  }
  std::set<std::size_t, std::greater<>> depths;
  for (const auto& name : used) {
    const auto found = known_.find(name);
    if (found == known_.end()) continue;
    for (const auto& setting : found->second.set) depths.insert(setting.first);
  }
  std::vector<std::size_t> steps{0};
  steps.insert(steps.end(), depths.begin(), depths.end());
  std::vector<Version> versions;
  for (const auto depth : steps) {
    Version version{document, depth};
    if (!used.empty() && !fill(JsonNode(document, errors), version.document.json, depth, true)) return {};
    versions.push_back(std::move(version));
  }
  return versions;
}

std::vector<Parameters::Change> Parameters::changes(const JsonNode& node, std::size_t depth) const {
  std::set<std::string> used;
  collect(node.json(), used);
  std::vector<Change> changes;
  for (const auto& name : used) {
    const auto& parameter = known_.at(name);
    for (const auto& [set_at, setting] : parameter.set) {
      if (set_at == depth) changes.push_back({name, &setting, parameter.local});
    }
  }
  return changes;
}

std::vector<ParameterInForce> Parameters::in_force() const {
  std::vector<ParameterInForce> all;
  for (const auto& [name, parameter] : known_) {
    const auto& value = parameter.set.empty() ? parameter.value : parameter.set.back().second.value;
    const auto& at = parameter.set.empty() ? parameter.at : parameter.set.back().second.at;
    all.push_back({name, value.dump(), parameter.about, at, !parameter.set.empty()});
  }
  return all;
}

}  // namespace patchgate
