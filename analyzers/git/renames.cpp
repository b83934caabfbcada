#include "analyzers/git/renames.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include <xxhash.h>

#include "analyzers/git/objects.h"

namespace patchgate {
namespace {

constexpr std::size_t kMaxPairs = 1'000'000;
constexpr std::uint64_t kMaxSteps = 100'000'000;
constexpr std::uint64_t kMaxBytes = 64U << 20U;
constexpr std::uint64_t kLeastAlike = 50;  // per cent
constexpr std::size_t kChunkBytes = 64;

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_file(std::uint32_t mode) { return mode == kModeFile || mode == kModeExecutable; }

bool may_pair(const RenameCandidate& source, const RenameCandidate& target) {
  // Text that becomes source under its new name is new code.
  return source.size > 0 && target.size > 0 && is_file(source.mode) == is_file(target.mode) &&
         source.c_family == target.c_family;
}

/// How many bytes of a file are in each of its distinct lines (long ones in pieces), sorted by the line's hash.
using Signature = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

Signature signature_of(std::string_view text) {
  Signature pieces;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min({text.find('\n', from), text.size() - 1, from + kChunkBytes - 1}) + 1;
    pieces.emplace_back(XXH3_64bits(text.data() + from, end - from), end - from);
    from = end;
  }
  std::sort(pieces.begin(), pieces.end());
  Signature out;
  for (const auto& [hash, bytes] : pieces) {
    if (!out.empty() && out.back().first == hash) {
      out.back().second += bytes;
    } else {
      out.emplace_back(hash, bytes);
    }
  }
  return out;
}

std::uint64_t common_bytes(const Signature& a, const Signature& b) {
  std::uint64_t sum = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (i->first < j->first) {
      ++i;
    } else if (j->first < i->first) {
      ++j;
    } else {
      sum += std::min(i++->second, j++->second);
    }
  }
  return sum;
}

class Pairing {
 public:
  Pairing(const std::vector<RenameCandidate>& sources, const std::vector<RenameCandidate>& targets)
      : sources_(sources), targets_(targets) {}

  void pair_by_content() {
    // First all pairs that keep the file's name, so that a moved folder stays together.
    for (const bool same_name : {true, false}) {
      std::map<ContentKey, Bucket> buckets;
      for (const RenameCandidate& source : sources_) {
        if (source.size > 0) buckets[key_of(source, same_name)].add(source);
      }
      for (const RenameCandidate& target : targets_) {
        if (target.size == 0 || origins_.contains(target.delta)) continue;
        const auto found = buckets.find(key_of(target, same_name));
        if (found != buckets.end()) bind(target, found->second.next(renamed_));
      }
    }
  }

  Result<void> pair_by_likeness(const std::function<Result<std::string>(const Oid&)>& read) {
    std::vector<const RenameCandidate*> open;
    for (const RenameCandidate& target : targets_) {
      if (target.readable && is_file(target.mode) && !origins_.contains(target.delta)) open.push_back(&target);
    }
    if (open.empty() || open.size() * sources_.size() > kMaxPairs) return {};
    std::uint64_t bytes = 0;
    for (const RenameCandidate* target : open) bytes += target->size;
    for (const RenameCandidate& source : sources_) bytes += source.readable ? source.size : 0;
    if (bytes > kMaxBytes) return {};
    std::vector<Signature> signatures;
    for (const RenameCandidate* target : open) {
      PATCHGATE_TRY(const std::string text, read(target->id));
      signatures.push_back(signature_of(text));
    }
    std::vector<Score> scores;
    std::uint64_t steps = 0;
    for (const RenameCandidate& source : sources_) {
      if (!source.readable || !is_file(source.mode)) continue;
      PATCHGATE_TRY(const std::string text, read(source.id));
      const Signature signature = signature_of(text);
      for (std::size_t i = 0; i < open.size(); ++i) {
        const std::uint64_t larger = std::max(source.size, open[i]->size);
        const std::uint64_t smaller = std::min(source.size, open[i]->size);
        if (!may_pair(source, *open[i]) || smaller * 100 < larger * kLeastAlike) continue;
        steps += signature.size() + signatures[i].size();
        if (steps > kMaxSteps) return {};
        const std::uint64_t alike = common_bytes(signature, signatures[i]) * 100 / larger;
        if (alike >= kLeastAlike) scores.push_back({alike, &source, open[i]});
      }
    }
    std::sort(scores.begin(), scores.end(), better);
    for (const Score& score : scores) {
      if (!origins_.contains(score.target->delta)) bind(*score.target, *score.source);
    }
    return {};
  }

  std::map<std::size_t, Origin> take() { return std::move(origins_); }

 private:
  using ContentKey = std::tuple<std::string_view, bool, bool, std::string_view>;

  /// Files of one content. Hands out each deleted one once, then the first for copies.
  class Bucket {
   public:
    void add(const RenameCandidate& source) {
      if (first_ == nullptr) first_ = &source;
      if (source.deleted) deleted_.push_back(&source);
    }
    const RenameCandidate& next(const std::set<std::size_t>& taken) {
      while (next_ < deleted_.size() && taken.contains(deleted_[next_]->delta)) ++next_;
      return next_ < deleted_.size() ? *deleted_[next_] : *first_;
    }

   private:
    const RenameCandidate* first_ = nullptr;
    std::vector<const RenameCandidate*> deleted_;
    std::size_t next_ = 0;
  };

  static ContentKey key_of(const RenameCandidate& file, bool with_name) {
    return {file.id, is_file(file.mode), file.c_family, with_name ? base_name(file.path) : std::string_view()};
  }

  struct Score {
    std::uint64_t alike;
    const RenameCandidate* source;
    const RenameCandidate* target;
  };

  static bool better(const Score& a, const Score& b) {
    const auto key = [](const Score& score) {
      const bool renamed_only = base_name(score.source->path) != base_name(score.target->path);
      return std::tuple(100 - score.alike, !score.source->deleted, renamed_only, std::string_view(score.target->path),
                        std::string_view(score.source->path));
    };
    return key(a) < key(b);
  }

  bool free_for_rename(const RenameCandidate& source) const {
    return source.deleted && !renamed_.contains(source.delta);
  }

  void bind(const RenameCandidate& target, const RenameCandidate& source) {
    const bool renames = free_for_rename(source);
    if (renames) renamed_.insert(source.delta);
    origins_.emplace(target.delta, Origin{source.delta, !renames});
  }

  const std::vector<RenameCandidate>& sources_;
  const std::vector<RenameCandidate>& targets_;
  std::map<std::size_t, Origin> origins_;
  std::set<std::size_t> renamed_;
};

}  // namespace

Result<std::map<std::size_t, Origin>> find_renames(const std::vector<RenameCandidate>& sources,
                                                   const std::vector<RenameCandidate>& targets,
                                                   const std::function<Result<std::string>(const Oid&)>& read) {
  Pairing pairing(sources, targets);
  pairing.pair_by_content();
  PATCHGATE_CHECK(pairing.pair_by_likeness(read));
  return pairing.take();
}

}  // namespace patchgate
