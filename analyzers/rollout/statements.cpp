#include "analyzers/rollout/statements.h"

#include <algorithm>

namespace patchgate {

namespace {

bool opens(const SpelledToken& token) { return token.is("{") || token.is("(") || token.is("["); }
bool closes(const SpelledToken& token) { return token.is("}") || token.is(")") || token.is("]"); }

bool fits(const SpelledToken& open, const SpelledToken& close) {
  return (open.is("{") && close.is("}")) || (open.is("(") && close.is(")")) || (open.is("[") && close.is("]"));
}

}  // namespace

Statements::Statements(const std::vector<SpelledToken>& tokens) : tokens_(tokens) {
  match_brackets();
  find_ends();
}

/// A bracket of another kind than the innermost open one (both branches of an `#if` are there) closes nothing.
void Statements::match_brackets() {
  match_.assign(tokens_.size(), tokens_.size());
  block_end_.assign(tokens_.size(), tokens_.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (opens(tokens_[i])) open.push_back(i);
    if (closes(tokens_[i]) && !open.empty() && fits(tokens_[open.back()], tokens_[i])) {
      match_[open.back()] = i;
      open.pop_back();
    }
  }
  std::vector<std::size_t> blocks;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    while (!blocks.empty() && match_[blocks.back()] <= i) blocks.pop_back();
    if (!blocks.empty()) block_end_[i] = match_[blocks.back()];
    if (tokens_[i].is("{") && match_[i] != tokens_.size()) blocks.push_back(i);
  }
}

/// From the back, so that the end of what a statement holds is known before its own.
void Statements::find_ends() {
  const std::size_t all = tokens_.size();
  end_.assign(all, all);
  std::vector<std::size_t> plain(all + 1, all);  // behind the `;` of an expression
  for (std::size_t i = all; i-- > 0;) {
    if (tokens_[i].is(";")) {
      plain[i] = i + 1;
    } else if (closes(tokens_[i])) {
      plain[i] = i;
    } else {
      plain[i] = opens(tokens_[i]) ? plain[behind(i)] : plain[i + 1];
    }
    end_[i] = plain[i];
    if (tokens_[i].is("{")) {
      end_[i] = behind(i);
    } else if (tokens_[i].is("if") || tokens_[i].is("for") || tokens_[i].is("while") || tokens_[i].is("switch")) {
      std::size_t open = i + 1;
      if (is(open, "constexpr")) ++open;
      if (!is(open, "(")) continue;
      end_[i] = end_of(behind(open));
      if (tokens_[i].is("if") && is(end_[i], "else")) end_[i] = end_of(end_[i] + 1);
    } else if (tokens_[i].is("do")) {
      const std::size_t condition = end_of(i + 1);
      end_[i] = plain[std::min(condition, all)];
    }
  }
}

std::size_t Statements::last_in_block(std::size_t open) const {
  std::size_t last = open;
  for (std::size_t at = open + 1; at < std::min(match_[open], tokens_.size());) {
    last = at;
    const std::size_t next = end_of(at);
    if (next <= at) break;
    at = next;
  }
  return last;
}

}  // namespace patchgate
