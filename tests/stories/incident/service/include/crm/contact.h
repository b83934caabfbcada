#pragma once

#include <optional>
#include <string>

#include "crm/record.h"

namespace crm {

struct Contact {
  std::int64_t id = 0;
  std::int64_t customer = 0;
  std::string first_name;
  std::string last_name;
  std::string role;
  std::string email;
  bool newsletter = false;
};

struct ContactChanges {
  std::optional<std::string> first_name;
  std::optional<std::string> last_name;
  std::optional<std::string> role;
  std::optional<std::string> email;
  std::optional<bool> newsletter;
};

std::string full_name(const Contact& contact);
std::string sorting_name(const Contact& contact);
std::string contact_initials(const Contact& contact);
std::string salutation(const Contact& contact, std::string_view language);
bool may_sign(const Contact& contact);
bool is_same_person(const Contact& a, const Contact& b);
Contact merge_contacts(const Contact& kept, const Contact& other);
Problems check_contact(const Contact& contact);
json::Object contact_json(const Contact& contact);
json::Object contact_patch(const ContactChanges& changes);
bool has_changes(const ContactChanges& changes);
Outcome create_contact(HttpClient& client, const Contact& contact);
Outcome update_contact(HttpClient& client, std::int64_t id, const ContactChanges& changes);
Outcome set_newsletter(HttpClient& client, std::int64_t id, const std::optional<bool>& wanted);
Outcome attach_contact(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& customer);

}  // namespace crm
