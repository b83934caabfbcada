#include "analyzers/clang/protocol/frames.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include "analyzers/clang/protocol/shared_memory.h"

namespace patchgate::protocol {
namespace {

std::string drain(FrameReader& reader) {
  std::string text;
  while (true) {
    auto next = reader.next();
    if (!next) return text + "broken";
    if (!*next) return text;
    text += std::to_string(static_cast<int>((*next)->type)) + ":" + (*next)->payload + ";";
  }
}

TEST(Frames, ArriveWholeHoweverTheyAreCut) {
  const auto bytes = frame(Type::answer, "one") + frame(Type::died, "") + frame(Type::file_query, "three");
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    FrameReader reader;
    std::string got;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      reader.add(std::string_view(bytes).substr(at, piece));
      got += drain(reader);
    }
    EXPECT_EQ(got, "6:one;7:;4:three;") << "in pieces of " << piece;
    EXPECT_TRUE(reader.clean());
  }
}

TEST(Frames, ThatBreakTheRulesAreNoticedAtOnce) {
  using namespace std::string_literals;
  const struct {
    const char* name;
    std::string bytes;
    std::string expected;
  } cases[] = {{"length 0", "\0\0\0\0"s, "broken"},
               {"length above the limit", "\x65\0\0\0"s, "broken"},
               {"length of all bits", "\xff\xff\xff\xff"s, "broken"},
               {"length at the limit", "\x64\0\0\0\x06"s, ""},
               {"type 0", "\x02\0\0\0\0"s, "broken"},
               {"type above the last", "\x02\0\0\0\x20"s, "broken"},
               {"good one first", frame(Type::hello, "x") + "\0\0\0\0"s, "1:x;broken"},
               {"cut length", "\x02\0"s, ""}};
  for (const auto& one : cases) {
    FrameReader reader(100);
    reader.add(one.bytes);
    EXPECT_EQ(drain(reader), one.expected) << one.name;
  }
}

TEST(Frames, OnASocket) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  ASSERT_TRUE(send_all(theirs.get(), frame(Type::lex, "text") + frame(Type::stop, "")));
  FrameReader reader;
  EXPECT_EQ(receive(ours.get(), reader)->payload, "text");
  EXPECT_EQ(receive(ours.get(), reader)->type, Type::stop);
  theirs = Descriptor();
  EXPECT_FALSE(receive(ours.get(), reader));
  EXPECT_FALSE(send_all(ours.get(), "x"));
}

}  // namespace
}  // namespace patchgate::protocol
