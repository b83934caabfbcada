#!/usr/bin/env python3
"""shared_starts.py PROGRAM REPOSITORY...: indexes each prepared project (compile_commands.json in its folder) with units
that share their start, on two slots and on one, and with every unit alone. All that is stored about each unit and the
exported graph have to be the same to the byte."""
import os
import sqlite3
import subprocess
import sys
import tempfile


def run(program, repository, index, jobs, alone):
    """The exported graph, with who found each edge."""
    branch = subprocess.check_output(["git", "-C", repository, "symbolic-ref", "--short", "HEAD"], text=True).strip()
    environment = {**os.environ, **({"PATCHGATE_UNSHARED_STARTS": "1"} if alone else {})}
    subprocess.run([program, "index", "--repo", repository, "--rev", branch, "--jobs", str(jobs), "--index", index,
                    "--compile-commands", os.path.join(repository, "compile_commands.json")],
                   check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return subprocess.check_output([program, "graph", "export", "--rules", "--repo", repository, "--index", index])


def stored(index):
    """(file, flags) → what the index holds about that unit, file by file."""
    with sqlite3.connect(index) as database:
        units = {}
        for unit, file, flags, head in database.execute("SELECT id, file, flags, head FROM units"):
            rows = database.execute("SELECT path, bytes FROM unit_chunks JOIN chunks ON chunks.id = chunk "
                                    "WHERE unit = ? ORDER BY place", (unit,))
            units[file, flags] = [("", head), *rows]
        return units


def main():
    program, *repositories = sys.argv[1:]
    bad = 0
    for repository in repositories:
        with tempfile.TemporaryDirectory() as folder:
            results = []
            for jobs, alone in ((2, True), (2, False), (1, False)):
                index = os.path.join(folder, f"{jobs}-{alone}.db")
                graph = run(program, repository, index, jobs, alone)
                results.append((graph, stored(index)))
        (graph, alone), *others = results
        differ = sorted({unit[0] for _, shared in others for unit in alone.keys() | shared.keys()
                         if alone.get(unit) != shared.get(unit)})
        same = not differ and all(other == graph for other, _ in others)
        print(f"{os.path.basename(repository)}: {len(alone)} units, {'the same' if same else 'NOT THE SAME'}",
              *differ[:20])
        bad += not same
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
