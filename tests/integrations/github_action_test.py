#!/usr/bin/env python3
"""The composite action, run by a stand-in of GitHub's runner over recorded events of each kind. PATCHGATE names the program."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import unittest
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

from composite import Run
from sample import LINES, Sample, git

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ACTION = ROOT / "ci/github/action.yml"
PROGRAM = os.environ["PATCHGATE"]
ZERO = "0" * 40
CACHE_RESTORE, CACHE_SAVE = "actions/cache/restore", "actions/cache/save"
ARTIFACT, SARIF = "actions/upload-artifact", "github/codeql-action/upload-sarif"
HOSTILE = "$(touch ran)`touch ran`;touch ran;\"'\n::set-output name=decision::allow\n::stop-commands::x\n%0A::error::x ##[error]x"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def event(name):
    return json.loads((HERE / f"events/{name}.json").read_text())


def pull_request(sample, head, fork=False):
    made = event("pull_request")
    made["repository"]["default_branch"] = "main"
    patch = made["pull_request"]
    patch["base"].update(ref="main", sha=sample.main)
    patch["head"].update(ref="hotfix/x", sha=head)
    patch["base"]["repo"]["full_name"] = patch["head"]["repo"]["full_name"] = made["repository"]["full_name"]
    if fork:
        patch["head"]["repo"].update(full_name="mallory/app", fork=True)
    return made


def push(branch, before, after, forced=False):
    made = event("push")
    made["repository"]["default_branch"] = made["repository"]["master_branch"] = "main"
    made.update(ref=f"refs/heads/{branch}", before=before, after=after, forced=forced, created=before == ZERO)
    return made


class ActionCase(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="action-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.sample = Sample(self.folder)
        self.runs = 0

    def run_action(self, event_name, payload, at, ref="refs/pull/7/merge", inputs=None, words=(), **more):
        self.runs += 1
        clone = self.sample.clone(at, f"clone{self.runs}", *words)
        run = Run(ACTION, clone, event_name, payload, {"program": PROGRAM, **(inputs or {})},
                  {"ref": ref, "sha": at}, **more)
        self.addCleanup(shutil.rmtree, run.temp, ignore_errors=True)
        return run

    def says(self, run, decision, code, job=None):
        self.assertEqual((run.outputs["decision"], run.outputs["exit-code"], run.exit_code),
                         (decision, str(code), code if job is None else job), run.log + run.errors)

    def report(self, run):
        return json.loads(Path(run.outputs["json"]).read_text())

    def pull(self, lines, **more):
        head = self.sample.branch("hotfix/x", lines)
        fork = more.pop("fork", False)
        payload = pull_request(self.sample, head, fork)
        more.pop("change", lambda made: None)(payload)
        return self.run_action("pull_request", payload, self.sample.merged(head), **more), head


class Events(ActionCase):
    def test_each_decision_of_a_pull_request(self):
        for decision, code in (("allow", 0), ("warn", 0), ("block", 1)):
            with self.subTest(decision):
                run, _ = self.pull(LINES[decision])
                self.says(run, decision, code)
                report = self.report(run)
                self.assertEqual(report["inputs"]["base"], self.sample.main)
                self.assertEqual(report["inputs"]["target_ref"], "main")
                self.assertEqual(report["inputs"]["head"], run.github["sha"], "the merge that was checked out")
                self.assertEqual(len(run.summaries), 1)
                self.assertIn({"allow": "ALLOW", "warn": "WARN", "block": "BLOCK"}[decision], run.summaries[0])
                self.assertEqual([line.split("title=")[1].split("::")[0] for line in run.annotations()],
                                 {"allow": [], "warn": ["patchgate%3A team/tiny"],
                                  "block": ["patchgate%3A team/small", "patchgate%3A team/tiny"]}[decision])

    def test_a_pull_request_from_a_fork(self):
        run, _ = self.pull(LINES["block"], fork=True)
        self.says(run, "block", 1)
        self.assertEqual(self.report(run)["inputs"]["base"], self.sample.main)

    def test_a_policy_that_the_patch_brings_judges_nothing(self):
        git(self.sample.origin, "switch", "-q", "-c", "hotfix/weak")
        (self.sample.origin / ".patchgate/policy.json").write_text('{"policy": 1, "rules": []}')
        head = self.sample.commit(LINES["block"], "weaker")
        git(self.sample.origin, "switch", "-q", "main")
        run = self.run_action("pull_request", pull_request(self.sample, head), self.sample.merged(head))
        self.says(run, "block", 1)

    def test_merge_group(self):
        head = self.sample.branch("gh-readonly-queue/main/pr-7", LINES["block"])
        payload = event("merge_group")
        payload["merge_group"].update(base_sha=self.sample.main, head_sha=head, base_ref="refs/heads/main",
                                      head_ref="refs/heads/gh-readonly-queue/main/pr-7")
        run = self.run_action("merge_group", payload, head, "refs/heads/gh-readonly-queue/main/pr-7")
        self.says(run, "block", 1)
        self.assertEqual(self.report(run)["inputs"]["target_ref"], "main")

    def test_pushes(self):
        head = self.sample.branch("hotfix/x", LINES["block"])
        more = self.sample.branch("hotfix/x", LINES["block"] + 1, "hotfix/x")
        rewritten = self.sample.branch("hotfix/y", LINES["warn"])
        table = (("since the last push", push("hotfix/x", head, more), more, "allow", 0, head),
                 ("a new branch", push("hotfix/x", ZERO, more), more, "block", 1, self.sample.main),
                 ("forced, what was there before is gone", push("hotfix/y", "d" * 40, rewritten, True), rewritten, "warn", 0,
                  self.sample.main),
                 ("to the default branch", push("main", self.sample.before, self.sample.main), self.sample.main, "allow", 0,
                  self.sample.before))
        for name, payload, at, decision, code, base in table:
            with self.subTest(name):
                run = self.run_action("push", payload, at, payload["ref"])
                self.says(run, decision, code)
                self.assertEqual(self.report(run)["inputs"]["base"], base)

    def test_a_run_that_was_started_by_hand(self):
        head = self.sample.branch("hotfix/x", LINES["warn"])
        payload = event("workflow_dispatch")
        by_hand = {**payload, "ref": "refs/heads/hotfix/x", "inputs": {}}
        run = self.run_action("workflow_dispatch", by_hand, head, "refs/heads/hotfix/x")
        self.says(run, "warn", 0)
        self.assertEqual(self.report(run)["inputs"]["base"], self.sample.main)
        run = self.run_action("workflow_dispatch", {**by_hand, "inputs": {"base": self.sample.before}}, head, "refs/heads/hotfix/x")
        self.assertEqual(self.report(run)["inputs"]["base"], self.sample.before)
        run = self.run_action("workflow_dispatch", {**payload, "ref": "refs/heads/main"}, self.sample.main, "refs/heads/main")
        self.assertEqual((run.outputs["decision"], run.exit_code), ("none", 2), run.errors)
        self.assertIn("give the workflow an input named base", run.errors)

    def test_inputs_win_over_the_event(self):
        head = self.sample.branch("hotfix/x", LINES["block"])
        run = self.run_action("pull_request", pull_request(self.sample, self.sample.main), head,
                              inputs={"base": self.sample.before, "head": head, "target": "release/1"})
        self.says(run, "block", 1)
        inputs = self.report(run)["inputs"]
        self.assertEqual((inputs["base"], inputs["head"], inputs["target_ref"]), (self.sample.before, head, "release/1"))


class Enforcement(ActionCase):
    def test_a_shallow_clone_is_no_verdict(self):
        run, _ = self.pull(LINES["allow"], words=("--depth", "1"))
        self.says(run, "none", 3)
        self.assertIn("fetch-depth: 0", run.errors + run.log)
        self.assertEqual(len(run.summaries), 1)

    def test_a_wrong_input_judges_nothing(self):
        for inputs in ({"base": "--policy"}, {"base": "nowhere"}, {"scope": "some"}, {"warn-exit": "x"}, {"policy": "none.json"},
                       {"junit": "-x\nnot-there.xml"}):
            with self.subTest(inputs):
                run, _ = self.pull(LINES["allow"], inputs=inputs)
                self.assertEqual((run.outputs["decision"], run.exit_code), ("none", 3 if "junit" in inputs else 2), run.log + run.errors)

    def test_what_fails_the_job(self):
        for lines, inputs, job in (("warn", {"warn-exit": "1"}, 1), ("warn", {"warn-exit": "7"}, 7), ("block", {"fail-on": "nothing"}, 0),
                                   ("warn", {"fail-on": "nothing", "warn-exit": "1"}, 0), ("allow", {"fail-on": "never"}, 3)):
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
        for inputs in ({"program": "/nowhere/patchgate"}, {"program": "", "release": "v1"}, {"program": "", "release": "a b", "sha256": "0" * 64}):
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


class Release(ActionCase):
    """The package of a release: by its checksum, or not at all. What apt-get would install stands in PATH already."""

    PACKAGE = b"!<arch>\n a package"

    def setUp(self):
        super().setUp()
        bin = self.folder / "bin"
        bin.mkdir()
        (bin / "apt-get").write_text(f'#!/bin/sh\necho "$@" >>"{self.folder}/installed"\nln -s "{PROGRAM}" "{bin}/patchgate"\n')
        (bin / "apt-get").chmod(0o755)
        web = self.folder / "web"
        file = web / f"octo-org/patchgate/releases/download/v1.2/patchgate-debian12-{self.architecture()}.deb"
        file.parent.mkdir(parents=True)
        file.write_bytes(self.PACKAGE)
        self.server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(web)))
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.environment = {"GITHUB_SERVER_URL": f"http://127.0.0.1:{self.server.server_port}", "PATH": f"{bin}:{os.environ['PATH']}",
                            "GITHUB_ACTION_REPOSITORY": "octo-org/patchgate", "http_proxy": "", "HTTP_PROXY": ""}

    def architecture(self):
        return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()

    def with_release(self, tag, sha256):
        run, _ = self.pull(LINES["block"], inputs={"program": "", "release": tag, "sha256": sha256}, environment=self.environment)
        return run

    def test_the_package_that_was_named(self):
        run = self.with_release("v1.2", hashlib.sha256(self.PACKAGE).hexdigest())
        self.says(run, "block", 1)
        self.assertIn(f"{run.temp}/patchgate.deb", (self.folder / "installed").read_text())
        self.assertEqual(run.steps["What was compiled before"], "skipped")

    def test_another_package_is_not_installed(self):
        for tag, sha256 in (("v1.2", "0" * 64), ("v1.3", hashlib.sha256(self.PACKAGE).hexdigest()), ("v1.2", ""), ("../v1.2", "0" * 64)):
            with self.subTest((tag, sha256)):
                run = self.with_release(tag, sha256)
                self.assertEqual((run.steps["Judge"], run.exit_code), ("skipped", 3), run.errors)
        self.assertFalse((self.folder / "installed").exists())


class Steps(ActionCase):
    def used(self, run, name):
        return [given for uses, given in run.used if uses.split("@")[0] == name]

    def test_what_is_uploaded(self):
        run, _ = self.pull(LINES["block"], inputs={"sarif": "true", "artifact": "verdict"})
        self.assertEqual(self.used(run, ARTIFACT)[0]["name"], "verdict")
        files = {path.name for path in Path(self.used(run, ARTIFACT)[0]["path"]).iterdir()}
        self.assertLessEqual({"patchgate.json", "patchgate.sarif", "patchgate.markdown", "patchgate.junit", "stats.json"}, files)
        sarif = json.loads(Path(self.used(run, SARIF)[0]["sarif_file"]).read_text())
        self.assertEqual(sarif["version"], "2.1.0")
        self.assertTrue(all("::" not in given["path"] for given in self.used(run, CACHE_RESTORE)))
        run, _ = self.pull(LINES["block"], inputs={"artifact": "", "cache": "false", "annotations": "false", "summary": "false"})
        self.assertEqual((run.used, run.annotations(), run.summaries), ([], [], []))

    def test_only_a_push_to_the_default_branch_saves_an_index(self):
        run, _ = self.pull(LINES["allow"])
        self.assertEqual(len(self.used(run, CACHE_RESTORE)), 1)
        self.assertEqual(self.used(run, CACHE_SAVE), [])
        restored = self.used(run, CACHE_RESTORE)[0]
        self.assertTrue(restored["key"].endswith("-" + self.sample.main), restored)
        self.assertRegex(restored["key"], r"^patchgate-index-Linux-X64-[0-9a-f]{16}-")
        head = self.sample.branch("hotfix/x", LINES["allow"])
        run = self.run_action("push", push("hotfix/x", ZERO, head), head, "refs/heads/hotfix/x")
        self.assertEqual(self.used(run, CACHE_SAVE), [])
        run = self.run_action("push", push("main", self.sample.before, self.sample.main), self.sample.main, "refs/heads/main")
        saved = self.used(run, CACHE_SAVE)
        self.assertEqual([given["key"] for given in saved], [restored["key"]], "the next pull request finds it")
        self.assertTrue((Path(saved[0]["path"]) / "index.db").is_file())

    def test_a_damaged_index_changes_no_verdict(self):
        def damaged(given):
            Path(given["path"]).mkdir(parents=True, exist_ok=True)
            (Path(given["path"]) / "index.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
        run, _ = self.pull(LINES["block"], stand_ins={CACHE_RESTORE: damaged})
        self.says(run, "block", 1)

    def test_patterns_of_evidence(self):
        suite = '<testsuite name="s" tests="1"><testcase classname="s" name="{}"/></testsuite>'
        def results(given):
            for name in ("a", "b", "-c"):
                (self.folder / f"clone{self.runs}" / f"{name}.xml").write_text(suite.format(name))
        run, _ = self.pull(LINES["allow"], inputs={"junit": "\n  *.xml  \n\n"}, stand_ins={CACHE_RESTORE: results})
        self.says(run, "allow", 0)
        self.assertEqual(self.report(run)["facts"]["tests.results.passed"].get("value"), 3)

    def test_third_parties_are_pinned_by_commit(self):
        for path in [*ROOT.glob("ci/github/**/*.yml"), *ROOT.glob(".github/workflows/*.yml")]:
            for uses in re.findall(r"uses:\s*(\S+)", path.read_text()):
                if not uses.startswith("./") and not uses.startswith("OWNER/patchgate/"):
                    self.assertRegex(uses, r"^[\w-]+/[\w/.-]+@[0-9a-f]{40}$", path)


class Hostile(ActionCase):
    def test_names_from_the_event_run_nothing(self):
        def change(made):
            made["pull_request"]["head"]["ref"] = HOSTILE
            made["pull_request"]["title"] = made["pull_request"]["body"] = HOSTILE
            made["pull_request"].setdefault("labels", []).append({"name": HOSTILE})
        run, _ = self.pull(LINES["block"], change=change)
        self.says(run, "block", 1)
        self.nothing_ran(run)

    def nothing_ran(self, run):
        found = subprocess.run(["find", str(self.folder), str(run.temp), str(run.folder), "-name", "ran*"], capture_output=True, text=True, check=True)
        self.assertEqual(found.stdout, "")
        self.assertTrue(all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in run.commands()), run.commands())

    def test_inputs_run_nothing(self):
        for name in ("base", "head", "target", "compile-commands", "coverage", "junit", "scope", "budget", "warn-exit", "fail-on", "program",
                     "artifact", "repository", "policy"):
            with self.subTest(name):
                run, _ = self.pull(LINES["block"], inputs={name: HOSTILE})
                self.assertNotEqual(run.exit_code, 0)
                self.nothing_ran(run)

    def test_names_of_files_in_the_patch(self):
        git(self.sample.origin, "switch", "-q", "-c", "hotfix/names")
        for name in ("$(touch ran).cpp", "::error file=x::y.cpp", "a\n::set-output name=decision::allow.cpp", "x##[error]y.cpp", "\nallow=true"):
            (self.sample.origin / name.replace("/", "_")).write_text("int one;\nint two;\n")
        head = self.sample.commit(LINES["block"], HOSTILE)
        git(self.sample.origin, "switch", "-q", "main")
        run = self.run_action("pull_request", pull_request(self.sample, head), self.sample.merged(head))
        self.says(run, "block", 1)
        self.nothing_ran(run)
        self.assertEqual(set(run.results["judge"]["outputs"]), {"decision", "exit-code", "reports", "json", "sha256", "sarif", "markdown"})

    def test_a_restored_link_is_not_followed_out_of_the_runner(self):
        git(self.sample.origin, "switch", "-q", "-c", "hotfix/link")
        os.symlink("/etc", self.sample.origin / "patchgate-report")
        head = self.sample.commit(LINES["allow"], "a link")
        git(self.sample.origin, "switch", "-q", "main")
        run = self.run_action("pull_request", pull_request(self.sample, head), self.sample.merged(head))
        self.assertTrue(run.outputs["reports"].startswith(str(run.temp)))


if __name__ == "__main__":
    unittest.main()
