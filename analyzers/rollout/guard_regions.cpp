#include "analyzers/rollout/guard_regions.h"

#include <algorithm>
#include <map>
#include <optional>

#include "analyzers/rollout/statements.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostRegions = 500;

/// A question for a flag.
struct Asked {
  std::string key;
  bool when = true;  ///< the condition holds where the flag has that value
  std::string_view function;
  std::uint32_t line = 0;
};

class GuardReader {
 public:
  GuardReader(GuardedFile& file, const std::vector<FlagFunction>& functions)
      : file_(file), tokens_(file.tokens), statements_(file.tokens) {
    for (const FlagFunction& function : functions) functions_.emplace(function.name, &function);
  }

  void read() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      forget(i);
      if (tokens_[i].is("if")) {
        read_if(i);
      } else if (tokens_[i].is("bool") || tokens_[i].is("auto")) {
        read_variable(i);
      }
    }
    std::sort(file_.regions.begin(), file_.regions.end(),
              [](const auto& a, const auto& b) { return a.begin < b.begin; });
  }

 private:
  bool is(std::size_t i, std::string_view spelling) const { return i < tokens_.size() && tokens_[i].is(spelling); }
  bool is_word(std::size_t i) const { return i < tokens_.size() && tokens_[i].kind == SpelledToken::Kind::word; }

  /// `bool on = f("key");`, until its block ends.
  void read_variable(std::size_t i) {
    if (!is_word(i + 1) || !is(i + 2, "=")) return;
    const std::size_t end = statements_.end_of(i);
    if (end <= i + 3 || end > tokens_.size() || !is(end - 1, ";")) return;
    const auto asked = question(i + 3, end - 1);
    if (!asked) return;
    variables_[tokens_[i + 1].text] = {*asked, i + 2, statements_.block_end(i)};
    const std::size_t begin = i > 0 && is(i - 1, "const") ? i - 1 : i;
    file_.frames.push_back({begin, end});
  }

  void forget(std::size_t at) {
    if (!tokens_[at].is("}")) {
      // A variable that gets another value is no flag any more.
      if (tokens_[at].is("=") && at > 0 && !is(at + 1, "=") && !is(at - 1, "=") && !is(at - 1, "!")) {
        const auto found = variables_.find(tokens_[at - 1].text);
        if (found != variables_.end() && found->second.assigned != at) variables_.erase(found);
      }
      return;
    }
    std::erase_if(variables_, [&](const auto& variable) { return variable.second.block_end <= at; });
  }

  /// [begin, end) without brackets around all of it.
  void strip(std::size_t& begin, std::size_t& end) const {
    while (begin < end && is(begin, "(") && statements_.behind(begin) == end) {
      ++begin;
      --end;
    }
  }

  /// What [begin, end) asks, where it is a question for a flag and nothing else.
  std::optional<Asked> question(std::size_t begin, std::size_t end) const {
    bool when = true;
    strip(begin, end);
    while (begin < end && (is(begin, "!") || is(begin, "not"))) {
      when = !when;
      ++begin;
      strip(begin, end);
    }
    if (begin >= end) return std::nullopt;
    if (end == begin + 1) {
      const auto found = variables_.find(tokens_[begin].text);
      if (found == variables_.end() || tokens_[begin].kind != SpelledToken::Kind::word) return std::nullopt;
      Asked asked = found->second.asked;
      if (!when) asked.when = !asked.when;
      return asked;
    }
    return call(begin, end, when);
  }

  /// `a.b()->f(x, "key", false)`: names and calls, the last of which is f's.
  std::optional<Asked> call(std::size_t begin, std::size_t end, bool when) const {
    std::size_t open = end;
    for (std::size_t i = begin; i < end;) {
      if (is(i, "(")) {
        open = i;
        i = statements_.behind(i);
      } else if (is_word(i) || is(i, "::") || is(i, ".") || is(i, "->") || is(i, "*")) {
        ++i;
      } else {
        return std::nullopt;
      }
    }
    if (open == end || open == begin || statements_.behind(open) != end) return std::nullopt;
    const auto function = functions_.find(tokens_[open - 1].text);
    if (function == functions_.end() || !is_word(open - 1)) return std::nullopt;
    const auto key = key_of(open, end - 1, *function->second);
    if (!key) return std::nullopt;
    return Asked{*key, when, tokens_[open - 1].text, tokens_[open - 1].line};
  }

  std::optional<std::string> key_of(std::size_t open, std::size_t close, const FlagFunction& function) const {
    std::size_t argument = 0;
    for (std::size_t i = open + 1; i < close;) {
      if (is(i, "(") || is(i, "{") || is(i, "[")) {
        i = statements_.behind(i);
        continue;
      }
      if (is(i, ",")) ++argument;
      const bool here = !function.argument || argument == *function.argument;
      const bool alone = (is(i - 1, ",") || i - 1 == open) && (is(i + 1, ",") || i + 1 == close);
      if (here && alone && tokens_[i].kind == SpelledToken::Kind::text) return std::string(tokens_[i].text);
      ++i;
    }
    return std::nullopt;
  }

  /// The parts between `sign` that are not in brackets.
  std::vector<std::pair<std::size_t, std::size_t>> parts(std::size_t begin, std::size_t end,
                                                         std::string_view sign) const {
    std::vector<std::pair<std::size_t, std::size_t>> result;
    std::size_t from = begin;
    for (std::size_t i = begin; i < end;) {
      if (is(i, sign)) {
        result.emplace_back(from, i);
        from = i + 1;
      }
      i = is(i, "(") || is(i, "{") || is(i, "[") ? std::min(statements_.behind(i), end) : i + 1;
    }
    result.emplace_back(from, end);
    return result;
  }

  bool leaves(std::size_t begin) const {
    const std::size_t last = is(begin, "{") ? statements_.last_in_block(begin) : begin;
    return is(last, "return") || is(last, "throw") || is(last, "break") || is(last, "continue") ||
           is(last, "co_return");
  }

  void read_if(std::size_t at) {
    std::size_t open = at + 1;
    if (is(open, "constexpr")) ++open;
    if (!is(open, "(")) return;
    const std::size_t then = statements_.behind(open);
    if (then >= tokens_.size()) return;
    std::size_t begin = open + 1;
    std::size_t end = then - 1;
    const auto statements = parts(begin, end, ";");
    begin = statements.back().first;
    strip(begin, end);
    const std::size_t then_end = statements_.end_of(then);
    const bool has_else = is(then_end, "else");
    const std::size_t other = has_else ? then_end + 1 : then_end;
    const std::size_t other_end = has_else ? statements_.end_of(other) : then_end;
    const auto choices = parts(begin, end, "||");
    const auto conditions = parts(begin, end, "&&");
    if (choices.size() == 1) {
      for (const auto& [from, to] : conditions) {
        const auto asked = question(from, to);
        if (!asked) continue;
        frame(at, then, then_end, has_else, other_end);
        region(*asked, at, then, then, then_end);
        // Where another part of the condition fails, the other branch runs for those who have the flag, too.
        if (conditions.size() == 1 && has_else) region(negated(*asked), at, then, other, other_end);
        if (conditions.size() == 1 && !has_else) read_exit(negated(*asked), at, then, then_end);
        return;
      }
      return;
    }
    if (has_else) return;
    for (const auto& [from, to] : choices) {
      const auto asked = question(from, to);
      if (!asked) continue;
      frame(at, then, then_end, false, then_end);
      read_exit(negated(*asked), at, then, then_end);
      return;
    }
  }

  /// What follows a branch that leaves.
  void read_exit(const Asked& asked, std::size_t at, std::size_t then, std::size_t then_end) {
    if (!leaves(then)) return;
    const std::size_t block_end = statements_.block_end(at);
    const std::size_t first = is(then, "{") ? then + 1 : then;
    const std::size_t last = is(then, "{") ? then_end - 1 : then_end;
    if (last == first + 2 && is(first, "return") && is(first + 1, ";"))
      file_.exits.push_back({then, then_end, block_end});
    region(asked, at, then, then_end, block_end);
  }

  static Asked negated(Asked asked) {
    asked.when = !asked.when;
    return asked;
  }

  void region(const Asked& asked, std::size_t at, std::size_t then, std::size_t begin, std::size_t end) {
    if (begin < end) file_.regions.push_back({begin, end, asked.key, asked.when, asked.function, asked.line, at, then});
  }

  /// The condition, the braces, the `else`.
  void frame(std::size_t at, std::size_t then, std::size_t then_end, bool has_else, std::size_t other_end) {
    file_.frames.push_back({at > 0 && is(at - 1, "else") ? at - 1 : at, then});
    if (is(then, "{")) {
      file_.frames.push_back({then, then + 1});
      file_.frames.push_back({then_end - 1, then_end});
    }
    if (!has_else) return;
    const bool block = is(then_end + 1, "{");
    file_.frames.push_back({then_end, then_end + (block ? 2 : 1)});
    if (block) file_.frames.push_back({other_end - 1, other_end});
  }

  struct Variable {
    Asked asked;
    std::size_t assigned = 0;   ///< its first `=`
    std::size_t block_end = 0;  ///< it is not known behind
  };

  GuardedFile& file_;
  const std::vector<SpelledToken>& tokens_;
  Statements statements_;
  std::map<std::string_view, const FlagFunction*> functions_;
  std::map<std::string_view, Variable> variables_;
};

}  // namespace

GuardedFile guarded_file(std::string_view text, const std::vector<FlagFunction>& functions) {
  GuardedFile file;
  file.tokens = spelled_tokens(text);
  GuardReader(file, functions).read();
  if (file.regions.size() > kMostRegions) return {std::move(file.tokens), {}, {}, {}};
  return file;
}

}  // namespace patchgate
