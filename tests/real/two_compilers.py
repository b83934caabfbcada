#!/usr/bin/env python3
"""two_compilers.py PROGRAM OTHER REPOSITORY...: indexes each prepared project (compile_commands.json in its folder) with
two builds of patchgate, whose workers have two versions of LLVM, and compares the exported graphs. Prints how many edges
either has alone, by kind, confidence and rule, and the first of them; fails where more than one edge in 1000 differs."""
import collections
import os
import sys
import tempfile

from compared import run

MOST_DIFFERENT = 0.001


def by_kind(header, rows):
    """How many rows have the same in all columns that do not name a place or a symbol."""
    names = [at for at, name in enumerate(header) if name in ("kind", "confidence", "rule")]
    return collections.Counter(" ".join(row.split(b"\t")[at].decode() for at in names) for row in rows)


def main():
    program, other, *repositories = sys.argv[1:]
    bad = 0
    for repository in repositories:
        with tempfile.TemporaryDirectory() as folder:
            tables = [run(one, repository, os.path.join(folder, name)).splitlines()
                      for one, name in ((program, "one.db"), (other, "other.db"))]
        header = tables[0][0].decode().split("\t")
        one, two = (set(table[1:]) for table in tables)
        print(f"{os.path.basename(repository)}: {len(one & two)} edges in both, {len(one - two)} only in the first, "
              f"{len(two - one)} only in the second", flush=True)
        for title, rows in (("first", one - two), ("second", two - one)):
            for kind, count in by_kind(header, rows).most_common():
                print(f"  only in the {title}: {count} {kind}")
            for row in sorted(rows)[:10]:
                print("    " + row.decode())
        bad += not one or len(one ^ two) > MOST_DIFFERENT * len(one | two)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
