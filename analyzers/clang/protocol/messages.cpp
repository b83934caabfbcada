#include "analyzers/clang/protocol/messages.h"

#include <utility>

#include "analyzers/model/bytes.h"

namespace patchgate::protocol {
namespace {

/// Reads one message and checks that nothing is left over.
template <class T, class Read>
Result<T> decode(std::string_view bytes, const char* what, Read read) {
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  T value;
  read(in, value);
  if (in.ok() && in.left() != 0) in.fail("bytes are left over");
  if (!in.ok()) return fail(Error::Kind::io, std::string("damaged ") + what + " message: " + in.why());
  return value;
}

std::string path_of(ByteReader& in) {
  const auto text = in.text();
  if (text.size() > kMaxPath) in.fail("path is too long");
  if (text.find('\0') != std::string_view::npos) in.fail("path holds a NUL");
  return std::string(text);
}

bool boolean(ByteReader& in) {
  const auto value = in.byte();
  if (value > 1) in.fail("a yes or no is neither");
  return value == 1;
}

void write(ByteWriter& out, const ParseBody& body) {
  out.byte(body.side);
  out.text(body.root);
  out.text(body.directory);
  out.text(body.main_file);
  out.number(body.arguments.size());
  for (const auto& argument : body.arguments) out.text(argument);
}

void read(ByteReader& in, ParseBody& body) {
  body.side = in.byte();
  if (body.side > 1) in.fail("unknown side");
  body.root = path_of(in);
  body.directory = path_of(in);
  body.main_file = path_of(in);
  const auto count = in.count(1);
  for (std::size_t i = 0; i < count && in.ok(); ++i) body.arguments.emplace_back(in.text());
}

}  // namespace

std::string encode(const Limits& limits) {
  ByteWriter out;
  out.number(limits.cpu_seconds);
  out.number(limits.wall_seconds);
  out.number(limits.memory_bytes);
  out.byte(limits.every_body ? 1 : 0);
  return out.take();
}

Result<Limits> decode_limits(std::string_view bytes) {
  return decode<Limits>(bytes, "limits", [](ByteReader& in, Limits& limits) {
    limits.cpu_seconds = in.number32();
    limits.wall_seconds = in.number32();
    limits.memory_bytes = in.number();
    limits.every_body = boolean(in);
  });
}

std::string encode(const Hello& hello) {
  ByteWriter out;
  out.number(hello.version);
  out.text(hello.sandbox);
  out.text(hello.clang);
  out.text(hello.resource_dir);
  return out.take();
}

Result<Hello> decode_hello(std::string_view bytes) {
  return decode<Hello>(bytes, "hello", [](ByteReader& in, Hello& hello) {
    hello.version = in.number32();
    hello.sandbox = in.text();
    hello.clang = in.text();
    hello.resource_dir = path_of(in);
  });
}

std::string encode(const Request& request) {
  ByteWriter out;
  out.number(request.slot);
  out.text(request.body);
  return out.take();
}

Result<Request> decode_request(std::string_view bytes) {
  return decode<Request>(bytes, "request", [](ByteReader& in, Request& request) {
    request.slot = in.index(kMaxSlots, "slot");
    request.body = in.text();
  });
}

std::string encode(const ParseBody& body) {
  ByteWriter out;
  write(out, body);
  return out.take();
}

Result<ParseBody> decode_parse_body(std::string_view bytes) {
  return decode<ParseBody>(bytes, "parse", [](ByteReader& in, ParseBody& body) { read(in, body); });
}

std::string encode(const LeadBody& body) {
  ByteWriter out;
  write(out, body.unit);
  out.number(body.depth);
  out.number(body.headers.size());
  for (const auto& header : body.headers) out.text(header);
  return out.take();
}

Result<LeadBody> decode_lead_body(std::string_view bytes) {
  return decode<LeadBody>(bytes, "lead", [](ByteReader& in, LeadBody& body) {
    read(in, body.unit);
    body.depth = in.number32();
    const auto count = in.count(1);
    for (std::size_t i = 0; i < count && in.ok(); ++i) body.headers.push_back(path_of(in));
  });
}

std::string encode(const UnleadBody& body) {
  ByteWriter out;
  out.byte(body.all ? 1 : 0);
  return out.take();
}

Result<UnleadBody> decode_unlead_body(std::string_view bytes) {
  return decode<UnleadBody>(bytes, "unlead", [](ByteReader& in, UnleadBody& body) { body.all = boolean(in); });
}

std::string encode(const ShapeBody& body) {
  ByteWriter out;
  write(out, body.unit);
  out.number(body.wanted.size());
  for (const auto& one : body.wanted) {
    out.text(one.path);
    out.number(one.begin);
    out.number(one.end);
  }
  return out.take();
}

Result<ShapeBody> decode_shape_body(std::string_view bytes) {
  return decode<ShapeBody>(bytes, "shape", [](ByteReader& in, ShapeBody& body) {
    read(in, body.unit);
    const auto count = in.count(3);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
      auto& one = body.wanted.emplace_back();
      one.path = path_of(in);
      one.begin = in.number32();
      one.end = in.number32();
      if (one.end < one.begin) in.fail("a range ends before it begins");
    }
  });
}

