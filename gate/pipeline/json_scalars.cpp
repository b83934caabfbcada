#include "gate/pipeline/json_scalars.h"

#include <set>

#include <nlohmann/json.hpp>

#include "analyzers/model/text_place.h"

namespace patchgate {
namespace {

constexpr std::size_t kMaxDepth = 64;

class Reader : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Reader(const std::uint32_t& line) : line_(line) {}

  bool null() override { return add(JsonScalars::Kind::null, {}); }
  bool boolean(bool value) override { return add(JsonScalars::Kind::boolean, value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return add(JsonScalars::Kind::number, std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override {
    return add(JsonScalars::Kind::number, std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& text) override { return add(JsonScalars::Kind::number, text); }
  bool string(string_t& value) override { return add(JsonScalars::Kind::text, std::move(value)); }
  bool binary(binary_t&) override { return stop("binary data"); }
  bool start_object(std::size_t) override { return open(false); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    Level& level = levels_.back();
    if (!level.keys.insert(name).second) return stop("the key is there twice");
    level.key = name;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …; last read: '…'": the line is
    // said by us, and what was read is not repeated.
    const std::string text = error.what();
    const std::size_t from = text.find(": ");
    if (from == std::string::npos) return stop("not JSON");
    return stop("not JSON: " + text.substr(from + 2, text.find("; last read") - from - 2));
  }

  std::map<std::string, JsonScalars::Scalar, std::less<>> scalars;
  std::string failure;
  std::uint32_t failed_line = 0;

 private:
  struct Level {
    bool array = false;
    std::size_t next = 0;
    std::string key;
    std::set<std::string> keys;
    std::size_t path_length = 0;
  };

  bool stop(std::string why) {
    failure = std::move(why);
    failed_line = line_;
    return false;
  }

  std::string next_name() {
    if (levels_.empty()) return {};
    Level& level = levels_.back();
    return level.array ? std::to_string(level.next++) : level.key;
  }

  bool add(JsonScalars::Kind kind, std::string text) {
    std::string path = path_;
    const std::string name = next_name();
    scalars.insert_or_assign(path.empty() ? name : path + "." + name,
                             JsonScalars::Scalar{kind, std::move(text), line_});
    return true;
  }

  bool open(bool array) {
    if (levels_.size() >= kMaxDepth) return stop("nested more than " + std::to_string(kMaxDepth) + " deep");
    const std::size_t length = path_.size();
    const std::string name = next_name();
    if (!path_.empty()) path_ += ".";
    path_ += name;
    levels_.push_back({array, 0, {}, {}, length});
    return true;
  }

  bool close() {
    path_.resize(levels_.back().path_length);
    levels_.pop_back();
    return true;
  }

  std::vector<Level> levels_;
  std::string path_;
  const std::uint32_t& line_;
};

const char* name_of(JsonScalars::Kind kind) {
  switch (kind) {
    case JsonScalars::Kind::null:
      return "null";
    case JsonScalars::Kind::boolean:
      return "a boolean";
    case JsonScalars::Kind::number:
      return "a number";
    case JsonScalars::Kind::text:
      return "a string";
  }
  return "";
}

}  // namespace

Result<JsonScalars> JsonScalars::parse(std::string file, std::string_view text, std::size_t most_bytes,
                                       std::string hint) {
  const auto refuse = [&](std::uint32_t line, const std::string& why) {
    return fail_at(Error::Kind::config, Place{file, line, 0}, why, std::move(hint));
  };
  if (text.size() > most_bytes) {
    return refuse(0, std::to_string(text.size()) + " bytes, limit " + std::to_string(most_bytes));
  }
  if (text.starts_with("\xef\xbb\xbf")) return refuse(1, "starts with a byte-order mark");
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return refuse(place_of(file, text, nul).line, "a NUL byte");
  }
  std::uint32_t line = 1;
  Reader reader(line);
  const LineCounter begin(text.data(), &line);
  const LineCounter end(text.data() + text.size(), &line);
  if (!nlohmann::json::sax_parse(begin, end, &reader)) return refuse(reader.failed_line, reader.failure);
  JsonScalars out;
  out.file_ = std::move(file);
  out.scalars_ = std::move(reader.scalars);
  return out;
}

const JsonScalars::Scalar* JsonScalars::find(const std::string& path) const {
  const auto found = scalars_.find(path);
  return found == scalars_.end() || found->second.kind == Kind::null ? nullptr : &found->second;
}

tl::unexpected<Error> JsonScalars::wrong(const std::string& path, const Scalar& found, const char* need) const {
  return fail_at(Error::Kind::config, Place{file_, found.line, 0},
                 path + " is " + name_of(found.kind) + ", where " + need + " is needed");
}

Result<std::string> JsonScalars::text(const std::string& path) const {
  const Scalar* found = find(path);
  if (found == nullptr) return std::string();
  if (found->kind != Kind::text) return wrong(path, *found, "a string");
  return found->text;
}

Result<std::string> JsonScalars::commit(const std::string& path) const {
  PATCHGATE_TRY(std::string id, text(path));
  const bool hex = id.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
  if (!id.empty() && (id.size() != 40 || !hex)) {
    return fail_at(Error::Kind::config, Place{file_, find(path)->line, 0},
                   path + " is not a commit id of 40 hex digits");
  }
  for (char& c : id) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return id;
}

Result<bool> JsonScalars::boolean(const std::string& path) const {
  const Scalar* found = find(path);
  if (found == nullptr) return false;
  if (found->kind != Kind::boolean) return wrong(path, *found, "a boolean");
  return found->text == "true";
}

Result<std::vector<std::string>> JsonScalars::texts(const std::string& path, const std::string& field) const {
  std::vector<std::string> out;
  for (std::size_t i = 0;; ++i) {
    const std::string one = path + "." + std::to_string(i) + "." + field;
    if (find(one) == nullptr) return out;
    PATCHGATE_TRY(std::string value, text(one));
    out.push_back(std::move(value));
  }
}

}  // namespace patchgate
