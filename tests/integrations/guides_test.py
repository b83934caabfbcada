#!/usr/bin/env python3
"""docs/github.md and docs/gitlab.md say what is so: each input is there and explained, and their examples name nothing
that the action and the component do not have. ci/integrations lints the workflow and runs the job file."""
import re
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
ACTION = yaml.safe_load((ROOT / "ci/github/action.yml").read_text())
SPEC = next(yaml.safe_load_all((ROOT / "ci/gitlab/templates/patchgate.yml").read_text()))["spec"]


def blocks(path):
    """The YAML examples of a page."""
    return [
        yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```$", (ROOT / path).read_text(), re.S | re.M)
    ]


def named_inputs(path):
    """What the first column of its table of inputs names."""
    table = (ROOT / path).read_text().split("| input | meaning |")[1].split("\n\n")[0]
    return {name for line in table.splitlines()[2:] for name in re.findall(r"`([\w-]+)`", line.split("|")[1])}


def steps(value):
    """All steps in an example, whatever it is part of."""
    if isinstance(value, list):
        return [step for item in value for step in steps(item)] + [
            item for item in value if isinstance(item, dict) and "uses" in item
        ]
    if isinstance(value, dict):
        return [step for item in value.values() for step in steps(item)]
    return []


class Guides(unittest.TestCase):
    def test_each_input_is_explained(self):
        known = set(ACTION["inputs"])
        self.assertEqual(named_inputs("docs/github.md") - known, set())
        self.assertEqual(
            known - named_inputs("docs/github.md"), {"base", "head", "target"}, "those have a sentence of their own"
        )
        self.assertEqual(named_inputs("docs/gitlab.md"), set(SPEC["inputs"]))

    def test_examples_use_what_is_there(self):
        used = [step for block in blocks("docs/github.md") for step in steps(block)]
        ours = [step for step in used if step["uses"] == "OWNER/patchgate/ci/github@FULL_COMMIT_ID"]
        self.assertEqual(len(ours), 2)
        for step in ours:
            self.assertLessEqual(set(step["with"]), set(ACTION["inputs"]))
        for name in re.findall(r"steps\.gate\.outputs\.([\w-]+)", (ROOT / "docs/github.md").read_text()):
            self.assertIn(name, ACTION["outputs"])
        includes = [
            entry
            for path in ("docs/gitlab.md", "ci/gitlab/README.md")
            for block in blocks(path)
            for entry in block["include"]
        ]
        self.assertEqual(len(includes), 3)
        for entry in includes:
            self.assertLessEqual(set(entry["inputs"]), set(SPEC["inputs"]))

    def test_pins_are_those_of_our_own_workflows(self):
        ours = "".join(path.read_text() for path in (ROOT / ".github/workflows").glob("*.yml"))
        for block in blocks("docs/github.md"):
            for step in steps(block):
                if not step["uses"].startswith("OWNER/"):
                    self.assertIn(step["uses"], ours)


if __name__ == "__main__":
    unittest.main()
