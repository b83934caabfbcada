#pragma once

#include <cstdlib>

#include "gate/pipeline/ci_environment.h"

namespace patchgate {

/// What CI says of this run, from the process's own variables.
inline EnvironmentVariables ci_environment() {
  EnvironmentVariables variables;
  for (const auto& name : ci_variables())
    if (const char* value = std::getenv(name.c_str())) variables[name] = value;
  return variables;
}

}  // namespace patchgate
