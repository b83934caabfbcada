"""A small repository whose patches have verdicts that are easy to say: one new line passes, four warn, eight block."""
import json
import os
import subprocess
from pathlib import Path

POLICY = {
    "policy": 1,
    "rules": [
        {
            "id": "team/small",
            "title": "patches are small",
            "level": "block",
            "require": {"fact": "patch.lines.added", "at_most": 5},
            "fix": "Split it.",
        },
        {
            "id": "team/tiny",
            "title": "patches are tiny",
            "level": "warn",
            "require": {"fact": "patch.lines.added", "at_most": 2},
            "fix": "Split it.",
        },
    ],
}
LINES = {"allow": 1, "warn": 4, "block": 8}
CLEAN = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI_", "GITLAB", "GIT_"))},
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.org",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@example.org",
    "GIT_AUTHOR_DATE": "2026-01-05T10:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-05T10:00:00Z",
}


def git(folder, *words):
    done = subprocess.run(["git", "-C", str(folder), *words], env=CLEAN, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {words}: {done.stderr}"
    return done.stdout.strip()


def code(lines):
    return "int fee(int cents) {\n" + "".join(f"  cents += {n};\n" for n in range(lines)) + "  return cents;\n}\n"


class Sample:
    """`origin` is the forge's repository with main; `clone()` is what a checkout step leaves."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.origin = self.folder / "origin"
        self.origin.mkdir(parents=True)
        git(self.origin, "init", "-q", "-b", "main")
        (self.origin / ".patchgate").mkdir()
        (self.origin / ".patchgate/policy.json").write_text(json.dumps(POLICY, indent=1))
        self.before = self.commit(0, "fees")
        self.main = self.commit(0, "a second commit", "// rounding is left to the caller\n")

    def commit(self, lines, message, comment=""):
        (self.origin / "fee.cpp").write_text(comment + code(lines))
        git(self.origin, "add", "-A")
        git(self.origin, "commit", "-q", "--allow-empty", "-m", message)
        return git(self.origin, "rev-parse", "HEAD")

    def branch(self, name, lines, start="main", message="a patch"):
        """A branch with one commit that adds so many lines; its id."""
        git(self.origin, "switch", "-q", "-C", name, start)
        made = self.commit(lines, message, "// rounding is left to the caller\n")
        git(self.origin, "switch", "-q", "main")
        return made

    def merged(self, head):
        """The merge of a pull request with main, as the forge makes it."""
        tree = git(self.origin, "merge-tree", "--write-tree", "main", head)
        made = git(self.origin, "commit-tree", "-p", "main", "-p", head, "-m", "merge", tree)
        git(self.origin, "update-ref", "refs/pull/7/merge", made)
        return made

    def clone(self, at, name, *words):
        """A clone with `at` checked out, detached, and the compile database that a build job hands over. `words`: for
        git fetch, of that commit and, unless it is shallow, of all branches."""
        folder = self.folder / name
        git(self.folder, "init", "-q", "-b", "none", str(folder))
        git(folder, "remote", "add", "origin", f"file://{self.origin}")
        if "--depth" not in words:
            git(folder, "fetch", "-q", "origin")
        git(folder, "fetch", "-q", *words, "origin", at)
        git(folder, "checkout", "-q", "--detach", at)
        (folder / "compile_commands.json").write_text(
            json.dumps(
                [{"directory": str(folder), "file": "fee.cpp", "arguments": ["c++", "-std=c++17", "-c", "fee.cpp"]}]
            )
        )
        return folder
