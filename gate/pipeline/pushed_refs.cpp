#include "gate/pipeline/pushed_refs.h"

#include <algorithm>

namespace patchgate {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;
constexpr std::size_t kMostRefs = 1000;
constexpr std::size_t kIdLength = 40, kSha256IdLength = 64;
constexpr const char* kInput = "standard input";

bool is_hex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }
bool is_zero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

/// The words between single spaces; a ref cannot hold one.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from <= line.size();) {
    const auto space = std::min(line.find(' ', from), line.size());
    words.emplace_back(line.substr(from, space - from));
    from = space + 1;
  }
  return words;
}

Result<Oid> id_of(const std::string& word, std::uint32_t line) {
  if (word.size() == kSha256IdLength && is_hex(word))
    return fail(Error::Kind::repository, "this is a SHA-256 repository, which libgit2 cannot open",
                "judge it in CI, from a SHA-1 clone, or push with --no-verify");
  if (word.size() != kIdLength || !is_hex(word))
    return fail_at(Error::Kind::usage, {kInput, line, 0}, "not an id of 40 hex digits");
  return is_zero(word) ? Oid() : Oid(word);
}

}  // namespace

Result<std::vector<PushedRef>> read_pushed_refs(std::string_view lines) {
  if (lines.size() > kMostBytes)
    return fail(Error::Kind::limit, "more than " + std::to_string(kMostBytes) + " bytes of refs are pushed at once");
  std::vector<PushedRef> refs;
  std::uint32_t number = 0;
  while (!lines.empty()) {
    ++number;
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto words = words_of(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (words.size() != 4 || words[0].empty() || !words[2].starts_with("refs/"))
      return fail_at(Error::Kind::usage, {kInput, number, 0},
                     "not a line of a pre-push hook: local ref, local id, remote ref, remote id",
                     "git calls this command: install it with `patchgate hook install`");
    PATCHGATE_TRY(auto local, id_of(words[1], number));
    PATCHGATE_TRY(auto remote, id_of(words[3], number));
    if (refs.size() == kMostRefs)
      return fail(Error::Kind::limit, "more than " + std::to_string(kMostRefs) + " refs are pushed at once");
    refs.push_back({words[0], std::move(local), words[2], std::move(remote)});
  }
  return refs;
}

}  // namespace patchgate
