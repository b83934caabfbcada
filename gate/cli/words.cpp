#include "gate/cli/words.h"

#include <algorithm>
#include <charconv>

#include "analyzers/model/rfc3339.h"
#include "gate/reports/escape.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

bool looks_like_flag(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

std::string not_among(const std::string& value, const std::vector<std::string>& words) {
  if (words.size() == 1) return in_quotes(value) + " is not known; there is only " + words.front();
  const std::string meant = did_you_mean(value, words);
  return in_quotes(value) + " is not one of " + join(words) + meant;
}

/// What is wrong with a value; empty where nothing is. The caller says which flag it is about.
std::string fault_of(const Flag& flag, const std::string& value) {
  if (value.empty()) return "the value is empty";
  const auto known = [&](const std::string& word) {
    return std::find(flag.words.begin(), flag.words.end(), word) != flag.words.end();
  };
  switch (flag.value) {
    case FlagValue::number:
      if (plain_number(value, flag.least, flag.most)) return {};
      return in_quotes(value) + " is not a number from " + std::to_string(flag.least) + " to " +
             std::to_string(flag.most);
    case FlagValue::word:
      return known(value) ? std::string() : not_among(value, flag.words);
    case FlagValue::words_by_comma:
      for (const auto& word : split_at_commas(value)) {
        if (!known(word)) return not_among(word, flag.words);
      }
      return {};
    case FlagValue::report: {
      const std::string format = value.substr(0, value.find('='));
      if (!known(format)) return not_among(format, flag.words);
      return value.back() == '=' && value.size() == format.size() + 1 ? "no file after " + in_quotes(format + "=") : "";
    }
    case FlagValue::shard:
      if (plain_shard(value)) return {};
      return in_quotes(value) + " is not a shard such as 2/4";
    case FlagValue::time:
      if (parse_rfc3339(value)) return {};
      return in_quotes(value) + " is not a time such as 2026-11-23T09:00:00Z";
    case FlagValue::none:
    case FlagValue::text:
    case FlagValue::file:
    case FlagValue::folder:
      break;
  }
  return {};
}

std::string unknown_flag(const Command& command, const std::string& name) {
  const std::string text = "unknown option " + in_quotes(name) + " of " + command.name;
  std::vector<std::string> others;
  for (const auto& other : commands()) {
    if (find_flag(other.id, name) != nullptr) others.emplace_back(other.name);
  }
  if (!others.empty()) return text + "; it is one of " + join(others);
  std::vector<std::string> names;
  for (const Flag* flag : flags_of(command.id)) names.emplace_back(flag->name);
  return text + did_you_mean(name, names);
}

/// Walks the words once, from the front.
class Sorter {
 public:
  Sorter(const Command& command, const std::vector<std::string>& words) : command_(command), words_(words) {}

  SortedWords sorted() && {
    while (at_ < words_.size()) {
      const std::string& word = words_[at_++];
      if (word == "--") {
        result_.operands.insert(result_.operands.end(), words_.begin() + static_cast<std::ptrdiff_t>(at_),
                                words_.end());
        break;
      }
      if (looks_like_flag(word)) {
        take_flag(word);
      } else {
        result_.operands.push_back(word);
      }
    }
    check_operands();
    return std::move(result_);
  }

 private:
  void take_flag(const std::string& word) {
    const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
    const std::string name = word == "-h" ? "--help" : word.substr(0, equals);
    const Flag* flag = find_flag(command_.id, name);
    if (flag == nullptr) {
      result_.problems.push_back(unknown_flag(command_, name));
      // Whether it would have taken them cannot be known; a second complaint would only be noise.
      take_following();
      return;
    }
    if (result_.has(flag->id) && !flag->many) result_.problems.push_back(name + ": given more than once");
    auto& values = result_.values[flag->id];
    if (flag->value == FlagValue::none) {
      if (equals != std::string::npos) result_.problems.push_back(name + ": takes no value");
      return;
    }
    std::vector<std::string> given;
    if (equals != std::string::npos) {
      given.push_back(word.substr(equals + 1));
    } else if (flag->many) {
      given = take_following();
    } else if (at_ < words_.size() && !looks_like_flag(words_[at_])) {
      given.push_back(words_[at_++]);
    }
    if (given.empty()) result_.problems.push_back(name + ": needs " + flag->metavar);
    for (const auto& value : given) {
      if (const std::string fault = fault_of(*flag, value); !fault.empty()) {
        result_.problems.push_back(name + ": " + fault);
      }
    }
    values.insert(values.end(), given.begin(), given.end());
  }

  std::vector<std::string> take_following() {
    std::vector<std::string> taken;
    while (at_ < words_.size() && !looks_like_flag(words_[at_])) taken.push_back(words_[at_++]);
    return taken;
  }

  void check_operands() {
    for (std::size_t i = 0; i < command_.operands.size(); ++i) {
      const Operand& operand = command_.operands[i];
      if (i >= result_.operands.size()) {
        if (operand.required) {
          result_.problems.push_back(std::string(command_.name) + ": needs " + operand.name +
                                     (operand.words.empty() ? "" : ", one of " + join(operand.words)));
        }
        continue;
      }
      const std::string& word = result_.operands[i];
      const bool fits =
          operand.words.empty() || std::find(operand.words.begin(), operand.words.end(), word) != operand.words.end();
      if (!fits) result_.problems.push_back(std::string(command_.name) + ": " + not_among(word, operand.words));
      if (word.empty() && fits)
        result_.problems.push_back(std::string(command_.name) + ": " + operand.name + " is empty");
    }
    for (std::size_t i = command_.operands.size(); i < result_.operands.size(); ++i) {
      result_.problems.push_back(std::string(command_.name) + ": unexpected word " + in_quotes(result_.operands[i]));
    }
  }

  const Command& command_;
  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  SortedWords result_;
};

}  // namespace

std::optional<std::string> SortedWords::text(FlagId flag) const {
  const auto found = values.find(flag);
  if (found == values.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> SortedWords::texts(FlagId flag) const {
  const auto found = values.find(flag);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

SortedWords sort_words(const Command& command, const std::vector<std::string>& words) {
  return Sorter(command, words).sorted();
}

std::optional<std::uint32_t> plain_number(const std::string& text, std::uint32_t least, std::uint32_t most) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) return std::nullopt;
  return number;
}

std::optional<Shard> plain_shard(const std::string& text) {
  constexpr std::uint32_t kMost = 1000;
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto of = plain_number(text.substr(slash + 1), 1, kMost);
  const auto number = plain_number(text.substr(0, slash), 1, of.value_or(1));
  if (!of || !number) return std::nullopt;
  return Shard{*number, *of};
}

std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> parts{""};
  for (const char c : text) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string in_quotes(const std::string& text) {
  constexpr std::size_t kLongest = 80;
  return "'" + clipped(visible(text), kLongest) + "'";
}

}  // namespace patchgate
