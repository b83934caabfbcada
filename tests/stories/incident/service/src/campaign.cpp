#include "crm/campaign.h"

#include "crm/fields.h"
#include "crm/text.h"

namespace crm {
namespace {

int rate(std::int64_t part, std::int64_t whole) { return whole == 0 ? 0 : static_cast<int>(part * 100 / whole); }

}  // namespace

bool is_live(const Campaign& campaign, const Date& day) { return !(day < campaign.start) && !(campaign.end < day); }

int open_rate(const Campaign& campaign) { return rate(campaign.opened, campaign.sent); }

int click_rate(const Campaign& campaign) { return rate(campaign.clicked, campaign.opened); }

Money cost_per_click(const Campaign& campaign) {
  if (campaign.clicked == 0) return campaign.budget;
  return {campaign.budget.cents / campaign.clicked, campaign.budget.currency};
}

bool overlaps(const Campaign& a, const Campaign& b) { return is_live(a, b.start) || is_live(b, a.start); }

std::vector<Contact> audience(const std::vector<Contact>& contacts) {
  std::vector<Contact> result;
  for (const Contact& contact : contacts) {
    if (contact.newsletter && !is_blank(contact.email)) result.push_back(contact);
  }
  return result;
}

std::string tracking_code(const Campaign& campaign) {
  return to_lower(join(split(collapse_spaces(campaign.name), ' '), "-")) + "-" + std::to_string(campaign.start.year);
}

std::string campaign_summary(const Campaign& campaign) {
  return campaign.name + ": " + std::to_string(open_rate(campaign)) + " % opened, " +
         std::to_string(click_rate(campaign)) + " % clicked, " + format_money(cost_per_click(campaign)) + " a click";
}

Problems check_campaign(const Campaign& campaign) {
  Problems problems;
  require_text(problems, "name", campaign.name);
  if (campaign.end < campaign.start) problems.push_back("end is before start");
  return problems;
}

json::Object campaign_patch(const CampaignChanges& changes) {
  json::Object body;
  encode_field(body, "name", changes.name);
  encode_date(body, "start", changes.start);
  encode_date(body, "end", changes.end);
  encode_money(body, "budget", changes.budget);
  return body;
}

bool has_changes(const CampaignChanges& changes) { return !campaign_patch(changes).empty(); }

Outcome update_campaign(HttpClient& client, std::int64_t id, const CampaignChanges& changes) {
  if (!has_changes(changes)) return rejected("nothing to change");
  const json::Object body = campaign_patch(changes);
  return outcome_of(client.patch(record_path("campaigns", id), body));
}

Outcome extend_campaign(HttpClient& client, const Campaign& campaign, const std::optional<Date>& end) {
  if (end && *end < campaign.end) return rejected("campaign would become shorter");
  json::Object body;
  encode_date(body, "end", end);
  return outcome_of(client.patch(record_path("campaigns", campaign.id), body));
}

Outcome set_budget(HttpClient& client, std::int64_t id, const std::optional<Money>& budget) {
  json::Object body;
  encode_money(body, "budget", budget);
  return outcome_of(client.patch(record_path("campaigns", id), body));
}

}  // namespace crm
