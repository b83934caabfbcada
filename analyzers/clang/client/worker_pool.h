#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/clang/client/compile_database.h"
#include "analyzers/model/hash.h"
#include "analyzers/model/result.h"
#include "analyzers/model/sandbox_mode.h"
#include "analyzers/model/unit.h"

namespace patchgate {

enum class SourceSide : std::uint8_t { base, head };

/// Where the repository's own files come from. Answers for one side (base or head) by path relative to the repository.
struct SourceReader {
  enum class Kind { absent, file, folder };
  struct Answer {
    Kind kind = Kind::absent;
    std::string content;  ///< kind file
    bool from_disk_allowed =
        false;  ///< kind absent: neither side and not git's index know the path, so it may be a generated file
  };
  std::function<Answer(SourceSide side, const std::string& path)> read;
};

struct WorkerOptions {
  std::filesystem::path worker;  ///< the patchgate-worker program
  std::filesystem::path root;    ///< folder that repository paths lie under (CompileDatabase::root)
  std::filesystem::path
      disk_root;  ///< where generated files of `root` are on this machine's disk (usually the same); empty = none
  std::vector<std::filesystem::path> extra_roots;  ///< folders outside of it that may be read: build folders
  unsigned jobs = 1;
  SandboxMode sandbox = SandboxMode::strict;
  std::uint32_t unit_cpu_seconds = 120;
  std::uint32_t unit_wall_seconds = 240;
  std::uint64_t unit_memory_bytes = 4ULL << 30U;
  bool shared_starts =
      true;  ///< units that start with the same include directives read them once; the facts are the same
  bool every_body = false;  ///< also those of the machine's headers that tell nothing of `root`; the facts are the same
};

struct ParseJob {
  SourceSide side = SourceSide::base;
  CompileCommand command;
};

/// One patchgate-worker process and the files it may ask for. Not thread-safe.
class WorkerPool {
 public:
  /// Starts the worker and checks that its sandbox stands. Error (toolchain): not found, another version, sandbox
  /// refused under strict.
  static Result<WorkerPool> start(WorkerOptions options, SourceReader reader);
  WorkerPool(WorkerPool&&) noexcept;
  WorkerPool& operator=(WorkerPool&&) noexcept;
  ~WorkerPool();

  /// Parses all jobs, `jobs` at a time; calls `done` once for each, in any order, with the encoded UnitFacts. A child
  /// that crashed, ran out of time or memory, or answered nonsense costs that unit: `error` says which. Fails only when
  /// the worker itself is gone.
  struct Outcome {
    std::size_t job = 0;
    std::string facts;  ///< encoded UnitFacts, not yet checked (decode_unit_facts does); empty on error
    std::string error;
    double cpu_seconds = 0;
    bool shared_start = false;  ///< what it has in common with others was read once for all
    bool out_of_time = false;   ///< past the time of end_parsing_at: says nothing about the unit
  };
  Result<void> parse(const std::vector<ParseJob>& jobs, const std::function<void(Outcome)>& done);

  /// Asks for the bodies of functions, by the ranges of their definitions; as parse(), but Outcome::facts is an encoded
  /// UnitShapes (decode_unit_shapes checks it), and no start is shared.
  struct ShapeJob {
    ParseJob unit;
    std::vector<std::pair<std::string, ByteRange>> wanted;  ///< path relative to the root, range
  };
  Result<void> shape(const std::vector<ShapeJob>& jobs, const std::function<void(Outcome)>& done);

  /// Work of the caller that the next parse() does piece by piece where it would only wait, as long as `piece` answers
  /// true; pieces are to take a few milliseconds at most. How many are done depends on the time.
  void while_parsing(std::function<bool()> piece);

  /// From then on no unit is parsed any more: those that wait are not started, those that run are ended; each is an
  /// Outcome whose error is `why` and `out_of_time`. What is lexed or probed is not concerned.
  void end_parsing_at(std::chrono::steady_clock::time_point when, std::string why);

  /// Raw tokens of a text, as C++ (or C) sees them.
  Result<std::vector<Token>> lex(std::string_view text, bool cplusplus);

  /// For who compares what a unit found once with what a unit of that side would find now. Paths are as UnitFacts has
  /// them: relative to the root, or absolute.
  bool is_there(SourceSide side, const std::string& path) const;
  /// fast_hash() of the file that it would read there; none where it could read none.
  std::optional<Hash128> hash_now(SourceSide side, const std::string& path) const;
  /// The names in a folder of the disk that units may look into, the work tree included; empty where there is no such
  /// folder. Error (limit): too many to tell.
  Result<std::vector<std::string>> names_on_disk(const std::string& folder) const;

  /// Tries from inside of the sandbox what it must refuse: as a unit that is parsed alone, or as one of several.
  struct Probe {
    std::string what;  ///< "read a file", "open a socket", …
    bool refused = false;
    std::string how;  ///< "errno 1", "killed"
  };
  Result<std::vector<Probe>> probe(bool shared_start = false);

  /// "seccomp+landlock7", "seccomp", "landlock7", "none" (best effort only), "off": what stands.
  const std::string& sandbox() const;
  /// Identity of the tool that looks (Clang's version, our format); part of every index key.
  std::uint64_t tool_hash() const;
  /// CPU seconds of all children so far; highest resident set of one child in KiB.
  double cpu_seconds() const;
  std::uint64_t max_rss_kb() const;

 private:
  struct State;
  explicit WorkerPool(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace patchgate
