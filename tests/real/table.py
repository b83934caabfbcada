#!/usr/bin/env python3
"""table.py REPORTS LEAST PROJECT/PATCH...: prints what was found in each patch and fails where a project can't be read:
fewer than 98 % of its units parse, a hunk of C or C++ is neither mapped to a symbol nor explained, a patch got no verdict,
or there are fewer than LEAST patches."""
import json
import pathlib
import re
import sys

HEAD = ("project", "units", "symbols", "edges", "patch", "touched", "top fan-in", "tests", "risk", "verdict", "seconds")
LEAST_PARSED = 0.98


def load(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def project_row(folder, project, broken):
    stats = load(folder / project / "index.stats.json")
    code, seconds = (folder / project / "index.run").read_text().split()
    output = (folder / project / "index.out").read_text()
    counted = re.search(r"(\d+) units, .* (\d+) unread;", output)
    total, failed = (int(counted[1]), int(counted[2])) if counted else (0, 0)
    parsed = total - failed
    if code != "0" or not parsed:
        broken.append(f"{project}: no index: " + output[-400:].strip())
    elif parsed < LEAST_PARSED * total:
        broken.append(f"{project}: only {parsed} of {total} units parse")
    return (project, f"{parsed}/{total}", stats.get("symbols", ""), stats.get("edges", ""), "(cold index)",
            "", "", "", "", "", seconds)


def unexplained(report):
    """Hunks that are neither mapped nor unread for a stated reason."""
    hunks = report["analysis"]["hunks"]
    explained = [one for one in report["analysis"]["unread"] if one["why"]]
    outside = [one for one in report["analysis"]["blind_spots"] if "outside of any symbol" in one]
    return hunks["total"] - hunks["mapped"] - len(explained) - len(outside)


def patch_row(folder, name, broken):
    project, patch = name.split("/", 1)
    report = load(folder / project / (patch + ".json"))
    code, seconds = (folder / project / (patch + ".run")).read_text().split()
    if not report or code not in ("0", "1"):
        error = (folder / project / (patch + ".err")).read_text()[-400:].strip()
        broken.append(f"{name}: exit code {code}: {error}")
        return (project, "", "", "", patch, "", "", "", "", "none", seconds)
    if unexplained(report) > 0:
        broken.append(f"{name}: {unexplained(report)} hunks neither mapped nor explained")
    symbols = report["symbols"]
    known = [(one["fan_in"]["transitive"][0], one["name"]) for one in symbols if "transitive" in one["fan_in"]]
    fan_in = "{1} {0}".format(*max(known)) if known else ""
    tested = sum(1 for one in symbols if one["tests"])
    units, hunks = report["analysis"]["units"], report["analysis"]["hunks"]
    return (project, f"{units['parsed']}/{units['total']}", "", "", patch,
            f"{len(symbols)} ({hunks['mapped']}/{hunks['total']} hunks)", fan_in, f"{tested}/{len(symbols)}",
            report["risk"]["level"], report["verdict"]["decision"], seconds)


def main():
    folder, least, names = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    rows, broken, last = [HEAD], [], ""
    for name in names:
        project = name.split("/", 1)[0]
        if project != last:
            rows.append(project_row(folder, project, broken))
            last = project
        rows.append(patch_row(folder, name, broken))
    widths = [min(44, max(len(str(row[i])) for row in rows)) for i in range(len(HEAD))]
    for row in rows:
        print("  ".join(str(cell)[:width].ljust(width) for cell, width in zip(row, widths)).rstrip())
    if len(names) < least:
        broken.append(f"only {len(names)} patches, at least {least} are wanted")
    for problem in broken:
        print("ci/real: " + problem, file=sys.stderr)
    print(f"{len(names)} patches of real projects judged, {len(broken)} problems")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
