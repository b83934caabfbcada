#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "analyzers/recovery/emitted_strings.h"

namespace patchgate {

namespace {

struct Row {
  std::string_view word;
  EmitterKind kind;
};

/// Words of names. A further one is a line.
constexpr std::array kWords{
    Row{"log", EmitterKind::log},        Row{"logf", EmitterKind::log},          Row{"logger", EmitterKind::log},
    Row{"logging", EmitterKind::log},    Row{"syslog", EmitterKind::log},        Row{"spdlog", EmitterKind::log},
    Row{"warn", EmitterKind::log},       Row{"warnx", EmitterKind::log},         Row{"warning", EmitterKind::log},
    Row{"error", EmitterKind::log},      Row{"err", EmitterKind::log},           Row{"errx", EmitterKind::log},
    Row{"die", EmitterKind::log},        Row{"fatal", EmitterKind::log},         Row{"panic", EmitterKind::log},
    Row{"trace", EmitterKind::log},      Row{"debug", EmitterKind::log},         Row{"info", EmitterKind::log},
    Row{"notice", EmitterKind::log},     Row{"critical", EmitterKind::log},      Row{"perror", EmitterKind::log},
    Row{"printf", EmitterKind::log},     Row{"print", EmitterKind::log},         Row{"println", EmitterKind::log},
    Row{"puts", EmitterKind::log},       Row{"cerr", EmitterKind::log},          Row{"clog", EmitterKind::log},
    Row{"stderr", EmitterKind::log},     Row{"metric", EmitterKind::metric},     Row{"metrics", EmitterKind::metric},
    Row{"counter", EmitterKind::metric}, Row{"gauge", EmitterKind::metric},      Row{"histogram", EmitterKind::metric},
    Row{"statsd", EmitterKind::metric},  Row{"prometheus", EmitterKind::metric}, Row{"url", EmitterKind::http},
    Row{"http", EmitterKind::http},      Row{"setopt", EmitterKind::http},       Row{"endpoint", EmitterKind::http},
    Row{"request", EmitterKind::http},   Row{"post", EmitterKind::http},         Row{"put", EmitterKind::http},
    Row{"patch", EmitterKind::http},     Row{"curl", EmitterKind::http},
};

/// "serverLog" → server, log; "LOG_ERROR" → log, error; "HTTPClient" → httpclient: what begins with capitals is one.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  bool after_small = false;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool splits = c == '_' || c == ':' || (std::isupper(byte) != 0 && after_small);
    if (splits && !words.back().empty()) words.emplace_back();
    after_small = std::islower(byte) != 0 || std::isdigit(byte) != 0;
    if (c != '_' && c != ':') words.back() += static_cast<char>(std::tolower(byte));
  }
  return words;
}

}  // namespace

bool is_emitter(std::string_view name, EmitterKind& kind) {
  for (const std::string& word : words_of(name)) {
    const auto row = std::find_if(kWords.begin(), kWords.end(), [&](const Row& known) { return known.word == word; });
    if (row == kWords.end()) continue;
    kind = row->kind;
    return true;
  }
  return false;
}

}  // namespace patchgate
