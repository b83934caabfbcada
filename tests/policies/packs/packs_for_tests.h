#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "policies/engine/load.h"
#include "policies/packs/packs.h"

namespace patchgate {

inline Result<std::string> pack_text(const std::string& name) {
  if (const auto text = find_pack(name)) return std::string(*text);
  return fail(Error::Kind::config, "there is no built-in policy " + name);
}

inline Policy load_pack(const std::string& name) {
  auto loaded = load_policy({name, pack_text(name).value_or("")}, pack_text);
  std::string wrong;
  for (const auto& error : loaded.errors) wrong += to_string(error) + "\n";
  for (const auto& warning : loaded.warnings) wrong += "warning: " + to_string(warning) + "\n";
  if (!wrong.empty()) throw std::runtime_error(wrong);
  return std::move(*loaded.policy);
}

inline std::string read_source(const std::string& path) {
  std::ifstream file(std::string(PATCHGATE_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return file ? text.str() : throw std::runtime_error("cannot read " + path);
}

}  // namespace patchgate
