#include "analyzers/graph/mentions.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace patchgate {

namespace {

constexpr auto kNotDefined = static_cast<std::uint16_t>(~(UnitSymbol::defined | UnitSymbol::outside));

/// Which of two descriptions of one thing is kept. Strings are compared, not their numbers, which depend on the order
/// in which files were added.
bool goes_before(const Mention& a, const Mention& b, const Strings& strings) {
  if (a.own != b.own) return a.own;
  if ((a.file == 0) != (b.file == 0)) return a.file != 0;
  if (a.file != b.file) return strings.text(a.file) < strings.text(b.file);
  const auto numbers = [](const Mention& m) { return std::tuple(m.line, m.end_line, m.kind); };
  if (numbers(a) != numbers(b)) return numbers(a) < numbers(b);
  if (a.name != b.name) return strings.text(a.name) < strings.text(b.name);
  return strings.text(a.origin) < strings.text(b.origin);
}

bool says_the_same(const Mention& a, const Mention& b) {
  return a.file == b.file && a.line == b.line && a.end_line == b.end_line && a.flags == b.flags && a.kind == b.kind &&
         a.own == b.own;
}

std::uint64_t key_of(std::uint64_t usr, std::uint32_t angle, bool definition) {
  std::uint64_t key = (usr ^ (static_cast<std::uint64_t>(angle) * 2U + (definition ? 1U : 0U))) * 0x9e3779b97f4a7c15ULL;
  return key ^ (key << 29U);
}

/// Makes nodes of the mentions of one usr at a time.
class Resolver {
 public:
  Resolver(const Mentions& mentions, const Strings& strings, const std::vector<bool>& has_facts)
      : mentions_(mentions.all()), strings_(strings), has_facts_(has_facts) {
    out_.of_mention.resize(mentions_.size());
  }

  Nodes run() {
    std::vector<MentionId> order(mentions_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](MentionId a, MentionId b) { return mentions_[a].usr < mentions_[b].usr; });
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
      while (end < order.size() && mentions_[order[end]].usr == mentions_[order[begin]].usr) ++end;
      one_usr({order.data() + begin, end - begin});
    }
    sort_nodes();
    return std::move(out_);
  }

 private:
  bool defines(const Mention& mention) const {
    return mention.definition && mention.file != 0 && (mention.own || !has_facts_[mention.file]);
  }

  void one_usr(std::span<const MentionId> group) {
    const auto first = static_cast<std::uint32_t>(seeds_.size());
    std::uint16_t shared_flags = 0;
    const Mention* best = nullptr;
    for (const auto id : group) {
      const Mention& mention = mentions_[id];
      if (defines(mention)) {
        seeds_.push_back({&mention, static_cast<std::uint16_t>(mention.flags & ~UnitSymbol::outside)});
      } else {
        shared_flags |= mention.flags;
        if (best == nullptr || goes_before(mention, *best, strings_)) best = &mention;
      }
    }
    if (seeds_.size() == first) {
      const auto hidden = best->file == 0 ? UnitSymbol::defined : UnitSymbol::defined | UnitSymbol::outside;
      seeds_.push_back({best, static_cast<std::uint16_t>(shared_flags & ~hidden)});
    } else {
      for (auto seed = seeds_.begin() + first; seed != seeds_.end(); ++seed) seed->flags |= shared_flags & kNotDefined;
      std::sort(seeds_.begin() + first, seeds_.end(), [&](const Seed& a, const Seed& b) {
        return strings_.text(a.mention->file) < strings_.text(b.mention->file);
      });
    }
    const Nodes::Range all{first, static_cast<std::uint32_t>(seeds_.size()) - first};
    for (const auto id : group) out_.of_mention[id] = all.count == 1 ? all : narrowed(mentions_[id], all);
  }

  Nodes::Range narrowed(const Mention& mention, Nodes::Range all) const {
    // By the file that defines or refers; both are `angle`.
    const auto begin = seeds_.begin() + all.first;
    const auto end = begin + all.count;
    const auto wanted = strings_.text(mention.angle);
    const auto found = std::lower_bound(begin, end, wanted, [&](const Seed& seed, std::string_view file) {
      return strings_.text(seed.mention->file) < file;
    });
    if (found == end || found->mention->file != mention.angle) return all;
    return {static_cast<std::uint32_t>(found - seeds_.begin()), 1};
  }

  void sort_nodes() {
    const auto ranks = file_ranks();
    std::vector<std::uint32_t> order(seeds_.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto place = [&](std::uint32_t seed) {
      const Mention& m = *seeds_[seed].mention;
      return (static_cast<std::uint64_t>(ranks[m.file]) << 32U) | m.line;
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (place(a) != place(b)) return place(a) < place(b);
      const Mention& x = *seeds_[a].mention;
      const Mention& y = *seeds_[b].mention;
      if (x.name != y.name) return strings_.text(x.name) < strings_.text(y.name);
      return x.usr < y.usr;
    });
    out_.nodes.reserve(order.size());
    out_.by_usr.resize(order.size());
    for (const auto seed : order) {
      out_.by_usr[seed] = static_cast<NodeId>(out_.nodes.size());
      out_.nodes.push_back(node(seeds_[seed]));
    }
  }

  /// The place of each string among the files; 0 for those that are none, and for "outside".
  std::vector<std::uint32_t> file_ranks() const {
    std::vector<std::uint32_t> ranks(strings_.size(), 0);
    for (const auto& seed : seeds_) ranks[seed.mention->file] = 1;
    std::vector<std::uint32_t> files;
    for (std::uint32_t i = 1; i < ranks.size(); ++i) {
      if (ranks[i] != 0) files.push_back(i);
    }
    std::sort(files.begin(), files.end(),
              [&](std::uint32_t a, std::uint32_t b) { return strings_.text(a) < strings_.text(b); });
    ranks[0] = 0;
    for (std::uint32_t i = 0; i < files.size(); ++i) ranks[files[i]] = i + 1;
    return ranks;
  }

  struct Seed {
    const Mention* mention;
    std::uint16_t flags;
  };

  Node node(const Seed& seed) const {
    const Mention& mention = *seed.mention;
    Node node;
    node.usr = mention.usr;
    node.name = strings_.text(mention.name);
    node.file = strings_.text(mention.file);
    node.line = mention.file == 0 ? 0 : mention.line;
    node.flags = seed.flags;
    node.end_line = node.has(UnitSymbol::defined) ? mention.end_line : 0;
    node.kind = mention.kind;
    node.origin = strings_.text(mention.origin);
    return node;
  }

  std::span<const Mention> mentions_;
  const Strings& strings_;
  const std::vector<bool>& has_facts_;
  std::vector<Seed> seeds_;
  Nodes out_;
};

}  // namespace

