#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "analyzers/model/result.h"
#include "policies/engine/positions.h"

namespace patchgate {

/// A parsed JSON text that knows where everything stands. Internal to the readers of this folder.
struct Document {
  std::string file;
  nlohmann::json json;
  Positions positions;
};

/// Nothing where the text is not usable; `errors` then says why, each with its place.
std::optional<Document> read_document(const std::string& file, std::string_view text, std::vector<Error>& errors);

/// One value inside of a document. Copies are cheap; the document and the list of errors must outlive it.
class JsonNode {
 public:
  JsonNode(const Document& document, std::vector<Error>& errors)
      : document_(&document), errors_(&errors), json_(&document.json) {}

  const nlohmann::json& json() const { return *json_; }
  const std::string& pointer() const { return pointer_; }
  const Document& document() const { return *document_; }
  Place place() const { return document_->positions.value(pointer_); }
  Place key_place() const { return document_->positions.key(pointer_); }

  bool has(std::string_view key) const { return json_->is_object() && json_->contains(key); }
  JsonNode operator[](std::string_view key) const;  ///< must exist
  JsonNode operator[](std::size_t index) const;     ///< must exist
  /// The members whose names do not start with "x-", by name.
  std::vector<std::string> keys() const;

  /// An error at the value, or at the name of this member.
  void error(std::string message) const;
  void error_at_key(std::string message) const;

  /// Each adds an error ("'paths' must be a list") and gives nothing where the value has another form.
  std::optional<std::string> text() const;  ///< not empty, at most 1000 bytes
  std::optional<bool> flag() const;
  std::optional<double> number(double minimum, double maximum) const;
  std::optional<std::uint32_t> count(std::uint32_t maximum) const;
  std::optional<std::vector<JsonNode>> list() const;  ///< not empty, at most 1000 elements
  bool object() const;
  /// Errors for members that are not among `known`, with a suggestion; `x-…` is free.
  void only(const std::vector<std::string>& known) const;
  /// The text, when it is one of `words`.
  std::optional<std::size_t> word(const std::vector<std::string>& words) const;

  /// How messages call it: `'paths'`, `element 2 of 'paths'`, `the file`.
  std::string called() const;

 private:
  const Document* document_;
  std::vector<Error>* errors_;
  const nlohmann::json* json_;
  std::string pointer_;
  std::string called_ = "the file";
};

}  // namespace patchgate
