#pragma once

#include <string>
#include <vector>

#include "analyzers/model/rollout.h"

namespace patchgate {

/// A target of a CMakeLists.txt.
struct BuiltTarget {
  std::string name;
  std::string output;  ///< OUTPUT_NAME, else the name
  Place at;
  bool executable = false;
  std::vector<std::string> sources;  ///< relative to the repository; may hold `*`, which stands for no `/`
  std::vector<std::string> links;    ///< names of targets, and of other libraries
  bool open = false;                 ///< some of its sources or links are made by expressions that were not followed
};

/// An image that a Dockerfile makes.
struct BuiltImage {
  std::string name;  ///< of the service in a compose file, else of the Dockerfile's folder; without registry and tag
  Place at;
  std::vector<std::string> words;  ///< of the Dockerfile, cut at white space, quotes and `/`; sorted
};

struct BuiltPrograms {
  std::vector<BuiltTarget> targets;
  std::vector<BuiltImage> images;
};

/// What CMakeLists.txt, Dockerfile and compose files say that they build, from their words alone: variables set to
/// plain words are filled in, conditions are not judged (each branch counts). Other build systems say nothing.
BuiltPrograms built_programs(const std::vector<RolloutSource>& files);

/// The last part of the name of an image: "registry.example.org/team/crm:1.4@sha256:…" → "crm".
std::string image_name(const std::string& image);

}  // namespace patchgate
