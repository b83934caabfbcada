#include <cmath>
#include <type_traits>
#include <variant>

#include <nlohmann/json.hpp>

#include "analyzers/model/facts_version.h"
#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/json_output.h"

namespace patchgate {

namespace {

using Json = nlohmann::ordered_json;

Json unknown(std::string_view why, std::int64_t at_least) {
  Json json{{"unknown", json_text(why)}};
  if (at_least > 0) json["at_least"] = at_least;
  return json;
}

/// `{"value": …}` or `{"unknown": why}`: never a null that a rule could take for zero.
Json stated(const Value& value) {
  return std::visit(
      [](const auto& known) -> Json {
        using T = std::decay_t<decltype(known)>;
        if constexpr (std::is_same_v<T, Unknown>) {
          return unknown(known.why, known.at_least);
        } else if constexpr (std::is_same_v<T, std::string>) {
          return {{"value", json_text(known)}};
        } else if constexpr (std::is_same_v<T, double>) {
          if (!std::isfinite(known)) return unknown("not a finite number", 0);
          return {{"value", known}};
        } else {
          return {{"value", known}};
        }
      },
      value);
}

Json place(const Place& at) { return {{"file", json_text(at.file)}, {"line", at.line}}; }

Json rows(const std::vector<Row>& list) {
  Json array = Json::array();
  for (const auto& row : list) {
    Json fields = Json::object();
    for (const auto& field : touched_symbol_fields()) {
      const auto found = row.fields.find(field.name);
      fields[std::string(field.name)] =
          stated(found == row.fields.end() ? Value{Unknown{"not measured"}} : found->second);
    }
    array.push_back({{"at", place(row.at)}, {"fields", std::move(fields)}});
  }
  return array;
}

Json fact(const FactDecl& decl, const Facts& facts) {
  Json json;
  if (decl.type == FactType::list) {
    const auto* list = facts.list(decl.name);
    json = list == nullptr ? unknown(facts.why_unknown(decl.name), 0) : Json{{"rows", rows(*list)}};
  } else {
    const auto known = facts.get(decl.name);
    json = stated(known.value);
    if (!known.from.empty()) {
      json["from"] = Json::array();
      for (const auto& at : known.from) json["from"].push_back(place(at));
    }
  }
  json["trust"] = name_of(decl.trust);
  return json;
}

Json text_or_null(std::string_view value) { return value.empty() ? Json(nullptr) : Json(json_text(value)); }

}  // namespace

std::string write_facts(const Report& report, bool /*color*/) {
  Json facts = Json::object();
  for (const auto& decl : fact_catalogue()) facts[std::string(decl.name)] = fact(decl, report.facts);
  Json paths = Json::array();
  for (const auto& file : report.files) paths.push_back(json_text(file.path));
  return json_output({{"schema", "patchgate-facts/1"},
                      {"facts_version", kFactsVersion},
                      {"inputs",
                       {{"base", text_or_null(report.base)},
                        {"head", text_or_null(report.head)},
                        {"merge_base", text_or_null(report.merge_base)},
                        {"target_ref", text_or_null(report.target_ref)},
                        {"digest", text_or_null(report.digest)}}},
                      {"paths", std::move(paths)},
                      {"facts", std::move(facts)}});
}

}  // namespace patchgate
