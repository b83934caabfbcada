#include "analyzers/clang/worker/lex.h"

#include <limits>
#include <string>

#include <clang/Lex/Lexer.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringRef.h>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

clang::LangOptions language(bool cplusplus) {
  clang::LangOptions options;
  options.LineComment = 1;
  options.Digraphs = 1;
  options.DollarIdents = 1;
  options.C99 = 1;
  options.C11 = 1;
  options.C17 = 1;
  options.RawStringLiterals = cplusplus;
  if (cplusplus) {
    options.CPlusPlus = options.CPlusPlus11 = options.CPlusPlus14 = options.CPlusPlus17 = options.CPlusPlus20 = 1;
    options.Bool = 1;
  } else {
    options.C23 = 1;
  }
  return options;
}

/// Removes each backslash that ends a line, with the blanks and the line end after it.
std::string without_splices(llvm::StringRef spelling) {
  std::string out;
  for (std::size_t i = 0; i < spelling.size(); ++i) {
    if (spelling[i] == '\\') {
      const auto end = spelling.find_first_not_of(" \t\f\v", i + 1);
      if (end != llvm::StringRef::npos && (spelling[end] == '\n' || spelling[end] == '\r')) {
        i = end;
        if (spelling[end] == '\r' && end + 1 < spelling.size() && spelling[end + 1] == '\n') ++i;
        continue;
      }
    }
    out += spelling[i];
  }
  return out;
}

/// A strong hash is slow and a text uses few words, each often: one hash a word.
class HashedWords {
 public:
  const Hash128& of(llvm::StringRef word) {
    const auto [at, fresh] = known_.try_emplace(word);
    if (fresh) at->second = strong_hash(word);
    return at->second;
  }

 private:
  llvm::StringMap<Hash128> known_;
};

}  // namespace

std::vector<Token> lex_tokens(std::string_view text, bool cplusplus) {
  const std::string buffer(text.substr(0, std::numeric_limits<std::uint32_t>::max()));
  const auto options = language(cplusplus);
  const char* begin = buffer.data();
  clang::Lexer lexer(clang::SourceLocation(), options, begin, begin, begin + buffer.size());
  lexer.SetCommentRetentionState(true);

  std::vector<Token> tokens;
  HashedWords words;
  const Hash128 kDefine = strong_hash("define");
  clang::Token raw;
  std::uint32_t line = 1;
  bool comment_starts_line = false;  // a comment is white space: what follows it on its line is the first there
  const char* counted = begin;
  enum class Directive { none, opened, define, other } directive = Directive::none;
  while (true) {
    lexer.LexFromRawLexer(raw);
    if (raw.is(clang::tok::eof)) break;
    const char* start = lexer.getBufferLocation() - raw.getLength();
    for (; counted < start; ++counted) line += *counted == '\n';

    Token token;
    token.offset = static_cast<std::uint32_t>(start - begin);
    token.line = line;
    token.starts_line = raw.isAtStartOfLine() || comment_starts_line;
    const llvm::StringRef spelling(start, raw.getLength());
    // Where trigraphs are on, two question marks and a slash at the end of a line comment swallow the next line.
    // Whether they are is not known here: such a comment counts.
    if (raw.is(clang::tok::comment) && !spelling.contains("?\?/")) {
      comment_starts_line = token.starts_line;
      continue;
    }
    comment_starts_line = false;
    token.text = raw.needsCleaning() ? words.of(without_splices(spelling)) : words.of(spelling);

    if (token.starts_line) {
      if (directive == Directive::opened) tokens.back().in_directive = true;
      directive = raw.is(clang::tok::hash) ? Directive::opened : Directive::none;
    } else if (directive == Directive::opened) {
      const bool define = token.text == kDefine;
      directive = define ? Directive::define : Directive::other;
      if (!define) tokens.back().in_directive = true;
    }
    token.in_directive = directive == Directive::other;
    tokens.push_back(token);
  }
  if (directive == Directive::opened) tokens.back().in_directive = true;
  return tokens;
}

}  // namespace patchgate
