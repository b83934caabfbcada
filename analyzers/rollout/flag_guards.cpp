#include "analyzers/rollout/flag_guards.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analyzers/graph/call_like.h"
#include "analyzers/rollout/guard_regions.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostKeysTried = 50;  // of one place
constexpr std::size_t kMostHunks = 5000;
constexpr int kMostRounds = 20;  // new functions that call new functions

using Key = std::pair<std::string, bool>;

/// What is known of a line of head.
enum LineMark : std::uint8_t { changed = 1, in_callable = 2, covered = 4, ends_callable = 8 };

/// One changed file with its guards.
struct File {
  const ChangedCode* code = nullptr;
  const FileChange* change = nullptr;
  GuardedFile guarded;
  std::vector<SpelledToken> base;
  std::vector<bool> frame;          ///< by token: only chooses
  std::vector<std::uint8_t> lines;  ///< LineMark, by line

  bool has(std::uint32_t line, LineMark mark) const { return line < lines.size() && (lines[line] & mark) != 0; }
  void mark(std::uint32_t first, std::uint32_t last, std::uint8_t mark) {
    for (std::uint32_t line = first; line <= last && line < lines.size(); ++line) lines[line] |= mark;
  }
};

/// The tokens of those lines: [begin, end).
std::pair<std::size_t, std::size_t> tokens_in(const std::vector<SpelledToken>& tokens, const LineRange& lines) {
  const auto before = [](const SpelledToken& token, std::uint32_t line) { return token.line < line; };
  const auto begin = std::lower_bound(tokens.begin(), tokens.end(), lines.first, before);
  const auto end = std::lower_bound(begin, tokens.end(), lines.first + lines.count, before);
  if (lines.count == 0) return {0, 0};
  return {begin - tokens.begin(), end - tokens.begin()};
}

