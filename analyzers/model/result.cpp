#include "analyzers/model/result.h"

namespace patchgate {

std::string to_string(const Error& error) {
  std::string text;
  if (error.at) {
    text += error.at->file;
    if (error.at->line != 0) {
      (text += ':') += std::to_string(error.at->line);
      if (error.at->column != 0) (text += ':') += std::to_string(error.at->column);
    }
    text += ": ";
  }
  text += error.message;
  for (const auto& step : error.during) text += "\n  while " + step;
  if (!error.hint.empty()) text += "\n  hint: " + error.hint;
  return text;
}

int exit_code_of(const Error& error) {
  return error.kind == Error::Kind::usage || error.kind == Error::Kind::config ? 2 : 3;
}

}  // namespace patchgate
