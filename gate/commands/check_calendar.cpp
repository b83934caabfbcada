#include "gate/commands/check_calendar.h"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "gate/commands/say.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/open_calendar.h"
#include "gate/pipeline/sources.h"

namespace patchgate {
namespace {

constexpr std::size_t kCalendarBytes = 1U << 20U;

struct CalendarText {
  std::string name, text;
};

Result<std::optional<CalendarText>> beside_policy(const std::string& policy) {
  const auto file = std::filesystem::path(policy).parent_path() / "calendar.json";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::optional<CalendarText>();
  PATCHGATE_TRY(auto text, read_input_file(file, kCalendarBytes));
  return std::optional(CalendarText{file.string(), std::move(text)});
}

Result<std::optional<CalendarText>> of_revision(const PolicyOptions& options) {
  PATCHGATE_TRY(const auto repository, Repository::open(options.repo.value_or(".")));
  PATCHGATE_TRY(const auto revision, repository.resolve(options.rev.value_or("HEAD")));
  PATCHGATE_TRY(const auto tree, repository.snapshot(revision.commit));
  PATCHGATE_TRY(auto text, read_file(repository, tree, kCalendarPath));
  if (!text) return std::optional<CalendarText>();
  return std::optional(CalendarText{kCalendarPath, std::move(*text)});
}

}  // namespace

int check_calendar_of(const PolicyOptions& options) {
  if (options.policy && options.policy->starts_with("builtin:")) return 0;
  const auto found = options.policy ? beside_policy(*options.policy) : of_revision(options);
  if (!found) return say_errors({found.error()});
  if (!*found) return 0;
  const auto checked = check_calendar((*found)->name, (*found)->text, ZoneFiles::in(options.zoneinfo));
  for (const auto& warning : checked.warnings) say("warning: " + warning);
  if (!checked.errors.empty()) return say_errors(checked.errors);
  const auto done = print(fmt::format("{}: {} freezes, {} late hours\n", (*found)->name,
                                      checked.calendar->freezes.size(), checked.calendar->late.size()));
  return done ? 0 : say_errors({done.error()});
}

}  // namespace patchgate