std::string last_part(const std::string& name) {
  const auto colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

class GuardSearch {
 public:
  GuardSearch(const Context& context, const std::vector<TouchedSymbol>& touched,
              const std::vector<FlagFunction>& functions)
      : context_(context), touched_(touched) {
    for (const FileChange& change : context.patch->files) {
      if (!change.c_family || change.file_class == FileClass::test) continue;
      const auto& all = context.rollout_inputs.changed_code;
      const auto code = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.path == change.path; });
      if (code == all.end()) {
        found_.unguarded.push_back({change.path, 0, 0});
        continue;
      }
      const bool missing =
          (!change.head_blob.empty() && code->head.empty()) || (!change.base_blob.empty() && code->base.empty());
      if (missing || change.unread || change.hunks.size() > kMostHunks) {
        found_.unguarded.push_back({change.path, 0, 0});
        continue;
      }
      File& file = files_[change.path];
      file.code = &*code;
      file.change = &change;
      file.guarded = guarded_file(code->head, functions);
      file.base = spelled_tokens(code->base);
      const auto& tokens = file.guarded.tokens;
      file.lines.assign(tokens.empty() ? 1 : std::size_t{tokens.back().line} + 1, 0);
      for (const Hunk& hunk : change.hunks) {
        if (hunk.head.count != 0) file.mark(hunk.head.first, hunk.head.first + hunk.head.count - 1, changed);
      }
      file.frame.assign(tokens.size(), false);
      for (const GuardFrame& frame : file.guarded.frames) add_frame(file, frame.begin, frame.end);
    }
  }

  GuardedPatch find() {
    const bool asks = std::any_of(files_.begin(), files_.end(),
                                  [](const auto& file) { return !file.second.guarded.regions.empty(); });
    if (!asks) return {};
    look_at_symbols();
    for (auto& [path, file] : files_) look_at_guards(file);
    for (const UnreadPlace& place : context_.unread) found_.unguarded.push_back(place.at);
    cover_new_functions();
    for (auto& [path, file] : files_) {
      for (const Hunk& hunk : file.change->hunks) judge(file, hunk);
    }
    if (keys_.empty()) return {};
    found_.keys.assign(keys_.begin(), keys_.end());
    for (const auto& [place, guard] : guards_) found_.guards.push_back(guard);
    const auto order = [](const Place& a, const Place& b) {
      return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    };
    std::sort(found_.unguarded.begin(), found_.unguarded.end(), order);
    found_.unguarded.erase(std::unique(found_.unguarded.begin(), found_.unguarded.end()), found_.unguarded.end());
    return std::move(found_);
  }

 private:
  /// What is no function, and what is gone, no flag guards.
  void look_at_symbols() {
    for (const TouchedSymbol& symbol : touched_) {
      if (symbol.in_test_code) continue;
      if (!is_callable(symbol.kind) || symbol.change == ChangeKind::removed) {
        found_.unguarded.push_back(symbol.at);
        continue;
      }
      const auto file = files_.find(symbol.head_file);
      if (file == files_.end()) {
        if (classify(symbol.head_file) != FileClass::test) found_.unguarded.push_back(symbol.at);
        continue;
      }
      File& in = file->second;
      in.mark(symbol.at.line, symbol.end_line, in_callable);
      in.mark(symbol.end_line, symbol.end_line, ends_callable);
      if (symbol.change != ChangeKind::added) continue;
      added_.push_back({&symbol, &in});
      if (symbol.kind == SymbolKind::function || symbol.kind == SymbolKind::method) frame_signature(in, symbol);
    }
  }

  static void add_frame(File& file, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < std::min(end, file.frame.size()); ++i) file.frame[i] = true;
  }

  /// Of a new function, what stands around its body does nothing.
  static void frame_signature(File& file, const TouchedSymbol& symbol) {
    const auto& tokens = file.guarded.tokens;
    const auto [begin, end] =
        tokens_in(tokens, {symbol.at.line, symbol.end_line - std::min(symbol.end_line, symbol.at.line) + 1});
    std::size_t body = begin;
    while (body < end && !tokens[body].is("{")) ++body;
    if (body == end || !tokens[end - 1].is("}")) return;
    add_frame(file, begin, body + 1);
    add_frame(file, end - 1, end);
  }

  /// A guard that is new and holds code that is not: that code is now gone for the other value of the flag.
  void look_at_guards(File& file) {
    const auto& tokens = file.guarded.tokens;
    const auto all_new = [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < std::min(end, tokens.size()); ++i)
        if (!file.has(tokens[i].line, changed)) return false;
      return true;
    };
    for (const GuardExit& exit : file.guarded.exits) {
      if (exit.block_end >= tokens.size() || !file.has(tokens[exit.block_end].line, ends_callable)) continue;
      if (all_new(exit.end, exit.block_end)) add_frame(file, exit.begin, exit.end);
    }
    const auto any_new = [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < std::min(end, tokens.size()); ++i)
        if (file.has(tokens[i].line, changed)) return true;
      return false;
    };
    for (const GuardRegion& region : file.guarded.regions) {
      if (!any_new(region.at, region.then) || all_new(region.begin, region.end)) continue;
      GuardRegion other = region;
      other.when = !region.when;
      note(file, other);
    }
  }

  void note(const File& file, const GuardRegion& region) {
    keys_.emplace(region.key, region.when);
    guards_.try_emplace({file.code->path, region.line, region.key},
                        FlagGuard{region.key, std::string(region.function), {file.code->path, region.line, 0}});
  }

  const GuardRegion* region_at(const File& file, std::size_t token) const {
    for (const GuardRegion& region : file.guarded.regions) {
      if (region.begin <= token && token < region.end) return &region;
    }
    return nullptr;
  }

  struct Added {
    const TouchedSymbol* symbol;
    File* file;
  };

  void cover_new_functions() {
    for (int round = 0; round < kMostRounds; ++round) {
      const auto done =
          std::partition(added_.begin(), added_.end(), [&](const Added& one) { return !is_covered(one); });
      if (done == added_.end()) return;
      for (auto one = done; one != added_.end(); ++one)
        one->file->mark(one->symbol->at.line, one->symbol->end_line, covered);
      added_.erase(done, added_.end());
    }
  }

  /// Every use is a call by its name from guarded code of a changed file.
  bool is_covered(const Added& one) {
    const Graph& graph = *context_.head;
    const NodeId node = graph.find(one.symbol->head_usr, one.symbol->head_file);
    if (node == kNoNode || graph.users(node).empty()) return false;
    const std::string name = last_part(one.symbol->name);
    std::vector<std::pair<const File*, const GuardRegion*>> by;
    for (const Link& link : graph.users(node)) {
      if (link.kind != EdgeKind::call || link.confidence != Confidence::exact) return false;
      const Node& user = graph.node(link.node);
      const auto found = files_.find(user.file);
      if (found == files_.end()) return false;
      const File& file = found->second;
      if (file.has(user.line, covered)) continue;
      const auto& tokens = file.guarded.tokens;
      const auto [begin, end] = tokens_in(tokens, {user.line, std::max(user.end_line, user.line) - user.line + 1});
      bool seen = false;
      for (std::size_t i = begin; i < end; ++i) {
        if (!tokens[i].is(name)) continue;
        const GuardRegion* region = region_at(file, i);
        if (region == nullptr) return false;
        seen = true;
        by.emplace_back(&file, region);
      }
      if (!seen) return false;
    }
    for (const auto& [file, region] : by) note(*file, *region);
    return true;
  }

  /// What is left of [begin, end) without the code that runs where `without` holds; of functions only, or of all.
  std::vector<SpelledToken> rest(const File& file, std::size_t begin, std::size_t end, const Key* without,
                                 bool functions_only) const {
    std::vector<bool> off(end - begin, false);
    for (const GuardRegion& region : file.guarded.regions) {
      if (without == nullptr || region.key != without->first || region.when != without->second) continue;
      for (std::size_t i = std::max(begin, region.begin); i < std::min(end, region.end); ++i) off[i - begin] = true;
    }
    std::vector<SpelledToken> left;
    const auto& tokens = file.guarded.tokens;
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t line = tokens[i].line;
      if (file.frame[i] || off[i - begin] || file.has(line, covered)) continue;
      // What a directive hides or shows may be anything.
      const bool counts =
          !functions_only || file.has(line, in_callable) || tokens[i].kind == SpelledToken::Kind::directive;
      if (counts) left.push_back(tokens[i]);
    }
    return left;
  }

  void judge(File& file, const Hunk& hunk) {
    const auto& tokens = file.guarded.tokens;
    const auto [begin, end] = tokens_in(tokens, hunk.head);
    const auto [old_begin, old_end] = tokens_in(file.base, hunk.base);
    std::vector<SpelledToken> before;
    for (std::size_t i = old_begin; i < old_end; ++i) before.push_back(file.base[i]);
    // Outside of functions stand prototypes and the like; what else changes there is a touched symbol of its own.
    const auto is_kept = [&, from = begin, to = end](const Key* key) {
      return rest(file, from, to, key, false) == before || rest(file, from, to, key, true) == before;
    };
    if (is_kept(nullptr)) return;
    std::set<Key> tried;
    for (const GuardRegion& region : file.guarded.regions) {
      if (region.end <= begin || region.begin >= end) continue;
      const Key key{region.key, region.when};
      if (tried.size() == kMostKeysTried || !tried.insert(key).second) continue;
      if (is_kept(&key)) return note_regions(file, begin, end, key);
    }
    found_.unguarded.push_back({file.code->path, std::max(1U, begin < end ? tokens[begin].line : hunk.head.first), 0});
  }

  void note_regions(const File& file, std::size_t begin, std::size_t end, const Key& key) {
    for (const GuardRegion& region : file.guarded.regions) {
      if (region.begin >= end || region.end <= begin) continue;
      if (region.key == key.first && region.when == key.second) note(file, region);
    }
  }

  const Context& context_;
  const std::vector<TouchedSymbol>& touched_;
  std::map<std::string, File> files_;
  std::vector<Added> added_;
  std::set<Key> keys_;
  std::map<std::tuple<std::string, std::uint32_t, std::string>, FlagGuard> guards_;
  GuardedPatch found_;
};

}  // namespace

GuardedPatch find_guards(const Context& context, const std::vector<TouchedSymbol>& touched,
                         const std::vector<FlagFunction>& functions) {
  return GuardSearch(context, touched, functions).find();
}

}  // namespace patchgate
