#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// The scalars of a JSON document by their path ("pull_request.labels.0.name"), each with its line. Untrusted input: 64
/// deep at most, one document, no key twice in an object, no byte-order mark and no NUL.
class JsonScalars {
 public:
  /// Errors (config) name `file` and the line, and say `hint`.
  static Result<JsonScalars> parse(std::string file, std::string_view text, std::size_t most_bytes, std::string hint);

  /// Empty where it is not there or null. Error where it is there and no string.
  Result<std::string> text(const std::string& path) const;
  /// As text(), and 40 hex digits (lower case on return) unless empty.
  Result<std::string> commit(const std::string& path) const;
  /// False where it is not there or null. Error where it is there and no boolean.
  Result<bool> boolean(const std::string& path) const;
  /// The text at `<path>.<n>.<field>` for n from 0 on.
  Result<std::vector<std::string>> texts(const std::string& path, const std::string& field) const;

  enum class Kind { null, boolean, number, text };
  struct Scalar {
    Kind kind = Kind::null;
    std::string text;
    std::uint32_t line = 0;
  };
  /// Of any kind; null where it is not there or is null.
  const Scalar* find(const std::string& path) const;

 private:
  tl::unexpected<Error> wrong(const std::string& path, const Scalar& found, const char* need) const;

  std::string file_;
  std::map<std::string, Scalar, std::less<>> scalars_;
};

}  // namespace patchgate
