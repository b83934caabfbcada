#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/graph/context.h"
#include "analyzers/model/pictures.h"
#include "gate/cli/options.h"

namespace patchgate {

/// What a page shows beside the facts, of a patch that was looked at: bounded whatever the patch is. Nothing in it
/// decides anything; what could not be read is said in it.
Pictures take_pictures(const Repository& repository, const Context& context, const Findings& findings);

/// Who uses the touched symbols and what they use on the way to a data sink: the most used ones of each distance.
Surroundings surroundings(const Context& context, const Findings& findings);

/// The patch as text, with three lines around each change: at most 600 changed lines, files of the most fundamental
/// touched symbols first. `text_of`: the content of a blob. `files_left_out`: files with no line shown for want of
/// room.
std::vector<ShownFile> shown_diff(const std::function<Result<std::string>(const Oid&)>& text_of, const Patch& patch,
                                  const Findings& findings, std::size_t& files_left_out);

/// The words of a command that judges the same patch again, with the same evidence by the names that the report gives
/// it. `now`: the time that it was judged at, RFC 3339; empty = none was asked for.
std::vector<std::string> run_again(const CheckOptions& options, const Patch& patch, const std::string& now,
                                   const std::filesystem::path& work_folder);

}  // namespace patchgate
