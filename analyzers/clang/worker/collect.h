#pragma once

#include <memory>
#include <string>

#include <clang/AST/ASTConsumer.h>
#include <clang/Frontend/CompilerInstance.h>

#include "analyzers/clang/worker/shared_start.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// Watches the preprocessor of `compiler` and, at the end of the unit, walks what the repository declares. Fills
/// `facts.files`. `root` and `directory` as in ParseRequest; `start` may be null.
std::unique_ptr<clang::ASTConsumer> collect_facts(clang::CompilerInstance& compiler, std::string root,
                                                  std::string directory, SharedStart* start, UnitFacts& facts);

}  // namespace patchgate
