#include "gate/commands/say.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

#include "gate/reports/escape.h"

namespace patchgate {

void say(std::string_view text) {
  // Messages of several lines keep them; what is inside of a line cannot make a new one.
  std::string safe;
  while (true) {
    const auto end = text.find('\n');
    safe += visible(text.substr(0, end)) + "\n";
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  safe = without_workflow_commands(safe);
  std::fwrite(safe.data(), 1, safe.size(), stderr);
}

int say_errors(const std::vector<Error>& errors) {
  for (const auto& error : errors) say("patchgate: " + to_string(error));
  return errors.empty() ? 3 : exit_code_of(errors.front());
}

Result<void> print(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) return fail(Error::Kind::io, std::string("cannot write to standard output: ") + std::strerror(errno));
  return {};
}

bool wants_color() {
  const char* no_color = std::getenv("NO_COLOR");
  return ::isatty(1) != 0 && (no_color == nullptr || *no_color == '\0');
}

}  // namespace patchgate
