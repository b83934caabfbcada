#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/date.h"
#include "crm/record.h"

namespace crm {

enum class TicketState { open, waiting, solved, closed };
enum class Urgency { low, normal, high };

struct Ticket {
  std::int64_t id = 0;
  std::int64_t customer = 0;
  std::string subject;
  TicketState state = TicketState::open;
  Urgency urgency = Urgency::normal;
  Date opened;
  std::optional<std::int64_t> agent;
};

struct TicketChanges {
  std::optional<std::string> subject;
  std::optional<std::string> state;
  std::optional<std::string> urgency;
  std::optional<std::int64_t> agent;
  std::optional<Date> due;
};

const char* name_of(TicketState state);
const char* name_of(Urgency urgency);
bool may_become(TicketState from, TicketState to);
bool is_active(const Ticket& ticket);
int hours_to_answer(Urgency urgency);
Date ticket_due(const Ticket& ticket);
bool is_late(const Ticket& ticket, const Date& today);
Urgency guess_urgency(std::string_view subject);
std::string ticket_title(const Ticket& ticket);
std::vector<Ticket> late_tickets(const std::vector<Ticket>& tickets, const Date& today);
Problems check_ticket(const Ticket& ticket);
json::Object ticket_patch(const TicketChanges& changes);
bool has_changes(const TicketChanges& changes);
Outcome update_ticket(HttpClient& client, std::int64_t id, const TicketChanges& changes);
Outcome assign_ticket(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& agent);
Outcome solve_ticket(HttpClient& client, const Ticket& ticket, const std::optional<std::string>& answer);
Outcome escalate_ticket(HttpClient& client, const Ticket& ticket, const std::optional<Date>& due);

}  // namespace crm
