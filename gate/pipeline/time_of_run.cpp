#include "gate/pipeline/time_of_run.h"

#include <chrono>

#include "analyzers/model/rfc3339.h"

namespace patchgate {

std::int64_t TimeOfRun::needed() {
  if (text_.empty()) {
    const auto clock = std::chrono::system_clock::now().time_since_epoch();
    text_ = utc_time(std::chrono::duration_cast<std::chrono::seconds>(clock).count());
  }
  return parse_rfc3339(text_).value_or(0);
}

}  // namespace patchgate
