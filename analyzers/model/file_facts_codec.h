#pragma once

#include <cstdint>
#include <string_view>

#include "analyzers/model/bytes.h"
#include "analyzers/model/result.h"
#include "analyzers/model/unit.h"

namespace patchgate {

// Each encoding opens with its own letter, so that one kind is never read as another.
inline constexpr std::uint8_t kFileFactsTag = 'F';

/// As decode_file_facts of unit_codec.h, for one of several files that share a budget.
Result<FileFacts> decode_file_facts(std::string_view bytes, DecodeBudget& budget);

}  // namespace patchgate
