#pragma once

// What patchgate and patchgate-worker say to each other. Plain data, no Clang, no git.
//
// One worker process serves `slots` socket pairs (SOCK_STREAM). On each: the parent sends a Request frame; the worker
// forks a child that answers it on the same socket, asking for files in between (FileQuery / FileReply), and ends with
// Answer. When a child dies without an answer the worker itself sends Died. Frame = u32 length (little endian, of what
// follows), u8 type, payload.
//
// File contents do not travel through the socket: the parent appends them, each followed by a NUL, to one shared memory
// file (the arena) and a table in shared memory says path → (kind, offset, size), so that a child finds a header that
// any child asked for before without a system call. Children map both read-only; the parent is the only writer (see
// file_table.h).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate::protocol {

inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::uint32_t kMaxFrame = 512U << 20U;

enum class Type : std::uint8_t { hello = 1, parse, lex, file_query, file_reply, answer, died };

}  // namespace patchgate::protocol
