#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace patchgate {

/// Zstandard frames (RFC 8878), of bytes alone or of their difference from other bytes. The same input has the same
/// output with one version of the library, whatever was compressed before. Not for use by several threads at a time.
class Compressor {
 public:
  enum class Level { fast = 1, normal = 3, small = 6 };

  Compressor();
  /// Never fails for want of anything but memory; then the answer is empty, which is no frame.
  std::string pack(std::string_view bytes, std::string_view base, Level level);
  /// What begins so was made small by who made it, and is no frame.
  static constexpr std::string_view kMark = "PGpacked";

  static constexpr std::size_t kMost = 1U << 30U;
  /// The inverse. The frame may be hostile: nothing when it is none, is cut, or holds more than `most` bytes.
  std::optional<std::string> unpack(std::string_view frame, std::string_view base, std::size_t most = kMost);

 private:
  struct Contexts;
  struct Free {
    void operator()(Contexts* contexts) const;
  };
  std::unique_ptr<Contexts, Free> contexts_;
};

}  // namespace patchgate
