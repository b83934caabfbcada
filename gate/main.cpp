#include <string>
#include <variant>
#include <vector>

#include <malloc.h>

#include "gate/cli/options.h"
#include "gate/commands/commands.h"
#include "gate/commands/say.h"

namespace {

struct Run {
  int operator()(const patchgate::PrintText& text) const {
    const auto done = patchgate::print(text.text);
    return done ? 0 : patchgate::say_errors({done.error()});
  }
  int operator()(const patchgate::CheckOptions& options) const { return run_check(options); }
  int operator()(const patchgate::IndexOptions& options) const { return run_index(options); }
  int operator()(const patchgate::GraphOptions& options) const { return run_graph(options); }
  int operator()(const patchgate::ExplainOptions& options) const { return run_explain(options); }
  int operator()(const patchgate::PolicyOptions& options) const { return run_policy(options); }
  int operator()(const patchgate::ReplayOptions& options) const { return run_replay(options); }
  int operator()(const patchgate::SelftestOptions& options) const { return run_selftest(options); }
  int operator()(const patchgate::InitOptions& options) const { return run_init(options); }
  int operator()(const patchgate::HookOptions& options) const { return run_hook(options); }
  int operator()(const patchgate::VerifyOptions& options) const { return run_verify(options); }
};

}  // namespace

int main(int argc, char** argv) {
  // Graphs come and go in pieces of megabytes; to hand each back to the system costs more than to fill it.
  mallopt(M_MMAP_THRESHOLD, 1 << 28);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  const auto options = patchgate::parse({argv + 1, argv + argc});
  return options ? std::visit(Run{}, *options) : patchgate::say_errors({options.error()});
}
