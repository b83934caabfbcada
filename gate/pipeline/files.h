#pragma once

#include <filesystem>

#include "analyzers/model/result.h"

namespace patchgate {

/// The patchgate-worker that belongs to this program: beside it (a build folder), or in ../libexec/patchgate
/// (installed). Nowhere else: neither PATH nor the environment may name another.
Result<std::filesystem::path> find_worker();

/// `path` if it can be opened for reading, with its content; errors (io) name it and say why. At most `limit` bytes.
Result<std::string> read_input_file(const std::filesystem::path& path, std::size_t limit);

/// Writes the whole text or nothing (a new file beside it, then a rename). Errors (io) name the file and say why.
Result<void> write_output_file(const std::filesystem::path& path, std::string_view text);

}  // namespace patchgate
