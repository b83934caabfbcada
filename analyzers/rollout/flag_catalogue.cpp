#include "analyzers/rollout/flag_catalogue.h"

#include <algorithm>

#include "analyzers/rollout/document.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostFunctions = 10'000;
constexpr long kMostArguments = 100;

class FlagCatalogue {
 public:
  explicit FlagCatalogue(const std::string& name) : name_(name) {}

  Result<std::vector<FlagFunction>> read(const DocNode& document) {
    PATCHGATE_CHECK(has_only(document, {"$schema", "flags", "groups"}));
    const DocNode* version = document.find("flags");
    if (version == nullptr || !version->plain || version->text != "1") {
      return wrong(version == nullptr ? document : *version, "\"flags\" must be 1, the version of this format");
    }
    const DocNode* groups = document.find("groups");
    if (groups == nullptr || !groups->is_list()) return wrong(document, "\"groups\" must be a list");
    for (const DocNode& group : groups->items) PATCHGATE_CHECK(read_group(group));
    return std::move(functions_);
  }

 private:
  tl::unexpected<Error> wrong(const DocNode& node, std::string message) const {
    return fail_at(Error::Kind::config, {name_, node.line, 0}, std::move(message));
  }

  Result<void> has_only(const DocNode& node, std::initializer_list<std::string_view> keys) const {
    if (!node.is_map()) return wrong(node, "must be an object");
    for (const auto& [key, value] : node.members) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) return wrong(value, "unknown key \"" + key + "\"");
    }
    return {};
  }

  Result<void> read_group(const DocNode& group) {
    PATCHGATE_CHECK(has_only(group, {"of", "functions", "argument"}));
    std::optional<std::size_t> argument;
    if (const DocNode* given = group.find("argument")) {
      const auto number = given->plain ? whole_of(*given) : std::nullopt;
      if (!number || *number < 0 || *number > kMostArguments)
        return wrong(*given, "\"argument\" must be from 0 to 100");
      argument = static_cast<std::size_t>(*number);
    }
    const DocNode* names = group.find("functions");
    if (names == nullptr || !names->is_list() || names->items.empty()) {
      return wrong(group, "\"functions\" must be a list of names");
    }
    for (const DocNode& name : names->items) {
      if (!name.is_scalar() || name.plain || name.text.empty()) return wrong(name, "must be the name of a function");
      if (functions_.size() == kMostFunctions) return wrong(name, "more than 10000 functions");
      const auto colons = name.text.rfind("::");
      functions_.push_back({colons == std::string::npos ? name.text : name.text.substr(colons + 2), argument});
    }
    return {};
  }

  const std::string& name_;
  std::vector<FlagFunction> functions_;
};

}  // namespace

Result<std::vector<FlagFunction>> parse_flag_catalogue(const std::string& name, std::string_view text) {
  const std::string as_json = name.ends_with(".json") ? name : name + ".json";
  PATCHGATE_TRY(const auto documents, parse_documents(as_json, text));
  if (documents.size() != 1) return fail_at(Error::Kind::config, {name, 1, 0}, "must be one object");
  return FlagCatalogue(name).read(documents.front());
}

}  // namespace patchgate
