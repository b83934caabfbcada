#pragma once

#include <map>
#include <string>
#include <vector>

#include "policies/engine/policy.h"

namespace patchgate {

/// The paths that a patch touches, asked by many rules that name the same patterns. The paths must outlive it.
class TouchedPaths {
 public:
  explicit TouchedPaths(const std::vector<std::string>& paths) : paths_(paths) {}

  /// Why a rule with `paths` applies: "touched path src/a.c matches src/**"; empty where none does.
  std::string that_concerns(const Rule& rule);

 private:
  /// The number of paths where none matches.
  std::size_t first_match(const Glob& glob);

  const std::vector<std::string>& paths_;
  std::map<std::string, std::size_t> first_;
};

}  // namespace patchgate
