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
struct MentionedNames {
  std::vector<std::string> any, none;
};
using SinkCondition = std::variant<std::monostate, OptionSet, SqlText, LiteralText, MentionedNames>;

struct SinkGroup {
  std::string kind;
  std::vector<std::string> functions;
  std::vector<std::string> fillers;
  bool in_project = false;
  SinkCondition when;
};

/// Strict: a key, a type or a version that is not known is an error (config) with its line or the path to it; so are
/// duplicate keys, a NUL, more than 1 MiB and more than 16 levels.
Result<std::vector<SinkGroup>> parse_sink_catalogue(const std::string& name, std::string_view text);

/// A qualified name without the inline namespaces of the standard libraries: std::__cxx11::x is std::x.
std::string plain_name(std::string_view name);

}  // namespace patchgate
