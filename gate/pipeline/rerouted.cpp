#include "gate/pipeline/rerouted.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_set>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

constexpr std::uint32_t kLink = 0120000;
constexpr std::uint32_t kSubmodule = 0160000;

std::string_view name_of_file(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool is_link(const FileChange& change) { return change.base_mode == kLink || change.head_mode == kLink; }

bool is_gone(const Snapshot& head, const FileChange& change) {
  return !change.base_blob.empty() && head.find(change.base_path()) == nullptr;
}

std::string join(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + (folder.ends_with('/') ? "" : "/") + std::string(name);
}

bool lacks(const UnitFacts& unit, std::string_view path) {
  return std::binary_search(unit.missing.begin(), unit.missing.end(), hash64(path));
}

bool reads(const UnitFacts& unit, const std::string& path) {
  return std::any_of(unit.dependencies.begin(), unit.dependencies.end(),
                     [&](const Dependency& d) { return d.in_repository && d.path == path; });
}

/// The folders that units looked into in vain and that lead elsewhere on the base, by where they lead.
std::map<std::string, std::vector<std::string>> linked_folders(const OverlayInput& input,
                                                               const std::vector<IndexedUnit>& units) {
  std::set<std::string_view> folders;
  for (const auto& unit : units)
    for (const auto& folder : unit.unit.missing_in)
      if (!folder.starts_with('/')) folders.insert(folder);
  std::map<std::string, std::vector<std::string>> linked;
  for (const auto folder : folders) {
    if (input.sides.base.is_folder(folder)) continue;
    const auto end = follow_links(input.repository, input.sides.base, std::string(folder));
    if (end && end->folder) linked[*end->folder].emplace_back(folder);
  }
  return linked;
}

/// A path under which units may have looked for a file: and how much of it is there already.
struct Alias {
  std::string path;
  std::size_t there = 0;  ///< bytes of `path` that name a folder of the base
};

std::vector<Alias> aliases_of(const Snapshot& base, const std::string& path,
                              const std::map<std::string, std::vector<std::string>>& linked) {
  std::vector<Alias> aliases{{path, 0}};
  for (auto cut = path.find('/'); cut != std::string::npos; cut = path.find('/', cut + 1))
    if (base.is_folder(std::string_view(path).substr(0, cut))) aliases.front().there = cut;
  const auto add = [&](const std::string& folder, std::string_view rest) {
    const auto at = linked.find(folder);
    if (at == linked.end()) return;
    for (const auto& link : at->second) aliases.push_back({join(link, rest), link.size()});
  };
  add("", path);
  for (auto cut = path.find('/'); cut != std::string::npos; cut = path.find('/', cut + 1))
    add(path.substr(0, cut), std::string_view(path).substr(cut + 1));
  return aliases;
}

/// Its folder was not there either, so that the file was not looked for. Some file of that name was, here or elsewhere.
bool may_name(const UnitFacts& unit, const std::string& path, std::string_view absent_folder) {
  const auto name = name_of_file(path);
  if (std::any_of(unit.dependencies.begin(), unit.dependencies.end(),
                  [&](const Dependency& d) { return name_of_file(d.path) == name; }))
    return true;
  for (std::string_view rest = path;;) {
    for (const auto& folder : unit.missing_in) {
      for (std::size_t cut = 0; cut != std::string::npos;) {
        cut = rest.find('/', cut + 1);
        const auto other = join(folder, rest.substr(0, cut));
        if (other != absent_folder && lacks(unit, other)) return true;
      }
    }
    const auto next = rest.find('/');
    if (next == std::string::npos) return false;
    rest.remove_prefix(next + 1);
  }
}

bool looked_for(const UnitFacts& unit, const Alias& alias) {
  const auto cut = alias.path.find('/', alias.there == 0 ? 0 : alias.there + 1);
  const auto absent = std::string_view(alias.path).substr(0, cut);
  if (!lacks(unit, absent)) return false;
  return cut == std::string::npos || may_name(unit, alias.path, absent);
}

/// The names of files that head has and the patch does not touch.
std::set<std::string_view> names_left_alone(const OverlayInput& input) {
  std::set<std::string_view> touched;
  for (const auto& change : input.patch.files) touched.insert(change.path);
  std::set<std::string_view> names;
  for (const auto& entry : input.sides.head.entries())
    if (!touched.contains(entry.path)) names.insert(name_of_file(entry.path));
  return names;
}

std::string units_of(std::size_t count) { return std::to_string(count) + (count == 1 ? " unit" : " units"); }

}  // namespace

