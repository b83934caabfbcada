#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/clang/client/worker_pool.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {

/// A repository made of strings, and a worker that looks at it. Limits are small: what hangs must not take long.
class PoolTest : public ::testing::Test {
 protected:
  PoolTest() {
    options.worker = PATCHGATE_WORKER;
    options.root = "/repository";
    options.jobs = 2;
    options.unit_cpu_seconds = 20;
    options.unit_wall_seconds = 120;
    options.unit_memory_bytes = 2ULL << 30U;
  }

  SourceReader reader() {
    return {[this](SourceSide side, const std::string& path) {
      SourceReader::Answer answer;
      const auto& files = side == SourceSide::base ? base : head;
      if (const auto found = files.find(path); found != files.end()) {
        answer.kind = SourceReader::Kind::file;
        answer.content = found->second;
      } else if (path.empty() || std::any_of(files.begin(), files.end(),
                                             [&](const auto& file) { return file.first.starts_with(path + "/"); })) {
        answer.kind = SourceReader::Kind::folder;
      } else {
        answer.from_disk_allowed = true;
      }
      return answer;
    }};
  }

  static ParseJob job(std::string file, std::vector<std::string> arguments = {"-std=c++17"},
                      SourceSide side = SourceSide::base) {
    ParseJob job;
    job.side = side;
    job.command.file = std::move(file);
    job.command.directory = "/repository";
    job.command.arguments = std::move(arguments);
    return job;
  }

  /// What each job ended with: "" for a unit that was parsed without an error, its first error, or why there is none.
  static std::vector<std::string> parse(WorkerPool& pool, const std::vector<ParseJob>& jobs,
                                        std::vector<UnitFacts>* facts = nullptr) {
    std::vector<std::string> how(jobs.size(), "never ended");
    if (facts != nullptr) facts->resize(jobs.size());
    const auto result = pool.parse(jobs, [&](WorkerPool::Outcome outcome) {
      EXPECT_EQ(how[outcome.job], "never ended") << "ended twice";
      how[outcome.job] = outcome.error;
      if (!outcome.error.empty()) return;
      auto unit = decode_unit_facts(outcome.facts);
      if (!unit) {
        how[outcome.job] = to_string(unit.error());
        return;
      }
      how[outcome.job] = unit->failure;
      if (facts != nullptr) (*facts)[outcome.job] = std::move(*unit);
    });
    if (!result) ADD_FAILURE() << to_string(result.error());
    return how;
  }

  Result<WorkerPool> start() { return WorkerPool::start(options, reader()); }

  WorkerOptions options;
  std::map<std::string, std::string> base, head;
};

}  // namespace patchgate
