#include "analyzers/sql/parse_tree.h"

#include "analyzers/sql/scan.h"

namespace patchgate {

const Json* find(const Json& node, std::initializer_list<const char*> keys) {
  const Json* at = &node;
  for (const char* key : keys) {
    if (!at->is_object()) return nullptr;
    const auto found = at->find(key);
    if (found == at->end()) return nullptr;
    at = &*found;
  }
  return at;
}

std::string text_of(const Json& node, std::initializer_list<const char*> keys) {
  const Json* found = find(node, keys);
  return found != nullptr && found->is_string() ? found->get<std::string>() : "";
}

const Json::array_t& list_of(const Json& node, const char* key) {
  static const Json::array_t kNone;
  const Json* found = find(node, {key});
  return found != nullptr && found->is_array() ? found->get_ref<const Json::array_t&>() : kNone;
}

std::string shown_name(std::string name) { return name.find(kHoleName) == std::string::npos ? name : "(a name)"; }

std::string relation(const Json& range) {
  const std::string schema = text_of(range, {"schemaname"});
  return shown_name((schema.empty() ? "" : schema + ".") + text_of(range, {"relname"}));
}

std::string dotted(const Json& names) {
  std::string text;
  if (!names.is_array()) return text;
  for (const Json& part : names) text += (text.empty() ? "" : ".") + text_of(part, {"String", "sval"});
  return shown_name(text);
}

}  // namespace patchgate
