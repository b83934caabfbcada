#include "analyzers/scope/mentioning.h"

#include <algorithm>
#include <map>
#include <set>

namespace patchgate {
namespace {

/// A name is cut into three parts only up to this length; two parts at any.
constexpr std::size_t kLongestCut = 64;

void sort_unique(std::vector<ScanIndex>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool holds(const std::vector<std::uint64_t>& sorted, std::uint64_t word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

bool is_number(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

}  // namespace

std::vector<std::uint32_t> ProjectScan::rows_of(const Rows& rows, std::uint64_t word) {
  std::vector<std::uint32_t> found;
  for (auto at = std::lower_bound(rows.begin(), rows.end(), Row{word, 0}); at != rows.end() && at->word == word; ++at)
    found.push_back(at->at);
  return found;
}

ProjectScan::ProjectScan(std::vector<ScannedFile> files, std::vector<ScanIndex> mains)
    : files_(std::move(files)), mains_(std::move(mains)), includes_(files_) {
  for (ScanIndex i = 0; i < files_.size(); ++i) {
    const auto& scan = files_[i].scan;
    for (const auto word : scan.used) used_.push_back({word, i});
    for (const auto word : scan.declared) declared_.push_back({word, i});
    for (const auto word : scan.types) types_.push_back({word, i});
    for (const auto& carrier : scan.carriers) {
      const auto number = static_cast<std::uint32_t>(carriers_.size());
      for (const auto word : carrier.words) carried_.push_back({word, number});
      if (carrier.pastes) pasting_.push_back(number);
      carriers_.emplace_back(i, &carrier);
    }
    by_path_.emplace_back(files_[i].path, i);
  }
  for (auto* rows : {&used_, &declared_, &types_, &carried_}) std::sort(rows->begin(), rows->end());
  std::sort(by_path_.begin(), by_path_.end());
  closure_size_.resize(files_.size());
  for (const auto file : mains_) closure_size_[file] = includes_.closure({file}).size();
}

bool ProjectScan::is_main(ScanIndex file) const { return std::binary_search(mains_.begin(), mains_.end(), file); }

ScanIndex ProjectScan::find(std::string_view path) const {
  const auto at = std::lower_bound(by_path_.begin(), by_path_.end(), path,
                                   [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  return at != by_path_.end() && at->first == path ? at->second : static_cast<ScanIndex>(files_.size());
}

std::vector<ScanIndex> ProjectScan::units_reading(ScanIndex file) const {
  auto readers = includes_.readers({file});
  std::erase_if(readers, [&](ScanIndex reader) { return !is_main(reader); });
  std::stable_sort(readers.begin(), readers.end(),
                   [&](ScanIndex a, ScanIndex b) { return closure_size_[a] < closure_size_[b]; });
  return readers;
}

/// One search for the users of one symbol.
class UserSearch {
 public:
  UserSearch(const ProjectScan& project, const ScopeQuery& query) : project_(project), query_(query) {}

  ScopeAnswer run() {
    const auto home = project_.find(query_.file);
    const bool known_home = home < project_.files_.size();
    if (known_home) use(home, false);
    if (query_.unspelt && !query_.internal) {
      // Who uses it that way sees the whole class, or a declaration of the operator.
      auto seen = rows(project_.types_, word_hash(query_.type_name));
      if (seen.empty()) seen = rows(project_.declared_, word_hash(query_.name));
      take_all(seen);
      if (!seen.empty()) return finish();
    }
    const auto seen_by = visible(home);
    follow(word_hash(query_.name), seen_by, {});
    for (const auto& part : query_.parts) follow(word_hash(part), seen_by, {});
    follow_pastes();
    while (!open_.empty()) {
      const auto number = open_.back();
      open_.pop_back();
      const auto& [file, carrier] = project_.carriers_[number];
      const auto includers = flags_of(project_.includes_.readers({file}));
      auto way = ways_[number];
      way.varies = way.varies || carrier->conditional || is_defined_twice(*carrier);
      way.brought_by = &includers;
      follow(carrier->name, seen_from({file}), way);
    }
    return finish();
  }

 private:
  /// How a carrier, or what it brings, was come upon.
  struct Way {
    bool pasted = false;                            ///< only by ##
    bool varies = false;                            ///< in some units perhaps not
    const std::vector<bool>* brought_by = nullptr;  ///< files that include the carrier's; null: it needs none
    bool holds_in(ScanIndex file) const { return !varies && (brought_by == nullptr || (*brought_by)[file]); }
  };
  using Rows = ProjectScan::Rows;
  static std::vector<ScanIndex> rows(const Rows& list, std::uint64_t word) { return ProjectScan::rows_of(list, word); }

  ScopeAnswer finish() {
    sort_unique(answer_.units);
    sort_unique(answer_.once);
    sort_unique(answer_.varying);
    return std::move(answer_);
  }

  std::vector<bool> flags_of(const std::vector<ScanIndex>& files) const {
    std::vector<bool> flags(project_.files_.size());
    for (const auto file : files) flags[file] = true;
    return flags;
  }

  /// Which of its definitions a unit sees is not told.
  bool is_defined_twice(const Carrier& carrier) const {
    return carrier.macro && rows(project_.declared_, carrier.name).size() > 1;
  }

  /// Files that are read together with one of `files`: they include it, or leave that to who includes them.
  std::vector<bool> seen_from(const std::vector<ScanIndex>& files) const {
    auto readers = project_.includes_.readers(files);
    auto seen = flags_of(readers);
    std::erase_if(readers, [&](ScanIndex reader) { return !project_.is_main(reader); });
    for (const auto beside : project_.includes_.closure(readers)) seen[beside] = true;
    return seen;
  }

  /// The files that see a declaration of the symbol.
  std::vector<bool> visible(ScanIndex home) const {
    const auto all = std::vector<bool>(project_.files_.size(), true);
    const bool known_home = home < project_.files_.size();
    if (query_.internal) return known_home ? seen_from({home}) : all;
    auto declaring = rows(project_.declared_, word_hash(query_.name));
    std::erase(declaring, home);
    if (declaring.empty() && (!known_home || project_.is_main(home))) return all;  // declared by a macro, or not at all
    if (known_home) declaring.push_back(home);
    for (const auto number : rows(project_.carried_, word_hash(query_.name)))  // a list that a macro declares
      if (project_.carriers_[number].second->macro) declaring.push_back(project_.carriers_[number].first);
    auto seen = seen_from(declaring);
    for (ScanIndex i = 0; i < seen.size(); ++i)
      if (project_.includes_.reads_unknown(i)) seen[i] = true;
    return seen;
  }

  /// Takes every file that mentions `word` and is in `seen`, and the carriers that bring it elsewhere.
  void follow(std::uint64_t word, const std::vector<bool>& seen, const Way& way) {
    const auto take = [&](ScanIndex file) {
      const auto& scan = project_.files_[file].scan;
      if (seen[file] && (!way.pasted || can_paste_in(scan)))
        use(file, !way.holds_in(file) || holds(scan.conditional, word));
    };
    for (const auto file : rows(project_.used_, word)) take(file);
    for (const auto file : rows(project_.declared_, word))
      if (query_.in_declarations || project_.is_main(file)) take(file);
    for (const auto number : rows(project_.carried_, word))
      add_carrier(number, way.pasted, !way.holds_in(project_.carriers_[number].first));
  }

  void add_carrier(std::uint32_t number, bool pasted, bool varies) {
    const auto [known, fresh] = ways_.try_emplace(number, Way{pasted, varies});
    auto& way = known->second;
    if (!fresh && (pasted || !way.pasted) && (way.varies || !varies)) return;
    way.pasted = way.pasted && pasted;
    way.varies = way.varies || varies;
    if (pasted) {
      const auto& words = project_.carriers_[number].second->words;
      chain_.insert(words.begin(), words.end());
    }
    open_.push_back(number);
  }

  /// Macros that could make the name with ##.
  void follow_pastes() {
    const std::string_view name = query_.name;
    for (const auto number : project_.pasting_) {
      const auto& glued = project_.carriers_[number].second->glued;
      const bool may = glued.empty() || std::any_of(glued.begin(), glued.end(), [&](const std::string& part) {
                         return part.size() < name.size() && (name.starts_with(part) || name.ends_with(part) ||
                                                              name.find("_" + part) != std::string_view::npos);
                       });
      if (!may) continue;
      for (const auto& part : glued) glued_.insert(word_hash(part));
      add_carrier(number, true, false);
    }
  }

  bool can_paste_in(const FileScan& scan) const {
    const std::string_view name = query_.name;
    const auto there = [&](std::string_view part) {
      const auto hash = word_hash(part);
      return is_number(part) || glued_.contains(hash) || chain_.contains(hash) || holds(scan.used, hash) ||
             holds(scan.declared, hash);
    };
    for (std::size_t first = 1; first < name.size(); ++first) {
      if (!there(name.substr(0, first))) continue;
      if (there(name.substr(first))) return true;
      if (name.size() > kLongestCut) continue;
      for (std::size_t second = first + 1; second < name.size(); ++second)
        if (there(name.substr(first, second - first)) && there(name.substr(second))) return true;
    }
    return false;
  }

  /// The use in `file` has to be seen.
  void use(ScanIndex file, bool varies) {
    if (project_.is_main(file)) answer_.units.push_back(file);
    if (!project_.files_[file].scan.guarded) {
      take_all({file});
    } else if (!project_.is_main(file)) {
      answer_.once.push_back(file);
      if (varies) answer_.varying.push_back(file);
    }
  }

  void take_all(const std::vector<ScanIndex>& files) {
    for (const auto reader : project_.includes_.readers(files))
      if (project_.is_main(reader)) answer_.units.push_back(reader);
  }

  const ProjectScan& project_;
  const ScopeQuery& query_;
  ScopeAnswer answer_;
  std::map<std::uint32_t, Way> ways_;  // carriers that were met
  std::vector<std::uint32_t> open_;
  std::set<std::uint64_t> chain_, glued_;  // names that pasting macros bring along
};

ScopeAnswer ProjectScan::users_of(const ScopeQuery& query) const { return UserSearch(*this, query).run(); }

}  // namespace patchgate
