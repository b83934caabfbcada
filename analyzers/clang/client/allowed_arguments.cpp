#include "analyzers/clang/client/allowed_arguments.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>

#include "analyzers/clang/client/compile_database.h"
#include "analyzers/clang/client/flag_lists.h"
#include "analyzers/clang/client/paths.h"

namespace patchgate {
namespace {

constexpr std::size_t kLongestValue = 32U << 10U;
constexpr std::size_t kLongestNoted = 48;
constexpr int kDeepest = 4096;
constexpr std::array<std::string_view, 6> kMachineFolders{"/usr", "/lib", "/lib32", "/lib64", "/libx32", "/opt"};

bool starts_a_name(std::string_view text) {
  if (text.empty()) return false;
  const auto first = static_cast<unsigned char>(text.front());
  return std::isalpha(first) != 0 || first == '_' || first == '$' || first >= 0x80;
}

class Filter {
 public:
  Filter(const FlagSetting& setting, std::map<std::string, std::uint32_t>& dropped)
      : setting_(setting), dropped_(dropped), target_(setting.target) {}

  std::vector<std::string> run(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const std::string_view word = arguments[i];
      if (word == "--") break;  // only files follow
      if (!word.starts_with('-')) {
        if (word.starts_with('@')) drop("@file");
        continue;
      }
      if (word.starts_with("-Wp,")) {
        take_preprocessor_list(word.substr(4));
        continue;
      }
      const auto& rule = rule_of(word);
      const bool whole_word = rule.name.empty() || rule.form == FlagForm::prefix;
      const auto name = whole_word ? word : rule.name;
      auto value = word.substr(name.size());
      const bool next_word =
          rule.form == FlagForm::separate || (rule.form == FlagForm::either && word.size() == name.size());
      if (next_word) {
        if (i + 1 == arguments.size()) {
          drop(name);
          break;
        }
        value = arguments[++i];
      }
      take(rule, word, name, value);
    }
    return finish();
  }

 private:
  void drop(std::string_view flag) {
    flag = flag.substr(0, flag.find_first_of("=,"));
    ++dropped_[std::string(flag.substr(0, kLongestNoted))];
  }

  void take_preprocessor_list(std::string_view list) {
    while (!list.empty()) {
      const auto cut = list.find(',');
      const auto part = list.substr(0, cut);
      list = cut == std::string_view::npos ? std::string_view() : list.substr(cut + 1);
      if (part.starts_with("-D") || part.starts_with("-U")) {
        take(rule_of(part), part, part.substr(0, 2), part.substr(2));
      } else if (part.starts_with("-") && !part.starts_with("-M")) {
        drop("-Wp," + std::string(part.substr(0, 2)));
      }
    }
  }

  void take(const FlagRule& rule, std::string_view word, std::string_view name, std::string_view value) {
    if (word.size() > kLongestValue || value.size() > kLongestValue || value.find('\0') != std::string_view::npos)
      return drop(name);
    switch (rule.fate) {
      case FlagFate::quiet:
        return;
      case FlagFate::count:
        return drop(name);
      case FlagFate::keep:
        if (name == "-fgnu89-inline" && setting_.language == Language::cplusplus) return;
        if (name == "-fcoroutines" && setting_.language == Language::c) return;
        return add(word);
      case FlagFate::macro:
        return starts_a_name(value) && value.find('\n') == std::string_view::npos ? add(name, value) : drop(name);
      case FlagFate::folder:
        return value.empty() || value.starts_with('-') ? drop(name) : add(name, value);
      case FlagFate::include_file:
        return may_include(value) ? add(name, value) : drop(name);
      case FlagFate::sysroot:
        return take_sysroot(name, value);
      case FlagFate::standard:
        return take_standard(value);
      case FlagFate::target:
        if (!is_known_target(value)) return drop(name);
        target_ = value;
        return;
      case FlagFate::processor:
        processors_.emplace_back(word);
        return;
      case FlagFate::depth:
        return take_depth(name, value);
      case FlagFate::library:
        return value == "libc++" || value == "libstdc++" ? add(name, value) : drop(name);
    }
  }

