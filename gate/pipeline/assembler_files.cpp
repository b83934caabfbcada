#include "gate/pipeline/assembler_files.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace patchgate {
namespace {

constexpr std::uint64_t kLargestFile = 1U << 20U;
constexpr std::uint64_t kAllFiles = 4U << 20U;
constexpr std::size_t kNamed = 3;

bool is_assembler(std::string_view path) {
  constexpr std::array<std::string_view, 5> kEndings{".s", ".S", ".sx", ".asm", ".nasm"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) { return path.ends_with(ending); });
}

bool is_word(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::vector<std::string> words_of(std::string_view text, const std::set<std::string, std::less<>>& names) {
  std::set<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    auto end = begin;
    while (end < text.size() && is_word(text[end])) ++end;
    const auto word = text.substr(begin, end - begin);
    if (!word.empty() && names.contains(word)) words.emplace(word);
    begin = std::max(end, begin + 1);
  }
  return {words.begin(), words.end()};
}

}  // namespace

std::vector<AssemblerFile> assembler_files(const Repository& repository, const Snapshot& snapshot,
                                           const std::set<std::string, std::less<>>& names) {
  std::vector<AssemblerFile> files;
  std::uint64_t left = kAllFiles;
  for (const auto& entry : snapshot.entries()) {
    if (!is_assembler(entry.path)) continue;
    AssemblerFile file{entry.path, {}};
    // A blob that is missing or too large is a file whose words are not known.
    if (const auto most = std::min(left, kLargestFile); most != 0 && !names.empty()) {
      if (const auto text = repository.blob(entry.blob, most)) {
        left -= std::min<std::uint64_t>(left, text->size());
        file.words = words_of(*text, names);
      }
    }
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::set<std::string, std::less<>> plain_names(const std::vector<TouchedSymbol>& symbols) {
  std::set<std::string, std::less<>> names;
  for (const auto& symbol : symbols) {
    const auto colons = symbol.name.rfind("::");
    names.insert(colons == std::string::npos ? symbol.name : symbol.name.substr(colons + 2));
  }
  return names;
}

std::string assembler_blind_spot(const std::vector<AssemblerFile>& files) {
  if (files.empty()) return "";
  std::string text = std::to_string(files.size()) +
                     (files.size() == 1 ? " file of assembler is not read (" : " files of assembler are not read (");
  for (std::size_t i = 0; i < std::min(files.size(), kNamed); ++i) text += (i == 0 ? "" : ", ") + files[i].path;
  return text + (files.size() > kNamed ? ", …)" : ")");
}

}  // namespace patchgate
