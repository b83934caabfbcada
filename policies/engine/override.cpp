#include "policies/engine/override.h"

#include <algorithm>

#include "analyzers/model/rfc3339.h"
#include "policies/engine/document.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::size_t kShortestReason = 20;
constexpr std::size_t kMostRules = 50;
constexpr std::size_t kIdDigits = 40;
constexpr std::int64_t kDay = 86'400;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string()
                                         : std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// Characters that say something; a reason of blanks and dots is none.
std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    const char small = lower(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80U;
  }));
}

bool is_relative_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos) return false;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const auto end = std::min(path.find('/', begin), path.size());
    const auto part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

class OverrideReader {
 public:
  explicit OverrideReader(const JsonNode& root) : root_(root) {}

  std::optional<BreakGlass> run(const std::string& source) {
    if (!root_.object() || !version()) return std::nullopt;
    root_.only({"$schema", "override", "head", "target", "rules", "reason", "ticket", "requested_by", "approved_by",
                "issued_at", "not_after", "promise"});
    out_.source = source;
    head();
    target();
    if (const auto node = needed("rules")) rules(*node);
    reason();
    if (root_.has("ticket")) out_.ticket = root_["ticket"].text().value_or("");
    people();
    times();
    if (root_.has("promise")) promise(root_["promise"]);
    return std::move(out_);
  }

 private:
  bool version() {
    if (!root_.has("override")) return root_.error("this is not an override: '\"override\": 1' is missing"), false;
    const auto& json = root_["override"].json();
    if (json.is_number_integer() && json.get<std::int64_t>() == 1) return true;
    return root_["override"].error("this program reads version 1 of the format; 'override' must be 1"), false;
  }

  std::optional<JsonNode> needed(const char* key) {
    if (root_.has(key)) return root_[key];
    root_.error("this override has no " + in_quotes(key));
    return std::nullopt;
  }

  std::string needed_text(const char* key) {
    const auto node = needed(key);
    return node ? node->text().value_or("") : "";
  }

  void head() {
    out_.head = needed_text("head");
    if (out_.head.empty()) return;
    out_.head_at = root_["head"].place();
    const bool good =
        out_.head.size() == kIdDigits && out_.head.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!good) root_["head"].error("'head' must be the full id of one commit, 40 hex digits (git rev-parse HEAD)");
  }

  void target() {
    if (!root_.has("target")) return;
    out_.target = root_["target"].text().value_or("");
    out_.target_at = root_["target"].place();
    if (out_.target.find('*') != std::string::npos)
      root_["target"].error("'target' names one branch; there is no wildcard");
  }

  void rules(const JsonNode& node) {
    const auto elements = node.list();
    if (!elements) return;
    if (elements->size() > kMostRules) return node.error("more than 50 rules");
    for (const auto& element : *elements) {
      const auto id = element.text();
      if (!id) continue;
      if (id->find('*') != std::string::npos || id->find('?') != std::string::npos) {
        element.error("an override names each rule; there is no wildcard");
        continue;
      }
      const bool twice =
          std::any_of(out_.rules.begin(), out_.rules.end(), [&](const auto& rule) { return rule.id == *id; });
      if (twice) element.error("rule " + in_quotes(*id) + " is named twice");
      out_.rules.push_back({*id, element.place()});
    }
  }

  void reason() {
    out_.reason = needed_text("reason");
    if (!out_.reason.empty() && letters_in(out_.reason) < kShortestReason)
      root_["reason"].error("'reason' has to say why in at least 20 letters and digits");
  }

  void people() {
    out_.requested_by = person("requested_by");
    out_.approved_by = person("approved_by");
    if (out_.requested_by.empty() || out_.approved_by.empty()) return;
    out_.approved_at = root_["approved_by"].place();
    if (same_person(address_of(out_.requested_by), address_of(out_.approved_by)))
      root_["approved_by"].error("whoever asks for an override cannot approve it: another person has to");
  }

  std::string person(const char* key) {
    auto text = needed_text(key);
    if (text.empty() || !address_of(text).empty()) return text;
    root_[key].error(in_quotes(key) +
                     " must hold an e-mail address: \"bo@example.org\" or \"Bo Lind <bo@example.org>\"");
    return {};
  }

  std::optional<std::int64_t> time(const char* key) {
    const auto text = root_[key].text();
    if (!text) return std::nullopt;
    const auto seconds = parse_rfc3339(*text);
    if (!seconds) root_[key].error(in_quotes(key) + " must be a time such as 2026-11-23T09:00:00Z");
    return seconds;
  }

  void times() {
    std::optional<std::int64_t> end;
    if (needed("not_after")) {
      out_.not_after_at = root_["not_after"].place();
      end = time("not_after");
      out_.not_after = end.value_or(0);
    }
    if (!root_.has("issued_at")) return;
    out_.issued_place = root_["issued_at"].place();
    out_.issued_at = time("issued_at");
    if (!end || !out_.issued_at) return;
    if (*end <= *out_.issued_at) root_["not_after"].error("'not_after' is not later than 'issued_at'");
    if (*end - *out_.issued_at > kLongestOverride)
      root_["not_after"].error("'not_after' is more than 72 hours after 'issued_at'; the latest is " +
                               utc_time(*out_.issued_at + kLongestOverride));
  }

  void promise(const JsonNode& node) {
    if (!node.object()) return;
    node.only({"text", "test", "until"});
    Promise promise;
    if (node.has("text")) promise.text = node["text"].text().value_or("");
    if (node.has("test")) {
      promise.test = node["test"].text().value_or("");
      if (!promise.test.empty() && !is_relative_path(promised_test(promise).file))
        node["test"].error(
            "'test' is FILE or FILE::NAME, with the file's path in the repository: "
            "tests/retry_test.cpp::Retry.Backoff");
    }
    if (!node.has("text") && !node.has("test")) node.error("a promise needs 'text', 'test' or both");
    if (!node.has("until")) return node.error("this promise has no 'until'");
    const auto day = node["until"].text();
    if (!day) return;
    const auto seconds = parse_day(*day);
    if (!seconds) return node["until"].error("'until' must be a day such as 2026-11-30");
    if (*seconds + kDay <= out_.issued_at.value_or(0)) node["until"].error("'until' lies before 'issued_at'");
    promise.until = *seconds;
    out_.promise = std::move(promise);
  }

  const JsonNode& root_;
  BreakGlass out_;
};

}  // namespace

