#include "analyzers/model/unread_place.h"

namespace patchgate {

const char* name_of(UnreadCause cause) {
  switch (cause) {
    case UnreadCause::content:
      return "content";
    case UnreadCause::database:
      return "database";
    case UnreadCause::no_command:
      return "no_command";
    case UnreadCause::failed:
      return "failed";
    case UnreadCause::inactive:
      return "inactive";
    case UnreadCause::budget:
      return "budget";
  }
  return "?";
}

std::string lines_of(const UnreadPlace& place) {
  std::string text = place.at.file;
  if (place.at.line != 0) (text += ':') += std::to_string(place.at.line);
  if (place.at.line != 0 && place.last_line > place.at.line) (text += '-') += std::to_string(place.last_line);
  return place.on_base ? text + " of the base" : text;
}

}  // namespace patchgate
