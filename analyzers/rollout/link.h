#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/graph/context.h"
#include "analyzers/rollout/built_programs.h"

namespace patchgate {

/// Says of a plan whether it ships what the patch touches (test code left out), and why:
/// - yes: a name that it ships is that of an executable, or of an image whose Dockerfile names one; and that executable
///   compiles each touched file, or its `main` reaches each touched symbol by proven calls
/// - no: it ships an executable all of whose sources are written out, and each touched file belongs to others of which
///   the same holds
/// - unknown: anything else. That it ships a folder of the sources proves nothing about what is built of them.
class PatchLink {
 public:
  PatchLink(const Context& context, const std::vector<TouchedSymbol>& touched);
  void judge(RolloutPlan& plan);

 private:
  struct Subject {
    const TouchedSymbol* symbol = nullptr;
    std::string file;
    std::optional<std::vector<std::string>> mains;  ///< files with a `main` that reaches it, once somebody asked
  };
  using Targets = std::vector<const BuiltTarget*>;
  Targets shipped(const RolloutPlan& plan, std::string& by) const;
  void add_links(Targets& targets) const;
  using FileCheck = std::function<bool(const std::string& file)>;
  bool belongs(const FileCheck& compile, Subject& subject);

  const Context& context_;
  BuiltPrograms built_;
  std::vector<Subject> subjects_;
  std::size_t walks_ = 0;
};

}  // namespace patchgate
