#include "analyzers/clang/client/compile_entries.h"

#include <cstddef>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "analyzers/clang/client/shell_words.h"
#include "analyzers/model/text_place.h"

namespace patchgate {
namespace {

constexpr std::size_t kMaxDepth = 64;

/// Receives the parser's events; keeps the four members of an entry that matter and steps over all others.
class EntryReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit EntryReader(const std::uint32_t& line) : line_(line) {}

  std::vector<CompileEntry> entries;
  std::string problem;

  bool null() override { return scalar("null"); }
  bool boolean(bool) override { return scalar("a boolean"); }
  bool number_integer(number_integer_t) override { return scalar("a number"); }
  bool number_unsigned(number_unsigned_t) override { return scalar("a number"); }
  bool number_float(number_float_t, const string_t&) override { return scalar("a number"); }
  bool binary(binary_t&) override { return scalar("binary data"); }

  bool string(string_t& text) override {
    if (depth_ == 2 && (key_ == "directory" || key_ == "file" || key_ == "command")) {
      if (text.find('\0') != std::string::npos) entry_.unusable = "holds a NUL character";
      if (key_ == "directory") entry_.directory = text;
      if (key_ == "file") entry_.file = text;
      if (key_ == "command") command_ = text;
      return true;
    }
    if (depth_ == 3 && in_arguments_) {
      if (text.find('\0') != std::string::npos) entry_.unusable = "holds a NUL character";
      entry_.words.push_back(std::move(text));
      return true;
    }
    return scalar("a string");
  }

  bool start_object(std::size_t) override {
    if (depth_ == 0) return stop("is not a compile database: an object where an array of entries should be");
    if (depth_ == 1) {
      entry_ = CompileEntry{};
      entry_.line = line_;
      command_.reset();
      keys_.clear();
      has_arguments_ = false;
    } else if (!may_nest("an object")) {
      return false;
    }
    return deeper();
  }

  bool end_object() override {
    if (--depth_ == 1) finish_entry();
    return true;
  }

  bool start_array(std::size_t) override {
    if (depth_ == 1) return stop("is not a compile database: an array where an entry should be");
    if (depth_ == 2 && key_ == "arguments") {
      in_arguments_ = true;
      has_arguments_ = true;
    } else if (depth_ > 0 && !may_nest("an array")) {
      return false;
    }
    return deeper();
  }

  bool end_array() override {
    --depth_;
    if (depth_ == 2) in_arguments_ = false;
    return true;
  }

  bool key(string_t& name) override {
    if (depth_ != 2) return true;
    if (!keys_.insert(name).second) return stop("names \"" + printable(name) + "\" twice in one entry");
    key_ = std::move(name);
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return stop("is not JSON");
  }

 private:
  static std::string printable(const std::string& name) {
    std::string text = name.substr(0, 40);
    for (auto& c : text)
      if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = '?';
    return text;
  }

  bool stop(std::string why) {
    if (problem.empty()) problem = std::move(why);
    return false;
  }

  bool deeper() {
    if (++depth_ > kMaxDepth) return stop("is nested deeper than " + std::to_string(kMaxDepth));
    return true;
  }

  bool ours() const { return key_ == "directory" || key_ == "file" || key_ == "command" || key_ == "arguments"; }

  bool may_nest(const char* what) {
    if (depth_ == 2 && ours()) return stop("has an entry whose \"" + key_ + "\" is " + what);
    if (in_arguments_) return stop(std::string("has an entry whose \"arguments\" hold ") + what);
    return true;
  }

  bool scalar(const char* what) {
    if (depth_ < 2) return stop(std::string("is not a compile database: ") + what + " where an entry should be");
    return may_nest(what);
  }

  void finish_entry() {
    if (entry_.unusable.empty() && (entry_.file.empty() || entry_.directory.empty()))
      entry_.unusable = entry_.file.empty() ? "has no \"file\"" : "has no \"directory\"";
    if (!has_arguments_ && command_) {
      auto words = split_shell_words(*command_);
      if (words) {
        entry_.words = std::move(*words);
      } else if (entry_.unusable.empty()) {
        entry_.unusable = "has a quote that is not closed";
      }
    }
    if (entry_.unusable.empty() && entry_.words.empty()) entry_.unusable = "has no command";
    entries.push_back(std::move(entry_));
  }

  const std::uint32_t& line_;
  std::size_t depth_ = 0;
  std::string key_;
  std::set<std::string> keys_;
  bool in_arguments_ = false, has_arguments_ = false;
  CompileEntry entry_;
  std::optional<std::string> command_;
};

}  // namespace

Result<std::vector<CompileEntry>> parse_compile_entries(std::string_view text, const std::string& name) {
  // The parser takes a NUL for the end and would not look at what follows.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return fail_at(Error::Kind::toolchain, {name, place_of(name, text, nul).line, 0},
                   "the compile database holds a NUL byte");
  }
  std::uint32_t line = 1;
  EntryReader reader(line);
  const bool good = nlohmann::json::sax_parse(LineCounter(text.data(), &line),
                                              LineCounter(text.data() + text.size(), &line), &reader);
  if (!good || !reader.problem.empty())
    return fail_at(Error::Kind::toolchain, {name, line, 0},
                   "the compile database " + (reader.problem.empty() ? "is not JSON" : reader.problem),
                   "let the build write it again (cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, bear -- make)");
  return std::move(reader.entries);
}

}  // namespace patchgate
