#include "analyzers/sinks/catalogue.h"

#include <algorithm>
#include <array>

#include "analyzers/sinks/catalogue_text.h"

namespace patchgate {

namespace {

using Json = nlohmann::json;

/// One object of the document: every key must be asked for, so that a misspelt one does not go unseen.
class Reader {
 public:
  Reader(const std::string& name, const Json& object, std::string path)
      : name_(name), object_(object), path_(std::move(path)) {}

  /// Fails unless this is an object that has no key but these.
  Result<void> has_only(std::initializer_list<std::string_view> keys) const {
    if (!object_.is_object()) return complain("", "must be an object");
    for (const auto& [key, value] : object_.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) return complain(key, "is no key of this format");
    }
    return {};
  }
  bool has(const char* key) const { return object_.contains(key); }
  Reader at(const char* key) const { return {name_, object_.at(key), path_ + "/" + key}; }

  Result<std::string> text(const char* key) const {
    const auto found = object_.find(key);
    if (found == object_.end()) return complain(key, "is missing");
    if (!found->is_string() || found->get_ref<const std::string&>().empty()) return complain(key, "must be a text");
    return found->get<std::string>();
  }
  Result<std::vector<std::string>> names(const char* key) const {
    const auto found = object_.find(key);
    if (found == object_.end()) return complain(key, "is missing");
    std::vector<std::string> names;
    if (found->is_array()) {
      for (const Json& item : *found) {
        if (item.is_string() && !item.get_ref<const std::string&>().empty()) names.push_back(item.get<std::string>());
      }
    }
    if (names.empty() || names.size() != found->size()) return complain(key, "must be a list of names, at least one");
    return names;
  }
  Result<std::uint8_t> argument() const {
    const auto found = object_.find("argument");
    if (found == object_.end()) return complain("argument", "is missing");
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > 255) {
      return complain("argument", "must be a whole number from 0 to 255");
    }
    return found->get<std::uint8_t>();
  }
  Result<bool> flag(const char* key) const {
    const auto found = object_.find(key);
    if (found == object_.end()) return false;
    if (!found->is_boolean()) return complain(key, "must be true or false");
    return found->get<bool>();
  }
  tl::unexpected<Error> complain(const std::string& key, const std::string& what) const {
    const std::string where = key.empty() ? path_ : path_ + "/" + key;
    return fail_at(Error::Kind::config, {name_, 0, 0}, (where.empty() ? "/" : where) + " " + what);
  }

 private:
  const std::string& name_;
  const Json& object_;
  std::string path_;
};

Result<SinkCondition> read_option(const Reader& reader) {
  PATCHGATE_CHECK(reader.has_only({"set_by", "argument", "any", "by_value"}));
  OptionSet option;
  PATCHGATE_TRY(option.set_by, reader.names("set_by"));
  PATCHGATE_TRY(option.argument, reader.argument());
  PATCHGATE_TRY(option.any, reader.names("any"));
  if (reader.has("by_value")) {
    const Reader inner = reader.at("by_value");
    PATCHGATE_CHECK(inner.has_only({"option", "argument", "any"}));
    OptionSet::ByValue by_value;
    PATCHGATE_TRY(by_value.option, inner.text("option"));
    PATCHGATE_TRY(by_value.argument, inner.argument());
    PATCHGATE_TRY(by_value.any, inner.names("any"));
    option.by_value = std::move(by_value);
  }
  return SinkCondition{std::move(option)};
}

Result<SinkCondition> read_sql(const Reader& reader) {
  PATCHGATE_CHECK(reader.has_only({"argument", "prepared_by"}));
  SqlText sql;
  PATCHGATE_TRY(sql.argument, reader.argument());
  if (reader.has("prepared_by")) {
    PATCHGATE_TRY(sql.prepared_by, reader.names("prepared_by"));
  }
  return SinkCondition{std::move(sql)};
}

Result<SinkCondition> read_literal(const Reader& reader) {
  PATCHGATE_CHECK(reader.has_only({"argument", "contains"}));
  LiteralText literal;
  PATCHGATE_TRY(literal.argument, reader.argument());
  PATCHGATE_TRY(literal.contains, reader.names("contains"));
  return SinkCondition{std::move(literal)};
}

Result<SinkCondition> read_mentions(const Reader& reader) {
  PATCHGATE_CHECK(reader.has_only({"any", "none"}));
  MentionedNames mentions;
  PATCHGATE_TRY(mentions.any, reader.names("any"));
  PATCHGATE_TRY(mentions.none, reader.names("none"));
  return SinkCondition{std::move(mentions)};
}

