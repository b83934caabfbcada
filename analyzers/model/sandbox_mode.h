#pragma once

namespace patchgate {

/// strict: no code is parsed unless the worker's sandbox stands. best_effort: with what the kernel has; the report says
/// what stood. off: none.
enum class SandboxMode { strict, best_effort, off };

}  // namespace patchgate
