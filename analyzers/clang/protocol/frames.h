#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzers/clang/protocol/messages.h"
#include "analyzers/model/result.h"

namespace patchgate::protocol {

struct Frame {
  Type type = Type::hello;
  std::string payload;
};

/// The bytes of one frame. The payload is at most kMaxFrame - 1 bytes.
std::string frame(Type type, std::string_view payload);

/// Puts frames together from bytes as they arrive. Memory grows with what has arrived, never with what a length claims.
class FrameReader {
 public:
  FrameReader() = default;
  explicit FrameReader(std::uint32_t most) : most_(most) {}

  void add(std::string_view bytes);
  /// The next whole frame; none while it is not complete. Fails, from then on always, where a length is 0 or above the
  /// limit or a type is unknown.
  Result<std::optional<Frame>> next();
  /// Nothing is left of an unfinished frame.
  bool clean() const { return begin_ == buffer_.size(); }

 private:
  std::uint32_t most_ = kMaxFrame;
  std::string buffer_;
  std::size_t begin_ = 0;
};

/// Sends all bytes on a blocking socket, without SIGPIPE. False when the other end is gone.
bool send_all(int socket, std::string_view bytes);

/// The next frame of a blocking socket; none when the other end is gone or breaks the rules.
std::optional<Frame> receive(int socket, FrameReader& reader);

}  // namespace patchgate::protocol
