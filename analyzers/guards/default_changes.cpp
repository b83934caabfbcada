#include <cstddef>
#include <string>
#include <utility>

#include "analyzers/guards/other_changes.h"

namespace patchgate {
namespace {

/// One parameter with a default, or the thing itself.
struct Start {
  ShapeView view;
  const std::string* file;
};

std::vector<Start> starts_of(const std::vector<BodyShape>& declarations) {
  std::vector<Start> all;
  for (const auto& declaration : declarations) {
    if (declaration.defaults.empty()) continue;
    for (const auto& one : ShapeView(declaration.defaults, 0).children()) all.push_back({one, &declaration.file});
  }
  return all;
}

CodeChange change_of(const Start& was, const Start& is) {
  const auto words = [](ShapeView start) { return start.text() + " = " + start.node().source; };
  CodeChange change;
  change.kind = CodeChange::Kind::default_changed;
  change.base = {*was.file, was.view.node().line, 0};
  change.head = {*is.file, is.view.node().line, 0};
  change.before = words(was.view);
  change.after = words(is.view);
  change.uses = 1;
  return change;
}

/// A table and a sentence are no default: they are what the program does.
bool is_table_or_sentence(ShapeView was, ShapeView is) {
  const auto is_table = [](ShapeView view) { return view.is(ShapeKind::list) && view.child_count() > 1; };
  const bool sentence = was.is(ShapeKind::text) && is.is(ShapeKind::text) && was.text().find(' ') != std::string::npos;
  return is_table(is) || (is_table(was) && !is_empty_value(is)) || sentence ||
         (is_empty_value(was) && is.is(ShapeKind::list));
}

}  // namespace

std::vector<CodeChange> default_changes(const std::vector<BodyShape>& base, const std::vector<BodyShape>& head) {
  std::vector<CodeChange> found;
  const auto olds = starts_of(base);
  const auto news = starts_of(head);
  for (std::size_t i = 0; i < olds.size(); ++i) {
    for (std::size_t j = 0; j < news.size(); ++j) {
      // By name; one that was renamed by its place.
      const bool same_place = olds.size() == news.size() && i == j;
      if (olds[i].view.text() != news[j].view.text() && !same_place) continue;
      const auto was = olds[i].view.child(0);
      const auto is = news[j].view.child(0);
      const bool differ = key_of(was, {}, nullptr) != key_of(is, {}, nullptr);
      if (differ && !is_table_or_sentence(was, is)) found.push_back(change_of(olds[i], news[j]));
      break;
    }
  }
  return found;
}

}  // namespace patchgate
