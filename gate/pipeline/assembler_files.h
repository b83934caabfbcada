#pragma once

#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/graph/context.h"

namespace patchgate {

/// The files of a revision that by their ending (.s .S .sx .asm .nasm) hold assembler, with the words in them: no unit
/// reads them. Files above 1 MiB, and all after 16 MiB together, come without words. Sorted by path.
std::vector<AssemblerFile> assembler_files(const Repository& repository, const Snapshot& snapshot);

/// "3 files of assembler are not read (a.S, b.S, …)"; empty where there are none.
std::string assembler_blind_spot(const std::vector<AssemblerFile>& files);

}  // namespace patchgate
