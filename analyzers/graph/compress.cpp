#include "analyzers/graph/compress.h"

#include <algorithm>
#include <bit>

#include <zstd.h>

namespace patchgate {

namespace {

constexpr int kLeastWindow = 10;
constexpr int kMostWindow = 27;  // what every decoder takes

/// So large that all of the base can be referred to from everywhere.
int window_for(std::size_t size) {
  return std::clamp(static_cast<int>(std::bit_width(size)), kLeastWindow, kMostWindow);
}

}  // namespace

struct Compressor::Contexts {
  ZSTD_CCtx* in = ZSTD_createCCtx();
  ZSTD_DCtx* out = ZSTD_createDCtx();
  Contexts() = default;
  Contexts(const Contexts&) = delete;
  Contexts& operator=(const Contexts&) = delete;
  ~Contexts() {
    ZSTD_freeCCtx(in);
    ZSTD_freeDCtx(out);
  }
};

void Compressor::Free::operator()(Contexts* contexts) const { delete contexts; }

Compressor::Compressor() : contexts_(new Contexts) {}

std::string Compressor::pack(std::string_view bytes, std::string_view base, Level level) {
  auto* context = contexts_->in;
  if (context == nullptr) return {};
  ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, static_cast<int>(level));
  ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_for(bytes.size() + base.size()));
  if (ZSTD_isError(ZSTD_CCtx_loadDictionary(context, base.data(), base.size()))) return {};
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  const auto size = ZSTD_compress2(context, frame.data(), frame.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size)) return {};
  frame.resize(size);
  return frame;
}

std::optional<std::string> Compressor::unpack(std::string_view frame, std::string_view base, std::size_t most) {
  auto* context = contexts_->out;
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (context == nullptr || size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > most)
    return std::nullopt;
  ZSTD_DCtx_reset(context, ZSTD_reset_session_and_parameters);
  if (ZSTD_isError(ZSTD_DCtx_loadDictionary(context, base.data(), base.size()))) return std::nullopt;
  std::string bytes(size, '\0');
  const auto got = ZSTD_decompressDCtx(context, bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) || got != size) return std::nullopt;
  return bytes;
}

}  // namespace patchgate
