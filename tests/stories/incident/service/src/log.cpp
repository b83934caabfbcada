#include "crm/log.h"

#include <iostream>

namespace crm {
namespace {

LogLevel threshold = LogLevel::info;

}  // namespace

void set_log_level(LogLevel level) { threshold = level; }

const char* name_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "?";
}

void log(LogLevel level, std::string_view message) {
  if (level < threshold) return;
  std::cerr << name_of(level) << ": " << message << '\n';
}

void log_info(std::string_view message) { log(LogLevel::info, message); }
void log_warning(std::string_view message) { log(LogLevel::warning, message); }
void log_error(std::string_view message) { log(LogLevel::error, message); }

}  // namespace crm
