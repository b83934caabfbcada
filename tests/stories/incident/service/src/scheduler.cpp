#include "crm/scheduler.h"

#include <algorithm>

#include "crm/log.h"

namespace crm {

bool is_due(const Schedule& schedule, std::int64_t now) { return now >= schedule.next; }

std::int64_t backoff(const Schedule& schedule) {
  const int doublings = std::min(schedule.failures, 6);
  return std::min<std::int64_t>(schedule.every << doublings, 3600);
}

Schedule after_success(const Schedule& schedule, std::int64_t now) { return {schedule.every, now + schedule.every, 0}; }

Schedule after_failure(const Schedule& schedule, std::int64_t now) {
  Schedule next = schedule;
  ++next.failures;
  next.next = now + backoff(next);
  return next;
}

void Scheduler::add(std::string name, std::int64_t every, std::function<bool()> run) {
  jobs_.push_back({std::move(name), {every, 0, 0}, std::move(run)});
}

int Scheduler::tick(std::int64_t now) {
  int ran = 0;
  for (Job& job : jobs_) {
    if (!is_due(job.schedule, now)) continue;
    ++ran;
    if (job.run()) {
      job.schedule = after_success(job.schedule, now);
    } else {
      job.schedule = after_failure(job.schedule, now);
      log_error(job.name + " failed");
    }
  }
  return ran;
}

std::int64_t Scheduler::next_due() const {
  std::int64_t next = jobs_.empty() ? 0 : jobs_.front().schedule.next;
  for (const Job& job : jobs_) next = std::min(next, job.schedule.next);
  return next;
}

std::vector<std::string> Scheduler::failing() const {
  std::vector<std::string> names;
  for (const Job& job : jobs_) {
    if (job.schedule.failures > 0) names.push_back(job.name);
  }
  return names;
}

}  // namespace crm
