#include "analyzers/model/text_place.h"

namespace patchgate {

Place place_of(const std::string& file, std::string_view text, std::size_t offset) {
  Place at{file, 1, 1};
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++at.line;
      at.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++at.column;
    }
  }
  return at;
}

}  // namespace patchgate
