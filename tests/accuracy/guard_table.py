"""The tables of ci/guards: how many patches that took a check away are named, how many ordinary ones are alarmed."""
import collections
import math

import guard_patches
import table

GUARDS = {"guard_removed", "guard_weakened"}
# What a rule could ask for, from the widest to the narrowest.
LEVELS = (
    ("any finding", lambda finding: True),
    ("guard removed or weakened", lambda finding: finding["kind"] in GUARDS),
    ("guard removed", lambda finding: finding["kind"] == "guard_removed"),
    ("guard weakened", lambda finding: finding["kind"] == "guard_weakened"),
    ("any finding before a sink", lambda finding: finding["sink"] is not None),
    ("guard removed before a sink", lambda finding: finding["kind"] == "guard_removed" and finding["sink"] is not None),
)


def wilson(hits, of):
    """The 95 % interval of a share (Wilson, without correction for continuity)."""
    if of == 0:
        return 0.0, 1.0
    z, share = 1.959964, hits / of
    middle = share + z * z / (2 * of)
    wide = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    below = 1 + z * z / of
    return max(0.0, (middle - wide) / below), min(1.0, (middle + wide) / below)


def share(hits, of):
    """`12/40 = 30 % (18 to 45)`."""
    if of == 0:
        return "-"
    low, high = wilson(hits, of)
    return f"{hits}/{of} = {100 * hits / of:.0f} % ({100 * low:.0f} to {100 * high:.0f})"


def alarmed(rows, results, wanted):
    """How many patches have a finding that is wanted."""
    return sum(any(wanted(one) for one in found_in(row, results)) for row in rows)


def found_in(row, results):
    return results[row["repository"], row["commit"]].get("found", [])


def named(rows, results, names):
    return [row for row in rows if any(names(row, one) for one in found_in(row, results))]


def show_all(rows, results, names):
    """Prints all tables of the patches that could be read on both sides."""
    left_out = [(row, results[row["repository"], row["commit"]]["left_out"]) for row in rows
                if "left_out" in results[row["repository"], row["commit"]]]
    gone = {(row["repository"], row["commit"]) for row, _ in left_out}
    read = [row for row in rows if (row["repository"], row["commit"]) not in gone]
    bad = [row for row in read if row["label"] == "bad"]
    ordinary = [row for row in read if row["label"] == "ordinary"]
    reasons = collections.Counter(f"{row['label']}: {why.split(':')[0]}" for row, why in left_out)
    table.show("Patches", [("", "bad", "ordinary")] + [
        (name, sum(row["repository"] == name for row in bad), sum(row["repository"] == name for row in ordinary))
        for name in sorted({row["repository"] for row in read})] + [("all", len(bad), len(ordinary))])
    if reasons:
        table.show("Left out", [("label and reason", "patches")] + sorted(reasons.items()))
    for title, part in (("all", None), ("half A", "A"), ("half B, not looked at while mending", "B")):
        here = lambda some: [row for row in some if part is None or guard_patches.half_of(row["commit"]) == part]
        show_part(title, here(bad), here(ordinary), results, names)
    show_kinds(bad, results, names)


def show_part(title, bad, ordinary, results, names):
    rows = [("a rule on", "bad patches it stops (recall)", "ordinary patches it stops", "precision here", "ratio")]
    for level, wanted in LEVELS:
        right, wrong = alarmed(bad, results, wanted), alarmed(ordinary, results, wanted)
        ratio = (right / len(bad)) / (wrong / len(ordinary)) if bad and ordinary and wrong else 0
        rows.append((level, share(right, len(bad)), share(wrong, len(ordinary)), share(right, right + wrong),
                     f"{ratio:.1f}" if ratio else "-"))
    table.show(title, rows)
    found = sum(len(found_in(row, results)) for row in ordinary)
    print(f"  the guard itself named: {share(len(named(bad, results, names)), len(bad))}; "
          f"findings in an ordinary patch: {found / len(ordinary) if ordinary else 0:.2f}\n")


def show_kinds(bad, results, names):
    rows = [("kind of the bad patch", "named", "any finding")]
    for kind in sorted({row["kind"] for row in bad}):
        those = [row for row in bad if row["kind"] == kind]
        rows.append((kind, share(len(named(those, results, names)), len(those)),
                     share(alarmed(those, results, lambda one: True), len(those))))
    for evidence in ("stated", "reverted"):
        those = [row for row in bad if row["evidence"] == evidence]
        rows.append((f"later commit: {evidence}", share(len(named(those, results, names)), len(those)),
                     share(alarmed(those, results, lambda one: True), len(those))))
    table.show("By kind", rows)
