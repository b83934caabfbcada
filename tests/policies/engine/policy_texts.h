#pragma once

#include <map>
#include <string>
#include <vector>

#include "policies/engine/load.h"

namespace patchgate {

using Files = std::map<std::string, std::string>;

/// Policies by name, for `extends`.
inline PolicySource among(Files files) {
  return [files = std::move(files)](const std::string& name) -> Result<std::string> {
    const auto found = files.find(name);
    if (found == files.end()) return fail(Error::Kind::config, "there is no " + name, "there are others");
    return found->second;
  };
}

inline std::string lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += text + "\n";
  return all;
}

inline std::string lines(const std::vector<Error>& errors) {
  std::vector<std::string> texts;
  for (const auto& error : errors) texts.push_back(to_string(error));
  return lines(texts);
}

inline LoadedPolicy load_text(const std::string& text, Files files = {}) {
  return load_policy({"p.json", text}, among(std::move(files)));
}

/// The policy; none, and its errors as a failure of the test, where it is wrong.
inline Policy good_policy(const std::string& text, Files files = {}) {
  auto loaded = load_text(text, std::move(files));
  if (!loaded.policy) throw std::runtime_error(lines(loaded.errors));
  return std::move(*loaded.policy);
}

/// A policy of one rule with this `require`, at level block.
inline std::string requiring(const std::string& require) {
  return R"({"policy": 1, "rules": [{"id": "r", "level": "block", "require": )" + require + "}]}";
}

}  // namespace patchgate
