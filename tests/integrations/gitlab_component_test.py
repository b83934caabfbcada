#!/usr/bin/env python3
"""Both jobs of the GitLab component, run by gitlab-ci-local with a plain shell, for pipelines of each kind. PATCHGATE
names the program, GITLAB_CI_LOCAL the client (ci/integrations installs it)."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

from sample import CLEAN, LINES, Sample, git

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ["PATCHGATE"]
CLIENT = os.environ["GITLAB_CI_LOCAL"]
ZERO = "0" * 40
HOSTILE = "$(touch ran)`touch ran`;touch ran;'\" ##[error]x"


class Pipeline(unittest.TestCase):
    words = ()

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="component-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.sample = Sample(self.folder / "forge")
        self.use({})
        self.clones = 0

    def use(self, inputs, name="ci/patchgate.yml"):
        """The job file on main, as a project has it: `inputs` over the program and the compile database."""
        given = {"program": PROGRAM, "compile-commands": "compile_commands.json", **inputs}
        file = self.sample.origin / name
        file.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "ci/gitlab/templates/patchgate.yml", file)
        (self.sample.origin / ".gitlab-ci.yml").write_text(json.dumps({"include": [{"local": name, "inputs": given}]}))
        self.sample.main = self.sample.commit(0, "the gate", "// rounding is left to the caller\n")

    def checkout(self, at, branch, *words):
        self.clones += 1
        clone = self.sample.clone(at, f"clone{self.clones}", *words)
        git(clone, "switch", "-q", "-c", branch)
        # The client wants an address of a forge; git still finds the repository.
        git(clone, "config", f"url.file://{self.sample.origin}.insteadOf", "git@gitlab.example.org:group/app.git")
        git(clone, "remote", "set-url", "origin", "git@gitlab.example.org:group/app.git")
        git(clone, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
        (clone / ".git/info/exclude").write_text(
            "compile_commands.json\n.gitlab-ci-local\npatchgate-reports\n.patchgate-index\n"
        )
        return clone

    def client(self, clone, *words, **variables):
        given = [word for name, value in variables.items() for word in ("--variable", f"{name}={value}")]
        done = subprocess.run(
            [CLIENT, "--force-shell-executor", *words, *given],
            cwd=clone,
            capture_output=True,
            text=True,
            check=False,
            env={**CLEAN, "HOME": str(self.folder)},
            timeout=300,
        )
        return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)

    def pipeline(self, clone, **variables):
        head = git(clone, "rev-parse", "HEAD")
        return self.client(
            clone,
            *self.words,
            "--needs",
            "patchgate-gate",
            GITLAB_CI="true",
            CI_COMMIT_SHA=head,
            CI_DEFAULT_BRANCH="main",
            **variables,
        )

    def merge_request(self, clone, kind="detached", **more):
        return self.pipeline(
            clone,
            **{
                "CI_PIPELINE_SOURCE": "merge_request_event",
                "CI_MERGE_REQUEST_IID": "7",
                "CI_MERGE_REQUEST_EVENT_TYPE": kind,
                "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
                "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "hotfix/x",
                "CI_MERGE_REQUEST_PROJECT_ID": "1",
                "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "1",
                **more,
            },
        )

    def says(self, seen, clone, decision, gate, base):
        code, log = seen
        self.assertIn("PASS  patchgate-report", log)
        self.assertIn(("PASS" if gate == 0 else "FAIL") + "  patchgate-gate", log)
        self.assertEqual(code == 0, gate == 0, log)
        if gate:
            self.assertIn(f"FAIL {gate}", log)
        report = json.loads((clone / "patchgate-reports/patchgate.json").read_text())
        self.assertEqual((report["verdict"]["decision"], report["inputs"]["base"]), (decision, base), log)


class Kinds(Pipeline):
    def test_each_decision_of_a_detached_pipeline(self):
        for decision, gate in (("allow", 0), ("warn", 0), ("block", 1)):
            with self.subTest(decision):
                clone = self.checkout(self.sample.branch("hotfix/x", LINES[decision]), "hotfix/x")
                seen = self.merge_request(clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main)
                self.says(seen, clone, decision, gate, self.sample.main)
                names = {path.name for path in (clone / "patchgate-reports").iterdir()}
                self.assertEqual(
                    names - {"patchgate.html"},
                    {
                        "patchgate.json",
                        "patchgate.md",
                        "patchgate.sarif",
                        "codequality.json",
                        "junit.xml",
                        "stats.json",
                        "verdict.env",
                    },
                )

    def test_merged_results_and_merge_trains(self):
        for kind in ("merged_result", "merge_train"):
            with self.subTest(kind):
                start = self.sample.main
                head = self.sample.branch("hotfix/x", LINES["warn"], start)
                self.sample.commit(0, "meanwhile", "// rounding is left to the caller\n")
                self.sample.main = git(self.sample.origin, "rev-parse", "main")
                merge = self.sample.merged(head)
                clone = self.checkout(merge, "merged")
                seen = self.merge_request(
                    clone,
                    kind,
                    CI_MERGE_REQUEST_DIFF_BASE_SHA=start,
                    CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=head,
                    CI_MERGE_REQUEST_TARGET_BRANCH_SHA=self.sample.main,
                )
                self.says(seen, clone, "warn", 0, self.sample.main)

    def test_a_merge_request_from_a_fork(self):
        clone = self.checkout(self.sample.branch("hotfix/x", LINES["block"]), "hotfix/x")
        seen = self.merge_request(
            clone,
            CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main,
            CI_MERGE_REQUEST_SOURCE_PROJECT_ID="2",
            CI_MERGE_REQUEST_TITLE=HOSTILE,
            CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=HOSTILE,
            CI_MERGE_REQUEST_LABELS=HOSTILE,
        )
        self.says(seen, clone, "block", 1, self.sample.main)
        self.assertEqual(list(clone.rglob("ran*")), [])

    def test_a_push_to_a_hotfix_branch(self):
        head = self.sample.branch("hotfix/x", LINES["block"])
        clone = self.checkout(head, "hotfix/x")
        common = {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "hotfix/x"}
        seen = self.pipeline(clone, CI_COMMIT_BEFORE_SHA=ZERO, **common)
        self.says(seen, clone, "block", 1, self.sample.main)
        more = self.sample.branch("hotfix/x", LINES["block"] + 1, "hotfix/x")
        clone = self.checkout(more, "hotfix/x")
        seen = self.pipeline(clone, CI_COMMIT_BEFORE_SHA=head, **common)
        self.says(seen, clone, "block", 1, self.sample.main)

    def test_which_pipelines_have_the_jobs(self):
        clone = self.checkout(self.sample.branch("hotfix/x", LINES["block"]), "hotfix/x")
        table = (
            ({"CI_PIPELINE_SOURCE": "merge_request_event"}, True),
            ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "hotfix/x"}, True),
            ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "release/2"}, True),
            ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main"}, True),
            ({"CI_PIPELINE_SOURCE": "schedule", "CI_COMMIT_BRANCH": "main"}, False),
            ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "feature/x"}, False),
            (
                {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "hotfix/x", "CI_OPEN_MERGE_REQUESTS": "group/app!7"},
                False,
            ),
            ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "", "CI_COMMIT_TAG": "v1"}, False),
        )
        for variables, there in table:
            with self.subTest(variables):
                given = {"CI_DEFAULT_BRANCH": "main", "CI_OPEN_MERGE_REQUESTS": "", **variables}
                _, log = self.client(clone, "--list-json", **given)
                jobs = json.loads(re.search(r"^\[\n.*?^\]", log, re.S | re.M)[0])
                self.assertEqual(
                    {job["name"]: job["when"] != "never" for job in jobs},
                    {"patchgate-report": there, "patchgate-gate": there},
                )


class Inputs(Pipeline):
    def run_with(self, decision, **inputs):
        self.use({name.replace("_", "-"): value for name, value in inputs.items()})
        clone = self.checkout(self.sample.branch("hotfix/x", LINES[decision]), "hotfix/x")
        return clone, self.merge_request(clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main)

    def test_what_fails_the_gate(self):
        clone, seen = self.run_with("warn", warn_exit="1")
        self.says(seen, clone, "warn", 1, self.sample.main)
        clone, seen = self.run_with("block", fail_on="nothing")
        self.says(seen, clone, "block", 0, self.sample.main)

    def test_a_variable_of_the_pipeline_opens_no_gate(self):
        clone = self.checkout(self.sample.branch("hotfix/x", LINES["block"]), "hotfix/x")
        seen = self.merge_request(
            clone,
            CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main,
            PATCHGATE_FAIL_ON="nothing",
            PATCHGATE_WARN_EXIT="1",
            PATCHGATE_POLICY="/nowhere",
            PATCHGATE_PROGRAM="/bin/true",
        )
        self.says(seen, clone, "block", 1, self.sample.main)

    def test_sarif_for_the_tier_that_takes_it(self):
        # The client's schema is of a GitLab before 18.11, which refuses the key: the default has to leave it out.
        clone, (code, log) = self.run_with("block", sarif="yes")
        self.assertIn("'sarif' property is not expected", log)
        self.words = ("--json-schema-validation=false",)
        seen = self.merge_request(clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main)
        self.says(seen, clone, "block", 1, self.sample.main)

    def test_wrong_inputs(self):
        for inputs in (
            {"fail_on": "never"},
            {"sandbox": "none"},
            {"sarif": "maybe"},
            {"warn_exit": "0; true"},
            {"policy": "x'; touch ran; '"},
        ):
            with self.subTest(inputs):
                _, (code, log) = self.run_with("allow", **inputs)
                self.assertNotEqual(code, 0)
                self.assertNotIn("PASS", log)
        for inputs in (
            {"base": "nowhere"},
            {"base": "--help"},
            {"scope": "some"},
            {"program": "/nowhere"},
            {"junit": "none.xml"},
            {"package": "https://example.org/x.deb"},
        ):
            with self.subTest(inputs):
                clone, (code, log) = self.run_with("allow", **inputs)
                self.assertNotEqual(code, 0)
                self.assertNotIn("PASS  patchgate-gate", log)

    def test_a_component(self):
        """The folder ci/gitlab as a project of its own, as its README says to publish it."""
        self.use({}, "templates/patchgate.yml")
        (self.sample.origin / ".gitlab-ci.yml").write_text(
            json.dumps(
                {
                    "include": [
                        {
                            "component": "$CI_SERVER_FQDN/$CI_PROJECT_PATH/patchgate@$CI_COMMIT_SHA",
                            "inputs": {"program": PROGRAM},
                        }
                    ]
                }
            )
        )
        self.sample.main = self.sample.commit(0, "the component", "// rounding is left to the caller\n")
        clone = self.checkout(self.sample.branch("hotfix/x", LINES["block"]), "hotfix/x")
        seen = self.merge_request(clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main)
        self.says(seen, clone, "block", 1, self.sample.main)


class Guide(Pipeline):
    def test_the_job_file_of_the_guide(self):
        """docs/gitlab.md, with the program of this build and without the call of CMake."""
        text = re.search(r"^```yaml\n(.*?)^```$", (ROOT / "docs/gitlab.md").read_text(), re.S | re.M)[1]
        jobs = yaml.safe_load(text)
        inputs = jobs["include"][0]["inputs"]
        del inputs["source"], inputs["revision"]
        inputs["program"] = PROGRAM
        jobs["compile-commands"]["script"] = ["mkdir -p build && cp compile_commands.json build/compile_commands.json"]
        (self.sample.origin / ".gitlab").mkdir()
        shutil.copy(ROOT / "ci/gitlab/templates/patchgate.yml", self.sample.origin / ".gitlab/patchgate.yml")
        (self.sample.origin / ".gitlab-ci.yml").write_text(json.dumps(jobs))
        self.sample.main = self.sample.commit(0, "the guide", "// rounding is left to the caller\n")
        clone = self.checkout(self.sample.branch("hotfix/x", LINES["block"]), "hotfix/x")
        self.assertEqual(self.client(clone, "compile-commands")[0], 0)
        seen = self.merge_request(clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main)
        self.says(seen, clone, "block", 1, self.sample.main)
        report = json.loads((clone / "patchgate-reports/patchgate.json").read_text())
        self.assertEqual(report["analysis"]["units"]["parsed"], 2)


class Clones(Pipeline):
    def test_a_shallow_clone_is_deepened(self):
        for n in range(3):
            self.sample.branch("hotfix/x", n + 1, "hotfix/x" if n else "main")
        head = self.sample.branch("hotfix/x", LINES["block"], "hotfix/x")
        clone = self.checkout(head, "hotfix/x", "--depth", "1")
        seen = self.merge_request(clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main)
        self.says(seen, clone, "block", 1, self.sample.main)

    def test_one_that_cannot_be_deepened_is_refused(self):
        clone = self.checkout(self.sample.branch("hotfix/x", LINES["allow"]), "hotfix/x", "--depth", "1")
        git(clone, "config", "--unset-all", f"url.file://{self.sample.origin}.insteadOf")
        git(clone, "config", "url.file:///nowhere.insteadOf", "git@gitlab.example.org:group/app.git")
        code, log = self.merge_request(clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main)
        self.assertNotEqual(code, 0)
        self.assertIn("shallow", log)
        self.assertIn('GIT_DEPTH: "0"', log)
        self.assertNotIn("PASS  patchgate-gate", log)

    def test_links_in_the_checkout_are_not_followed(self):
        outside = self.folder / "outside"
        outside.mkdir()
        (outside / "kept").write_text("kept")
        git(self.sample.origin, "switch", "-q", "-c", "hotfix/link", "main")
        for name in ("patchgate-reports", ".patchgate-index"):
            os.symlink(outside, self.sample.origin / name)
        head = self.sample.commit(LINES["allow"], "links")
        git(self.sample.origin, "switch", "-q", "main")
        clone = self.checkout(head, "hotfix/link")
        self.merge_request(clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=self.sample.main)
        self.assertEqual([path.name for path in outside.iterdir()], ["kept"])
        self.assertTrue((clone / "patchgate-reports/patchgate.json").is_file())


if __name__ == "__main__":
    unittest.main()
