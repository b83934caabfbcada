#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <clang/Basic/Diagnostic.h>

namespace patchgate {

/// Counts errors and keeps the first few as `path:line: text`: paths of the repository are relative to it, of others
/// only the file's name is kept. No source text is quoted beyond the names that Clang puts in its messages.
class ErrorRecord : public clang::DiagnosticConsumer {
 public:
  ErrorRecord(std::string root, std::string directory) : root_(std::move(root)), directory_(std::move(directory)) {}
  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& info) override;

  std::uint32_t errors() const { return NumErrors; }
  std::uint32_t errors_outside() const { return errors_outside_; }  ///< those in files from outside of the repository
  const std::vector<std::string>& messages() const { return messages_; }
  /// The first fatal error, else the first error; empty when there was none.
  const std::string& gravest() const { return gravest_; }

 private:
  std::string describe(const clang::Diagnostic& info) const;
  bool is_outside(const clang::Diagnostic& info) const;

  std::string root_, directory_;
  std::vector<std::string> messages_;
  std::string gravest_;
  bool fatal_ = false;
  std::uint32_t errors_outside_ = 0;
};

}  // namespace patchgate
