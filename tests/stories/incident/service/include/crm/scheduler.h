#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace crm {

/// Times are seconds since the start of the service.
struct Schedule {
  std::int64_t every = 60;
  std::int64_t next = 0;
  int failures = 0;
};

bool is_due(const Schedule& schedule, std::int64_t now);
std::int64_t backoff(const Schedule& schedule);
Schedule after_success(const Schedule& schedule, std::int64_t now);
Schedule after_failure(const Schedule& schedule, std::int64_t now);

class Scheduler {
 public:
  void add(std::string name, std::int64_t every, std::function<bool()> run);
  /// Runs what is due and says how many jobs ran.
  int tick(std::int64_t now);
  std::int64_t next_due() const;
  std::vector<std::string> failing() const;

 private:
  struct Job {
    std::string name;
    Schedule schedule;
    std::function<bool()> run;
  };
  std::vector<Job> jobs_;
};

}  // namespace crm
