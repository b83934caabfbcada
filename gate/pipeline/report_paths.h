#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace patchgate {

/// How a message calls an input file: relative to the repository where it lies in it, else as the user named it.
/// `repository`: its folder; may be empty.
std::string name_in_message(const std::filesystem::path& given, const std::filesystem::path& repository);

/// How a report calls an input file, so that it is the same on every machine: as a message does, but by its last name
/// alone where that is an absolute path.
std::string name_in_report(const std::filesystem::path& given, const std::filesystem::path& repository);

/// A message with the absolute paths in it named like that: those at its begin, after a space or in quotes or brackets.
/// A path with spaces has to stand in quotes.
std::string without_absolute_paths(std::string_view message, const std::filesystem::path& repository);

}  // namespace patchgate
