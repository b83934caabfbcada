#include "analyzers/clang/worker/diagnostics.h"

#include <algorithm>

#include <clang/Basic/SourceManager.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/Support/Path.h>

#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/clang/worker/names.h"

namespace patchgate {
namespace {
constexpr std::size_t kMessages = 8;
constexpr std::size_t kMessageBytes = 300;
}  // namespace

std::string ErrorRecord::describe(const clang::Diagnostic& info) const {
  llvm::SmallString<256> text;
  info.FormatDiagnostic(text);
  std::string message(text.str());
  for (auto at = message.find(root_ + "/"); at != std::string::npos && !root_.empty(); at = message.find(root_ + "/")) {
    message.erase(at, root_.size() + 1);
  }
  std::string place;
  if (info.hasSourceManager() && info.getLocation().isValid()) {
    const auto& sources = info.getSourceManager();
    const auto at = sources.getFileLoc(info.getLocation());
    if (const auto entry = sources.getFileEntryRefForID(sources.getFileID(at))) {
      const SourceFiles files(sources, root_, directory_);
      auto path = files.relative_path(entry->getName());
      if (path.empty()) path = llvm::sys::path::filename(entry->getName()).str();
      place = path + ":" + std::to_string(sources.getSpellingLineNumber(at)) + ": ";
    }
  }
  return one_line(place + message, kMessageBytes);
}

bool ErrorRecord::is_outside(const clang::Diagnostic& info) const {
  if (!info.hasSourceManager() || info.getLocation().isInvalid()) return false;
  const auto& sources = info.getSourceManager();
  const auto entry = sources.getFileEntryRefForID(sources.getFileID(sources.getFileLoc(info.getLocation())));
  return entry && SourceFiles(sources, root_, directory_).relative_path(entry->getName()).empty();
}

void ErrorRecord::HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& info) {
  clang::DiagnosticConsumer::HandleDiagnostic(level, info);
  if (level < clang::DiagnosticsEngine::Error) return;
  if (is_outside(info)) ++errors_outside_;
  const bool graver = gravest_.empty() || (level == clang::DiagnosticsEngine::Fatal && !fatal_);
  if (messages_.size() >= kMessages && !graver) return;
  auto message = describe(info);
  if (graver) {
    gravest_ = message;
    fatal_ = level == clang::DiagnosticsEngine::Fatal;
  }
  if (messages_.size() < kMessages) messages_.push_back(std::move(message));
}

}  // namespace patchgate
