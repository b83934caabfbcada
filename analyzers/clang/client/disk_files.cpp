#include "analyzers/clang/client/disk_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <map>
#include <memory>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "analyzers/clang/client/paths.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostEntries = 65'536;
constexpr std::size_t kMostNames = 1'000'000;

constexpr std::array<std::string_view, 20> kCompilerEndings{".c",   ".cc",  ".cpp", ".cxx", ".c++", ".C",   ".h",
                                                            ".hh",  ".hpp", ".hxx", ".h++", ".H",   ".inc", ".inl",
                                                            ".ipp", ".def", ".moc", ".tcc", ".tpp", ".ui"};

struct CloseFile {
  int fd = -1;
  ~CloseFile() {
    if (fd >= 0) ::close(fd);
  }
};

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : std::string();
}

/// Opens a path that realpath answered; a link that was put in its way since then makes it fail.
int open_without_links(const std::string& path) {
  open_how how = {};
  how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW;
  how.resolve = RESOLVE_NO_SYMLINKS;
  const long fd = ::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how);
  if (fd >= 0 || (errno != ENOSYS && errno != EPERM)) return static_cast<int>(fd);
  return ::open(path.c_str(), static_cast<int>(how.flags));
}

}  // namespace

bool looks_secret(std::string_view path) {
  if (path.empty()) return false;
  const auto name = file_name(path);
  bool hidden_folder = false;
  for (auto rest = path; !rest.empty();) {
    const auto cut = rest.find('/');
    const auto part = rest.substr(0, cut);
    if (part == ".git") return true;
    if (part.starts_with('.') && cut != std::string_view::npos) hidden_folder = true;
    rest = cut == std::string_view::npos ? std::string_view() : rest.substr(cut + 1);
  }
  if (name.starts_with('.')) return true;
  if (!hidden_folder) return false;
  return std::find(kCompilerEndings.begin(), kCompilerEndings.end(), file_ending(name)) == kCompilerEndings.end();
}

void DiskFiles::allow(const std::filesystem::path& folder) {
  if (!folder.is_absolute()) return;
  auto real = real_path(folder.string());
  if (!real.empty() && real != "/") roots_.push_back(std::move(real));
}

DiskFiles::Found DiskFiles::look_up(const std::string& path) const {
  auto real = real_path(path);
  if (real.empty()) return {};
  const auto below = [&](const std::string& root) { return path_below(real, root); };
  const auto root = std::find_if(roots_.begin(), roots_.end(), below);
  struct stat status = {};
  if (root == roots_.end() || ::lstat(real.c_str(), &status) != 0) return {};
  if (S_ISDIR(status.st_mode)) return {Kind::folder, std::move(real), 0};
  if (looks_secret(*below(*root))) return {};
  if (!S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) > largest_file_)
    return {Kind::refused, {}, 0};
  return {Kind::file, std::move(real), static_cast<std::uint64_t>(status.st_size)};
}

std::optional<std::string> DiskFiles::read(const Found& file) const {
  const CloseFile opened{open_without_links(file.real_path)};
  struct stat status = {};
  if (opened.fd < 0 || ::fstat(opened.fd, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  std::string content;
  content.resize(file.size);
  std::size_t done = 0;
  while (done < content.size()) {
    const auto got = ::read(opened.fd, content.data() + done, content.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  content.resize(done);
  return content;
}

std::optional<std::string> DiskFiles::list(const std::string& path) const {
  const auto folder = look_up(path);
  if (folder.kind != Kind::folder) return std::nullopt;
  const std::unique_ptr<DIR, int (*)(DIR*)> opened(::opendir(folder.real_path.c_str()), &::closedir);
  if (!opened) return std::nullopt;
  std::map<std::string, char> entries;
  while (const auto* entry = ::readdir(opened.get())) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (entries.size() == kMostEntries) return std::nullopt;
    const auto found = entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN
                           ? look_up(folder.real_path + "/" + name).kind
                       : entry->d_type == DT_DIR ? Kind::folder
                       : entry->d_type == DT_REG ? Kind::file
                                                 : Kind::refused;
    if (found == Kind::folder || found == Kind::file) entries.emplace(name, found == Kind::folder ? 'd' : 'f');
  }
  std::string listing;
  for (const auto& [name, type] : entries) listing.append(1, type).append(name).append(1, '\0');
  return listing;
}

Result<std::vector<std::string>> DiskFiles::names(const std::string& path) const {
  std::vector<std::string> names;
  const auto folder = look_up(path);
  if (folder.kind != Kind::folder) return names;
  const std::unique_ptr<DIR, int (*)(DIR*)> opened(::opendir(folder.real_path.c_str()), &::closedir);
  if (!opened) return names;
  while (const auto* entry = ::readdir(opened.get())) {
    if (names.size() == kMostNames) return fail(Error::Kind::limit, "too many files in " + folder.real_path);
    names.emplace_back(entry->d_name);
  }
  return names;
}

}  // namespace patchgate
