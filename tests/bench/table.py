#!/usr/bin/env python3
"""table.py FOLDER PROJECT ROUNDS: what ci/bench measured, as ratios of the cold index to clang -fsyntax-only."""
import json
import pathlib
import sys

PHASES = ("diff", "parse", "graph", "evidence", "policy", "report")


def measured(folder, name):
    wall, user, system = map(float, (folder / (name + ".time")).read_text().split()[-3:])
    perf = folder / (name + ".perf")
    counts = [line.split(";") for line in perf.read_text().splitlines() if line[:1].isdigit()] if perf.exists() else []
    return {"wall": wall, "cpu": user + system, "instructions": float(counts[0][0]) if counts else None}


def ratio(one, other):
    return f"{one / other:8.2f}" if one is not None and other else "       -"


def main():
    folder, project, rounds = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    stats = json.loads((folder / "index.stats.json").read_text())
    units = sum(1 for _ in open(folder / "units.sh", encoding="utf-8"))
    print(f"{project}: {units} files checked by clang, {stats['units_parsed']} units indexed, "
          f"{stats['symbols']} symbols, {stats['edges']} edges")
    print(f"{'':24}{'wall':>8}{'cpu':>8}{'instr.':>8}   (ratios to clang -fsyntax-only in the same round)")
    for number in range(1, rounds + 1):
        syntax = measured(folder, f"syntax.{number}")
        for name, title in (("index", "cold index"), ("again", "unchanged index")):
            taken = measured(folder, f"{name}.{number}")
            print(f"{title + ', round ' + str(number):24}" +
                  "".join(ratio(taken[key], syntax[key]) for key in ("wall", "cpu", "instructions")))
    print(f"\n{'check, milliseconds':44}{'wall':>8}" + "".join(f"{phase:>10}" for phase in PHASES) + f"{'parsed':>8}")
    for path in sorted(folder.glob("check.*.json")):
        one = json.loads(path.read_text())
        print(f"{path.name[6:-5][:43]:44}{one['wall_s'] * 1000:8.0f}" +
              "".join(f"{one['phases'].get(phase, 0) * 1000:10.0f}" for phase in PHASES) + f"{one['units_parsed']:8d}")


if __name__ == "__main__":
    main()
