#include "crm/contact.h"

#include "crm/customer.h"
#include "crm/fields.h"
#include "crm/text.h"

namespace crm {

std::string full_name(const Contact& contact) { return trim(contact.first_name + " " + contact.last_name); }

std::string sorting_name(const Contact& contact) {
  return to_lower(contact.last_name) + ", " + to_lower(contact.first_name);
}

std::string contact_initials(const Contact& contact) { return initials(full_name(contact)); }

std::string salutation(const Contact& contact, std::string_view language) {
  if (language == "de") return "Guten Tag " + full_name(contact);
  if (language == "fr") return "Bonjour " + full_name(contact);
  return "Dear " + full_name(contact);
}

bool may_sign(const Contact& contact) {
  const std::string role = to_lower(contact.role);
  return contains(role, "director") || contains(role, "owner") || contains(role, "chief");
}

bool is_same_person(const Contact& a, const Contact& b) {
  return a.customer == b.customer && sorting_name(a) == sorting_name(b);
}

Contact merge_contacts(const Contact& kept, const Contact& other) {
  Contact result = kept;
  if (is_blank(result.role)) result.role = other.role;
  if (is_blank(result.email)) result.email = other.email;
  result.newsletter = kept.newsletter && other.newsletter;
  return result;
}

Problems check_contact(const Contact& contact) {
  Problems problems;
  require_text(problems, "last_name", contact.last_name);
  require_length(problems, "role", contact.role, 60);
  if (!contact.email.empty() && !is_email(contact.email)) problems.push_back("email is no address");
  return problems;
}

json::Object contact_json(const Contact& contact) {
  json::Object body;
  body.set("customer", contact.customer);
  body.set("first_name", contact.first_name);
  body.set("last_name", contact.last_name);
  body.set("role", contact.role);
  body.set("email", normalize_email(contact.email));
  body.set("newsletter", contact.newsletter);
  return body;
}

json::Object contact_patch(const ContactChanges& changes) {
  json::Object body;
  encode_field(body, "first_name", changes.first_name);
  encode_field(body, "last_name", changes.last_name);
  encode_field(body, "role", changes.role);
  encode_field(body, "email", changes.email);
  encode_field(body, "newsletter", changes.newsletter);
  return body;
}

bool has_changes(const ContactChanges& changes) { return !contact_patch(changes).empty(); }

Outcome create_contact(HttpClient& client, const Contact& contact) {
  const Problems problems = check_contact(contact);
  if (!problems.empty()) return rejected(describe(problems));
  return outcome_of(client.post("/contacts", contact_json(contact)));
}

Outcome update_contact(HttpClient& client, std::int64_t id, const ContactChanges& changes) {
  if (!has_changes(changes)) return rejected("nothing to change");
  if (changes.email && !is_email(*changes.email)) return rejected("email is no address");
  const json::Object body = contact_patch(changes);
  return outcome_of(client.patch(record_path("contacts", id), body));
}

Outcome set_newsletter(HttpClient& client, std::int64_t id, const std::optional<bool>& wanted) {
  json::Object body;
  encode_field(body, "newsletter", wanted);
  return outcome_of(client.patch(record_path("contacts", id), body));
}

Outcome attach_contact(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& customer) {
  json::Object body;
  encode_reference(body, "customer", customer);
  return outcome_of(client.patch(record_path("contacts", id), body));
}

}  // namespace crm
