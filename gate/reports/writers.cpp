#include "gate/reports/formats.h"
#include "gate/reports/report.h"

namespace patchgate {

const std::vector<Writer>& writers() {
  static const std::vector<Writer> all{
      {"text", "for a person at a terminal or in a log", write_text},
      {"json", "all of it, for programs; its schema ships with patchgate", write_json},
      {"markdown", "for a comment on a pull request, or a job summary", write_markdown},
  };
  return all;
}

}  // namespace patchgate
