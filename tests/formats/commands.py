#!/usr/bin/env python3
"""commands.py FOLDER: reads every report as the log of a CI runner does. Only the annotations of our own are commands,
ten at most, and they read back; nothing commands a terminal."""
import pathlib
import re
import sys

# actions/runner: src/Runner.Common/ActionCommand.cs trims blanks before `::`, and finds `##[` anywhere in a line.
OURS = re.compile(r"^::(error|warning|notice) file=([^:,]*),line=([1-9]\d*),title=([^:,]*)::(.+)$")
LOGGING = re.compile(r"##([A-Za-z0-9]*)\[")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def problems_of(path):
    text = path.read_text(encoding="utf-8")
    github = path.suffix == ".github"
    commands = 0
    for number, line in enumerate(re.split("[\r\n\u0085\u2028]", text), 1):
        if line.strip().startswith("::"):
            commands += 1
            if not github or not OURS.match(line):
                yield f"line {number} is a command: {line[:80]!r}"
        if LOGGING.search(line):
            yield f"line {number} holds a logging command: {line[:80]!r}"
    if commands > 10:
        yield f"{commands} annotations"
    if unseen := UNSEEN.search(text):
        yield f"holds {unseen.group()!r}"


def main():
    paths = sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.is_file())
    bad = 0
    for path in paths:
        for problem in problems_of(path):
            bad += 1
            print(f"{path.name}: {problem}")
    print(f"{len(paths)} reports, {bad} problems")
    return bad != 0 or not paths


sys.exit(main())
