#include "analyzers/clang/protocol/frames.h"

#include <cerrno>
#include <utility>

#include <sys/socket.h>

namespace patchgate::protocol {
namespace {

constexpr std::size_t kLengthBytes = 4;

std::uint32_t length_at(std::string_view bytes) {
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    length |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return length;
}

}  // namespace

std::string frame(Type type, std::string_view payload) {
  const auto length = static_cast<std::uint32_t>(payload.size() + 1);
  std::string bytes;
  bytes.reserve(kLengthBytes + length);
  for (std::size_t i = 0; i < kLengthBytes; ++i) bytes.push_back(static_cast<char>((length >> (8 * i)) & 0xffU));
  bytes.push_back(static_cast<char>(type));
  bytes.append(payload);
  return bytes;
}

void FrameReader::add(std::string_view bytes) {
  if (begin_ == buffer_.size()) {
    buffer_.clear();
    begin_ = 0;
  }
  buffer_.append(bytes);
}

Result<std::optional<Frame>> FrameReader::next() {
  const std::string_view rest = std::string_view(buffer_).substr(begin_);
  if (rest.size() < kLengthBytes) return std::optional<Frame>();
  const auto length = length_at(rest);
  if (length == 0 || length > most_) return fail(Error::Kind::io, "frame of " + std::to_string(length) + " bytes");
  if (rest.size() > kLengthBytes) {
    const auto type = static_cast<std::uint8_t>(rest[kLengthBytes]);
    if (type < static_cast<std::uint8_t>(Type::hello) || type > static_cast<std::uint8_t>(Type::shape))
      return fail(Error::Kind::io, "frame of unknown type " + std::to_string(type));
  }
  if (rest.size() - kLengthBytes < length) return std::optional<Frame>();
  Frame frame;
  frame.type = static_cast<Type>(rest[kLengthBytes]);
  if (begin_ == 0 && rest.size() == kLengthBytes + length) {
    // The usual case, and answers are megabytes: take the buffer instead of a copy of it.
    frame.payload = std::move(buffer_);
    frame.payload.erase(0, kLengthBytes + 1);
    buffer_.clear();
  } else {
    frame.payload = rest.substr(kLengthBytes + 1, length - 1);
    begin_ += kLengthBytes + length;
  }
  return std::optional(std::move(frame));
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::optional<Frame> receive(int socket, FrameReader& reader) {
  char bytes[65536];
  while (true) {
    auto next = reader.next();
    if (!next) return std::nullopt;
    if (*next) return std::move(**next);
    const auto got = ::recv(socket, bytes, sizeof bytes, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    reader.add({bytes, static_cast<std::size_t>(got)});
  }
}

}  // namespace patchgate::protocol
