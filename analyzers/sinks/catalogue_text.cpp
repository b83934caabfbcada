#include "analyzers/sinks/catalogue_text.h"

#include <set>
#include <vector>

#include "analyzers/model/text_place.h"

namespace patchgate {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostBytes = 1U << 20U;
constexpr int kMostLevels = 16;

/// Builds the document, and stops where the library itself is lenient: a key given twice, and depth.
class StrictReader {
 public:
  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > kMostLevels) complain("more than 16 levels of nesting");
    switch (event) {
      case Json::parse_event_t::object_start:
        keys_.emplace_back();
        break;
      case Json::parse_event_t::object_end:
        keys_.pop_back();
        break;
      case Json::parse_event_t::key: {
        const auto& key = parsed.get_ref<const std::string&>();
        if (!keys_.back().insert(key).second) complain("the key \"" + key + "\" is given twice");
        break;
      }
      default:
        break;
    }
    return true;
  }
  const std::string& complaint() const { return complaint_; }

 private:
  void complain(std::string text) {
    if (complaint_.empty()) complaint_ = std::move(text);
  }
  std::vector<std::set<std::string>> keys_;
  std::string complaint_;
};

}  // namespace

Result<Json> parse_catalogue_text(const std::string& name, std::string_view text) {
  using Kind = Error::Kind;
  if (text.size() > kMostBytes) return fail_at(Kind::config, {name, 0, 0}, "larger than 1 MiB");
  if (text.starts_with("\xEF\xBB\xBF")) return fail_at(Kind::config, {name, 1, 1}, "begins with a byte order mark");
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return fail_at(Kind::config, place_of(name, text, nul), "holds a NUL byte");
  }
  StrictReader reader;
  try {
    Json document = Json::parse(
        text.begin(), text.end(),
        [&reader](int depth, Json::parse_event_t event, Json& parsed) { return reader(depth, event, parsed); }, true,
        true);
    if (!reader.complaint().empty()) return fail_at(Kind::config, {name, 0, 0}, reader.complaint());
    return document;
  } catch (const Json::parse_error& error) {
    const std::size_t byte = error.byte == 0 ? 0 : error.byte - 1;
    return fail_at(Kind::config, place_of(name, text, byte), "is not valid JSON here");
  } catch (const Json::exception&) {
    return fail_at(Kind::config, {name, 0, 0}, "holds a number that is out of range");
  }
}

}  // namespace patchgate