std::optional<BreakGlass> read_override(const std::string& file, std::string_view text, std::vector<Error>& errors) {
  const auto before = errors.size();
  if (text.size() > kOverrideBytes) {
    errors.push_back(Error{Error::Kind::config, "an override has at most 65536 bytes", Place{file, 0, 0}, {}, {}});
    return std::nullopt;
  }
  const auto document = read_document(file, text, errors);
  if (!document) return std::nullopt;
  const JsonNode root(*document, errors);
  auto read = OverrideReader(root).run(file);
  std::stable_sort(errors.begin() + static_cast<std::ptrdiff_t>(before), errors.end(),
                   [](const Error& a, const Error& b) { return a.at < b.at; });
  return errors.size() == before ? std::move(read) : std::nullopt;
}

std::string address_of(std::string_view person) {
  const auto open = person.rfind('<');
  std::string_view inside = person;
  if (open != std::string_view::npos) {
    const auto close = person.find('>', open);
    if (close == std::string_view::npos) return {};
    inside = person.substr(open + 1, close - open - 1);
  }
  std::string address = trimmed(inside);
  std::transform(address.begin(), address.end(), address.begin(), lower);
  const auto at = address.find('@');
  const bool good = at != std::string::npos && at != 0 && at + 1 < address.size() &&
                    address.find('@', at + 1) == std::string::npos && address.back() != '.' &&
                    std::all_of(address.begin(), address.end(), [](char c) {
                      return c > 0x20 && c < 0x7f && c != '"' && c != '<' && c != '>' && c != ',';
                    });
  return good ? address : std::string();
}

namespace {

/// Whether `address` is `plain` but for what stands there in other letters than ASCII's: those may look like any, or
/// like nothing.
bool may_look_like(std::string_view address, std::string_view plain) {
  const auto is_other = [](char c) { return static_cast<unsigned char>(c) >= 0x80U; };
  if (std::none_of(address.begin(), address.end(), is_other)) return false;
  // Where each prefix of `plain` may end after what was read of `address`.
  std::vector<bool> ends(plain.size() + 1);
  ends[0] = true;
  for (std::size_t i = 0; i < address.size(); ++i) {
    std::vector<bool> next(plain.size() + 1);
    bool open = false;
    for (std::size_t j = 0; j <= plain.size(); ++j) {
      open = open || ends[j];
      if (is_other(address[i])) next[j] = open;
      if (!is_other(address[i]) && j > 0) next[j] = ends[j - 1] && plain[j - 1] == address[i];
    }
    ends = std::move(next);
  }
  return ends[plain.size()];
}

}  // namespace

bool same_person(std::string_view address, std::string_view other) {
  const auto plain = [](std::string_view text) {
    std::string result = trimmed(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    const auto at = result.find('@');
    const auto plus = result.find('+');
    // 12345+name@users.noreply.github.com: there the name stands behind the sign.
    if (at != std::string::npos && plus < at && !result.ends_with("@users.noreply.github.com"))
      result.erase(plus, at - plus);
    return result;
  };
  const auto first = plain(address);
  const auto second = plain(other);
  return first == second || may_look_like(first, second) || may_look_like(second, first);
}

PromisedTest promised_test(const Promise& promise) {
  const auto between = promise.test.find("::");
  if (between == std::string::npos) return {promise.test, ""};
  return {promise.test.substr(0, between), promise.test.substr(between + 2)};
}

}  // namespace patchgate
