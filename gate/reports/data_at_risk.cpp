#include "gate/reports/data_at_risk.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "gate/reports/escape.h"
#include "gate/reports/phrases.h"

namespace patchgate {

namespace {

using Json = nlohmann::ordered_json;

std::string line_of(const SqlFinding& finding) {
  std::string line = finding.what;
  if (finding.confidence != Confidence::exact) line += " (possible)";
  line += ", " + at_place(finding.at);
  if (!finding.in.empty()) line += " in " + finding.in;
  if (finding.change == SqlChange::unchanged) line += ", as on the base";
  const bool more_rows = finding.kind == SqlEffectKind::where_weakened;
  if (more_rows) line += ": " + finding.text + " — was " + finding.was + " (" + at_place(finding.was_at) + ")";
  return line;
}

std::string line_of(const MigrationFinding& migration) {
  std::string line = at_place({migration.at.file, 0, 0}) + " (" + migration.layout + "): ";
  switch (migration.down) {
    case MigrationFinding::Down::yes:
      line += "has a way back, " + migration.why;
      break;
    case MigrationFinding::Down::no:
      line += "no way back, " + migration.why;
      break;
    case MigrationFinding::Down::empty:
      line += "an empty way back, " + migration.why;
      break;
    case MigrationFinding::Down::unknown:
      line += "not known whether there is a way back: " + migration.why;
      break;
  }
  if (migration.edited) line += "; it was there before, and where it has run it will not run again";
  return line;
}

Json place(const Place& at) { return {{"file", json_text(at.file)}, {"line", at.line}}; }

}  // namespace

std::vector<std::string> data_at_risk_lines(const Report& report) {
  std::vector<std::string> lines;
  std::size_t not_judged = 0;
  const SqlFinding* first = nullptr;
  for (const auto& finding : report.data_at_risk.sql) {
    if (finding.kind != SqlEffectKind::not_judged) {
      lines.push_back(line_of(finding));
    } else if (not_judged++ == 0) {
      first = &finding;
    }
  }
  for (const auto& migration : report.data_at_risk.migrations)
    if (migration.down != MigrationFinding::Down::yes || migration.edited) lines.push_back(line_of(migration));
  if (first != nullptr)
    lines.push_back(counted(not_judged, "statement") + " not judged, the first at " + at_place(first->at) + ": " +
                    first->what);
  return lines;
}

Json data_at_risk_json(const Report& report) {
  Json sql = Json::array();
  for (const auto& finding : report.data_at_risk.sql) {
    const bool known_before = finding.was_at.line != 0;
    sql.push_back({
        {"kind", name_of(finding.kind)},
        {"what", json_text(finding.what)},
        {"text", json_text(finding.text)},
        {"file", json_text(finding.at.file)},
        {"line", finding.at.line},
        {"symbol", finding.in.empty() ? Json(nullptr) : Json(json_text(finding.in))},
        {"change", name_of(finding.change)},
        {"confidence", name_of(finding.confidence)},
        {"loses_data", finding.loses_data},
        {"was", finding.was.empty() ? Json(nullptr) : Json(json_text(finding.was))},
        {"was_at", known_before ? place(finding.was_at) : Json(nullptr)},
    });
  }
  Json migrations = Json::array();
  for (const auto& migration : report.data_at_risk.migrations) {
    migrations.push_back({{"file", json_text(migration.at.file)},
                          {"layout", json_text(migration.layout)},
                          {"way_back", name_of(migration.down)},
                          {"why", json_text(migration.why)},
                          {"edited", migration.edited}});
  }
  return {{"sql", sql}, {"migrations", migrations}};
}

}  // namespace patchgate
