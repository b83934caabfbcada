#!/usr/bin/env python3
"""guards.py --program PATCHGATE --work DIR [--half A|B] [--sample N] NAME=GITDIR...: what patchgate says of patches of
guards/patches.tsv that took a check away and were named as the cause of a bug later, and of ordinary ones of the same
repositories and of like size. Reads the git directories that the user has and writes only below --work, where
results.jsonl has what was found in each patch; a second run judges only patches that are not in there."""
import argparse
import json
import pathlib
import random
import subprocess
import sys

import guard_patches
import guard_table

# Lines that may lie between where a person sees the guard and where the tree says that it starts.
NEAR = 3
FITTING_KINDS = {
    "guard-removed": {"guard_removed", "guard_weakened", "assert_removed"},
    "guard-weakened": {"guard_weakened", "guard_removed", "assert_removed"},
    "value-emptied": {"value_emptied", "default_changed"},
    "default-changed": {"default_changed", "value_emptied"},
    "error-ignored": {"error_ignored", "guard_removed", "guard_weakened"},
    "loop-widened": {"loop_widened", "guard_weakened"},
}


def judge(program, project, commit, work):
    """What one run says: why it was left out, or its findings."""
    base, head = project.sides(commit)
    database = project.database(base, head)
    if not database:
        return {"left_out": "no source file that both sides have"}
    commands, report = work / "compile_commands.json", work / "report.json"
    commands.write_text(json.dumps(database))
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [program, "check", "--repo", str(project.root), "--base", base, "--head", head, "--scope", "patch",
         "--policy", "builtin:baseline@1", "--compile-commands", str(commands), "--no-cache", "--quiet", "--jobs", "1",
         "--report", f"json={report}"], capture_output=True, text=True)
    if not report.exists():
        return {"left_out": "not judged: " + done.stderr.strip()[:200]}
    said = json.loads(report.read_text())
    if "code_changes" not in said:
        return {"left_out": f"not judged: exit {done.returncode}"}
    units = said["analysis"]["units"]
    if units["failed"] or not units["total"]:
        unread = [one["why"] for one in said["analysis"]["unread"] if one["cause"] != "database"]
        return {"left_out": "not read: " + "; ".join(sorted(set(unread)))[:200]}
    return {"found": said["code_changes"]["found"], "unknown": said["code_changes"]["unknown"]}


def names(row, finding):
    """Whether a finding is about the guard that a person saw: its kind, its file and its line."""
    file, lines = row["guard"]
    at = finding["base"]
    near = any(abs(at["line"] - line) <= NEAR for line in lines)
    return finding["kind"] in FITTING_KINDS[row["kind"]] and at["file"] == file and near


def known(path):
    """Results of earlier runs by repository and commit."""
    lines = path.read_text().splitlines() if path.exists() else []
    return {(one["repository"], one["commit"]): one for one in map(json.loads, lines)}


def sample_of(rows, results, count, seed=1):
    """A seeded sample of findings, for a person to read: what the analyzer states, and where."""
    lines = []
    for row in rows:
        for finding in results.get((row["repository"], row["commit"]), {}).get("found", []):
            lines.append("\t".join([row["repository"], row["commit"], row["label"], finding["kind"], finding["symbol"],
                                    f"{finding['base']['file']}:{finding['base']['line']}", finding["before"],
                                    finding["after"] or "-", finding["use"] or "-", finding["how"] or "-"]))
    return random.Random(seed).sample(sorted(lines), min(count, len(lines)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--half", choices=("A", "B"))
    parser.add_argument("--sample", type=int, default=0, help="print so many findings to be read by a person")
    parser.add_argument("repositories", nargs="*", metavar="NAME=GITDIR")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    work = given.work.resolve()
    units, store = guard_patches.load_units(), work / "results.jsonl"
    directories = dict(one.split("=", 1) for one in given.repositories)
    for name in directories.keys() - units.keys():
        sys.exit(f"guards: guards/units.json has no {name}")
    rows = guard_patches.patches()
    if given.half:
        rows = [row for row in rows if guard_patches.half_of(row["commit"]) == given.half]
    results, projects = known(store), {}
    with store.open("a") as out:
        for row in rows:
            name, key = row["repository"], (row["repository"], row["commit"])
            if name not in directories or key in results:
                continue
            if name not in projects:
                projects[name] = guard_patches.Project(name, directories[name], work, units[name])
            results[key] = {"repository": name, "commit": row["commit"],
                            **judge(given.program, projects[name], row["commit"], work)}
            out.write(json.dumps(results[key]) + "\n")
            out.flush()
    seen = [row for row in rows if (row["repository"], row["commit"]) in results]
    if given.sample:
        print("\n".join(sample_of(seen, results, given.sample)))
    else:
        guard_table.show_all(seen, results, names)
    return 0 if seen else 1


if __name__ == "__main__":
    sys.exit(main())
