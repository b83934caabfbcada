#pragma once

#include <filesystem>

#include "analyzers/model/result.h"

namespace patchgate {

enum class Packing {
  done,     ///< it has its canonical form: since now, or before, and nothing was written to it since
  in_use,   ///< somebody has it open; it is as good as before
  damaged,  ///< SQLite cannot read all of it: it was moved aside (index_file.h), and there is none
};

/// Gives an index file that nobody has open its canonical form: the same units, with the same graphs merged from them,
/// have the same bytes, whoever added them, in which order and with how many processes. (Of units with one key, which
/// were made for different revisions, the order of their last use counts, too; so do the notes that checks leave.) So
/// an index that was made in one run and holds nothing else depends on the revision, its compile commands, the
/// machine's headers and the versions of patchgate, SQLite and Zstandard alone. What no unit needs is gone, and so is
/// what is damaged; no journal is left.
///
/// Reading an index that is packed leaves every byte as it is, and packing it again costs nothing. A kill at any moment
/// leaves the old contents or the new. Needs room for the new file twice, beside the old one (`FILE.packing` and a
/// journal). Error (io) where there is none; the contents are then as before.
Result<Packing> pack_index(const std::filesystem::path& file);

}  // namespace patchgate
