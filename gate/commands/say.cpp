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

std::string lines_about(const std::vector<Error>& errors) {
  std::string text;
  for (const auto& error : errors) {
    const auto whole = to_string(error);
    for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
      end = whole.find('\n', begin);
      const auto line = whole.substr(begin, end == std::string::npos ? end : end - begin);
      if (!text.empty()) text += '\n';
      // An editor finds PATH:LINE:COL at the front of a line only; a hint belongs to the line before it.
      if (!error.at && !line.starts_with("  ")) text += "patchgate: ";
      text += line;
    }
  }
  return text;
}

int say_errors(const std::vector<Error>& errors) {
  say(lines_about(errors));
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
