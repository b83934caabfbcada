#pragma once

#include <string_view>

namespace crm {

enum class LogLevel { debug, info, warning, error };

void set_log_level(LogLevel level);
const char* name_of(LogLevel level);
void log(LogLevel level, std::string_view message);
void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);

}  // namespace crm
