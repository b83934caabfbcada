#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace patchgate {

/// A position in a file. Lines and columns count from 1; 0 = not known.
struct Place {
  std::string file;  ///< relative to the repository, '/'-separated; a name as the user gave it for other inputs
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const Place&, const Place&) = default;
  friend auto operator<=>(const Place&, const Place&) = default;
};

/// Why something could not be done. The exit code follows from `kind` alone (see exit_code_of).
struct Error {
  enum class Kind {
    usage,       ///< the command line: nothing was judged (exit 2)
    config,      ///< a policy or configuration file is wrong: nothing was judged (exit 2)
    repository,  ///< git cannot give what is needed: no merge base, missing objects (exit 3)
    limit,       ///< a stated limit was passed (exit 3)
    toolchain,   ///< worker, compile database or sandbox unusable (exit 3)
    io,          ///< an input that cannot be read, an output that cannot be written (exit 3)
    internal,    ///< a bug of ours (exit 3)
  };
  Kind kind = Kind::internal;
  std::string message;  ///< what could not be done, to which thing, why; lower case, no full stop
  std::optional<Place> at{};
  std::string hint{};                 ///< the next thing to try; empty when we do not know one
  std::vector<std::string> during{};  ///< outermost first
};

/// `PATH:LINE:COL: message` with the hint on a line of its own. No newline at the end.
std::string to_string(const Error& error);

/// 2 for usage and config, 3 for all others.
int exit_code_of(const Error& error);

/// A value, or why there is none. tl::expected 1.0 is not [[nodiscard]]; this is.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  Result(tl::expected<T, Error> other) : tl::expected<T, Error>(std::move(other)) {}
};

inline tl::unexpected<Error> fail(Error::Kind kind, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::nullopt, std::move(hint), {}});
}

inline tl::unexpected<Error> fail_at(Error::Kind kind, Place at, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(at), std::move(hint), {}});
}

}  // namespace patchgate

#define PATCHGATE_CONCAT_(a, b) a##b
#define PATCHGATE_CONCAT(a, b) PATCHGATE_CONCAT_(a, b)

/// PATCHGATE_TRY(auto x, f()): binds the value, or returns the error from the enclosing function.
#define PATCHGATE_TRY_(tmp, binding, ...)                  \
  auto tmp = (__VA_ARGS__);                                \
  if (!tmp) return tl::unexpected(std::move(tmp).error()); \
  binding = std::move(*tmp)
#define PATCHGATE_TRY(binding, ...) PATCHGATE_TRY_(PATCHGATE_CONCAT(try_result_, __LINE__), binding, __VA_ARGS__)

/// PATCHGATE_CHECK(f()): for a Result<void>.
#define PATCHGATE_CHECK(...)                                                                             \
  do {                                                                                                   \
    if (auto try_check = (__VA_ARGS__); !try_check) return tl::unexpected(std::move(try_check).error()); \
  } while (false)