MentionId Mentions::add(const UnitSymbol& symbol, std::uint32_t chunk_file, Strings& strings) {
  Mention mention;
  mention.usr = symbol.usr;
  mention.file = strings.text(chunk_file) == symbol.file ? chunk_file : strings.number(symbol.file);
  mention.line = symbol.line;
  mention.end_line = symbol.end_line;
  mention.flags = symbol.flags;
  mention.kind = symbol.kind;
  // The same again, as with every chunk of another configuration: nothing to look up.
  return add(mention, chunk_file, strings, [&](Mention& named, const Mention* kept) {
    if (kept != nullptr && strings.text(kept->name) == symbol.name && strings.text(kept->origin) == symbol.origin) {
      named.name = kept->name;
      named.origin = kept->origin;
    } else {
      named.name = strings.number(symbol.name);
      named.origin = strings.number(symbol.origin);
    }
  });
}

MentionId Mentions::add(const Mention& mention, std::uint32_t chunk_file, const Strings& strings) {
  return add(mention, chunk_file, strings, [](Mention&, const Mention*) {});
}

/// `name`: fills in name and origin, which may be those of the mention that is kept.
template <class Name>
MentionId Mentions::add(Mention mention, std::uint32_t chunk_file, const Strings& strings, Name name) {
  mention.definition = (mention.flags & UnitSymbol::defined) != 0 && mention.file != 0;
  mention.angle = mention.definition ? mention.file : chunk_file;
  mention.own = mention.definition && mention.file == chunk_file;
  const auto next = static_cast<MentionId>(mentions_.size());
  const auto id =
      table_.find_or_add(key_of(mention.usr, mention.angle, mention.definition), next, [&](std::uint32_t i) {
        const Mention& other = mentions_[i];
        return other.usr == mention.usr && other.angle == mention.angle && other.definition == mention.definition;
      });
  const bool known = id != next;
  name(mention, known && says_the_same(mentions_[id], mention) ? &mentions_[id] : nullptr);
  if (!known) {
    mentions_.push_back(mention);
    return id;
  }
  Mention& kept = mentions_[id];
  if (kept.name == mention.name && kept.origin == mention.origin && says_the_same(kept, mention)) return id;
  const auto flags = static_cast<std::uint16_t>(kept.flags | mention.flags);
  if (goes_before(mention, kept, strings)) kept = mention;
  kept.flags = flags;
  return id;
}

Nodes resolve(const Mentions& mentions, const Strings& strings, const std::vector<bool>& has_facts) {
  return Resolver(mentions, strings, has_facts).run();
}

}  // namespace patchgate
