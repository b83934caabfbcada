#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// A YAML or JSON value with its place. Scalars are texts, never converted by themselves (`no` is "no").
struct DocNode {
  /// call: a value with a tag of CloudFormation (`!Ref Name`), which something else will fill in: neither scalar, map
  /// nor list, whatever stands behind the tag.
  enum class Kind { scalar, map, list, call };
  Kind kind = Kind::scalar;
  std::string text;        ///< scalar; call: the tag and, behind a space, the scalar: "!Ref Name"
  bool plain = false;      ///< scalar without quotes: a number, true, null, or a YAML text
  std::uint32_t line = 0;  ///< from 1; of a member of a map: of its key
  struct Member;
  std::vector<Member> members;  ///< map, in the order of the file
  std::vector<DocNode> items;   ///< list

  bool is_map() const { return kind == Kind::map; }
  bool is_list() const { return kind == Kind::list; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_null() const { return kind == Kind::scalar && plain && (text.empty() || text == "~" || text == "null"); }
  /// The member of that name; null where there is none or this is no map.
  const DocNode* find(std::string_view key) const;
  /// Through nested maps.
  const DocNode* find(std::initializer_list<std::string_view> keys) const;
};

struct DocNode::Member {
  std::string key;
  DocNode value;
};

/// Limits of one file.
struct DocumentLimits {
  std::size_t bytes = 1U << 20U;
  std::size_t depth = 64;
  std::size_t nodes = 100'000;
  std::size_t alias_nodes = 10'000;  ///< copied for aliases, in all
  std::size_t documents = 100;
};

/// The documents of a file; JSON, by the ending .json, strictly. Errors (config, at the line): bad syntax, a key given
/// twice or that is no text, tags (but those of CloudFormation in a map with `Resources`), merge keys, an alias without
/// an anchor before it, a limit passed, a byte order mark, a NUL.
Result<std::vector<DocNode>> parse_documents(const std::string& path, std::string_view text,
                                             const DocumentLimits& limits = {});

}  // namespace patchgate
