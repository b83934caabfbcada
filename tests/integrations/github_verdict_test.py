#!/usr/bin/env python3
"""What the last step of the composite action makes of a verdict, a missing one and a broken one. PATCHGATE names the
program."""
import unittest
from pathlib import Path

from action_case import ARTIFACT, CACHE_RESTORE, PROGRAM, SARIF, ActionCase
from sample import LINES


class Enforcement(ActionCase):
    def test_a_shallow_clone_is_no_verdict(self):
        run, _ = self.pull(LINES["allow"], words=("--depth", "1"))
        self.says(run, "none", 3)
        self.assertIn("fetch-depth: 0", run.errors + run.log)
        self.assertEqual(len(run.summaries), 1)

    def test_a_wrong_input_judges_nothing(self):
        for inputs in (
            {"base": "--policy"},
            {"base": "nowhere"},
            {"scope": "some"},
            {"warn-exit": "x"},
            {"policy": "none.json"},
            {"junit": "-x\nnot-there.xml"},
        ):
            with self.subTest(inputs):
                run, _ = self.pull(LINES["allow"], inputs=inputs)
                self.assertEqual(
                    (run.outputs["decision"], run.exit_code),
                    ("none", 3 if "junit" in inputs else 2),
                    run.log + run.errors,
                )

    def test_what_fails_the_job(self):
        for lines, inputs, job in (
            ("warn", {"warn-exit": "1"}, 1),
            ("warn", {"warn-exit": "7"}, 7),
            ("block", {"fail-on": "nothing"}, 0),
            ("warn", {"fail-on": "nothing", "warn-exit": "1"}, 0),
            ("allow", {"fail-on": "never"}, 3),
        ):
            with self.subTest((lines, inputs)):
                run, _ = self.pull(LINES[lines], inputs=inputs)
                self.assertEqual(run.exit_code, job, run.log + run.errors)
        run, _ = self.pull(LINES["allow"], words=("--depth", "1"), inputs={"fail-on": "nothing"})
        self.assertEqual(run.exit_code, 3, "what could not be judged fails all the same")

    def program(self, text):
        path = self.folder / "program"
        path.write_text("#!/usr/bin/env bash\n[[ $1 == --version ]] && { echo 1; exit 0; }\n" + text)
        path.chmod(0o755)
        return {"program": str(path)}

    def test_a_missing_or_broken_report_fails(self):
        wrong = {
            "no report": "exit 0",
            "an empty report": 'file "" json',
            "cut off": 'real; truncate -s -3 "$json"',
            "not a report": 'file "{}" json',
            "another decision than the code": "real; exit 0",
            "killed": "kill -9 $$",
        }
        words = f'''
        for word in "$@"; do [[ $word == json=* ]] && json=${{word#json=}}; done
        file() {{ printf '%s' "$1" >"$json"; }}
        real() {{ {PROGRAM} "$@" >/dev/null 2>&1 || true; }}
        '''
        for name, text in wrong.items():
            with self.subTest(name):
                body = words + text.replace("real", 'real "$@"')
                run, _ = self.pull(LINES["block"], inputs=self.program(body))
                self.assertEqual((run.outputs["decision"] in ("none", "block"), run.exit_code), (True, 3), run.errors)

    def test_a_report_changed_after_the_verdict_fails(self):
        def tamper(given):
            path = next(Path(given["path"]).glob("*.json"))
            report = Path(given["path"]) / "patchgate.json"
            report.write_text(report.read_text().replace('"decision": "block"', '"decision": "allow"'))
            return 0 if path else 1

        run, _ = self.pull(LINES["block"], stand_ins={ARTIFACT: tamper})
        self.assertEqual(run.exit_code, 3, run.errors)
        self.assertIn("was changed after it was made", run.errors)

    def test_a_program_that_cannot_be_had_fails(self):
        for inputs in (
            {"program": "/nowhere/patchgate"},
            {"program": "", "release": "v1"},
            {"program": "", "release": "a b", "sha256": "0" * 64},
        ):
            with self.subTest(inputs):
                run, _ = self.pull(LINES["allow"], inputs=inputs)
                self.assertNotEqual(run.exit_code, 0)
                self.assertEqual(run.steps["Judge"], "skipped")
                self.assertEqual(run.steps["Enforce"], "failure")

    def test_uploads_that_fail_change_no_verdict(self):
        fails = {name: lambda given: 1 for name in (ARTIFACT, SARIF, CACHE_RESTORE)}
        run, _ = self.pull(LINES["allow"], fork=True, inputs={"sarif": "true"}, stand_ins=fails)
        self.says(run, "allow", 0)
        run, _ = self.pull(LINES["block"], fork=True, inputs={"sarif": "true"}, stand_ins=fails)
        self.says(run, "block", 1)
        self.assertEqual(run.steps["Findings for code scanning"], "failure")


if __name__ == "__main__":
    unittest.main()
