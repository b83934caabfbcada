#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <clang/Basic/FileEntry.h>
#include <clang/Basic/SourceLocation.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Lex/PPCallbacks.h>
#include <llvm/ADT/IntrusiveRefCntPtr.h>
#include <llvm/Support/VirtualFileSystem.h>

namespace patchgate {

/// The include directives that several units of one folder start with, read once for all of them. What Clang takes for
/// the main file is a stand-in that holds nothing but these directives; its last one includes the next stand-in, and
/// when that is opened, `next` says what the text goes on with: more directives, or the main file of one unit, which
/// from then on counts as the main file. `next` may answer more than once, each time in another process, so that every
/// unit finds what was read before in its memory. The directives come again in the main file; their headers are not
/// entered a second time. In what is seen nothing tells that the stand-ins were there.
class SharedStart {
 public:
  struct Step {
    std::vector<std::string> headers;  ///< as a directive writes them: "a.h" or <a.h>
    std::string main_file;             ///< relative to the root; empty where only headers follow
  };
  /// `clean`: no error so far, and nothing that would tell.
  using Next = std::function<Step(bool clean)>;
  using Files = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;

  /// `root`, `main_file`: those of one of the units. `stem`: the stand-ins' name, which no file has.
  SharedStart(const std::string& root, const std::string& main_file, const std::string& stem, Step first, Next next);

  /// What Clang takes for the main file; absolute.
  std::string stand_in() const { return path_of(0); }
  bool is_stand_in(llvm::StringRef path) const { return path.starts_with(prefix_); }
  /// `files` with the stand-ins in them.
  Files with_stand_ins(Files files);
  /// To be told before anything is lexed, and after all who watch the preprocessor as well.
  void watch(clang::CompilerInstance& compiler);

  /// Of the unit that `next` named last; empty before that.
  const std::string& main_file() const { return main_file_; }
  /// All that was seen is what the main file alone would have shown; to be asked at the end.
  bool holds() const { return exact_ && main_id_.isValid() && in_main_.size() == headers_.size(); }
  /// Where in the main file the directive is that stands at this place of a stand-in.
  std::optional<std::uint32_t> place_in_main(clang::FileID id, std::uint32_t offset) const;

 private:
  class Overlay;
  class Watch;
  struct Header {
    clang::OptionalFileEntryRef file;
    clang::FileID in;
    std::uint32_t offset = 0;  ///< of its name in the directive
    bool once_before = false;
  };

  std::string path_of(std::size_t number) const { return prefix_ + std::to_string(number) + ending_; }
  std::string text_of(const std::vector<std::string>& headers) const;
  bool is_at_turn() const;
  bool is_stand_in(clang::FileID id) const;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> open(const std::string& path, llvm::vfs::FileSystem& files);
  void entered(clang::FileID id);
  void included(clang::FileID from, std::uint32_t offset, llvm::StringRef name, clang::OptionalFileEntryRef file,
                bool plain);
  void enter_headers_no_more();
  void enter_headers_again();

  std::string root_, prefix_, ending_, name_;
  std::string text_;  ///< of the stand-in that is to be opened next
  Next next_;
  clang::CompilerInstance* compiler_ = nullptr;
  std::vector<clang::FileID> stand_ins_;
  clang::FileID main_id_;
  std::string main_file_;
  std::vector<Header> headers_;
  std::vector<std::uint32_t> in_main_;  ///< offsets of the same directives in the main file
  bool exact_ = true;
};

}  // namespace patchgate
