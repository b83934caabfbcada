#pragma once

#include <clang/AST/Decl.h>

#include "analyzers/clang/worker/collect_uses.h"

namespace patchgate {

/// `asm("…")` outside of any function: a blind spot of its file, nobody is known to use what it names.
void file_scope_assembler(const clang::FileScopeAsmDecl* decl, UnitView& unit);

}  // namespace patchgate
