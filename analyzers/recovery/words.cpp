#include "analyzers/recovery/words.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace patchgate {

namespace {

constexpr std::size_t kMostNamed = 5;

bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("._/-+@:,").find(c) != std::string_view::npos;
}

}  // namespace

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kMostNamed) text += " and " + std::to_string(names.size() - kMostNamed) + " more";
  return text;
}

std::string place_of(const std::string& path, const LineRange& lines) {
  if (lines.first == 0) return path;
  std::string text = path + ":" + std::to_string(lines.first);
  if (lines.count > 1) text += "-" + std::to_string(lines.first + lines.count - 1);
  return text;
}

std::string shell_word(const std::string& text) {
  if (text.empty() || text.front() == '-') return {};
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; })) return {};
  if (std::all_of(text.begin(), text.end(), is_plain)) return text;
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'')
      quoted += R"('\'')";
    else
      quoted += c;
  }
  return quoted + "'";
}

std::vector<WatchedSink> certain_sinks(const std::vector<TouchedSymbol>& touched) {
  struct Seen {
    std::set<std::string> callers;
    std::map<std::string, Place> audits;
  };
  std::map<std::pair<std::string, std::string>, Seen> seen;
  for (const TouchedSymbol& symbol : touched) {
    for (const FedSink& sink : symbol.sinks) {
      if (sink.confidence != Confidence::exact) continue;
      const auto place = sink.path.size() >= 2 ? sink.path.size() - 2 : 0;
      Seen& one = seen[{sink.kind, sink.name}];
      one.callers.insert(sink.path.empty() ? symbol.name : sink.path[place]);
      one.audits.emplace(sink.audit, sink.at);
    }
  }
  std::vector<WatchedSink> sinks;
  for (auto& [sink, one] : seen) {
    WatchedSink row{sink.first, sink.second, {one.callers.begin(), one.callers.end()}, {}, one.audits.begin()->second};
    for (const auto& [audit, at] : one.audits) row.audits.push_back(audit);
    sinks.push_back(std::move(row));
  }
  return sinks;
}

}  // namespace patchgate
