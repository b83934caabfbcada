#include "gate/pipeline/digest.h"

#include <array>
#include <cstdint>

#include <sha2.h>

namespace patchgate {

struct Digest::State {
  SHA2_CTX context{};

  void add(std::string_view bytes) {
    const std::string length = std::to_string(bytes.size()) + ":";
    SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(length.data()), length.size());
    SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }
};

Digest::Digest() : state_(new State) { SHA256Init(&state_->context); }

Digest::~Digest() { delete state_; }

void Digest::add(std::string_view name, std::string_view content) {
  state_->add(name);
  state_->add(content);
}

std::string Digest::finish() {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> bytes{};
  SHA256Final(bytes.data(), &state_->context);
  std::string text = "sha256:";
  for (const auto byte : bytes) {
    text += "0123456789abcdef"[byte >> 4U];
    text += "0123456789abcdef"[byte & 15U];
  }
  return text;
}

}  // namespace patchgate
