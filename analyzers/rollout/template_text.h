#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace patchgate {

/// The line (from 1) of a template expression such as `{{ .Values.x }}` that was not filled in. What the rollout system
/// itself fills in does not count: Argo's arguments (`{{args.x}}`), in a file of Flagger the words of its metric
/// templates (`{{ namespace }}`). Comments do not count.
std::optional<std::uint32_t> line_of_template(std::string_view text);

}  // namespace patchgate
