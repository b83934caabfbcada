#include "gate/reports/recovery_card.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "gate/reports/escape.h"
#include "gate/reports/phrases.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostLeft = 2;
constexpr std::size_t kMostWatched = 4;

using Json = nlohmann::ordered_json;

Json texts(const std::vector<std::string>& values) {
  Json array = Json::array();
  for (const auto& value : values) array.push_back(json_text(value));
  return array;
}

std::string in_words(const Irreversible& left) {
  std::string text = left.what;
  if (!left.at.file.empty()) text += " (" + at_place(left.at) + ")";
  if (!left.remedy.empty()) text += ": " + left.remedy;
  return text;
}

void add_some(std::vector<std::string> texts, std::size_t most, CardLine::Kind kind, std::vector<CardLine>& card) {
  const std::size_t all = texts.size();
  if (all > most) {
    texts.resize(most);
    texts.back() += "; and " + std::to_string(all - most) + " more, see --report json";
  }
  for (auto& text : texts) card.push_back({kind, std::move(text)});
}

}  // namespace

std::vector<CardLine> recovery_card(const Report& report) {
  std::vector<CardLine> card{{CardLine::Kind::title, way_back(report)}};
  unsigned number = 0;
  for (const auto& step : report.recovery_steps) {
    card.push_back({CardLine::Kind::step, step.what, ++number});
    if (!step.command.empty()) card.push_back({CardLine::Kind::command, step.command});
  }
  std::vector<std::string> left;
  for (const auto& one : report.irreversible) left.push_back(in_words(one));
  add_some(std::move(left), kMostLeft, CardLine::Kind::left, card);
  add_some(report.recovery_watch, kMostWatched, CardLine::Kind::watch, card);
  if (!report.recovery_who.empty()) {
    std::string who;
    for (const auto& name : report.recovery_who) who += (who.empty() ? "" : ", ") + name;
    card.push_back({CardLine::Kind::who, std::move(who)});
  }
  return card;
}

std::string plain_line(const CardLine& line) {
  switch (line.kind) {
    case CardLine::Kind::title:
      return "way back: " + line.text;
    case CardLine::Kind::step:
      return "  " + std::to_string(line.number) + ". " + line.text;
    case CardLine::Kind::command:
      return "     " + line.text;
    case CardLine::Kind::left:
      return "  not taken back: " + line.text;
    case CardLine::Kind::watch:
      return "  watch " + line.text;
    case CardLine::Kind::who:
      break;
  }
  return "  ask " + line.text;
}

Json recovery_json(const Report& report) {
  std::vector<std::string> steps, commands;
  for (const auto& step : report.recovery_steps) {
    steps.push_back(in_one_line(step));
    if (!step.command.empty()) commands.push_back(step.command);
  }
  Json left = Json::array();
  for (const auto& one : report.irreversible) {
    left.push_back({{"what", json_text(one.what)},
                    {"file", json_text(one.at.file)},
                    {"line", one.at.line},
                    {"remedy", json_text(one.remedy)}});
  }
  return {
      {"revert", json_text(report.revert)}, {"steps", texts(steps)},
      {"commands", texts(commands)},        {"watch", texts(report.recovery_watch)},
      {"who", texts(report.recovery_who)},  {"irreversible", left},
  };
}

}  // namespace patchgate