bool appears(const Snapshot& base, const FileChange& change) {
  return !change.head_blob.empty() && base.find(change.path) == nullptr && change.head_mode != kLink &&
         change.head_mode != kSubmodule;
}

Rerouted rerouted_units(const OverlayInput& input, const std::vector<IndexedUnit>& base_units) {
  const auto& sides = input.sides;
  const bool any_gone = std::any_of(input.patch.files.begin(), input.patch.files.end(),
                                    [&](const auto& change) { return is_gone(sides.head, change); });
  const auto names = any_gone ? names_left_alone(input) : std::set<std::string_view>();
  const bool any_new = std::any_of(input.patch.files.begin(), input.patch.files.end(),
                                   [&](const auto& change) { return appears(sides.base, change); });
  const auto linked = any_new ? linked_folders(input, base_units) : std::map<std::string, std::vector<std::string>>();
  std::set<std::string_view> read_anyway;
  for (const auto& change : input.patch.files) read_anyway.insert(change.base_path());

  Rerouted result;
  std::set<const IndexedUnit*> chosen;
  const auto choose = [&](const FileChange& change, const auto& concerned) {
    std::size_t beyond = 0;
    for (const auto& unit : base_units) {
      if (read_anyway.contains(unit.command.file) || chosen.contains(&unit) || !concerned(unit.unit)) continue;
      if (chosen.size() < kMostRerouted) {
        chosen.insert(&unit);
        result.units.push_back(&unit);
      } else {
        ++beyond;
      }
    }
    if (beyond != 0)
      result.beyond.push_back({Place{change.path, 0, 0}, "decides what " + units_of(beyond) + " read beside the " +
                                                             std::to_string(kMostRerouted) + " that were read again"});
  };
  for (const auto& change : input.patch.files) {
    if (appears(sides.base, change)) {
      const auto aliases = aliases_of(sides.base, change.path, linked);
      choose(change, [&](const UnitFacts& unit) {
        return std::any_of(aliases.begin(), aliases.end(), [&](const Alias& alias) { return looked_for(unit, alias); });
      });
    }
    if (is_gone(sides.head, change) && names.contains(name_of_file(change.base_path())))
      choose(change, [&](const UnitFacts& unit) { return reads(unit, change.base_path()); });
  }
  return result;
}

std::vector<std::string> reread_files(const OverlayInput& input, const std::vector<IndexedUnit>& base_units,
                                      const std::vector<IndexedUnit>& head_units) {
  std::set<std::string> files;
  for (const auto* unit : rerouted_units(input, base_units).units)
    if (input.sides.head.find(unit->command.file) != nullptr) files.insert(unit->command.file);
  if (files.empty()) return {};
  std::set<std::pair<std::string, Hash128>> whole;
  for (const auto& unit : head_units)
    if (unit.unit.failure.empty()) whole.emplace(unit.command.file, unit.command.hash);
  for (const auto& unit : base_units)
    if (!whole.contains({unit.command.file, unit.command.hash})) files.erase(unit.command.file);
  return {files.begin(), files.end()};
}

