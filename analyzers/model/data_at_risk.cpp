#include "analyzers/model/data_at_risk.h"

namespace patchgate {

const char* name_of(SqlEffectKind kind) {
  switch (kind) {
    case SqlEffectKind::delete_all:
      return "delete_all";
    case SqlEffectKind::update_all:
      return "update_all";
    case SqlEffectKind::drop:
      return "drop";
    case SqlEffectKind::truncate:
      return "truncate";
    case SqlEffectKind::drop_column:
      return "drop_column";
    case SqlEffectKind::change_type:
      return "change_type";
    case SqlEffectKind::where_weakened:
      return "where_weakened";
    case SqlEffectKind::not_judged:
      return "not_judged";
  }
  return "?";
}

const char* name_of(SqlChange change) {
  switch (change) {
    case SqlChange::added:
      return "added";
    case SqlChange::changed:
      return "changed";
    case SqlChange::unchanged:
      return "unchanged";
  }
  return "?";
}

const char* name_of(MigrationFinding::Down down) {
  switch (down) {
    case MigrationFinding::Down::yes:
      return "yes";
    case MigrationFinding::Down::no:
      return "no";
    case MigrationFinding::Down::empty:
      return "empty";
    case MigrationFinding::Down::unknown:
      return "unknown";
  }
  return "?";
}

bool is_destructive(SqlEffectKind kind) {
  return kind != SqlEffectKind::where_weakened && kind != SqlEffectKind::not_judged;
}

}  // namespace patchgate
