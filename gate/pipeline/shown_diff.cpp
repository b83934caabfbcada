#include <algorithm>
#include <map>
#include <string_view>

#include "gate/pipeline/pictures.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostLines = 600;  // of all files
constexpr std::size_t kMostFiles = 60;
constexpr std::size_t kMostOfFile = 240;  // so that the first file does not take all the room
constexpr std::uint32_t kAround = 3;
constexpr std::size_t kLongestLine = 300;  // bytes

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string cut(std::string_view line) {
  return line.size() <= kLongestLine ? std::string(line) : std::string(line.substr(0, kLongestLine)) + " …";
}

/// Where a run of lines begins: one that holds none lies behind its line.
std::uint32_t begin_of(const LineRange& range) { return range.count == 0 ? range.first + 1 : range.first; }

using RanStates = std::map<std::uint32_t, RanState>;

/// The text of one file, hunk after hunk.
class DiffText {
 public:
  DiffText(std::string_view base, std::string_view head, const RanStates& ran, ShownFile& file)
      : base_(lines_of(base)), head_(lines_of(head)), ran_(ran), file_(file) {}

  /// At most `room` changed lines; the rest is counted. How many are shown.
  std::size_t show(const std::vector<Hunk>& hunks, std::size_t room) {
    std::size_t shown = 0;
    for (const auto& hunk : hunks) {
      const std::size_t whole = std::size_t{hunk.base.count} + hunk.head.count;
      const std::size_t gone = std::min<std::size_t>(hunk.base.count, room - shown);
      const std::size_t come = std::min<std::size_t>(hunk.head.count, room - shown - gone);
      if (gone + come != 0) add(hunk, gone, come);
      shown += gone + come;
      file_.lines_left_out += whole - gone - come;
    }
    if (file_.lines_left_out == 0) context_to(next_ + kAround);
    return shown;
  }

 private:
  void add(const Hunk& hunk, std::size_t gone, std::size_t come) {
    const auto head = begin_of(hunk.head), base = begin_of(hunk.base);
    const auto start = head > kAround ? head - kAround : 1;
    if (file_.hunks.empty() || start > next_ + kAround) {
      context_to(next_ + kAround);
      file_.hunks.emplace_back();
      next_ = start;
      shift_ = std::int64_t{base} - head;
    }
    context_to(head);
    auto& lines = file_.hunks.back();
    for (std::uint32_t i = 0; i < gone && base + i <= base_.size(); ++i)
      lines.push_back({ShownLine::Kind::gone, base + i, 0, cut(base_[base + i - 1]), std::nullopt});
    for (std::uint32_t i = 0; i < come && head + i <= head_.size(); ++i) {
      const auto ran = ran_.find(head + i);
      lines.push_back({ShownLine::Kind::come, 0, head + i, cut(head_[head + i - 1]),
                       ran == ran_.end() ? std::nullopt : std::optional(ran->second)});
    }
    next_ = head + hunk.head.count;
    shift_ = std::int64_t{base} + hunk.base.count - next_;
  }
  /// Lines that both sides have, up to the one before `end` of head.
  void context_to(std::uint32_t end) {
    if (file_.hunks.empty()) return;
    for (; next_ < end && next_ <= head_.size(); ++next_)
      file_.hunks.back().push_back({ShownLine::Kind::same, static_cast<std::uint32_t>(next_ + shift_), next_,
                                    cut(head_[next_ - 1]), std::nullopt});
  }

  std::vector<std::string_view> base_, head_;
  const RanStates& ran_;
  ShownFile& file_;
  std::uint32_t next_ = 1;  // the first line of head that is not shown yet
  std::int64_t shift_ = 0;  // from a line of head to the same one of base, behind the last hunk
};

/// Files of the most fundamental touched symbols first, then the others, tests last; each group as in the patch.
std::vector<const FileChange*> in_order(const Patch& patch, const Findings& findings) {
  std::map<std::string, std::size_t> place;
  for (const auto& symbol : findings.touched)
    if (!symbol.in_test_code) place.try_emplace(symbol.at.file, place.size());
  std::vector<const FileChange*> files;
  for (const auto& change : patch.files) files.push_back(&change);
  const auto weight = [&](const FileChange* change) {
    const auto found = place.find(change->path);
    if (found != place.end()) return found->second;
    return place.size() + (change->file_class == FileClass::test ? 1 : 0);
  };
  std::stable_sort(files.begin(), files.end(), [&](const auto* a, const auto* b) { return weight(a) < weight(b); });
  return files;
}

}  // namespace

std::vector<ShownFile> shown_diff(const std::function<Result<std::string>(const Oid&)>& text_of, const Patch& patch,
                                  const Findings& findings, std::size_t& files_left_out) {
  std::map<std::string, RanStates> ran;
  for (const auto& line : findings.test_evidence.lines) ran[line.at.file][line.at.line] = line.state;
  std::vector<ShownFile> files;
  std::size_t room = kMostLines;
  for (const auto* change : in_order(patch, findings)) {
    if (room == 0 || files.size() == kMostFiles) {
      ++files_left_out;
      continue;
    }
    auto& file = files.emplace_back();
    file.path = change->path;
    file.old_path = change->old_path;
    if (change->unread) file.why_not = *change->unread;
    if (change->hunks.empty()) {
      if (file.why_not.empty()) file.why_not = name_of(change->status);
      continue;
    }
    const auto side = [&](const Oid& blob) {
      return blob.empty() ? Result<std::string>(std::string()) : text_of(blob);
    };
    const auto base = side(change->base_blob), head = side(change->head_blob);
    if (!base || !head) {
      file.why_not = (!base ? base.error() : head.error()).message;
      continue;
    }
    room -= DiffText(*base, *head, ran[change->path], file).show(change->hunks, std::min(room, kMostOfFile));
  }
  return files;
}

}  // namespace patchgate
