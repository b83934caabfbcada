#include "policies/engine/glob.h"

namespace patchgate {

namespace {

constexpr std::size_t kLongestPattern = 1024;

tl::unexpected<Error> bad(std::string message) { return fail(Error::Kind::config, std::move(message)); }

}  // namespace

Result<Glob> Glob::compile(std::string_view pattern) {
  if (pattern.empty()) return bad("the pattern is empty");
  if (pattern.size() > kLongestPattern) return bad("the pattern is longer than 1024 bytes");
  Glob glob;
  glob.pattern_ = pattern;
  auto& tokens = glob.tokens_;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      if (++i == pattern.size()) return bad("the pattern ends in a backslash");
      tokens.push_back({Kind::literal, pattern[i]});
    } else if (c == '[' || c == '{') {
      return bad("'" + std::string(1, c) + "' has no meaning in a pattern; write \\" + c + " for the character itself");
    } else if (c == '?') {
      tokens.push_back({Kind::one, 0});
      tokens.push_back({Kind::continuation, 0});
    } else if (c != '*') {
      tokens.push_back({Kind::literal, c});
    } else if (pattern.substr(i, 2) != "**") {
      tokens.push_back({Kind::star, 0});
    } else {
      const bool at_start = i == 0 || pattern[i - 1] == '/';
      const bool at_end = i + 2 == pattern.size();
      if (!at_start || (!at_end && pattern[i + 2] != '/')) {
        return bad("'**' must be a whole segment, as in src/**/x or release/**");
      }
      tokens.push_back({at_end ? Kind::anything : Kind::dirs, 0});
      tokens.push_back({at_end ? Kind::rest : Kind::inside, 0});
      i += 2;  // over the second star, and the slash where there is one
    }
  }
  for (const auto& token : tokens) {
    if (token.kind != Kind::literal) break;
    glob.beginning_ += token.byte;
  }
  return glob;
}

void Glob::enter(States& states, std::size_t token) const {
  while (true) {
    if (states[token] != 0) return;
    states[token] = 1;
    if (token == tokens_.size()) return;
    switch (tokens_[token].kind) {
      case Kind::star:
      case Kind::continuation:
      case Kind::rest:
        ++token;
        break;
      case Kind::dirs:
        states[token + 1] = 1;
        token += 2;
        break;
      default:
        return;
    }
  }
}

void Glob::step(const States& from, char byte, States& to) const {
  const bool continues = (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (from[i] == 0) continue;
    switch (tokens_[i].kind) {
      case Kind::literal:
        if (byte == tokens_[i].byte) enter(to, i + 1);
        break;
      case Kind::one:
        if (byte != '/') enter(to, i + 1);
        break;
      case Kind::continuation:
        if (continues) enter(to, i);
        break;
      case Kind::star:
        if (byte != '/') enter(to, i);
        break;
      case Kind::dirs:
        break;
      case Kind::inside:
        to[i] = 1;
        if (byte == '/') enter(to, i + 1);
        break;
      case Kind::anything:
        enter(to, i + 1);
        break;
      case Kind::rest:
        enter(to, i);
        break;
    }
  }
}

bool Glob::matches(std::string_view text) const {
  std::uint64_t steps = 0;
  return matches(text, steps);
}

bool Glob::matches(std::string_view text, std::uint64_t& steps) const {
  if (!text.starts_with(beginning_)) return false;
  // All ways to match are followed at once, so that no pattern makes it try again from an earlier place.
  States now(tokens_.size() + 1, 0);
  States next(tokens_.size() + 1, 0);
  enter(now, 0);
  for (const char byte : text) {
    next.assign(next.size(), 0);
    step(now, byte, next);
    now.swap(next);
    steps += tokens_.size();
  }
  return now.back() != 0;
}

}  // namespace patchgate
