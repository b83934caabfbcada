#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// The conditions of sinks.schema.json.
struct OptionSet {
  std::vector<std::string> set_by;
  std::uint8_t argument = 0;
  std::vector<std::string> any;
  struct ByValue {
    std::string option;
    std::uint8_t argument = 0;
    std::vector<std::string> any;
  };
  std::optional<ByValue> by_value;
};
struct SqlText {
  std::uint8_t argument = 0;
  std::vector<std::string> prepared_by;  ///< empty: the text is an argument of the sink itself
};
struct LiteralText {
  std::uint8_t argument = 0;
  std::vector<std::string> contains;
};
struct CommandText {
  std::uint8_t argument = 0;
  std::vector<std::string> reads;  ///< in capitals
};
struct MentionedNames {
  std::vector<std::string> any, none;
};
using SinkCondition = std::variant<std::monostate, OptionSet, SqlText, LiteralText, MentionedNames, CommandText>;

struct SinkGroup {
  std::string kind;
  std::vector<std::string> functions;  ///< names, and patterns in which `*` is any run of characters
  std::vector<std::string> fillers;
  bool in_project = false;
  SinkCondition when;
};

/// Where to look up what a sink replaced or deleted, as the project declares it.
struct AuditSource {
  std::string source;                  ///< for a person
  std::string kind;                    ///< of the sink; empty: any
  std::vector<std::string> functions;  ///< names or patterns of the sink or of a function on the way to it; empty: any
};

struct SinkCatalogue {
  std::vector<SinkGroup> groups;
  std::vector<AuditSource> audits;
};

/// Strict: a key, a type or a version that is not known is an error (config) with its line or the path to it; so are
/// duplicate keys, a NUL, more than 1 MiB and more than 16 levels.
Result<SinkCatalogue> parse_sink_catalogue(const std::string& name, std::string_view text);

/// `*` in the pattern stands for any run of characters, an empty one too; all else for itself.
bool name_matches(std::string_view pattern, std::string_view name);

/// A qualified name without the version namespaces of libraries: std::__cxx11::x is std::x, mongocxx::v_noabi::x is
/// mongocxx::x.
std::string plain_name(std::string_view name);

}  // namespace patchgate
