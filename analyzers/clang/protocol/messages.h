#pragma once

// What patchgate and patchgate-worker say to each other. Plain data, no Clang, no git.
//
// The worker starts with one control socket and one socket for each slot (all SOCK_STREAM). On the control socket the
// parent sends hello (limits) and then requests (parse, lex, probe, shape), each for one slot that is free; the worker
// forks a child that holds the request in memory and has nothing but that slot's socket. On it the child asks for files
// (file_query / file_reply) and ends with one answer. When the child is gone the worker sends died on the control
// socket, always: only then is the slot free again, and only then is what the child wrote complete. So a child that is
// killed in the middle of a frame can spoil nothing but its own unit.
//
// Units that start alike share that start: on lead, the child reads the common include directives, sends died with
// status 0 and lives on, as the leader of its slot. Of a slot with a leader, the worker passes each request on to it:
// for parse and probe it forks the child that answers, for lead another leader, which takes its place; on unlead the
// newest leader of the slot ends and the one before takes its place again, or all of them end. Each request is followed
// by one died.
//
// Frame = u32 length (little endian, of what follows), u8 type, payload.
//
// File contents do not travel through a socket: the parent appends them, each followed by a NUL, to one shared memory
// file (the arena) and a table in shared memory says path → (kind, offset, size), so that a child finds a header that
// any child asked for before without a system call. Children map both read-only; the parent is the only writer (see
// file_table.h).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate::protocol {

inline constexpr std::uint32_t kVersion = 5;
inline constexpr std::uint32_t kMaxFrame = 512U << 20U;
/// Longest path that is asked for or answered.
inline constexpr std::size_t kMaxPath = 4096;
inline constexpr unsigned kMaxSlots = 64;

/// Descriptors that the worker finds open; slots follow from kFirstSlotFd on. Standard input and output are /dev/null;
/// standard error is read by the parent until hello.
inline constexpr int kControlFd = 3;
inline constexpr int kTableFd = 4;
inline constexpr int kArenaFd = 5;
inline constexpr int kFirstSlotFd = 6;

enum class Type : std::uint8_t {
  hello = 1,
  parse,
  lex,
  file_query,
  file_reply,
  answer,
  died,
  probe,
  stop,
  lead,
  unlead,
  shape
};

/// Parent → worker, once.
struct Limits {
  std::uint32_t cpu_seconds = 120;
  std::uint32_t wall_seconds = 240;
  std::uint64_t memory_bytes = 4ULL << 30U;
  bool every_body = false;  ///< no function's body is passed over, whatever it could tell of the repository
};

/// Worker → parent, once, when its sandbox stands.
struct Hello {
  std::uint32_t version = 0;
  std::string sandbox;       ///< "seccomp+landlock7", "seccomp", "landlock7", "none", "off"
  std::string clang;         ///< its full version, and a hash of our sources that look with it
  std::string resource_dir;  ///< absolute; the folder that holds include/stddef.h
};

/// Parent → worker, type parse, lex, probe, shape, lead or unlead: `body` is one of those below, encoded. Type stop:
/// kill the slot's child, and its leaders with it.
struct Request {
  std::uint32_t slot = 0;
  std::string body;
};

struct ParseBody {
  std::uint8_t side = 0;  ///< 0 base, 1 head
  std::string root;       ///< absolute, normal form
  std::string directory;  ///< absolute
  std::string main_file;  ///< relative to root
  std::vector<std::string> arguments;
};

struct LeadBody {
  ParseBody unit;                    ///< any of the units; the others differ from it in the main file's name alone
  std::uint32_t depth = 0;           ///< leaders that the slot has already; the headers follow upon theirs
  std::vector<std::string> headers;  ///< as an include directive writes them: "a.h" or <a.h>
};

struct UnleadBody {
  bool all = false;  ///< else the newest one
};

/// Asks for the bodies of functions instead of facts; the answer is an encoded UnitShapes (body_shape.h).
struct ShapeBody {
  struct Wanted {
    std::string path;                  ///< relative to the root
    std::uint32_t begin = 0, end = 0;  ///< of a definition in it, in bytes
  };
  ParseBody unit;
  std::vector<Wanted> wanted;
};

struct LexBody {
  bool cplusplus = true;
  std::string text;
};

/// What a probe tries from inside the sandbox; it answers the errno as one number (0: it worked, which is bad).
enum class ProbeKind : std::uint8_t { open_file, write_file, socket, exec, fork, trace, signal_parent, fork_again };
inline constexpr int kProbes = 8;

enum class Query : std::uint8_t { look_up, list };

/// Child → parent.
struct FileQuery {
  Query query = Query::look_up;
  std::string path;  ///< absolute
};

enum class FileKind : std::uint8_t { absent, file, folder, listing, refused };

/// What is known of one path. kind listing: the content is (type byte 'd' or 'f', name, NUL)*.
struct FileEntry {
  FileKind kind = FileKind::absent;
  std::uint64_t offset = 0;  ///< of the content in the arena, where a NUL follows it
  std::uint64_t size = 0;
  std::uint64_t identity = 0;  ///< equal for two names of one file
  friend bool operator==(const FileEntry&, const FileEntry&) = default;
};

/// Worker → parent, once for each request.
struct Died {
  std::uint32_t slot = 0;
  std::int32_t status = 0;  ///< as of wait4(2)
  bool out_of_time = false;
  std::uint64_t cpu_microseconds = 0;
  std::uint64_t max_rss_kb = 0;
};

/// Exit codes of a child that knows why it gives up.
inline constexpr int kExitOutOfMemory = 81;
inline constexpr int kExitFatal = 82;       ///< Clang's own fatal error handler
inline constexpr int kExitBadRequest = 83;  ///< the request does not decode
inline constexpr int kExitNoSandbox = 84;   ///< its part of the sandbox could not be set up
inline constexpr int kExitLostParent = 85;
inline constexpr int kExitNotShared =
    86;  ///< the start can't be shared, or not with this unit: it has to be parsed alone

std::string encode(const Limits& limits);
std::string encode(const Hello& hello);
std::string encode(const Request& request);
std::string encode(const ParseBody& body);
std::string encode(const LeadBody& body);
std::string encode(const UnleadBody& body);
std::string encode(const ShapeBody& body);
std::string encode(const LexBody& body);
std::string encode(const FileQuery& query);
std::string encode(const FileEntry& entry);
std::string encode(const Died& died);

/// The inverse, for bytes of any origin: lengths, ranges and left-over bytes are checked. Errors are Error::Kind::io.
Result<Limits> decode_limits(std::string_view bytes);
Result<Hello> decode_hello(std::string_view bytes);
Result<Request> decode_request(std::string_view bytes);
Result<ParseBody> decode_parse_body(std::string_view bytes);
Result<LeadBody> decode_lead_body(std::string_view bytes);
Result<UnleadBody> decode_unlead_body(std::string_view bytes);
Result<ShapeBody> decode_shape_body(std::string_view bytes);
Result<LexBody> decode_lex_body(std::string_view bytes);
Result<FileQuery> decode_file_query(std::string_view bytes);
Result<FileEntry> decode_file_entry(std::string_view bytes);
Result<Died> decode_died(std::string_view bytes);

}  // namespace patchgate::protocol
