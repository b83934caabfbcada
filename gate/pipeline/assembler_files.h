#pragma once

#include <set>
#include <string>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/graph/context.h"

namespace patchgate {

/// The files of a revision that by their ending (.s .S .sx .asm .nasm) hold assembler, which no unit reads, with those
/// of the `names` that are words in them. Without names no file is opened. Files above 1 MiB, and all after 4 MiB
/// together, come without words. Sorted by path.
std::vector<AssemblerFile> assembler_files(const Repository& repository, const Snapshot& snapshot,
                                           const std::set<std::string, std::less<>>& names);
/// What assembler would call these symbols: their names without scopes.
std::set<std::string, std::less<>> plain_names(const std::vector<TouchedSymbol>& symbols);

/// "3 files of assembler are not read (a.S, b.S, …)"; empty where there are none.
std::string assembler_blind_spot(const std::vector<AssemblerFile>& files);

}  // namespace patchgate
