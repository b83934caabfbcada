#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// The folder that the repository's paths lie under, as the compile commands write it: `work_folder` (normal form, may
/// be empty) when they name tracked files there; else the folder under which most of `files` (absolute, normal form)
/// end like tracked ones; else `work_folder`.
std::string find_root_folder(const std::vector<std::string>& files, const std::string& work_folder,
                             const std::function<bool(std::string_view)>& is_tracked);

}  // namespace patchgate
