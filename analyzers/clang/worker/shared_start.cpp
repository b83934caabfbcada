#include "analyzers/clang/worker/shared_start.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <clang/Basic/SourceManager.h>
#include <clang/Lex/HeaderSearch.h>
#include <clang/Lex/Preprocessor.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

namespace patchgate {
namespace {

namespace fs = llvm::sys::fs;

class TextFile : public llvm::vfs::File {
 public:
  TextFile(llvm::vfs::Status status, std::string text) : status_(std::move(status)), text_(std::move(text)) {}
  llvm::ErrorOr<llvm::vfs::Status> status() override { return status_; }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name, std::int64_t, bool,
                                                               bool) override {
    return llvm::MemoryBuffer::getMemBufferCopy(text_, name);
  }
  std::error_code close() override { return {}; }

 private:
  llvm::vfs::Status status_;
  std::string text_;
};

/// The main file, opened under a stand-in's name, whose own name is what counts.
class MainFile : public llvm::vfs::File {
 public:
  MainFile(std::unique_ptr<llvm::vfs::File> file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
  llvm::ErrorOr<llvm::vfs::Status> status() override {
    auto status = file_->status();
    if (!status) return status;
    auto named = llvm::vfs::Status::copyWithNewName(*status, path_);
    named.ExposesExternalVFSPath = true;
    return named;
  }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine&, std::int64_t size, bool terminated,
                                                               bool is_volatile) override {
    return file_->getBuffer(path_, size, terminated, is_volatile);
  }
  std::error_code close() override { return file_->close(); }

 private:
  std::unique_ptr<llvm::vfs::File> file_;
  std::string path_;
};

/// Of a device of its own, so that it is no other file under a second name.
llvm::vfs::Status status_of(llvm::StringRef path, std::size_t number, std::size_t size) {
  return {path, fs::UniqueID(3, number),     llvm::sys::TimePoint<>(), 0, 0,
          size, fs::file_type::regular_file, fs::perms::all_read};
}

std::error_code absent() { return std::make_error_code(std::errc::no_such_file_or_directory); }

}  // namespace

class SharedStart::Overlay : public llvm::vfs::ProxyFileSystem {
 public:
  Overlay(SharedStart& start, Files files) : ProxyFileSystem(std::move(files)), start_(start) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override {
    const auto name = path.str();
    if (!start_.is_stand_in(name)) return ProxyFileSystem::status(path);
    // Only the first is asked for without being opened: by the driver.
    if (name != start_.stand_in()) return absent();
    return status_of(name, 0, start_.text_.size());
  }
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine& path) override {
    const auto name = path.str();
    return start_.is_stand_in(name) ? start_.open(name, getUnderlyingFS()) : ProxyFileSystem::openFileForRead(path);
  }

 private:
  SharedStart& start_;
};

class SharedStart::Watch : public clang::PPCallbacks {
 public:
  Watch(SharedStart& start, const clang::SourceManager& sources) : start_(start), sources_(sources) {}

  void FileChanged(clang::SourceLocation at, FileChangeReason reason, clang::SrcMgr::CharacteristicKind,
                   clang::FileID) override {
    if (reason == EnterFile) start_.entered(sources_.getFileID(at));
  }
  void InclusionDirective(clang::SourceLocation hash, const clang::Token& directive, llvm::StringRef name, bool,
                          clang::CharSourceRange range, clang::OptionalFileEntryRef file, llvm::StringRef,
                          llvm::StringRef, const clang::Module*, bool, clang::SrcMgr::CharacteristicKind) override {
    const bool plain = directive.getIdentifierInfo() != nullptr && directive.getIdentifierInfo()->isStr("include");
    start_.included(sources_.getFileID(hash), sources_.getDecomposedExpansionLoc(range.getBegin()).second, name, file,
                    plain);
  }
  void FileSkipped(const clang::FileEntryRef&, const clang::Token& name, clang::SrcMgr::CharacteristicKind) override {
    if (sources_.getFileID(name.getLocation()) == start_.main_id_ && start_.in_main_.size() == start_.headers_.size())
      start_.enter_headers_again();
  }
  void MacroExpands(const clang::Token& name, const clang::MacroDefinition&, clang::SourceRange,
                    const clang::MacroArgs*) override {
    const auto* id = name.getIdentifierInfo();
    if (id->isStr("__INCLUDE_LEVEL__") || id->isStr("__BASE_FILE__")) start_.exact_ = false;
  }

 private:
  SharedStart& start_;
  const clang::SourceManager& sources_;
};

