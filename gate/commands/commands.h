#pragma once

#include "gate/cli/options.h"

namespace patchgate {

// Each runs one command and gives its exit code. What went wrong has been said on standard error.

int run_check(const CheckOptions& options);
int run_index(const IndexOptions& options);
int run_graph(const GraphOptions& options);
int run_explain(const ExplainOptions& options);
int run_policy(const PolicyOptions& options);
int run_replay(const ReplayOptions& options);
int run_selftest(const SelftestOptions& options);
int run_init(const InitOptions& options);
int run_hook(const HookOptions& options);
int run_verify(const VerifyOptions& options);

}  // namespace patchgate
