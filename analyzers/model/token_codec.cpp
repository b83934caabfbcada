#include <unordered_map>

#include "analyzers/model/bytes.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {

namespace {

constexpr std::uint8_t kTokenTag = 'T';
constexpr std::uint32_t kStartsLine = 1;
constexpr std::uint32_t kInDirective = 2;

}  // namespace

// Each distinct text once, in order of first use. Offsets and lines rise, so each is written as the step from the one
// before, modulo 2^32.
std::string encode(const std::vector<Token>& tokens) {
  std::unordered_map<Hash128, std::uint64_t> places;
  ByteWriter texts;
  for (const auto& token : tokens)
    if (places.try_emplace(token.text, places.size()).second) texts.fixed128(token.text);

  ByteWriter out;
  out.byte(kTokenTag);
  out.number(places.size());
  out.raw(texts.take());
  out.number(tokens.size());
  Token last;
  for (const auto& token : tokens) {
    out.number(token.offset - last.offset);
    out.number(token.line - last.line);
    out.number(places.at(token.text));
    out.byte(
        static_cast<std::uint8_t>((token.starts_line ? kStartsLine : 0) | (token.in_directive ? kInDirective : 0)));
    last = token;
  }
  return out.take();
}

Result<std::vector<Token>> decode_tokens(std::string_view bytes) {
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  if (in.byte() != kTokenTag) in.fail("not a list of tokens");
  std::vector<Hash128> texts(in.count(16));
  for (auto& text : texts) text = in.fixed128();
  const auto count = in.count(4);
  std::vector<Token> tokens;
  tokens.reserve(count);
  Token last;
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    Token token;
    token.offset = last.offset + in.number32();
    token.line = last.line + in.number32();
    const auto text = in.index(texts.size(), "text");
    if (!in.ok()) break;
    token.text = texts[text];
    const auto flags = in.index(4, "flag");
    token.starts_line = (flags & kStartsLine) != 0;
    token.in_directive = (flags & kInDirective) != 0;
    tokens.push_back(token);
    last = token;
  }
  if (in.ok() && in.left() != 0) in.fail("something follows its end");
  if (!in.ok()) return fail(Error::Kind::io, "damaged list of tokens: " + in.why());
  return tokens;
}

}  // namespace patchgate
