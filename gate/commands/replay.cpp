#include "gate/commands/commands.h"
#include "gate/commands/say.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/replay_patches.h"

namespace patchgate {
namespace {

std::string written(const Replay& replay, const std::string& format, bool color) {
  if (format == "json") return write_replay_json(replay);
  return format == "markdown" ? write_replay_markdown(replay) : write_replay_text(replay, color);
}

}  // namespace

int run_replay(const ReplayOptions& options) {
  std::vector<Error> errors;
  std::vector<std::string> warnings;
  const auto replay = replay_patches(options, errors, warnings);
  if (!options.quiet)
    for (const auto& warning : warnings) say("patchgate: " + warning);
  if (!replay) return say_errors(errors.empty() ? std::vector<Error>{replay.error()} : errors);
  for (const auto& request : options.reports) {
    const bool to_screen = request.file.empty();
    const auto text = written(*replay, request.format, to_screen && !options.no_color && wants_color());
    const auto done = to_screen ? print(text) : write_output_file(request.file, text);
    if (!done) errors.push_back(done.error());
  }
  return errors.empty() ? 0 : say_errors(errors);
}

}  // namespace patchgate
