#include "gate/reports/formats.h"
#include "gate/reports/report.h"

namespace patchgate {

const std::vector<Writer>& writers() {
  static const std::vector<Writer> all{
      {"text", "for a person at a terminal or in a log", write_text},
      {"json", "all of it, for programs; its schema ships with patchgate", write_json},
      {"markdown", "for a comment on a pull request, or a job summary", write_markdown},
      {"html", "one page for a person: pictures, the patch line by line, the way back", write_html},
      {"sarif", "SARIF 2.1.0, for GitHub code scanning and other viewers", write_sarif},
      {"gitlab", "GitLab Code Quality", write_gitlab},
      {"junit", "a test suite with a case for each rule, for any CI that shows tests", write_junit},
      {"rdjson", "for reviewdog", write_rdjson},
      {"facts", "the facts alone, for rules of your own in OPA or elsewhere; docs/opa.md", write_facts},
      {"github", "annotations on the lines of a pull request, for the log of a GitHub Actions step", write_github},
  };
  return all;
}

}  // namespace patchgate
