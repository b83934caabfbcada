#include "gate/pipeline/look.h"

#include <utility>

#include "analyzers/coverage/coverage.h"
#include "analyzers/guards/guards.h"
#include "analyzers/history/history.h"
#include "analyzers/impact/impact.h"
#include "analyzers/recovery/recovery.h"
#include "analyzers/rollout/rollout.h"
#include "analyzers/sinks/sinks.h"
#include "analyzers/sql/sql.h"
#include "analyzers/tests/tests.h"
#include "analyzers/unseen/unseen.h"

namespace patchgate {

const std::vector<const Analyzer*>& analyzers() {
  static const std::vector<const Analyzer*> list{
      // One a line: the order is that in which they run.
      &sinks_feeds,              //
      &guards_removed,           //
      &sql_statements_of_patch,  //
      &impact_fan_in,            //
      &tests_reaching,           //
      &tests_weakened,           //
      &coverage_changed_lines,   //
      &impact_touched_rows,      //
      &impact_patch_facts,       //
      &impact_build_files,       //
      &rollout_manifests,        //
      &recovery_revert,          //
      &recovery_formats,         //
      &recovery_users_left,      //
      &recovery_irreversible,    //
      &recovery_watch,           //
      &recovery_card,            //
      &history_size,             //
      &impact_risk,              //
      &unseen_around,            //
  };
  return list;
}

Findings look(const Context& context, std::vector<TouchedSymbol> touched) {
  Findings findings;
  findings.touched = std::move(touched);
  for (const auto* analyzer : analyzers()) analyzer->run(context, findings);
  return findings;
}

}  // namespace patchgate
