#pragma once

#include <memory>
#include <string>

#include <clang/AST/ASTConsumer.h>
#include <clang/Frontend/CompilerInstance.h>

#include "analyzers/clang/worker/shared_start.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// What is collected, and whether it can be relied on.
struct Collected {
  UnitFacts facts;
  bool late = true;          ///< in: bodies of templates from outside may be parsed late (outside_bodies.h)
  bool other_names = false;  ///< out: one of them found names that it could not have found at its place
};

/// Watches the preprocessor of `compiler` and, at the end of the unit, walks what the repository declares. Fills
/// `collected.facts.files`. `root` and `directory` as in ParseRequest; `start` may be null.
std::unique_ptr<clang::ASTConsumer> collect_facts(clang::CompilerInstance& compiler, std::string root,
                                                  std::string directory, SharedStart* start, Collected& collected);

}  // namespace patchgate
