#include "crm/ticket.h"

#include "crm/fields.h"
#include "crm/text.h"

namespace crm {

const char* name_of(TicketState state) {
  switch (state) {
    case TicketState::open:
      return "open";
    case TicketState::waiting:
      return "waiting";
    case TicketState::solved:
      return "solved";
    case TicketState::closed:
      return "closed";
  }
  return "?";
}

const char* name_of(Urgency urgency) {
  switch (urgency) {
    case Urgency::low:
      return "low";
    case Urgency::normal:
      return "normal";
    case Urgency::high:
      return "high";
  }
  return "?";
}

bool may_become(TicketState from, TicketState to) {
  if (from == TicketState::closed) return false;
  if (to == TicketState::closed) return from == TicketState::solved;
  return from != to;
}

bool is_active(const Ticket& ticket) {
  return ticket.state == TicketState::open || ticket.state == TicketState::waiting;
}

int hours_to_answer(Urgency urgency) {
  switch (urgency) {
    case Urgency::low:
      return 120;
    case Urgency::normal:
      return 48;
    case Urgency::high:
      return 8;
  }
  return 48;
}

Date ticket_due(const Ticket& ticket) {
  Date due = ticket.opened;
  for (int days = (hours_to_answer(ticket.urgency) + 23) / 24; days > 0; --days) due = next_working_day(due);
  return due;
}

bool is_late(const Ticket& ticket, const Date& today) { return is_active(ticket) && ticket_due(ticket) < today; }

Urgency guess_urgency(std::string_view subject) {
  const std::string text = to_lower(subject);
  for (const char* word : {"outage", "down", "lost", "urgent"}) {
    if (contains(text, word)) return Urgency::high;
  }
  return contains(text, "question") ? Urgency::low : Urgency::normal;
}

std::string ticket_title(const Ticket& ticket) {
  return "#" + pad_left(std::to_string(ticket.id), 5, '0') + " " + shorten(ticket.subject, 60) + " [" +
         name_of(ticket.state) + ", " + name_of(ticket.urgency) + "]";
}

std::vector<Ticket> late_tickets(const std::vector<Ticket>& tickets, const Date& today) {
  std::vector<Ticket> late;
  for (const Ticket& ticket : tickets) {
    if (is_late(ticket, today)) late.push_back(ticket);
  }
  return late;
}

Problems check_ticket(const Ticket& ticket) {
  Problems problems;
  require_text(problems, "subject", ticket.subject);
  require_length(problems, "subject", ticket.subject, 200);
  if (!is_valid(ticket.opened)) problems.push_back("opened is no date");
  return problems;
}

json::Object ticket_patch(const TicketChanges& changes) {
  json::Object body;
  encode_field(body, "subject", changes.subject);
  encode_field(body, "state", changes.state);
  encode_field(body, "urgency", changes.urgency);
  encode_reference(body, "agent", changes.agent);
  encode_date(body, "due", changes.due);
  return body;
}

bool has_changes(const TicketChanges& changes) { return !ticket_patch(changes).empty(); }

Outcome update_ticket(HttpClient& client, std::int64_t id, const TicketChanges& changes) {
  if (!has_changes(changes)) return rejected("nothing to change");
  const json::Object body = ticket_patch(changes);
  return outcome_of(client.patch(record_path("tickets", id), body));
}

Outcome assign_ticket(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& agent) {
  json::Object body;
  encode_reference(body, "agent", agent);
  return outcome_of(client.patch(record_path("tickets", id), body));
}

Outcome solve_ticket(HttpClient& client, const Ticket& ticket, const std::optional<std::string>& answer) {
  if (!may_become(ticket.state, TicketState::solved)) return rejected("ticket is closed");
  json::Object body;
  body.set("state", name_of(TicketState::solved));
  encode_field(body, "answer", answer);
  return outcome_of(client.patch(record_path("tickets", ticket.id), body));
}

Outcome escalate_ticket(HttpClient& client, const Ticket& ticket, const std::optional<Date>& due) {
  if (!is_active(ticket)) return rejected("ticket is not active");
  json::Object body;
  body.set("urgency", name_of(Urgency::high));
  encode_date(body, "due", due);
  return outcome_of(client.patch(record_path("tickets", ticket.id), body));
}

}  // namespace crm
