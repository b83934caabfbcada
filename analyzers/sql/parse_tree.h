#pragma once

#include <initializer_list>
#include <string>

#include <nlohmann/json.hpp>

namespace patchgate {

// Reading the tree of pg_query_parse. What is not there, or is of another type, is null or empty.

using Json = nlohmann::json;

const Json* find(const Json& node, std::initializer_list<const char*> keys);
std::string text_of(const Json& node, std::initializer_list<const char*> keys);
const Json::array_t& list_of(const Json& node, const char* key);

/// "(a name)" where the name is put in at run time.
std::string shown_name(std::string name);
/// Of a RangeVar: with its schema, if it names one.
std::string relation(const Json& range);
/// A qualified name made of String nodes.
std::string dotted(const Json& names);

}  // namespace patchgate
