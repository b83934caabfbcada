#include "analyzers/scope/scan_macro.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace patchgate {

using Kind = SourceWord::Kind;

Carrier scan_macro(SourceWords& words, const SourceWord& name) {
  Carrier macro;
  macro.name = word_hash(name.text);
  macro.macro = true;
  std::set<std::string_view> parameters;
  auto word = words.next_on_line();
  // A parameter list touches the name.
  if (word.text == "(" && word.text.data() == name.text.data() + name.text.size()) {
    for (word = words.next_on_line(); word.kind != Kind::end && word.text != ")"; word = words.next_on_line())
      if (word.kind == Kind::name) parameters.insert(word.text);
    word = words.next_on_line();
  }
  SourceWord before;
  bool after_paste = false;
  const auto glue = [&](const SourceWord& part) {
    const bool literal = part.kind == Kind::name || part.kind == Kind::number;
    if (literal && !parameters.contains(part.text)) macro.glued.emplace_back(part.text);
  };
  for (; word.kind != Kind::end; word = words.next_on_line()) {
    if (word.text == "##") {
      macro.pastes = true;
      glue(before);
      after_paste = true;
      continue;
    }
    if (after_paste) glue(word);
    after_paste = false;
    before = word;
    if (word.kind == Kind::name && !parameters.contains(word.text)) macro.words.push_back(word_hash(word.text));
  }
  std::sort(macro.words.begin(), macro.words.end());
  macro.words.erase(std::unique(macro.words.begin(), macro.words.end()), macro.words.end());
  return macro;
}

}  // namespace patchgate
