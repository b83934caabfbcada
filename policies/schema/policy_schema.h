#pragma once

#include <string>
#include <string_view>

namespace patchgate {

/// policies/schema/policy.schema.json: `frame` (policies/schema/frame.json, all but the facts) with a form for each
/// kind of fact and of field in `$defs/condition` and `$defs/row_condition`. `frame` must be such a text.
std::string make_policy_schema(std::string_view frame);

}  // namespace patchgate
