#include "gate/reports/code_changes.h"

#include <nlohmann/json.hpp>

#include "gate/reports/escape.h"
#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

using Kind = CodeChange::Kind;
using Json = nlohmann::ordered_json;

std::string quoted(const std::string& source) { return "`" + source + "`"; }

std::string what_happened(const CodeChange& change) {
  const auto use = change.use.empty() ? std::string("what follows") : quoted(change.use);
  const auto more = change.uses > 1 ? " and " + counted(change.uses - 1, "more use") : std::string();
  const auto became = quoted(change.before) + " became " + quoted(change.after);
  const auto how = change.how.empty() ? std::string() : ": " + change.how;
  switch (change.kind) {
    case Kind::guard_removed:
      return "the check " + quoted(change.before) + " is gone before " + use + more;
    case Kind::assert_removed:
      return "the assertion " + quoted(change.before) + " is gone before " + use + more;
    case Kind::guard_weakened:
      if (change.use.empty())
        return "the check " + (change.after.empty() ? quoted(change.before) + " is gone" : became) + how;
      return "the check " + quoted(change.before) + " before " + use + more + " became " + quoted(change.after) + how;
    case Kind::value_emptied:
      return became + how;
    case Kind::default_changed:
      return "the default " + became + how;
    case Kind::error_ignored:
      return "an error goes unseen: " + (change.after.empty() ? quoted(change.before) : became) + how;
    case Kind::loop_widened:
      return "the loop over " + quoted(change.before) + " covers more" +
             (change.after.empty() || change.after == change.before ? "" : ", it became " + quoted(change.after)) + how;
  }
  return {};
}

/// It is only possible that the change comes to its sink.
bool may_only_feed(const Report& report, const CodeChange& change) {
  for (const TouchedSymbol& symbol : report.symbols) {
    if (symbol.name != change.symbol) continue;
    for (const FedSink& sink : symbol.sinks)
      if (sink.kind == change.sink && sink.path == change.path) return sink.confidence != Confidence::exact;
  }
  return true;
}

Json place(const Place& at) { return {{"file", json_text(at.file)}, {"line", at.line}}; }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(json_text(text)); }

}  // namespace

std::vector<std::string> code_change_lines(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& change : report.code_changes.found) {
    std::string line = at_place(change.head) + ": " + what_happened(change);
    line += " (base: " + at_place(change.base) + ", in " + change.symbol;
    if (!change.sink.empty()) {
      line += (may_only_feed(report, change) ? ", which may feed " : ", which feeds ") + change.sink + " through ";
      for (const auto& step : change.path) line += (&step == &change.path.front() ? "" : " → ") + step;
    }
    lines.push_back(line + ")");
  }
  return lines;
}

std::string code_change_in_short(const Report& report, const CodeChange& change) {
  if (change.sink.empty()) return what_happened(change);
  return what_happened(change) + (may_only_feed(report, change) ? ", which may feed " : ", which feeds ") + change.sink;
}

Json code_changes_json(const Report& report) {
  Json found = Json::array();
  for (const auto& change : report.code_changes.found) {
    Json path = Json::array();
    for (const auto& step : change.path) path.push_back(json_text(step));
    found.push_back({
        {"kind", name_of(change.kind)},
        {"symbol", json_text(change.symbol)},
        {"base", place(change.base)},
        {"head", place(change.head)},
        {"before", json_text(change.before)},
        {"after", text_or_null(change.after)},
        {"use", text_or_null(change.use)},
        {"uses", change.uses},
        {"how", text_or_null(change.how)},
        {"sink", change.sink.empty() ? Json(nullptr) : Json{{"kind", json_text(change.sink)}, {"path", path}}},
    });
  }
  return {{"found", found}, {"unknown", text_or_null(report.code_changes.unknown)}};
}

}  // namespace patchgate
