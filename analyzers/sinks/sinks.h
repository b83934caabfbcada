#pragma once

#include <string_view>

#include "analyzers/graph/context.h"

namespace patchgate {

/// Which data sinks every touched symbol feeds: by call, and by data through its callers.
///
/// - Looked for on head and on the merge base, so that a patch cannot hide a sink that it stops to name.
/// - By call: the shortest way over calls. Exact when every step and the sink itself are proven; an address that is
///   taken, an override, a function pointer or a hub on the way makes it possible. See by_call.h for the limits.
/// - By data: a caller passes an object that the symbol wrote or returned on to a call that is, reaches, or fills a
///   sink; also when the object goes through a further call of the same body, and when the caller hands it to its own
///   caller. See by_data.h for the limits. Test code is no caller.
/// - `sinks.count` counts distinct sinks (kind and function) that are fed for certain; it is unknown when it would be
///   zero while something could not be read. Touched test code feeds nothing.
/// - `sinks.unaudited.count` counts those of them for which the project declares no audit source (`audits` of
///   .patchgate/sinks.json on the base) on the way that is shown; it is known and unknown together with `sinks.count`.
/// - A catalogue that cannot be read makes `sinks.count` unknown and is a blind spot; the others are still used.
extern const Analyzer sinks_feeds;

/// The catalogue that ships with the program (JSON; sinks.schema.json): the first of Context::sink_catalogues.
std::string_view builtin_sink_catalogue();

}  // namespace patchgate
