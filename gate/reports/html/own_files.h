#pragma once

#include <string_view>

namespace patchgate {

// What the page brings along, embedded while building, with the hashes (base64 of SHA-256) by which a browser knows it.

extern const std::string_view kPageStyle, kPageStyleHash;
extern const std::string_view kPageScript, kPageScriptHash;

}  // namespace patchgate
