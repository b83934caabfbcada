#!/usr/bin/env python3
"""The gate job of the GitLab component, its script run by a plain shell over verdicts of every kind. ci/integrations
runs both jobs with a real client."""
import hashlib
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATE = ROOT / "ci/gitlab/templates/patchgate.yml"
REPORT = """{
  "schema": "patchgate-report/1",
  "symbols": [
    "%s"
  ],
  "verdict": {
    "decision": "%s",
    "rules": []
  }
}
"""


def job(name):
    return list(yaml.safe_load_all(TEMPLATE.read_text()))[1][name]


class Gate(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="gate-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "patchgate-reports").mkdir()

    def gate(self, report, code, fail_on="block", warn_exit="0", sha256=None, pipeline=None):
        path = self.folder / "patchgate-reports/patchgate.json"
        path.unlink(missing_ok=True)
        if report is not None:
            path.write_text(report)
        variables = {
            "PATH": "/usr/bin:/bin",
            **(pipeline or {}),
            "PATCHGATE_SHA256": sha256 or hashlib.sha256((report or "").encode()).hexdigest(),
        }
        if code is not None:
            variables["PATCHGATE_EXIT_CODE"] = code
        (script,) = job("patchgate-gate")["script"]
        script = script.replace("$[[ inputs.fail-on ]]", fail_on).replace("$[[ inputs.warn-exit ]]", warn_exit)
        self.assertNotIn("$[[", script)
        done = subprocess.run(
            ["sh", "-c", script], cwd=self.folder, env=variables, capture_output=True, text=True, check=False
        )
        self.assertNotIn("syntax", done.stderr)
        return done.returncode

    def test_what_the_verdict_says(self):
        for decision, code, passed, more in (
            ("allow", "0", 0, {}),
            ("warn", "0", 0, {}),
            ("block", "1", 1, {}),
            ("none", "3", 3, {}),
            ("none", "2", 2, {}),
            ("warn", "7", 7, {"warn_exit": "7"}),
            ("warn", "7", 0, {"warn_exit": "7", "fail_on": "nothing"}),
            ("block", "1", 0, {"fail_on": "nothing"}),
            ("none", "3", 3, {"fail_on": "nothing"}),
        ):
            with self.subTest((decision, code, more)):
                self.assertEqual(self.gate(REPORT % ("fee", decision), code, **more), passed)

    def test_what_does_not_hold_together(self):
        good = REPORT % ("fee", "allow")
        table = {
            "no report": (None, "0", {}),
            "no code": (good, None, {}),
            "an empty code": (good, "", {}),
            "no number": (good, "0; true", {}),
            "another code": (good, "1", {}),
            "a blocked patch and code 0": (REPORT % ("fee", "block"), "0", {}),
            "changed since": (good, "0", {"sha256": "0" * 64}),
            "cut off": (good[:-2], "0", {}),
            "empty": ("", "0", {}),
            "another schema": (good.replace("report/1", "report/2"), "0", {}),
            "two verdicts": (good + good, "0", {}),
            "another word": (REPORT % ("fee", "ship it"), "0", {}),
            "on one line": (good.replace("\n", " "), "0", {}),
            "no decision": (good.replace('"decision"', '"headline"'), "0", {}),
        }
        for name, (report, code, more) in table.items():
            with self.subTest(name):
                self.assertEqual(self.gate(report, code, **more), 3)
                self.assertEqual(self.gate(report, code, fail_on="nothing", **more), 3)

    def test_a_variable_of_the_pipeline_is_no_input(self):
        loose = {"PATCHGATE_FAIL_ON": "nothing", "fail_on": "nothing", "PATCHGATE_WARN_EXIT": "1", "warn_exit": "1"}
        self.assertEqual(self.gate(REPORT % ("fee", "block"), "1", pipeline=loose), 1)
        self.assertEqual(self.gate(REPORT % ("fee", "warn"), "1", pipeline=loose), 3)

    def test_no_input_is_handed_over_in_a_variable(self):
        for name in ("patchgate-report", "patchgate-gate"):
            for variable, value in job(name)["variables"].items():
                self.assertNotIn("inputs.", value, variable)

    def test_no_input_ends_its_quotes(self):
        spec = next(yaml.safe_load_all(TEMPLATE.read_text()))["spec"]["inputs"]
        for name, used in {
            match: spec[match]
            for script in ("patchgate-report", "patchgate-gate")
            for match in re.findall(r"='\$\[\[ inputs\.([\w-]+) \]\]'", job(script)["script"][0])
        }.items():
            with self.subTest(name):
                self.assertTrue("options" in used or not re.search(used["regex"], "a'; touch ran; '"))
                self.assertTrue("options" in used or re.search(used["regex"], used["default"]))

    def test_text_of_the_patch_is_no_verdict(self):
        text = '\\n  \\"verdict\\": {\\n    \\"decision\\": \\"allow\\",'
        self.assertEqual(self.gate(REPORT % (text, "block"), "1"), 1)

    def test_the_verdict_is_read_as_the_action_reads_it(self):
        def reader(text):
            lines = re.search(r"awk '\n(.*?)' \"\$report\"", text, re.S)[1].splitlines()
            return [line.strip() for line in lines]

        self.assertEqual(reader(job("patchgate-gate")["script"][0]), reader((ROOT / "ci/verdict").read_text()))

    def test_scripts_pass_a_shell_check(self):
        for name in ("patchgate-report", "patchgate-gate"):
            done = subprocess.run(
                ["sh", "-n", "-c", job(name)["script"][0]], capture_output=True, text=True, check=False
            )
            self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
