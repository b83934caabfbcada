#!/usr/bin/env python3
"""scope.py PROGRAM REPOSITORY FOLDER COUNT [SEED]: --scope patch without an index against the whole call graph.

Takes COUNT random functions of the project, changes the body of each in a commit of its own, and judges that commit
twice: with the index of the whole base, and by --scope patch with none. Prints which share of the direct users was
found, and what it cost against the cold index. Fails when a goal is missed. The same seed takes the same functions."""
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys

LEAST_FOUND = 0.99  # of all direct users
MOST_COST = 0.05    # of the cold index, median


def git(repository, *words, env=None, stdin=None):
    done = subprocess.run(["git", "-C", str(repository), *words], input=stdin, capture_output=True, check=True,
                          env={**os.environ, **(env or {})})
    return done.stdout


def patchgate(program, *words, codes=(0, 1)):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True)
    if done.returncode not in codes:
        sys.exit(f"{' '.join(map(str, words))}: code {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def changed(text, line, name):
    """The text with an empty statement at the start of the body of the function that is named in that line."""
    lines = text.split(b"\n")
    before = b"\n".join(lines[:line - 1])
    at = text.find(name.encode(), len(before))
    brace, end = text.find(b"{", at), text.find(b";", at)
    if at < 0 or brace < 0 or 0 <= end < brace:
        return None
    return text[:brace + 1] + b";" + text[brace + 1:]


class Project:
    def __init__(self, program, repository, folder):
        self.program, self.repository, self.folder = program, repository, folder
        self.base = git(repository, "rev-parse", "HEAD").decode().strip()
        self.graph = ["--repo", repository, "--compile-commands", repository / "compile_commands.json", "--quiet"]
        self.index = folder / "full.db"
        git(repository, "repack", "-adq")  # as a clone is

    def build_index(self):
        for path in self.folder.glob("full.db*"):
            path.unlink()
        stats = self.folder / "full.json"
        patchgate(self.program, "index", "--rev", self.base, "--index", self.index, "--stats", stats, *self.graph)
        return json.loads(stats.read_text())

    def functions(self):
        """Both ends of every call, as far as the project defines them."""
        table = patchgate(self.program, "graph", "export", "--rev", self.base, "--kinds", "call,virtual,construct",
                          "--index", self.index, *self.graph)
        found = set()
        for row in table.splitlines()[1:]:
            cells = row.split("\t")
            found.update((file, int(line), name) for name, file, line in (cells[0:3], cells[3:6]) if file)
        return sorted(found)

    def commit(self, file, line, name):
        """A commit that touches that function alone; none where its body is not found."""
        text = changed(git(self.repository, "show", f"{self.base}:{file}"), line, name.split("::")[-1].lstrip("~"))
        if text is None:
            return None
        env = {"GIT_INDEX_FILE": str(self.folder / "scratch.index")}
        for who in ("AUTHOR", "COMMITTER"):
            env.update({f"GIT_{who}_NAME": "Bench", f"GIT_{who}_EMAIL": "bench@example.org",
                        f"GIT_{who}_DATE": "2026-01-01T00:00:00Z"})
        blob = git(self.repository, "hash-object", "-w", "--stdin", stdin=text).decode().strip()
        git(self.repository, "read-tree", self.base, env=env)
        git(self.repository, "update-index", "--cacheinfo", f"100644,{blob},{file}", env=env)
        tree = git(self.repository, "write-tree", env=env).decode().strip()
        words = ("commit-tree", tree, "-p", self.base, "-m", f"touch {name}")
        return git(self.repository, *words, env=env).decode().strip()

    def check(self, head, *words):
        report, stats = self.folder / "report.json", self.folder / "stats.json"
        patchgate(self.program, "check", "--base", self.base, "--head", head, "--report", f"json={report}",
                  "--stats", stats, *words, *self.graph)
        return json.loads(report.read_text()), json.loads(stats.read_text())


def users(report, name):
    """[least, most or none] direct users, if that symbol and no other is touched and known."""
    found = [s for s in report["symbols"] if s["name"] == name]
    if len(found) != 1 or len(report["symbols"]) != 1 or "direct" not in found[0]["fan_in"]:
        return None
    return found[0]


def percent(share):
    return f"{100 * share:.2f} %"


def main():
    program, repository, folder, count = sys.argv[1], *map(pathlib.Path, sys.argv[2:4]), int(sys.argv[4])
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    folder.mkdir(parents=True, exist_ok=True)
    project = Project(os.path.abspath(program), repository.resolve(), folder.resolve())
    whole = project.build_index()
    functions = project.functions()
    random.Random(seed).shuffle(functions)
    rows, skipped = [], 0
    for file, line, name in functions:
        if len(rows) == count:
            break
        head = project.commit(file, line, name)
        full = users(project.check(head, "--index", project.index)[0], name) if head else None
        if full is None:
            skipped += 1
            continue
        report, stats = project.check(head, "--scope", "patch", "--no-cache")
        part = users(report, name)
        found = part["fan_in"]["direct"][0] if part else 0
        of_all = full["fan_in"]["direct"][0]
        rows.append({"found": min(found, of_all), "all": of_all, "units": stats["units_parsed"],
                     "cost": stats["cpu_s"] / whole["cpu_s"], "at": f"{name} {file}:{line}",
                     "whole": bool(part and isinstance(report["facts"]["impact.fan_in.direct"].get("value"), int))})
        if found < of_all:
            names = {c["name"] for c in full["callers"]} - {c["name"] for c in (part or {"callers": []})["callers"]}
            print(f"missed {of_all - found} of {of_all}: {rows[-1]['at']}: {', '.join(sorted(names)[:5])}")
    found, of_all = sum(row["found"] for row in rows), sum(row["all"] for row in rows)
    costs = sorted(row["cost"] for row in rows)
    units = sorted(row["units"] for row in rows)
    exact = sum(row["found"] == row["all"] for row in rows)
    unsaid = [row["at"] for row in rows if row["found"] < row["all"] and row["whole"]]
    share = found / of_all if of_all else 1
    print(f"{repository.name}: {len(rows)} functions (seed {seed}, {skipped} passed over), of {len(functions)}; "
          f"cold index {whole['units_parsed']} units, {whole['cpu_s']:.1f} s of CPU")
    print(f"direct users found   {found} of {of_all} = {percent(share)}; all of them for {exact} of {len(rows)} functions")
    print(f"missed without a word  {len(unsaid)} functions")
    for name, values, form in (("units parsed", units, str), ("CPU of the cold index", costs, percent)):
        print(f"{name:22} median {form(statistics.median(values))}, 90th percentile "
              f"{form(values[int(0.9 * (len(values) - 1))])}, most {form(values[-1])}")
    return 0 if share >= LEAST_FOUND and statistics.median(costs) <= MOST_COST else 1


if __name__ == "__main__":
    sys.exit(main())
