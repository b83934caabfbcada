#include "gate/pipeline/open_context.h"

#include <filesystem>

#include "gate/pipeline/files.h"
#include "gate/pipeline/report_paths.h"

namespace patchgate {

Result<OpenedContext> open_context(const Repository& repository, const std::optional<std::string>& file,
                                   std::vector<Error>& errors) {
  OpenedContext opened;
  if (!file) return opened;
  PATCHGATE_TRY(opened.text, read_input_file(*file, kContextBytes));
  opened.name = name_in_report(*file, repository.work_folder());
  opened.context = read_review_context(name_in_message(*file, repository.work_folder()), opened.text, errors);
  return opened;
}

std::string path_in_work_tree(const Repository& repository, const std::string& file) {
  std::error_code error;
  const auto real = std::filesystem::canonical(file, error);
  if (error || repository.work_folder().empty()) return {};
  const auto root = std::filesystem::canonical(repository.work_folder(), error);
  if (error) return {};
  const auto relative = real.lexically_relative(root);
  return relative.empty() || *relative.begin() == ".." ? std::string() : relative.generic_string();
}

Result<void> check_context_place(const Repository& repository, const std::optional<std::string>& file,
                                 const Snapshot& head) {
  if (!file) return {};
  const auto path = path_in_work_tree(repository, *file);
  if (path.empty() || head.find(path) == nullptr) return {};
  return fail(Error::Kind::usage,
              "the context file " + path + " is a file of the patch, so that its author could write it",
              "have the CI job write it to a place outside of the work tree");
}

}  // namespace patchgate
