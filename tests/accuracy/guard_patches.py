"""The list of patches that ci/guards judges, and what is needed to read them without building their projects."""
import fnmatch
import json
import os
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent / "guards"
COLUMNS = ("repository", "commit", "label", "kind", "evidence", "fixed_by", "guard", "sentence")
SOURCE = re.compile(r"\.(c|cc|cpp|cxx)$")
HEADER = re.compile(r"\.(h|hh|hpp|inc)$")
AUTHOR = {
    f"GIT_{who}_{what}": text
    for who in ("AUTHOR", "COMMITTER")
    for what, text in (("NAME", "ci"), ("EMAIL", "ci@example.invalid"), ("DATE", "1000000000 +0000"))
}


def patches(path=HERE / "patches.tsv"):
    """The rows of the list as dictionaries; `guard` is (file, lines on the base), or None for an ordinary patch."""
    rows = []
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        row = dict(zip(COLUMNS, line.split("\t")))
        row["guard"] = guard_of(row["guard"])
        rows.append(row)
    return rows


def guard_of(text):
    """`src/a.c:12,40` as ("src/a.c", [12, 40]); `-` as None."""
    if text == "-":
        return None
    file, _, lines = text.rpartition(":")
    return file, [int(line) for line in lines.split(",")]


def half_of(commit):
    """Half A may be looked at while the analyzer is mended, B may not."""
    return "A" if int(commit[-1], 16) % 2 == 0 else "B"


class Project:
    """One repository of the list: reads the git directory that the user has, writes only below `work`."""

    def __init__(self, name, directory, work, units):
        self.name, self.units = name, units
        self.root = work / name
        self.own = work / "made" / name
        asked = ["git", "-C", directory, "rev-parse", "--path-format=absolute", "--git-path", "objects"]
        objects = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
        # Beside the compile database: the parser is given no folder of anywhere else.
        if (HERE / "data" / name).is_dir():
            shutil.copytree(HERE / "data" / name, self.own, dirs_exist_ok=True)
        subprocess.run(["git", "init", "-q", str(self.root)], check=True)
        (self.root / ".git/objects/info").mkdir(exist_ok=True)
        (self.root / ".git/objects/info/alternates").write_text(objects + "\n")

    def git(self, *arguments):
        done = subprocess.run(["git", "-C", str(self.root), *arguments], check=True, capture_output=True,
                              env={**os.environ, **AUTHOR})
        return done.stdout.decode("utf-8", "replace").strip()

    def sides(self, commit):
        """Ids of two commits without history that hold the trees before and after `commit`: what came before does not
        belong to what is measured here, and reading it takes longer than the patch itself."""
        base = self.git("commit-tree", "-m", "base", f"{commit}^^{{tree}}")
        return base, self.git("commit-tree", "-m", "head", "-p", base, f"{commit}^{{tree}}")

    def touched(self, base, head):
        """The C and C++ sources that both sides have and that differ."""
        names = self.git("diff-tree", "-r", "-M", "--name-status", base, head)
        rows = [line.split("\t") for line in names.splitlines()]
        return [row[1] for row in rows if row[0] == "M" and SOURCE.search(row[1])]

    def folders(self, base):
        """Folders to look for headers in, in the order of the globs of units.json."""
        have = {os.path.dirname(name) or "." for name in self.git("ls-tree", "-r", "--name-only", base).splitlines()
                if HEADER.search(name)}
        found = []
        for glob in self.units["folders"]:
            matching = sorted(one for one in have if fnmatch.fnmatchcase(one, glob)) if "*" in glob else [glob]
            for folder in matching:
                if folder not in found and not set(folder.split("/")) & set(self.units.get("not", [])):
                    found.append(folder)
        return found, have

    def database(self, base, head):
        """A compile database of the touched sources alone, with the same flags for all of them."""
        shared, have = self.folders(base)
        rows = []
        for file in self.touched(base, head):
            own = os.path.dirname(file)
            near = [own, os.path.dirname(own)] if own else []
            if self.units.get("below"):
                near += sorted(one for one in have if one.startswith(own + "/"))
            search = [f"-I{folder}" for folder in near + shared if folder] + [f"-I{self.own}"]
            compiler = "cc" if file.endswith(".c") else "c++"
            rows.append({"directory": str(self.root), "file": file,
                         "arguments": [compiler, *search, *self.units["flags"], "-w", "-c", file]})
        return rows


def load_units():
    return json.loads((HERE / "units.json").read_text())
