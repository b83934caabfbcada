#!/usr/bin/env python3
"""markdown.py FOLDER: what cmark-gfm, GitHub's own parser, makes of each comment: elements of ours alone, links none, and
of a hostile text the same elements as of a plain one; within the budgets of a comment."""
import collections
import html.parser
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(sys.argv[1])
OURS = set("h2 h3 p strong table thead tbody tr th td ul li code pre details summary input".split())
COMMAND = ["cmark-gfm", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tagfilter", "-e", "tasklist", "--unsafe"]


class Elements(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.count = collections.Counter()
        self.comments = []

    def handle_starttag(self, tag, attrs):
        self.count[tag] += 1

    def handle_comment(self, data):
        self.comments.append(data.strip())


def elements(path):
    parser = Elements()
    parser.feed(subprocess.run(COMMAND, input=path.read_bytes(), capture_output=True, check=True).stdout.decode())
    return parser


def main():
    plain = elements(FOLDER / "plain.markdown").count
    paths = sorted(FOLDER.glob("*.markdown"))
    bad = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        found = elements(path)
        problems = [f"an element {tag}" for tag in found.count if tag not in OURS]
        if found.comments != ["patchgate:sticky:v1"] or not text.startswith("<!-- patchgate:sticky:v1 -->\n"):
            problems.append(f"comments {found.comments}")
        if len(text.encode()) > 60_000:
            problems.append(f"{len(text.encode())} bytes")
        if path.name.startswith("hostile-") and found.count != plain:
            problems.append(f"other elements than of a plain text: {found.count - plain} {plain - found.count}")
        if problems:
            bad += 1
            print(f"{path.name}: {'; '.join(problems)}")
    print(f"{len(paths)} comments, {bad} bad")
    return bad != 0 or not paths


sys.exit(main())
