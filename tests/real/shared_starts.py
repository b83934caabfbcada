#!/usr/bin/env python3
"""shared_starts.py PROGRAM REPOSITORY...: indexes each prepared project (compile_commands.json in its folder) with units
that share their start, on two slots and on one, and with every unit alone. The index files and the exported graphs have
to be the same to the byte."""
import os
import sys
import tempfile

from compared import run, stored


def main():
    program, *repositories = sys.argv[1:]
    bad = 0
    for repository in repositories:
        with tempfile.TemporaryDirectory() as folder:
            results = []
            for jobs, alone in ((2, True), (2, False), (1, False)):
                index = os.path.join(folder, f"{jobs}-{alone}.db")
                graph = run(program, repository, index, jobs, **({"PATCHGATE_UNSHARED_STARTS": "1"} if alone else {}))
                results.append((stored(index), graph))
        first, *others = results
        wrong = [what for place, what in enumerate(("index file", "graph"))
                 if any(other[place] != first[place] for other in others)]
        print(f"{os.path.basename(repository)}: {'NOT ' if wrong else ''}the same", *wrong, flush=True)
        bad += bool(wrong)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
