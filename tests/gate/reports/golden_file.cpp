#include "tests/gate/reports/golden_file.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

namespace patchgate {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  if (!text.empty() && text.back() != '\n') lines.back() += "   (no newline at the end)";
  return lines;
}

/// common[i][j]: length of the longest common subsequence of expected[i..] and actual[j..].
std::vector<std::vector<std::size_t>> common_tails(const std::vector<std::string>& expected,
                                                   const std::vector<std::string>& actual) {
  std::vector<std::vector<std::size_t>> common(expected.size() + 1, std::vector<std::size_t>(actual.size() + 1));
  for (std::size_t i = expected.size(); i-- > 0;) {
    for (std::size_t j = actual.size(); j-- > 0;) {
      common[i][j] = expected[i] == actual[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

std::vector<std::string> all_lines_marked(const std::vector<std::string>& expected,
                                          const std::vector<std::string>& actual) {
  const auto common = common_tails(expected, actual);
  std::vector<std::string> marked;
  std::size_t i = 0, j = 0;
  while (i < expected.size() || j < actual.size()) {
    const bool both = i < expected.size() && j < actual.size();
    if (both && expected[i] == actual[j]) {
      marked.push_back("  " + expected[i++]);
      ++j;
    } else if (j == actual.size() || (both && common[i + 1][j] >= common[i][j + 1])) {
      marked.push_back("- " + expected[i++]);
    } else {
      marked.push_back("+ " + actual[j++]);
    }
  }
  return marked;
}

}  // namespace

std::string line_diff(const std::string& expected, const std::string& actual) {
  constexpr std::size_t kContext = 2;
  const auto marked = all_lines_marked(lines_of(expected), lines_of(actual));
  std::vector<bool> shown(marked.size());
  for (std::size_t at = 0; at < marked.size(); ++at) {
    if (marked[at].front() == ' ') continue;
    const std::size_t last = std::min(marked.size() - 1, at + kContext);
    for (std::size_t near = at < kContext ? 0 : at - kContext; near <= last; ++near) shown[near] = true;
  }
  std::string text;
  for (std::size_t at = 0; at < marked.size(); ++at) {
    if (shown[at]) text += marked[at] + "\n";
    if (!shown[at] && at > 0 && shown[at - 1]) text += "  ...\n";
  }
  return text;
}

testing::AssertionResult matches_golden(std::string_view path, const std::string& text) {
  const std::string file = std::string(PATCHGATE_TESTS_DIR) + "/" + std::string(path);
  const char* accept = std::getenv("PATCHGATE_ACCEPT");
  if (accept != nullptr && std::string_view(accept) == "1") {
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) return testing::AssertionFailure() << "cannot write " << file;
    return testing::AssertionSuccess();
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) return testing::AssertionFailure() << "no " << file << "; run again with PATCHGATE_ACCEPT=1 to make it";
  const std::string expected((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (expected == text) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "tests/" << path << " differs (- file, + now):\n"
                                     << line_diff(expected, text) << "run again with PATCHGATE_ACCEPT=1 to accept it";
}

}  // namespace patchgate
