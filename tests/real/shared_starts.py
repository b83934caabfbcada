#!/usr/bin/env python3
"""shared_starts.py PROGRAM REPOSITORY...: indexes each prepared project (compile_commands.json in its folder) with units
that share their start, on two slots and on one, and with every unit alone. All that is stored about each unit and the
exported graph have to be the same to the byte."""
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
