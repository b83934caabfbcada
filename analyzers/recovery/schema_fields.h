#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// One field as a schema file declares it.
struct SchemaField {
  std::string scope;  ///< "shop.Order": message, struct or record with those around it
  std::string name;
  std::string number;  ///< what stands for it on the wire: its tag; its position in FlatBuffers; empty in Avro
  std::string type;    ///< tokens, one space between
  std::uint32_t line = 0;
};

struct SchemaFile {
  std::vector<SchemaField> fields;                           ///< in order of place
  std::map<std::string, std::vector<std::string>> reserved;  ///< scope → numbers and names that must not come back
};

/// Fields of Protocol Buffers (.proto), Thrift (.thrift), FlatBuffers (.fbs) and Avro (.avsc, JSON), told by the ending
/// of `path`. Reads what declares fields and passes over all else; a text that is no such schema has no fields. Time
/// and memory grow with the text.
SchemaFile schema_fields(std::string_view path, std::string_view text);

}  // namespace patchgate
