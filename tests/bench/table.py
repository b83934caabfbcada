#!/usr/bin/env python3
"""table.py FOLDER PROJECT ROUNDS: what ci/bench measured, as ratios of the cold index to clang -fsyntax-only."""
import json
import pathlib
import statistics
import sys

PHASES = ("diff", "parse", "graph", "evidence", "policy", "report")
MEASURES = ("wall", "cpu", "instructions")


def measured(folder, name):
    """None where that was not measured."""
    path = folder / (name + ".run")
    if not path.exists():
        return None
    perf = folder / (name + ".perf")
    counts = [line.split(";") for line in perf.read_text().splitlines() if line[:1].isdigit()] if perf.exists() else []
    return {**json.loads(path.read_text()), "instructions": float(counts[0][0]) if counts else None}


def ratio(one, other):
    return one / other if one is not None and other else None


def row(title, ratios):
    print(f"{title:28}" + "".join("       -" if one is None else f"{one:8.2f}" for one in ratios))


def print_rounds(folder, rounds):
    """Each round's ratios, and their median where there are several."""
    print(f"{'':28}{'wall':>8}{'cpu':>8}{'instr.':>8}   (ratios to clang -fsyntax-only in the same round)")
    for name, title in (("index", "cold index"), ("again", "unchanged index")):
        found = []
        for number in range(1, rounds + 1):
            syntax, taken = measured(folder, f"syntax.{number}"), measured(folder, f"{name}.{number}")
            found.append([ratio(taken[key], syntax[key]) for key in MEASURES])
            row(f"{title}, round {number}", found[-1])
        if rounds > 1:
            row(title + ", median", [statistics.median(column) if None not in column else None
                                     for column in zip(*found)])


def print_memory(folder, rounds, stats):
    clang = max(measured(folder, f"syntax.{number}")["max_rss_kb"] for number in range(1, rounds + 1))
    print(f"\npeak memory on the worst unit: worker {stats['worker_max_rss_kb'] // 1024} MiB, clang {clang // 1024} MiB, "
          f"ratio {stats['worker_max_rss_kb'] / clang:.2f}")


def print_scaling(folder, rounds):
    """What two processes gain over one, in the same round: ours and clang's."""
    found = []
    for number in range(1, rounds + 1):
        one = {name: measured(folder, f"{name}-alone.{number}") for name in ("syntax", "index")}
        if None in one.values():
            return
        gains = {name: one[name]["wall"] / measured(folder, f"{name}.{number}")["wall"] for name in one}
        found.append(gains["index"] / gains["syntax"])
        print(f"two processes instead of one, round {number}: clang {gains['syntax']:.2f} times as fast, "
              f"index {gains['index']:.2f}; of clang's gain {100 * found[-1]:.0f} %")
    print(f"median {100 * statistics.median(found):.0f} %")


def print_checks(folder):
    paths = sorted(folder.glob("check.*.json"))
    if not paths:
        return
    # "beside": what a check costs beside the parse of the units that the patch touches (run "warm": they were parsed).
    print(f"\n{'check, milliseconds':44}{'wall':>8}{'beside':>8}" + "".join(f"{phase:>10}" for phase in PHASES) +
          f"{'parsed':>8}")
    for path in paths:
        one = json.loads(path.read_text())
        beside = one["wall_s"] - one["phases"].get("parse", 0)
        print(f"{path.name[6:-5][:43]:44}{one['wall_s'] * 1000:8.0f}{beside * 1000:8.0f}" +
              "".join(f"{one['phases'].get(phase, 0) * 1000:10.0f}" for phase in PHASES) + f"{one['units_parsed']:8d}")


def main():
    folder, project, rounds = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    stats = json.loads((folder / "index.stats.json").read_text())
    units = sum(1 for _ in open(folder / "units.sh", encoding="utf-8"))
    print(f"{project}: {units} files checked by clang, {stats['units_parsed']} units indexed, "
          f"{stats['symbols']} symbols, {stats['edges']} edges")
    print_rounds(folder, rounds)
    print_memory(folder, rounds, stats)
    print_scaling(folder, rounds)
    print_checks(folder)


if __name__ == "__main__":
    main()
