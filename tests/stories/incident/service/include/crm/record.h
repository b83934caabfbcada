#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crm/http_client.h"

namespace crm {

/// What became of one change that was sent to the CRM.
struct Outcome {
  bool sent = false;
  bool retry = false;  ///< the server may take it later
  std::string problem;
};

Outcome sent();
Outcome rejected(std::string_view problem);
Outcome outcome_of(const Response& response);
std::string describe(const Outcome& outcome);

using Problems = std::vector<std::string>;

void require_text(Problems& problems, std::string_view field, std::string_view value);
void require_length(Problems& problems, std::string_view field, std::string_view value, std::size_t most);
void require_range(Problems& problems, std::string_view field, std::int64_t value, std::int64_t least,
                   std::int64_t most);
std::string describe(const Problems& problems);

}  // namespace crm
