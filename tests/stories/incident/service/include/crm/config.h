#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crm/record.h"

namespace crm {

struct Config {
  std::string url;
  std::string token;
  std::string inbox = "changes.csv";
  std::int64_t every = 60;
  bool once = false;
};

/// Lines of the form "name = value"; "#" starts a comment.
Config parse_config(std::string_view text, Problems& problems);
bool set_option(Config& config, std::string_view name, std::string_view value);
std::string strip_comment(std::string_view line);
std::string mask_token(std::string_view token);
std::string describe(const Config& config);
Problems check_config(const Config& config);

}  // namespace crm
