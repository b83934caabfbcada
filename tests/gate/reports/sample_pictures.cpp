#include "tests/gate/reports/sample_report.h"

namespace patchgate {

Pictures sample_pictures() {
  using Role = DrawnSymbol::Role;
  using Kind = ShownLine::Kind;
  Pictures pictures;
  pictures.surroundings.symbols = {
      {"crm::to_patch", {"src/patch.cpp", 41, 0}, SymbolKind::function, Role::touched, 0, 39},
      {"crm::sync_all", {"src/sync/all.cpp", 77, 0}, SymbolKind::function, Role::user, 1, 0},
      {"crm::send", {"src/client.cpp", 18, 0}, SymbolKind::function, Role::used, 1, 0},
      {"curl_easy_perform", {}, SymbolKind::function, Role::outside, 2, 0},
      {"PatchTest_Body_Test", {"tests/patch_test.cpp", 9, 0}, SymbolKind::type, Role::test, 1, 0}};
  pictures.surroundings.uses = {{1, 0, EdgeKind::call, Confidence::exact, false},
                                {1, 2, EdgeKind::virtual_, Confidence::possible, true},
                                {2, 3, EdgeKind::call, Confidence::exact, true},
                                {4, 0, EdgeKind::call, Confidence::exact, false}};
  pictures.surroundings.touched_left_out = 1;
  pictures.spreads = {{SymbolKind::function, {120, 80, 40, 31, 20, 10, 6, 3, 2}}};
  ShownFile patch;
  patch.path = "src/patch.cpp";
  patch.hunks = {{{Kind::same, 40, 40, "", std::nullopt},
                  {Kind::gone, 41, 0, "\tif (!value) return;  // <b>&amp;</b>", std::nullopt},
                  {Kind::come, 0, 41, "\tbody.set(name, value.value_or(Json()));", RanState::ran},
                  {Kind::come, 0, 42, "  audit(name);", RanState::missed},
                  {Kind::come, 0, 43, "  count();", RanState::unknown},
                  {Kind::come, 0, 44, "}", std::nullopt}},
                 {{Kind::gone, 90, 0, "last", std::nullopt}}};
  patch.lines_left_out = 7;
  ShownFile gate;
  gate.path = ".patchgate/policy.json";
  gate.old_path = ".patchgate/rules.json";
  gate.why_not = "too large";
  pictures.diff = {patch, gate};
  pictures.files_left_out = 2;
  pictures.run_again = {"patchgate", "check", "--base", std::string(40, 'b'), "--target", "it's a branch"};
  return pictures;
}

Pictures pictures_of(const std::string& text) {
  Pictures pictures = sample_pictures();
  for (auto& symbol : pictures.surroundings.symbols) symbol.name = symbol.at.file = text;
  for (auto& file : pictures.diff) {
    file.path = file.old_path = file.why_not = text;
    for (auto& hunk : file.hunks)
      for (auto& line : hunk) line.text = text;
  }
  pictures.run_again = {"patchgate", "check", "--target", text};
  return pictures;
}

}  // namespace patchgate
