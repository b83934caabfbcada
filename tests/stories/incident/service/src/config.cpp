#include "crm/config.h"

#include "crm/text.h"

namespace crm {

Config parse_config(std::string_view text, Problems& problems) {
  Config config;
  for (const std::string& line : split(text, '\n')) {
    const std::string setting = strip_comment(line);
    if (setting.empty()) continue;
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) {
      problems.push_back("no '=' in: " + setting);
      continue;
    }
    const std::string name = trim(setting.substr(0, equals));
    if (!set_option(config, name, trim(setting.substr(equals + 1)))) problems.push_back("unknown option: " + name);
  }
  return config;
}

bool set_option(Config& config, std::string_view name, std::string_view value) {
  if (name == "url") {
    config.url = value;
  } else if (name == "token") {
    config.token = value;
  } else if (name == "inbox") {
    config.inbox = value;
  } else if (name == "every" && is_digits(value) && value.size() < 7) {
    config.every = std::stoll(std::string(value));
  } else if (name == "once") {
    config.once = value == "yes";
  } else {
    return false;
  }
  return true;
}

std::string strip_comment(std::string_view line) { return trim(line.substr(0, line.find('#'))); }

std::string mask_token(std::string_view token) {
  return token.size() < 8 ? "***" : std::string(token.substr(0, 3)) + "***";
}

std::string describe(const Config& config) {
  return config.url + ", token " + mask_token(config.token) + ", inbox " + config.inbox + ", every " +
         std::to_string(config.every) + " s";
}

Problems check_config(const Config& config) {
  Problems problems;
  require_text(problems, "url", config.url);
  require_text(problems, "token", config.token);
  if (!starts_with(config.url, "https://")) problems.push_back("url is not https");
  require_range(problems, "every", config.every, 5, 86400);
  return problems;
}

}  // namespace crm
