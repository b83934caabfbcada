#include "gate/pipeline/open_evidence.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzers/coverage/read_coverage.h"
#include "analyzers/results/junit.h"
#include "gate/pipeline/digest.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/report_paths.h"

namespace patchgate {
namespace {

constexpr std::size_t kPiece = 1U << 20U;
constexpr std::size_t kCommitBytes = 4096;

/// The same files in the same order, however they were named: neither report nor digest tells the order of a command.
std::vector<std::string> in_order(std::vector<std::string> files) {
  std::sort(files.begin(), files.end());
  return files;
}

/// A file that is read piece by piece, and hashed on the way.
class PiecewiseFile {
 public:
  explicit PiecewiseFile(const std::string& path) : path_(path) {}
  PiecewiseFile(const PiecewiseFile&) = delete;
  PiecewiseFile& operator=(const PiecewiseFile&) = delete;
  ~PiecewiseFile() {
    if (fd_ >= 0) ::close(fd_);
  }

  Result<void> open() {
    fd_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info {};
    if (fd_ < 0 || ::fstat(fd_, &info) != 0) return cannot(std::strerror(errno));
    if (!S_ISREG(info.st_mode)) return cannot("not a regular file");
    buffer_.resize(kPiece);
    return {};
  }
  Result<std::string_view> next() {
    ssize_t got = 0;
    do {
      got = ::read(fd_, buffer_.data(), buffer_.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) return cannot(std::strerror(errno));
    const auto piece = std::string_view(buffer_).substr(0, static_cast<std::size_t>(got));
    if (!piece.empty()) digest_.add("", piece);
    return piece;
  }
  /// Of what was read: an error ends the reading at the same place on every machine.
  std::string digest() { return digest_.finish(); }

 private:
  tl::unexpected<Error> cannot(const std::string& why) const {
    return fail(Error::Kind::io, "cannot read " + path_ + ": " + why);
  }

  std::string path_, buffer_;
  int fd_ = -1;
  Digest digest_;
};

class TestEvidenceReader {
 public:
  TestEvidenceReader(const Repository& repository, const Patch& patch) : repository_(repository), patch_(patch) {}

  Result<void> coverage(const std::vector<std::string>& files, const Snapshot& head) {
    if (files.empty()) return {};
    std::vector<std::string> paths;
    for (const auto& entry : head.entries()) paths.push_back(entry.path);
    const TreePaths tree(std::move(paths));
    std::set<std::string, std::less<>> wanted;
    for (const auto& change : patch_.files)
      if (change.c_family && !change.head_blob.empty()) wanted.insert(change.path);
    for (const auto& file : files) {
      CoverageInput input;
      input.name = name_in_report(file, repository_.work_folder());
      CoverageBuilder builder(tree, wanted);
      PiecewiseFile bytes(file);
      PATCHGATE_CHECK(bytes.open());
      const auto done = read_coverage(
          name_in_message(file, repository_.work_folder()), [&] { return bytes.next(); }, builder, input.format);
      if (!done && done.error().kind == Error::Kind::io) return done;
      opened.digests.emplace_back("coverage " + input.name, bytes.digest());
      PATCHGATE_TRY(input.commit_proven, commit_fits(file, {patch_.head}, "head", input.unusable));
      if (done) {
        input.files = builder.build();
      } else {
        note(done.error(), input.name, input.unusable);
      }
      opened.inputs.coverage.push_back(std::move(input));
    }
    return {};
  }

  Result<void> results(const std::vector<std::string>& files, const std::vector<Oid>& commits, const char* side,
                       std::vector<TestRunInput>& inputs) {
    for (const auto& file : files) {
      TestRunInput input;
      input.name = name_in_report(file, repository_.work_folder());
      auto text = read_input_file(file, kJUnitBytes);
      if (!text && text.error().kind != Error::Kind::limit) return tl::unexpected(text.error());
      if (text) {
        Digest digest;
        digest.add("", *text);
        opened.digests.emplace_back(std::string("results at ") + side + " " + input.name, digest.finish());
        PATCHGATE_TRY([[maybe_unused]] const bool proven, commit_fits(file, commits, side, input.unusable));
        auto runs = read_junit(name_in_message(file, repository_.work_folder()), std::move(*text));
        if (runs) {
          input.runs = std::move(*runs);
        } else {
          note(runs.error(), input.name, input.unusable);
        }
      } else {
        note(text.error(), input.name, input.unusable);
      }
      inputs.push_back(std::move(input));
    }
    return {};
  }

  Result<void> texts() {
    for (const auto& change : patch_.files) {
      const auto is_cmake = [](const std::string& path) {
        return path.ends_with("CMakeLists.txt") || path.ends_with(".cmake");
      };
      if (change.unread || !(change.c_family || is_cmake(change.path))) continue;
      ChangedText text{change.path, change.base_path(), "", ""};
      for (const auto& [blob, into] :
           {std::pair(&change.base_blob, &text.base), std::pair(&change.head_blob, &text.head)}) {
        if (blob->empty()) continue;
        PATCHGATE_TRY(*into, repository_.blob(*blob));
      }
      opened.inputs.texts.push_back(std::move(text));
    }
    return {};
  }

  OpenedTestEvidence opened;

 private:
  void note(const Error& error, const std::string& name, std::string& unusable) {
    opened.warnings.push_back(to_string(error));
    if (!unusable.empty()) return;
    unusable = name;
    if (error.at && error.at->line != 0) unusable += ":" + std::to_string(error.at->line);
    unusable += ": " + without_absolute_paths(error.message, repository_.work_folder());
  }

  /// Whether the file beside it names one of the commits; where it names another one, `unusable` says so.
  Result<bool> commit_fits(const std::string& file, const std::vector<Oid>& commits, const char* side,
                           std::string& unusable) {
    const auto beside = file + ".commit";
    std::error_code ignored;
    if (!std::filesystem::exists(beside, ignored)) return false;
    PATCHGATE_TRY(auto text, read_input_file(beside, kCommitBytes));
    const auto name = name_in_report(beside, repository_.work_folder());
    opened.digests.emplace_back("commit " + name, text);
    text.erase(std::find_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == ' '; }),
               text.end());
    constexpr std::size_t kDigits = 40;
    const bool is_id = text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (is_id && std::find(commits.begin(), commits.end(), text) != commits.end()) return true;
    constexpr std::size_t kShown = 12;
    unusable = name + (is_id ? " names " + text.substr(0, kShown) + ", which is not " + side
                             : std::string(" holds no commit id of 40 digits"));
    opened.warnings.push_back(unusable);
    return false;
  }

  const Repository& repository_;
  const Patch& patch_;
};

}  // namespace

Result<OpenedTestEvidence> open_test_evidence(const Repository& repository, const Patch& patch, const Snapshot& head,
                                              const CheckOptions& options) {
  TestEvidenceReader reader(repository, patch);
  PATCHGATE_CHECK(reader.coverage(in_order(options.coverage), head));
  PATCHGATE_CHECK(reader.results(in_order(options.junit), {patch.head}, "head", reader.opened.inputs.at_head));
  PATCHGATE_CHECK(reader.results(in_order(options.junit_at_base), {patch.merge_base, patch.base}, "the base",
                                 reader.opened.inputs.at_base));
  PATCHGATE_CHECK(reader.texts());
  return std::move(reader.opened);
}

}  // namespace patchgate