std::string encode(const LexBody& body) {
  ByteWriter out;
  out.byte(body.cplusplus ? 1 : 0);
  out.text(body.text);
  return out.take();
}

Result<LexBody> decode_lex_body(std::string_view bytes) {
  return decode<LexBody>(bytes, "lex", [](ByteReader& in, LexBody& body) {
    body.cplusplus = boolean(in);
    body.text = in.text();
  });
}

std::string encode(const FileQuery& query) {
  ByteWriter out;
  out.byte(static_cast<std::uint8_t>(query.query));
  out.text(query.path);
  return out.take();
}

Result<FileQuery> decode_file_query(std::string_view bytes) {
  return decode<FileQuery>(bytes, "file query", [](ByteReader& in, FileQuery& query) {
    const auto kind = in.byte();
    if (kind > static_cast<std::uint8_t>(Query::list)) in.fail("unknown query");
    query.query = static_cast<Query>(kind);
    query.path = path_of(in);
    if (!query.path.starts_with('/')) in.fail("path is not absolute");
  });
}

std::string encode(const FileEntry& entry) {
  ByteWriter out;
  out.byte(static_cast<std::uint8_t>(entry.kind));
  out.number(entry.offset);
  out.number(entry.size);
  out.fixed64(entry.identity);
  return out.take();
}

Result<FileEntry> decode_file_entry(std::string_view bytes) {
  return decode<FileEntry>(bytes, "file", [](ByteReader& in, FileEntry& entry) {
    const auto kind = in.byte();
    if (kind > static_cast<std::uint8_t>(FileKind::refused)) in.fail("unknown kind of file");
    entry.kind = static_cast<FileKind>(kind);
    entry.offset = in.number();
    entry.size = in.number();
    entry.identity = in.fixed64();
  });
}

std::string encode(const Died& died) {
  ByteWriter out;
  out.number(died.slot);
  out.number(static_cast<std::uint32_t>(died.status));
  out.byte(died.out_of_time ? 1 : 0);
  out.number(died.cpu_microseconds);
  out.number(died.max_rss_kb);
  return out.take();
}

Result<Died> decode_died(std::string_view bytes) {
  return decode<Died>(bytes, "died", [](ByteReader& in, Died& died) {
    died.slot = in.index(kMaxSlots, "slot");
    died.status = static_cast<std::int32_t>(in.number32());
    died.out_of_time = boolean(in);
    died.cpu_microseconds = in.number();
    died.max_rss_kb = in.number();
  });
}

}  // namespace patchgate::protocol
