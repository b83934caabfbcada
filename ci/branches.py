#!/usr/bin/env python3
"""Reads what llvm-cov exports and prints the share of taken branches of the policy engine; 1 below 100 %."""
import json
import os
import sys


def excused(path, line):
    with open(path, encoding="utf-8") as source:
        lines = source.read().split("\n")
    return any("// branch: " in lines[number - 1] for number in (line, max(1, line - 1)))


def of_exhaustive_switch(path, line):
    """llvm-cov counts the way past all cases as a branch of its own, at the switch. No test can take it: a
    default: is counted at its own place, and where there is none -Wswitch makes sure that each enumerator has its case."""
    with open(path, encoding="utf-8") as source:
        text = source.read().split("\n")[line - 1].strip()
    return text.startswith("switch (")


def main():
    with open(sys.argv[1], encoding="utf-8") as export:
        files = json.load(export)["data"][0]["files"]
    taken = total = left_out = 0
    missing = []
    for file in sorted(files, key=lambda one: one["filename"]):
        path = os.path.relpath(file["filename"])
        if not path.startswith("policies/engine/") or not path.endswith(".cpp"):
            continue
        # The same branch of a template or of an inline function counts once: taken where any copy of it was.
        places = {}
        for branch in file["branches"]:
            line, column, end_line, end_column, true_count, false_count = branch[:6]
            seen = places.setdefault((line, column, end_line, end_column), [0, 0])
            seen[0] += true_count
            seen[1] += false_count
        here = here_total = 0
        for (line, column, _, _), counts in sorted(places.items()):
            for outcome, count in zip(("true", "false"), counts):
                if count == 0 and (excused(path, line) or of_exhaustive_switch(path, line)):
                    left_out += 1
                    continue
                here_total += 1
                here += 1 if count else 0
                if count == 0:
                    missing.append(f"{path}:{line}:{column}: never {outcome}")
        taken += here
        total += here_total
        if here_total:
            print(f"{100 * here / here_total:6.2f} %  {here:5} of {here_total:5}  {path}")
    if total == 0:
        sys.exit("ci/branches: the export holds no branch of policies/engine")
    for line in missing:
        print(line)
    print(f"{100 * taken / total:.2f} % of the branches of policies/engine are taken: {taken} of {total}, {left_out} left out with a reason")
    sys.exit(0 if taken == total else 1)


if __name__ == "__main__":
    main()
