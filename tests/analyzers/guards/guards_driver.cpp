#include "guards_driver.h"

#include <set>
#include <vector>

#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/VirtualFileSystem.h>

#include "analyzers/clang/worker/shape_unit.h"
#include "analyzers/guards/guards.h"

namespace patchgate {
namespace {

void take(const UnitShapes& unit, const std::string& name, std::vector<BodyShape>& bodies,
          std::vector<BodyShape>& starts) {
  for (const auto& shape : unit.shapes) {
    if (shape.name != name) continue;
    if (shape.has_body) bodies = {shape};
    if (!shape.defaults.empty()) starts.push_back(shape);
  }
}

}  // namespace

UnitShapes shapes_in(std::string_view text, bool c) {
  llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> memory(new llvm::vfs::InMemoryFileSystem);
  const std::string name = c ? "a.c" : "a.cpp";
  memory->addFile("/repo/" + name, 0, llvm::MemoryBuffer::getMemBufferCopy(llvm::StringRef(text.data(), text.size())));
  ParseRequest request;
  request.root = request.directory = "/repo";
  request.main_file = name;
  request.arguments = {c ? "-std=gnu17" : "-std=c++20"};
  request.resource_dir = PATCHGATE_RESOURCE_DIR;
  return shape_unit(request, memory, {{name, {0, static_cast<std::uint32_t>(text.size())}}});
}

std::string findings_between(std::string_view base, std::string_view head, bool c) {
  const auto before = shapes_in(base, c);
  const auto after = shapes_in(head, c);
  Graph graph;
  Patch patch;
  Context context;
  context.patch = &patch;
  context.base = context.head = &graph;
  Findings findings;
  std::set<std::string> seen;
  const auto add = [&](const std::string& name) {
    if (!seen.insert(name).second) return;
    TouchedSymbol symbol;
    symbol.name = name;
    TouchedBody body;
    take(before, name, body.base, body.base_starts);
    take(after, name, body.head, body.head_starts);
    context.bodies.push_back(body);
    findings.touched.push_back(symbol);
  };
  for (const auto& shape : before.shapes) add(shape.name);
  for (const auto& shape : after.shapes) add(shape.name);
  guards_removed.run(context, findings);
  std::string out;
  for (const auto* unit : {&before, &after})
    if (!unit->failure.empty()) out += unit->failure + "\n";
  for (const auto& one : findings.code_changes.found) {
    out += std::string(name_of(one.kind)) + ": " + one.before + (one.after.empty() ? "" : " → " + one.after) + " | " +
           one.use + (one.how.empty() ? "" : " [" + one.how + "]") + " " + std::to_string(one.base.line) + "/" +
           std::to_string(one.head.line) + "\n";
  }
  if (!findings.code_changes.unknown.empty()) out += "unknown: " + findings.code_changes.unknown + "\n";
  return out;
}

}  // namespace patchgate