namespace {

/// Units of head that read a file of the same name in place of one that is gone.
void add_replaced(const OverlayInput& input, const std::map<std::string_view, const UnitFacts*>& on_base,
                  const std::vector<IndexedUnit>& head_units, std::vector<UnreadPlace>& places) {
  std::set<std::string_view> touched;
  std::map<std::string_view, std::string_view> name_on_base;
  for (const auto& change : input.patch.files) {
    touched.insert(change.path);
    name_on_base[change.path] = change.base_path();
  }
  for (const auto& change : input.patch.files) {
    if (!is_gone(input.sides.head, change)) continue;
    const auto name = name_of_file(change.base_path());
    std::size_t units = 0;
    std::string instead;
    for (const auto& unit : head_units) {
      const auto renamed = name_on_base.find(unit.command.file);
      const auto before = on_base.find(renamed == name_on_base.end() ? unit.command.file : renamed->second);
      if (before == on_base.end() || !reads(*before->second, change.base_path())) continue;
      const auto other = std::find_if(unit.unit.dependencies.begin(), unit.unit.dependencies.end(), [&](const auto& d) {
        return name_of_file(d.path) == name && !(d.in_repository && touched.contains(d.path)) &&
               std::none_of(before->second->dependencies.begin(), before->second->dependencies.end(),
                            [&](const Dependency& old) { return old.path == d.path; });
      });
      if (other == unit.unit.dependencies.end()) continue;
      ++units;
      if (instead.empty()) instead = other->in_repository ? other->path : "one of the machine";
    }
    if (units != 0)
      places.push_back({Place{change.path, 0, 0},
                        "is gone, and " + units_of(units) + " read another file of its name instead: " + instead});
  }
}

/// Changed links that units read through, or looked through.
void add_turned_links(const OverlayInput& input, const std::vector<const std::vector<IndexedUnit>*>& sides,
                      std::vector<UnreadPlace>& places) {
  for (const auto& change : input.patch.files) {
    // What is called like code is unread as it is.
    if (!is_link(change) || change.c_family) continue;
    std::size_t units = 0;
    for (const auto* side : sides) {
      for (const auto& unit : *side) {
        const auto passes = [&](const std::string& path) { return path == change.path || is_below(path, change.path); };
        units += lacks(unit.unit, change.path) ||
                         std::any_of(unit.unit.missing_in.begin(), unit.unit.missing_in.end(), passes) ||
                         std::any_of(unit.unit.dependencies.begin(), unit.unit.dependencies.end(),
                                     [&](const Dependency& d) { return d.in_repository && passes(d.path); })
                     ? 1U
                     : 0U;
      }
    }
    if (units != 0)
      places.push_back({Place{change.path, 0, 0}, "is a link that " + units_of(units) + " read or look through"});
  }
}

/// Touched files that units know by another name.
void add_linked_files(const OverlayInput& input, SourceSide side, const std::vector<IndexedUnit>& units,
                      std::map<std::string, std::string>& through) {
  const auto& snapshot = input.sides.of(side);
  const auto& entries = snapshot.entries();
  if (std::none_of(entries.begin(), entries.end(), [](const TreeEntry& entry) { return entry.mode == kLink; })) return;
  std::set<std::string_view> touched;
  for (const auto& change : input.patch.files)
    if (change.c_family) touched.insert(side == SourceSide::base ? change.base_path() : change.path);
  std::unordered_set<std::string_view> met;
  for (const auto& unit : units) {
    for (const auto& dependency : unit.unit.dependencies) {
      if (!dependency.in_repository || !met.insert(dependency.path).second) continue;
      const auto* plain = snapshot.find(dependency.path);
      if (plain != nullptr && plain->mode != kLink) continue;
      const auto file = find_through_links(input.repository, snapshot, dependency.path);
      if (file && *file != nullptr && touched.contains((*file)->path)) through.emplace((*file)->path, dependency.path);
    }
  }
}

}  // namespace

std::vector<UnreadPlace> rerouted_places(const OverlayInput& input, const std::vector<IndexedUnit>& base_units,
                                         const std::vector<IndexedUnit>& head_units) {
  std::vector<UnreadPlace> places;
  std::map<std::string_view, const UnitFacts*> on_base;
  for (const auto& unit : base_units) on_base.emplace(unit.command.file, &unit.unit);
  add_replaced(input, on_base, head_units, places);
  add_turned_links(input, {&base_units, &head_units}, places);
  std::map<std::string, std::string> through;
  add_linked_files(input, SourceSide::base, base_units, through);
  add_linked_files(input, SourceSide::head, head_units, through);
  for (const auto& [file, link] : through)
    places.push_back(
        {Place{file, 0, 0}, "is read as " + link + ", too: who depends on it that way was not looked for"});
  return places;
}

}  // namespace patchgate
