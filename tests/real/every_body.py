#!/usr/bin/env python3
"""every_body.py PROGRAM REPOSITORY...: indexes each prepared project (compile_commands.json in its folder) as usual, with
bodies passed over that tell nothing of the repository and starts of units shared, and once with every unit alone and
every body looked at. Both must have the same edges, and the same index file."""
import os
import sys
import tempfile

from compared import run, stored


def main():
    program, *repositories = sys.argv[1:]
    bad = 0
    for repository in repositories:
        with tempfile.TemporaryDirectory() as folder:
            usual, whole = (os.path.join(folder, name) for name in ("usual.db", "whole.db"))
            edges = set(run(program, repository, usual).splitlines())
            every = set(run(program, repository, whole, PATCHGATE_EVERY_BODY="1",
                            PATCHGATE_UNSHARED_STARTS="1").splitlines())
            same = stored(usual) == stored(whole)
        lost = sorted(every - edges)
        print(f"{os.path.basename(repository)}: {len(every) - 1} edges with every body looked at, {len(lost)} lost, "
              f"{len(edges - every)} more; the index files {'are the same' if same else 'differ'}", flush=True)
        for name, some in (("lost", lost), ("more", sorted(edges - every))):
            for edge in some[:10]:
                print(f"  {name}: {edge.decode()}")
        bad += not same or edges != every or not every
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