Result<SinkCondition> read_command(const Reader& reader) {
  PATCHGATE_CHECK(reader.has_only({"argument", "reads"}));
  CommandText command;
  PATCHGATE_TRY(command.argument, reader.argument());
  PATCHGATE_TRY(command.reads, reader.names("reads"));
  return SinkCondition{std::move(command)};
}

Result<SinkCondition> read_condition(const Reader& reader) {
  PATCHGATE_CHECK(reader.has_only({"option", "sql", "text", "mentions", "command"}));
  const int given =
      reader.has("option") + reader.has("sql") + reader.has("text") + reader.has("mentions") + reader.has("command");
  if (given != 1) return reader.complain("", "must hold exactly one of option, sql, text, mentions and command");
  if (reader.has("option")) return read_option(reader.at("option"));
  if (reader.has("sql")) return read_sql(reader.at("sql"));
  if (reader.has("text")) return read_literal(reader.at("text"));
  if (reader.has("command")) return read_command(reader.at("command"));
  return read_mentions(reader.at("mentions"));
}

Result<void> check_kind(const Reader& reader, const std::string& kind) {
  const bool is_word = std::all_of(kind.begin(), kind.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  if (!is_word) return reader.complain("kind", "must be lower-case letters, digits and _");
  return {};
}

Result<AuditSource> read_audit(const Reader& reader) {
  PATCHGATE_CHECK(reader.has_only({"source", "kind", "functions"}));
  AuditSource audit;
  PATCHGATE_TRY(audit.source, reader.text("source"));
  if (!reader.has("kind") && !reader.has("functions"))
    return reader.complain("", "must name a kind, functions, or both");
  if (reader.has("kind")) {
    PATCHGATE_TRY(audit.kind, reader.text("kind"));
    PATCHGATE_CHECK(check_kind(reader, audit.kind));
  }
  if (reader.has("functions")) {
    PATCHGATE_TRY(audit.functions, reader.names("functions"));
  }
  return audit;
}

Result<SinkGroup> read_group(const Reader& reader) {
  PATCHGATE_CHECK(reader.has_only({"kind", "about", "functions", "in_project", "fillers", "when"}));
  SinkGroup group;
  PATCHGATE_TRY(group.kind, reader.text("kind"));
  PATCHGATE_CHECK(check_kind(reader, group.kind));
  PATCHGATE_TRY(group.functions, reader.names("functions"));
  PATCHGATE_TRY(group.in_project, reader.flag("in_project"));
  if (reader.has("fillers")) {
    PATCHGATE_TRY(group.fillers, reader.names("fillers"));
  }
  if (reader.has("when")) {
    PATCHGATE_TRY(group.when, read_condition(reader.at("when")));
  }
  return group;
}

}  // namespace

Result<SinkCatalogue> parse_sink_catalogue(const std::string& name, std::string_view text) {
  PATCHGATE_TRY(const Json document, parse_catalogue_text(name, text));
  const Reader reader(name, document, "");
  PATCHGATE_CHECK(reader.has_only({"$schema", "sinks", "groups", "audits"}));
  if (!reader.has("sinks") || document.at("sinks") != 1) {
    return reader.complain("sinks", "must be 1, the version of this format");
  }
  if (!reader.has("groups") || !document.at("groups").is_array()) return reader.complain("groups", "must be a list");
  SinkCatalogue catalogue;
  std::size_t index = 0;
  for (const Json& item : document.at("groups")) {
    PATCHGATE_TRY(auto group, read_group(Reader(name, item, "/groups/" + std::to_string(index++))));
    catalogue.groups.push_back(std::move(group));
  }
  if (!reader.has("audits")) return catalogue;
  if (!document.at("audits").is_array()) return reader.complain("audits", "must be a list");
  index = 0;
  for (const Json& item : document.at("audits")) {
    PATCHGATE_TRY(auto audit, read_audit(Reader(name, item, "/audits/" + std::to_string(index++))));
    catalogue.audits.push_back(std::move(audit));
  }
  return catalogue;
}

bool name_matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0;
  std::size_t star = std::string_view::npos, after_star = 0;  // the last star, and what it stands for ends there
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++after_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::string plain_name(std::string_view name) {
  constexpr std::array<std::string_view, 4> kInline{"__cxx11::", "__1::", "__fs::", "v_noabi::"};
  std::string plain(name);
  for (const std::string_view part : kInline) {
    for (auto found = plain.find(part); found != std::string::npos; found = plain.find(part)) {
      plain.erase(found, part.size());
    }
  }
  return plain;
}

}  // namespace patchgate
