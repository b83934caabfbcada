#!/usr/bin/env python3
"""index_file.py PROGRAM REPOSITORY...: the index file of each prepared project (compile_commands.json in its folder): what
a single run leaves and what two and three shards unite to have to be the same to the byte; it has at most 60 bytes for
each line of `graph export`; and a run over it that finds nothing changed does not write to it. Prints how large it is,
what takes the room, and the CPU time of the runs in percent of the first one's, workers included."""
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile

MOST_BYTES_AN_EDGE = 60


def main():
    program, *repositories = sys.argv[1:]
    bad = []
    print("project   edges   bytes     an edge  facts  heads  graph  rest  unchanged  slowest of 3 shards  merging them")
    for repository in repositories:
        name = os.path.basename(repository)
        branch = subprocess.check_output(["git", "-C", repository, "symbolic-ref", "--short", "HEAD"], text=True).strip()
        at = ["--repo", repository, "--rev", branch,
              "--compile-commands", os.path.join(repository, "compile_commands.json"), "--quiet"]
        with tempfile.TemporaryDirectory() as folder:

            def index(file, *more):
                """CPU seconds"""
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                subprocess.run([program, "index", *at, "--index", os.path.join(folder, file), *more], check=True)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

            def content(file):
                with open(os.path.join(folder, file), "rb") as opened:
                    return opened.read()

            whole = index("whole.db", "--jobs", "2")
            right = content("whole.db")
            unchanged = index("whole.db")
            export = subprocess.check_output([program, "graph", "export", *at, "--index", os.path.join(folder, "whole.db")])
            if content("whole.db") != right:
                bad.append(f"{name}: reading changes the file")
            slowest = merging = 0
            for shards in (2, 3):
                parts = [f"{shard}-of-{shards}.db" for shard in range(1, shards + 1)]
                slowest = max(index(part, "--shard", f"{number}/{shards}", "--jobs", str(number))
                              for number, part in enumerate(parts, 1))
                merging = index("merged.db", "--merge", *(os.path.join(folder, part) for part in parts))
                if content("merged.db") != right:
                    bad.append(f"{name}: {shards} shards unite to another file")
            with sqlite3.connect(f"file:{folder}/whole.db?immutable=1", uri=True) as database:
                sizes = database.execute("SELECT (SELECT sum(length(bytes)) FROM chunks WHERE path <> ''), "
                                         "(SELECT sum(length(bytes)) FROM chunks WHERE path = ''), "
                                         "(SELECT sum(length(bytes)) FROM derived)").fetchone()
        edges = export.count(b"\n") - 1
        size = len(right)
        facts, heads, graph, rest = (part / edges for part in (*sizes, size - sum(sizes)))
        print(f"{name:9} {edges:<7} {size:<9} {size / edges:<8.1f} {facts:<6.1f} {heads:<6.1f} {graph:<6.1f} {rest:<5.1f} "
              f"{100 * unchanged / whole:<10.1f} {100 * slowest / whole:<20.1f} {100 * merging / whole:.1f}", flush=True)
        if size > MOST_BYTES_AN_EDGE * edges:
            bad.append(f"{name}: more than {MOST_BYTES_AN_EDGE} bytes an edge")
    for line in bad:
        print(line, file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
