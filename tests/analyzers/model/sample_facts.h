#pragma once

#include "analyzers/model/unit.h"

namespace patchgate {

/// One of each thing that a unit can say, with the borders of each range.
inline FileFacts sample_file() {
  FileFacts facts;
  facts.path = "src/fee.cpp";
  UnitSymbol fee;
  fee.usr = 0xfedcba9876543210ULL;
  fee.kind = SymbolKind::function;
  fee.flags = UnitSymbol::defined | UnitSymbol::internal | UnitSymbol::variadic_main;
  fee.line = 7;
  fee.end_line = 12;
  fee.name = "bank::fee";
  fee.file = "src/fee.cpp";
  fee.origin = "TEST(Fee, Rounds)";
  fee.type = 1;
  UnitSymbol outside;
  outside.usr = 1;
  outside.kind = SymbolKind::enumerator;
  outside.flags = UnitSymbol::outside;
  outside.name = "\xff\n\t";
  facts.symbols = {fee, outside};
  facts.extents = {{0, {100, 200}, 150, true, 7, 12},
                   {0, {10, 20}, 20, false, 1, 1},
                   {1, {0, 0xffffffffU}, 0xffffffffU, false, 0, 0xffffffffU}};
  facts.edges = {{0, 1, EdgeKind::call, Confidence::exact, 9},
                 {1, 0, EdgeKind::include, Confidence::name, 0xffffffffU},
                 {0, 0, EdgeKind::override_, Confidence::possible, 0, EdgeRule::outside}};
  facts.indirect_calls = {{0, 77, 8, 99}};
  facts.addresses = {{1, 0, ~0ULL}};
  facts.slot_values = {{99, 1}, {~0ULL, 0}};
  facts.slot_copies = {{98, 99}};
  facts.open_slots = {97};
  facts.outside_slots = {{96, "sigaction::sa_handler"}};
  facts.overrides = {{1, 0}};
  facts.flows = {{0, 1, DataFlow::kReturned, 9}, {0, 1, 0, 10}};
  facts.literals = {{0, 1, 255, std::string("DROP\0TABLE", 10), 11}};
  facts.blind_spots = {{0, BlindSpotKind::dependent_call, 12, "visit"},
                       {UnitBlindSpot::kFileScope, BlindSpotKind::loaded_code, 0xffffffffU, {}}};
  facts.includes = {"src/fee.h", "src/money.h"};
  facts.inactive = {{20, 30}, {5, 6}};
  return facts;
}

inline UnitFacts sample_unit() {
  UnitFacts unit;
  unit.main_file = "src/fee.cpp";
  unit.failure = "1 error";
  unit.errors = 3;
  unit.diagnostics = {"src/fee.cpp:9: unknown type name 'x'"};
  unit.dependencies = {{"/usr/include/stdio.h", false, {0, 5}}, {"src/fee.h", true, {1, ~0ULL}}};
  unit.missing = {1, 2, 3};
  unit.missing_in = {"", "/usr/include"};
  unit.files = {sample_file(), FileFacts{}};
  unit.files[1].path = "src/money.h";
  return unit;
}

}  // namespace patchgate
