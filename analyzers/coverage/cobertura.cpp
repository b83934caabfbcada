// The format: coverage-04.dtd of Cobertura, as gcovr, coverage.py and lcov_cobertura write it.
#include <cstring>

#include "analyzers/coverage/read_coverage.h"
#include "analyzers/xml/strict_xml.h"

namespace patchgate {
namespace {

/// "50% (1/2)" of `condition-coverage`.
bool parse_conditions(std::string_view text, std::uint32_t& taken, std::uint32_t& all) {
  const auto open = text.find('('), slash = text.find('/'), close = text.find(')');
  if (open == std::string_view::npos || slash == std::string_view::npos || close == std::string_view::npos ||
      !(open < slash && slash < close))
    return false;
  return parse_line(text.substr(open + 1, slash - open - 1), taken) &&
         parse_line(text.substr(slash + 1, close - slash - 1), all);
}

Result<void> read_line(const std::string& name, const StrictXml& xml, const pugi::xml_node& node,
                       CoverageBuilder& builder) {
  std::uint32_t line = 0;
  std::uint64_t hits = 0;
  const auto wrong = [&](const char* what) { return fail_at(Error::Kind::config, {name, xml.line_of(node), 0}, what); };
  if (!parse_line(node.attribute("number").value(), line) || line == 0) return wrong("a <line> without a number");
  if (!parse_count(node.attribute("hits").value(), hits)) return wrong("a <line> without hits from 0 to 2^64-1");
  builder.line(line, hits);
  if (std::strcmp(node.attribute("branch").value(), "true") != 0) return {};
  std::uint32_t taken = 0, all = 0;
  const char* conditions = node.attribute("condition-coverage").value();
  if (*conditions == '\0') return {};
  if (!parse_conditions(conditions, taken, all) || taken > all)
    return wrong("condition-coverage is not like \"50% (1/2)\"");
  builder.branches(line, all, taken);
  return {};
}

}  // namespace

Result<void> read_cobertura(const std::string& name, std::string&& text, CoverageBuilder& builder) {
  PATCHGATE_TRY(const auto xml, StrictXml::parse(name, std::move(text)));
  const auto root = xml.root();
  if (std::strcmp(root.name(), "coverage") != 0)
    return fail_at(Error::Kind::config, {name, xml.line_of(root), 0}, "is no Cobertura: the root is not <coverage>");
  std::vector<std::string> folders;
  for (const auto source : root.child("sources").children("source")) {
    constexpr std::size_t kMostFolders = 100;
    if (folders.size() < kMostFolders) folders.emplace_back(source.text().get());
  }
  for (const auto package : root.child("packages").children("package")) {
    for (const auto one : package.child("classes").children("class")) {
      const char* file = one.attribute("filename").value();
      if (*file == '\0')
        return fail_at(Error::Kind::config, {name, xml.line_of(one), 0}, "a <class> without a filename");
      builder.file(file, folders);
      if (!builder.wants()) continue;
      // All lines of a class; those of its methods are the same ones once more.
      for (const auto line : one.child("lines").children("line")) PATCHGATE_CHECK(read_line(name, xml, line, builder));
      if (builder.is_full())
        return fail_at(Error::Kind::config, {name, xml.line_of(one), 0},
                       "says more about the changed files than is kept");
    }
  }
  return {};
}

}  // namespace patchgate
