#include "analyzers/model/body_shape.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

UnitShapes sample() {
  BodyShape shape;
  shape.name = "f";
  shape.file = "a.c";
  shape.range = {4, 40};
  shape.line = 2;
  shape.parameters = {"p", ""};
  shape.nodes = {{ShapeKind::block, 4, 2, "", ""},
                 {ShapeKind::if_, 3, 3, "", ""},
                 {ShapeKind::local, 1, 3, "p", "p"},
                 {ShapeKind::block, 1, 3, "", ""}};
  shape.defaults = {
      {ShapeKind::block, 3, 2, "", ""}, {ShapeKind::variable, 2, 2, "p", "0"}, {ShapeKind::number, 1, 2, "0", ""}};
  shape.has_body = true;
  return {"", {shape}};
}

TEST(BodyShapes, ComeBackAsTheyWere) {
  const auto bytes = encode(sample());
  const auto back = decode_unit_shapes(bytes);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(encode(*back), bytes);
  ASSERT_EQ(back->shapes.size(), 1U);
  EXPECT_EQ(back->shapes[0].nodes[1].size, 3U);
  EXPECT_EQ(back->shapes[0].defaults[1].size, 2U);
  EXPECT_TRUE(back->shapes[0].has_body);
  EXPECT_EQ(back->shapes[0].parameters, (std::vector<std::string>{"p", ""}));
}

TEST(BodyShapes, CutAnywhereAreRefused) {
  const auto bytes = encode(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_unit_shapes(std::string_view(bytes).substr(0, size))) << size;
  EXPECT_FALSE(decode_unit_shapes(bytes + "x"));
}

/// Whatever a byte says, the answer is an error or a tree whose sizes add up.
TEST(BodyShapes, WithAnyByteChangedAreATreeOrRefused) {
  const auto bytes = encode(sample());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      auto damaged = bytes;
      damaged[at] = static_cast<char>(value);
      const auto back = decode_unit_shapes(damaged);
      if (!back) continue;
      for (const auto& shape : back->shapes) {
        ASSERT_FALSE(shape.nodes.empty());
        EXPECT_EQ(shape.nodes[0].size, shape.nodes.size());
        if (shape.defaults.empty()) continue;
        EXPECT_EQ(shape.defaults[0].size, shape.defaults.size());
      }
    }
  }
}

TEST(BodyShapes, WithTooLongATextAreRefused) {
  auto shapes = sample();
  shapes.shapes[0].nodes[2].source = std::string(BodyShape::kLongestSource + 1, 'x');
  EXPECT_FALSE(decode_unit_shapes(encode(shapes)));
}

}  // namespace
}  // namespace patchgate
