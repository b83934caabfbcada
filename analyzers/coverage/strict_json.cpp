#include "analyzers/coverage/strict_json.h"

#include <algorithm>
#include <set>
#include <vector>

#include "analyzers/model/text_place.h"

namespace patchgate {
namespace {

using Json = nlohmann::json;
constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostValues = 20'000'000;

/// Looks at the events of a parse and keeps nothing but the keys of what is open.
class Guard : public nlohmann::json_sax<Json> {
 public:
  std::string wrong;

  bool null() override { return value(); }
  bool boolean(bool /*is*/) override { return value(); }
  bool number_integer(number_integer_t /*is*/) override { return value(); }
  bool number_unsigned(number_unsigned_t /*is*/) override { return value(); }
  bool number_float(number_float_t /*is*/, const string_t& spelling) override {
    // An integer that does not fit arrives here too.
    if (spelling.find_first_of(".eE") == string_t::npos)
      return stop("the integer " + spelling.substr(0, 40) + " does not fit into 64 bits");
    return value();
  }
  bool string(string_t& /*is*/) override { return value(); }
  bool binary(binary_t& /*is*/) override { return stop("binary data"); }
  bool start_object(std::size_t /*size*/) override { return open(); }
  bool key(string_t& name) override {
    return open_.back().insert(name).second || stop("the key '" + name.substr(0, 40) + "' is given twice");
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t /*size*/) override { return open(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) override {
    const std::string what = error.what();
    const auto begin = what.find("syntax error");
    return stop("is no JSON: " + (begin == std::string::npos ? what : what.substr(begin)).substr(0, 200));
  }

 private:
  bool stop(std::string why) {
    wrong = std::move(why);
    return false;
  }
  bool value() { return ++values_ <= kMostValues || stop("holds more than twenty million values"); }
  bool open() {
    open_.emplace_back();
    return open_.size() <= kDeepest ? value() : stop("is nested deeper than 64");
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> open_;
  std::size_t values_ = 0;
};

}  // namespace

Result<Json> parse_strict_json(const std::string& name, std::string_view text) {
  const auto nul = text.find('\0');
  if (nul != std::string_view::npos || text.starts_with("\xef\xbb\xbf")) {
    const auto before = nul == std::string_view::npos
                            ? 0
                            : std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    return fail_at(Error::Kind::config, {name, static_cast<std::uint32_t>(before) + 1, 0},
                   nul == std::string_view::npos ? "begins with a byte order mark" : "holds a NUL byte");
  }
  std::uint32_t line = 1;
  Guard guard;
  const bool whole =
      Json::sax_parse(LineCounter(text.data(), &line), LineCounter(text.data() + text.size(), &line), &guard);
  if (!whole) return fail_at(Error::Kind::config, {name, line, 0}, guard.wrong);
  return Json::parse(text, nullptr, false);
}

}  // namespace patchgate