SharedStart::SharedStart(const std::string& root, const std::string& main_file, const std::string& stem, Step first,
                         Next next)
    : root_(root), ending_(llvm::sys::path::extension(main_file)), name_(stem), next_(std::move(next)) {
  prefix_ = llvm::sys::path::parent_path(root + "/" + main_file).str() + "/" + stem;
  text_ = text_of(first.headers);
}

std::string SharedStart::text_of(const std::vector<std::string>& headers) const {
  std::string text;
  for (const auto& header : headers) text += "#include " + header + "\n";
  return text + "#include \"" + name_ + std::to_string(stand_ins_.size() + 1) + ending_ + "\"\n";
}

SharedStart::Files SharedStart::with_stand_ins(Files files) {
  return llvm::makeIntrusiveRefCnt<Overlay>(*this, std::move(files));
}

void SharedStart::watch(clang::CompilerInstance& compiler) {
  compiler_ = &compiler;
  compiler.getPreprocessor().addPPCallbacks(std::make_unique<Watch>(*this, compiler.getSourceManager()));
}

bool SharedStart::is_stand_in(clang::FileID id) const {
  return std::find(stand_ins_.begin(), stand_ins_.end(), id) != stand_ins_.end();
}

/// The directive that is being read is the last one of the newest stand-in, and not one of a header that knows its
/// name.
bool SharedStart::is_at_turn() const {
  if (compiler_ == nullptr || stand_ins_.empty() || !main_file_.empty()) return false;
  const auto* lexer = compiler_->getPreprocessor().getCurrentFileLexer();
  return lexer != nullptr && lexer->getFileID() == stand_ins_.back();
}

llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> SharedStart::open(const std::string& path,
                                                                  llvm::vfs::FileSystem& files) {
  const auto number = stand_ins_.size();
  if (path != path_of(number)) return absent();
  if (number > 0) {
    if (!is_at_turn()) return absent();
    auto step = next_(exact_ && compiler_->getDiagnosticClient().getNumErrors() == 0);
    if (!step.main_file.empty()) {
      main_file_ = std::move(step.main_file);
      auto own_name = root_ + "/" + main_file_;
      auto file = files.openFileForRead(own_name);
      if (!file) return file.getError();
      return std::make_unique<MainFile>(std::move(*file), std::move(own_name));
    }
    text_ = text_of(step.headers);
  }
  return std::make_unique<TextFile>(status_of(path, number, text_.size()), text_);
}

void SharedStart::entered(clang::FileID id) {
  auto& sources = compiler_->getSourceManager();
  const auto entry = sources.getFileEntryRefForID(id);
  if (!entry) return;
  if (is_stand_in(entry->getName())) {
    stand_ins_.push_back(id);
  } else if (!main_file_.empty() && main_id_.isInvalid()) {
    main_id_ = id;
    sources.setMainFileID(id);
    enter_headers_no_more();
  }
}

void SharedStart::included(clang::FileID from, std::uint32_t offset, llvm::StringRef name,
                           clang::OptionalFileEntryRef file, bool plain) {
  if (is_stand_in(from)) {
    if (!name.starts_with(name_)) headers_.push_back({file, from, offset, false});
    return;
  }
  if (main_id_.isInvalid() || from != main_id_) return;
  if (!plain) exact_ = false;  // in a main file #include_next means something else
  if (in_main_.size() == headers_.size()) return;
  const auto& same = headers_[in_main_.size()].file;
  if (!file || !same || !file->isSameRef(*same)) exact_ = false;
  in_main_.push_back(offset);
}

void SharedStart::enter_headers_no_more() {
  auto& search = compiler_->getPreprocessor().getHeaderSearchInfo();
  for (auto& header : headers_) {
    if (header.file) header.once_before = search.getFileInfo(*header.file).isPragmaOnce;
  }
  for (const auto& header : headers_) {
    if (header.file) search.getFileInfo(*header.file).isPragmaOnce = true;
  }
}

void SharedStart::enter_headers_again() {
  auto& search = compiler_->getPreprocessor().getHeaderSearchInfo();
  for (const auto& header : headers_) {
    if (header.file) search.getFileInfo(*header.file).isPragmaOnce = header.once_before;
  }
}

std::optional<std::uint32_t> SharedStart::place_in_main(clang::FileID id, std::uint32_t offset) const {
  if (!is_stand_in(id)) return std::nullopt;
  for (std::size_t i = 0; i < in_main_.size(); ++i) {
    if (headers_[i].in == id && headers_[i].offset == offset) return in_main_[i];
  }
  return std::nullopt;
}

}  // namespace patchgate