  void add(std::string_view name, std::string_view value = {}) {
    kept_.emplace_back(name);
    kept_.back().append(value);
  }

  bool below_any(const std::string& path, const std::vector<std::string>& folders) const {
    return std::any_of(folders.begin(), folders.end(),
                       [&](const std::string& folder) { return path_below(path, folder).has_value(); });
  }

  /// A relative name that is not there is looked for along the search path, as in #include "…".
  bool may_include(std::string_view value) const {
    if (value.empty() || value.starts_with('-')) return false;
    return below_any(normal_path(value, setting_.directory), setting_.include_folders);
  }

  void take_sysroot(std::string_view name, std::string_view value) {
    const auto folder = normal_path(value, setting_.directory);
    if (folder == "/") return;
    const bool machine = std::any_of(kMachineFolders.begin(), kMachineFolders.end(),
                                     [&](std::string_view one) { return path_below(folder, one).has_value(); });
    if (value.starts_with('-') || (!machine && !below_any(folder, setting_.include_folders))) return drop(name);
    add(name == "--sysroot" ? "--sysroot=" : name, value);
  }

  void take_standard(std::string_view value) {
    if (value.empty()) {  // -ansi
      if (setting_.language != Language::cplusplus) return set_standard("c89");
      return set_standard("c++98");
    }
    const auto standard = standard_of(value);
    if (standard.name.empty()) return drop("-std=");
    const auto language = standard.cplusplus ? Language::cplusplus : Language::c;
    // gcc warns and goes on; Clang would stop.
    if (setting_.language != Language::other && setting_.language != language) return drop("-std=");
    if (!standard.exact) drop("-std=");
    set_standard(standard.name);
  }

  void set_standard(std::string_view name) { standard_ = "-std=" + std::string(name); }

  void take_depth(std::string_view name, std::string_view value) {
    int number = 0;
    const auto [end, error] = std::from_chars(value.begin(), value.end(), number);
    if (error != std::errc() || end != value.end() || number < 1) return drop(name);
    std::string flag(name);
    flag.back() = '=';
    add(flag, std::to_string(std::min(number, kDeepest)));
  }

  bool is_x86() const {
    const auto processor = std::string_view(target_).substr(0, target_.find('-'));
    return target_.empty() || processor == "x86_64" || processor == "amd64" ||
           (processor.size() == 4 && processor.front() == 'i' && processor.ends_with("86"));
  }

  void take_processor(std::string_view word) {
    constexpr std::string_view kMarch = "-march=";
    if (!word.starts_with(kMarch)) return is_x86() ? add(word) : void();
    const auto name = word.substr(kMarch.size());
    if (is_x86() && is_known_x86_processor(name)) return add(word);
    const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
      return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.' || c == '_';
    });
    if (!is_x86() && plain && (name.starts_with("armv") || name.starts_with("rv"))) return add(word);
    // Also -march=native: what it means would differ from machine to machine.
    drop(kMarch);
  }

  std::vector<std::string> finish() {
    // The last standard and target count, wherever they stand, and the processor depends on the target.
    for (const auto& word : processors_) take_processor(word);
    if (!standard_.empty()) kept_.insert(kept_.begin(), standard_);
    if (!target_.empty()) kept_.insert(kept_.begin(), "--target=" + target_);
    return std::move(kept_);
  }

  const FlagSetting& setting_;
  std::map<std::string, std::uint32_t>& dropped_;
  std::string target_, standard_;
  std::vector<std::string> processors_, kept_;
};

}  // namespace

std::vector<std::string> allowed_flags(const std::vector<std::string>& arguments, const FlagSetting& setting,
                                       std::map<std::string, std::uint32_t>& dropped) {
  return Filter(setting, dropped).run(arguments);
}

std::vector<std::string> allowed_arguments(const std::vector<std::string>& arguments, const std::string& directory,
                                           const std::filesystem::path& root,
                                           std::map<std::string, std::uint32_t>& dropped) {
  FlagSetting setting;
  setting.directory = normal_path(directory);
  if (!root.empty()) setting.include_folders = {normal_path(root.string())};
  return allowed_flags(arguments, setting, dropped);
}

}  // namespace patchgate
