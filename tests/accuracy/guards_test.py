"""What the numbers of ci/guards hang on: the list, the compile database it makes, and when a guard counts as named."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import guard_patches
import guard_table
import guards


def finding(kind="guard_removed", file="a.c", line=10, sink=None):
    return {"kind": kind, "base": {"file": file, "line": line}, "sink": sink}


class List(unittest.TestCase):
    def test_every_row_is_whole(self):
        rows = guard_patches.patches()
        self.assertEqual(len({(row["repository"], row["commit"]) for row in rows}), len(rows))
        units = guard_patches.load_units()
        for row in rows:
            with self.subTest(row["commit"]):
                self.assertRegex(row["commit"], "^[0-9a-f]{40}$")
                self.assertIn(row["label"], ("bad", "ordinary"))
                if row["label"] == "bad":
                    self.assertIn(row["kind"], guards.FITTING_KINDS)
                    self.assertIn(row["evidence"], ("stated", "reverted"))
                    self.assertRegex(row["fixed_by"], "^[0-9a-f]{40}$")
                    self.assertTrue(row["guard"][1])
                else:
                    self.assertIn(row["repository"], units)
                    self.assertIsNone(row["guard"])

    def test_no_repository_has_more_than_a_third_of_the_bad_ones(self):
        bad = [row["repository"] for row in guard_patches.patches() if row["label"] == "bad"]
        self.assertGreaterEqual(len(set(bad)), 5)
        self.assertLessEqual(max(bad.count(name) for name in set(bad)), len(bad) / 3)


class Named(unittest.TestCase):
    def test_kind_file_and_line_have_to_fit(self):
        row = {"kind": "guard-removed", "guard": ("a.c", [10, 40])}
        for expected, one in ((True, finding()), (True, finding(line=42)), (True, finding("guard_weakened")),
                              (False, finding(line=44)), (False, finding(file="b.c")),
                              (False, finding("value_emptied"))):
            with self.subTest(one):
                self.assertEqual(guards.names(row, one), expected)


class Shares(unittest.TestCase):
    def test_wilson(self):
        low, high = guard_table.wilson(12, 40)
        self.assertAlmostEqual(low, 0.1807, 3)
        self.assertAlmostEqual(high, 0.4543, 3)
        self.assertEqual(guard_table.wilson(0, 0), (0.0, 1.0))
        self.assertAlmostEqual(guard_table.wilson(5, 5)[1], 1.0)


class Made(unittest.TestCase):
    UNITS = {"folders": ["include", "lib/**", "."], "not": ["windows"], "flags": ["-DX=1"]}

    def test_database_and_sides(self):
        with tempfile.TemporaryDirectory() as scratch:
            theirs, work = pathlib.Path(scratch, "theirs"), pathlib.Path(scratch, "work")
            git = lambda *words: subprocess.run(["git", "-C", str(theirs), *words], check=True, capture_output=True,
                                                env={**os.environ, **guard_patches.AUTHOR})
            subprocess.run(["git", "init", "-q", str(theirs)], check=True)
            for name, text in (("src/a.c", "int a;\n"), ("src/b.txt", "b\n"), ("include/a.h", ""),
                               ("lib/x/x.h", ""), ("lib/windows/x.h", "")):
                (theirs / name).parent.mkdir(parents=True, exist_ok=True)
                (theirs / name).write_text(text)
            git("add", "."), git("commit", "-qm", "one")
            (theirs / "src/a.c").write_text("int b;\n")
            (theirs / "src/new.c").write_text("int c;\n")
            git("add", "."), git("commit", "-qm", "two")
            commit = subprocess.run(["git", "-C", str(theirs), "rev-parse", "HEAD"], check=True, capture_output=True,
                                    text=True).stdout.strip()
            before = sorted(str(path) for path in theirs.rglob("*"))
            project = guard_patches.Project("p", str(theirs), work, self.UNITS)
            base, head = project.sides(commit)
            rows = project.database(base, head)
            self.assertEqual([row["file"] for row in rows], ["src/a.c"])
            self.assertEqual(rows[0]["arguments"],
                             ["cc", "-Isrc", "-Iinclude", "-Ilib/x", "-I.", f"-I{work / 'made/p'}", "-DX=1", "-w", "-c",
                              "src/a.c"])
            self.assertEqual(project.git("rev-list", "--count", head), "2")
            self.assertEqual(sorted(str(path) for path in theirs.rglob("*")), before)

    def test_half_is_the_last_digit(self):
        self.assertEqual([guard_patches.half_of(one) for one in ("a0", "a1", "ae", "af")], ["A", "B", "A", "B"])


if __name__ == "__main__":
    unittest.main()
