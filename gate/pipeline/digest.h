#pragma once

#include <string>
#include <string_view>

namespace patchgate {

/// SHA-256 over named parts, each with its length, so that no two lists of parts run together.
class Digest {
 public:
  Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  ~Digest();

  void add(std::string_view name, std::string_view content);
  /// "sha256:" and 64 hex digits. Call once.
  std::string finish();

 private:
  struct State;
  State* state_;
};

}  // namespace patchgate
