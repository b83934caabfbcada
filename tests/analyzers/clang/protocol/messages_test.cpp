#include "analyzers/clang/protocol/messages.h"

#include <functional>

#include <gtest/gtest.h>

namespace patchgate::protocol {
namespace {

struct Codec {
  const char* name;
  std::string sample;
  /// Decodes and encodes again; "error" where it does not decode.
  std::function<std::string(std::string_view)> round_trip;
};

template <class T>
Codec codec(const char* name, const T& sample, Result<T> (*decode)(std::string_view)) {
  return {name, encode(sample), [decode](std::string_view bytes) {
            const auto value = decode(bytes);
            return value ? encode(*value) : std::string("error");
          }};
}

std::vector<Codec> codecs() {
  return {codec("limits", Limits{1, 2, 1ULL << 40U, true}, decode_limits),
          codec("hello", Hello{7, "seccomp", "clang 19", "/usr/lib/clang/19"}, decode_hello),
          codec("request", Request{3, std::string("a\0b", 3)}, decode_request),
          codec("parse", ParseBody{1, "/r", "/r/build", "src/a.cpp", {"-DX", "", "-Iy"}}, decode_parse_body),
          codec("lead", LeadBody{{0, "/r", "/r", "a.c", {"-DX"}}, 2, {"\"a.h\"", "<b.h>"}}, decode_lead_body),
          codec("unlead", UnleadBody{true}, decode_unlead_body),
          codec("lex", LexBody{false, "int x;"}, decode_lex_body),
          codec("query", FileQuery{Query::list, "/usr/lib/gcc"}, decode_file_query),
          codec("file", FileEntry{FileKind::listing, 1ULL << 33U, 12, ~0ULL}, decode_file_entry),
          codec("died", Died{1, 139, true, 123456, 1 << 20}, decode_died)};
}

TEST(Messages, ComeBackAsTheyWere) {
  for (const auto& one : codecs()) EXPECT_EQ(one.round_trip(one.sample), one.sample) << one.name;
}

TEST(Messages, CutOrLongerOnesAreRefused) {
  for (const auto& one : codecs()) {
    for (std::size_t size = 0; size < one.sample.size(); ++size)
      EXPECT_EQ(one.round_trip(std::string_view(one.sample).substr(0, size)), "error")
          << one.name << " cut to " << size;
    EXPECT_EQ(one.round_trip(one.sample + '\0'), "error") << one.name;
  }
}

TEST(Messages, FlippedBytesNeverDoMoreThanDecodeToSomethingElse) {
  for (const auto& one : codecs())
    for (std::size_t at = 0; at < one.sample.size(); ++at)
      for (const int bits : {0x01, 0x80, 0xff}) {
        auto bytes = one.sample;
        bytes[at] = static_cast<char>(bytes[at] ^ bits);
        const auto again = one.round_trip(bytes);
        EXPECT_TRUE(again == "error" || again != one.sample) << one.name << " at " << at;
      }
}

TEST(Messages, ValuesOutOfRangeAreRefused) {
  const struct {
    const char* name;
    bool accepted;
  } cases[] = {
      {"slot at the limit", static_cast<bool>(decode_request(encode(Request{kMaxSlots, ""})))},
      {"slot of died", static_cast<bool>(decode_died(encode(Died{kMaxSlots, 0, false, 0, 0})))},
      {"relative path", static_cast<bool>(decode_file_query(encode(FileQuery{Query::look_up, "a"})))},
      {"empty path", static_cast<bool>(decode_file_query(encode(FileQuery{Query::look_up, ""})))},
      {"NUL in a path",
       static_cast<bool>(decode_file_query(encode(FileQuery{Query::look_up, std::string("/a\0b", 4)})))},
      {"path too long",
       static_cast<bool>(decode_file_query(encode(FileQuery{Query::look_up, "/" + std::string(kMaxPath, 'x')})))},
      {"third side", static_cast<bool>(decode_parse_body(encode(ParseBody{2, "/", "/", "a", {}})))}};
  for (const auto& one : cases) EXPECT_FALSE(one.accepted) << one.name;
  EXPECT_TRUE(decode_request(encode(Request{kMaxSlots - 1, ""})));
  EXPECT_TRUE(decode_file_query(encode(FileQuery{Query::look_up, "/" + std::string(kMaxPath - 1, 'x')})));
}

}  // namespace
}  // namespace patchgate::protocol
