#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/contact.h"
#include "crm/date.h"
#include "crm/money.h"

namespace crm {

struct Campaign {
  std::int64_t id = 0;
  std::string name;
  Date start;
  Date end;
  Money budget;
  std::int64_t sent = 0;
  std::int64_t opened = 0;
  std::int64_t clicked = 0;
};

struct CampaignChanges {
  std::optional<std::string> name;
  std::optional<Date> start;
  std::optional<Date> end;
  std::optional<Money> budget;
};

bool is_live(const Campaign& campaign, const Date& day);
int open_rate(const Campaign& campaign);
int click_rate(const Campaign& campaign);
Money cost_per_click(const Campaign& campaign);
bool overlaps(const Campaign& a, const Campaign& b);
std::vector<Contact> audience(const std::vector<Contact>& contacts);
std::string tracking_code(const Campaign& campaign);
std::string campaign_summary(const Campaign& campaign);
Problems check_campaign(const Campaign& campaign);
json::Object campaign_patch(const CampaignChanges& changes);
bool has_changes(const CampaignChanges& changes);
Outcome update_campaign(HttpClient& client, std::int64_t id, const CampaignChanges& changes);
Outcome extend_campaign(HttpClient& client, const Campaign& campaign, const std::optional<Date>& end);
Outcome set_budget(HttpClient& client, std::int64_t id, const std::optional<Money>& budget);

}  // namespace crm
