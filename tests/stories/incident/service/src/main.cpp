#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "crm/config.h"
#include "crm/http_client.h"
#include "crm/log.h"
#include "crm/scheduler.h"
#include "crm/sync.h"

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool sync_inbox(crm::HttpClient& client, const std::string& inbox) {
  const crm::SyncResult result = crm::sync_text(client, read_file(inbox));
  crm::log_info(crm::describe(result));
  return result.again.empty();
}

int run(const crm::Config& config) {
  crm::HttpClient client(config.url, config.token);
  if (config.once) return sync_inbox(client, config.inbox) ? 0 : 1;
  crm::Scheduler scheduler;
  scheduler.add("inbox", config.every, [&] { return sync_inbox(client, config.inbox); });
  for (std::int64_t now = 0;; ++now) {
    scheduler.tick(now);
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: crm-sync CONFIG\n";
    return 2;
  }
  crm::Problems problems;
  const crm::Config config = crm::parse_config(read_file(argv[1]), problems);
  for (const std::string& problem : crm::check_config(config)) problems.push_back(problem);
  if (!problems.empty()) {
    std::cerr << crm::describe(problems) << '\n';
    return 2;
  }
  crm::log_info(crm::describe(config));
  return run(config);
}
