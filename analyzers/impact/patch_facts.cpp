#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "analyzers/impact/impact.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostPlaces = 20;

Value whole(std::uint64_t number) { return static_cast<std::int64_t>(number); }

/// Text for people: it neither runs nor steers anything.
bool is_prose(const FileChange& file) {
  constexpr std::array<std::string_view, 5> kEndings{".md", ".rst", ".adoc", ".txt", ".markdown"};
  return file.file_class == FileClass::other && std::any_of(kEndings.begin(), kEndings.end(), [&](auto ending) {
           return std::string_view(file.path).ends_with(ending);
         });
}

bool is_gate_file(const FileChange& file) {
  // A policy file that is renamed away is touched as much as one that is edited.
  return file.file_class == FileClass::gate || classify(file.base_path()) == FileClass::gate;
}

bool is_unanalysed(const FileChange& file) { return !file.c_family && !is_gate_file(file) && !is_prose(file); }

template <class Predicate>
void state_count(const Patch& patch, const char* name, Predicate predicate, Facts& facts) {
  std::uint64_t count = 0;
  std::vector<Place> from;
  for (const FileChange& file : patch.files) {
    if (!predicate(file)) continue;
    ++count;
    if (from.size() < kMostPlaces) from.push_back({file.path, 0, 0});
  }
  facts.set(name, whole(count), std::move(from));
}

void state_files(const Patch& patch, Facts& facts) {
  facts.set("patch.files.count", whole(patch.files.size()));
  const auto of_class = [](FileClass wanted) {
    return [wanted](const FileChange& file) { return file.file_class == wanted; };
  };
  state_count(patch, "patch.files.source.count", of_class(FileClass::source), facts);
  state_count(patch, "patch.files.test.count", of_class(FileClass::test), facts);
  state_count(patch, "patch.files.build.count", of_class(FileClass::build), facts);
  state_count(patch, "patch.files.config.count", of_class(FileClass::config), facts);
  state_count(patch, "patch.files.migration.count", of_class(FileClass::migration), facts);
  state_count(patch, "patch.gate_files.count", is_gate_file, facts);
  state_count(patch, "patch.unanalysed.count", is_unanalysed, facts);
}

/// A file that was not read has no line counts: what the others add up to is too low.
Value line_count(const Patch& patch, std::uint64_t counted) {
  for (const FileChange& file : patch.files) {
    if (file.c_family && file.unread)
      return Unknown{"the lines of " + file.path + " were not counted: " + *file.unread};
  }
  return whole(counted);
}

void state_symbols(const Context& context, const Findings& findings, Facts& facts) {
  if (findings.touched.empty() && !context.unread.empty()) {
    const auto& first = context.unread.front();
    facts.set("patch.symbols.count", Unknown{first.at.file + " could not be read: " + first.why}, {first.at});
    return;
  }
  if (findings.touched.empty() && touches_c_family(*context.patch) && !context.no_graph.empty()) {
    facts.set("patch.symbols.count", Unknown{context.no_graph});
    return;
  }
  facts.set("patch.symbols.count", whole(findings.touched.size()));
}

/// What a person who wants to make the place readable has to know about it.
std::string detail_of(const UnreadPlace& place) {
  switch (place.cause) {
    case UnreadCause::content:
    case UnreadCause::failed:
      return place.at.file + " (" + place.why + ")";
    case UnreadCause::database:
      return place.why;
    case UnreadCause::no_command:
    case UnreadCause::budget:
      return place.at.file;
    case UnreadCause::inactive:
      break;
  }
  return lines_of(place);
}

/// How many places there are, in all or of one cause.
void state_unread(const Context& context, std::optional<UnreadCause> cause, Facts& facts) {
  std::vector<Place> from;
  std::vector<std::string> details;
  std::uint64_t count = 0;
  for (const auto& place : context.unread) {
    if (cause && place.cause != *cause) continue;
    ++count;
    if (from.size() < kMostPlaces) from.push_back(place.at);
    auto detail = detail_of(place);
    if (std::find(details.begin(), details.end(), detail) == details.end()) details.push_back(std::move(detail));
  }
  const std::string of_cause = cause ? std::string(name_of(*cause)) + "." : "";
  facts.set("analysis.unread." + of_cause + "count", whole(count), std::move(from), std::move(details));
}

void state_analysis(const Context& context, Facts& facts) {
  state_unread(context, std::nullopt, facts);
  for (const auto cause : kUnreadCauses) state_unread(context, cause, facts);
  facts.set("analysis.units.failed", whole(context.units_failed));
  facts.set("analysis.units.left_out", whole(context.units_left_out));
  facts.set("analysis.hunks.unmapped",
            whole(context.hunks_total > context.hunks_mapped ? context.hunks_total - context.hunks_mapped : 0));
}

Value ref_or_unknown(const std::string& ref, const char* why) {
  if (ref.empty()) return Unknown{why};
  return ref;
}

void run(const Context& context, Findings& findings) {
  const Patch& patch = *context.patch;
  Facts& facts = findings.facts;
  state_files(patch, facts);
  facts.set("patch.lines.added", line_count(patch, patch.lines_added()));
  facts.set("patch.lines.deleted", line_count(patch, patch.lines_deleted()));
  state_symbols(context, findings, facts);
  state_analysis(context, facts);
  facts.set("patch.hotfix", context.hotfix);
  // A revert of a revert brings the reverted change back: it proves nothing.
  facts.set("patch.revert", patch.revert_of.has_value() && !patch.reverts_a_revert);
  facts.set("target.ref", ref_or_unknown(patch.target_ref, "the branch that the patch is meant for was not named"));
  facts.set("source.ref", ref_or_unknown(patch.source_ref, "the branch that the patch comes from was not named"));
}

}  // namespace

const Analyzer impact_patch_facts{"impact/patch_facts",
                                  "counts of what the patch holds and of what could be read of it", run};

}  // namespace patchgate
