#!/usr/bin/env python3
"""The composite action, run by a stand-in of GitHub's runner over recorded events of each kind, and over hostile ones.
PATCHGATE names the program."""
import json
import os
import subprocess
import unittest
from pathlib import Path

from action_case import HOSTILE, ZERO, ActionCase, event, pull_request, push
from sample import LINES, POLICY, git


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
                self.assertEqual(
                    [line.split("title=")[1].split("::")[0] for line in run.annotations()],
                    {
                        "allow": [],
                        "warn": ["patchgate%3A team/tiny"],
                        "block": ["patchgate%3A team/small", "patchgate%3A team/tiny"],
                    }[decision],
                )

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
        payload["merge_group"].update(
            base_sha=self.sample.main,
            head_sha=head,
            base_ref="refs/heads/main",
            head_ref="refs/heads/gh-readonly-queue/main/pr-7",
        )
        run = self.run_action("merge_group", payload, head, "refs/heads/gh-readonly-queue/main/pr-7")
        self.says(run, "block", 1)
        self.assertEqual(self.report(run)["inputs"]["target_ref"], "main")

    def test_pushes(self):
        head = self.sample.branch("hotfix/x", LINES["block"])
        more = self.sample.branch("hotfix/x", LINES["block"] + 1, "hotfix/x")
        rewritten = self.sample.branch("hotfix/y", LINES["warn"])
        table = (
            ("pushed again", push("hotfix/x", head, more), more, "block", 1, self.sample.main),
            ("a new branch", push("hotfix/x", ZERO, more), more, "block", 1, self.sample.main),
            (
                "forced, what was there before is gone",
                push("hotfix/y", "d" * 40, rewritten, True),
                rewritten,
                "warn",
                0,
                self.sample.main,
            ),
            (
                "to the default branch",
                push("main", self.sample.before, self.sample.main),
                self.sample.main,
                "allow",
                0,
                self.sample.before,
            ),
        )
        for name, payload, at, decision, code, base in table:
            with self.subTest(name):
                run = self.run_action("push", payload, at, payload["ref"])
                self.says(run, decision, code)
                self.assertEqual(self.report(run)["inputs"]["base"], base)

    def test_a_policy_that_was_pushed_before_judges_nothing(self):
        for branch in ("hotfix/weak", "feature/weak"):
            with self.subTest(branch):
                git(self.sample.origin, "switch", "-q", "-C", branch, "main")
                weaker = '{"policy": 1, "extends": ["builtin:observe@1"]}'
                (self.sample.origin / ".patchgate/policy.json").write_text(weaker)
                weak = self.sample.commit(0, "weaker")
                head = self.sample.commit(LINES["block"], "the patch")
                git(self.sample.origin, "switch", "-q", "main")
                run = self.run_action("push", push(branch, weak, head), head, f"refs/heads/{branch}")
                self.says(run, "block", 1)
                inputs = self.report(run)["inputs"]
                self.assertEqual((inputs["base"], inputs["target_ref"]), (self.sample.main, "main"))

    def test_a_push_to_a_branch_that_patches_are_meant_for(self):
        policy = self.sample.origin / ".patchgate/policy.json"
        policy.write_text(json.dumps({**POLICY, "hotfix": {"target": ["release/**"], "source": ["hotfix/**"]}}))
        self.sample.commit(0, "which branches are released")
        before = self.sample.branch("release/2", LINES["warn"])
        after = self.sample.branch("release/2", LINES["warn"] + 1, "release/2")
        main = git(self.sample.origin, "rev-parse", "main")
        for start, decision, code, base in ((before, "allow", 0, before), (ZERO, "block", 1, main)):
            run = self.run_action("push", push("release/2", start, after), after, "refs/heads/release/2")
            self.says(run, decision, code)
            inputs = self.report(run)["inputs"]
            self.assertEqual((inputs["base"], inputs["target_ref"]), (base, "release/2"))

    def test_a_run_that_was_started_by_hand(self):
        head = self.sample.branch("hotfix/x", LINES["warn"])
        payload = event("workflow_dispatch")
        by_hand = {**payload, "ref": "refs/heads/hotfix/x", "inputs": {}}
        run = self.run_action("workflow_dispatch", by_hand, head, "refs/heads/hotfix/x")
        self.says(run, "warn", 0)
        self.assertEqual(self.report(run)["inputs"]["base"], self.sample.main)
        run = self.run_action(
            "workflow_dispatch", {**by_hand, "inputs": {"base": self.sample.before}}, head, "refs/heads/hotfix/x"
        )
        self.assertEqual(self.report(run)["inputs"]["base"], self.sample.before)
        run = self.run_action(
            "workflow_dispatch", {**payload, "ref": "refs/heads/main"}, self.sample.main, "refs/heads/main"
        )
        self.assertEqual((run.outputs["decision"], run.exit_code), ("none", 2), run.errors)
        self.assertIn("give the workflow an input named base", run.errors)

    def test_inputs_win_over_the_event(self):
        head = self.sample.branch("hotfix/x", LINES["block"])
        run = self.run_action(
            "pull_request",
            pull_request(self.sample, self.sample.main),
            head,
            inputs={"base": self.sample.before, "head": head, "target": "release/1"},
        )
        self.says(run, "block", 1)
        inputs = self.report(run)["inputs"]
        self.assertEqual(
            (inputs["base"], inputs["head"], inputs["target_ref"]), (self.sample.before, head, "release/1")
        )


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
        found = subprocess.run(
            ["find", str(self.folder), str(run.temp), str(run.folder), "-name", "ran*"],
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(found.stdout, "")
        self.assertTrue(
            all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in run.commands()),
            run.commands(),
        )

    def test_inputs_run_nothing(self):
        for name in (
            "base",
            "head",
            "target",
            "compile-commands",
            "coverage",
            "junit",
            "scope",
            "budget",
            "warn-exit",
            "fail-on",
            "program",
            "artifact",
            "repository",
            "policy",
        ):
            with self.subTest(name):
                run, _ = self.pull(LINES["block"], inputs={name: HOSTILE})
                self.assertNotEqual(run.exit_code, 0)
                self.nothing_ran(run)

    def test_names_of_files_in_the_patch(self):
        git(self.sample.origin, "switch", "-q", "-c", "hotfix/names")
        for name in (
            "$(touch ran).cpp",
            "::error file=x::y.cpp",
            "a\n::set-output name=decision::allow.cpp",
            "x##[error]y.cpp",
            "\nallow=true",
        ):
            (self.sample.origin / name.replace("/", "_")).write_text("int one;\nint two;\n")
        head = self.sample.commit(LINES["block"], HOSTILE)
        git(self.sample.origin, "switch", "-q", "main")
        run = self.run_action("pull_request", pull_request(self.sample, head), self.sample.merged(head))
        self.says(run, "block", 1)
        self.nothing_ran(run)
        self.assertEqual(
            set(run.results["judge"]["outputs"]) - {"html"},
            {"decision", "exit-code", "reports", "json", "sha256", "sarif", "markdown"},
        )

    def test_a_restored_link_is_not_followed_out_of_the_runner(self):
        git(self.sample.origin, "switch", "-q", "-c", "hotfix/link")
        os.symlink("/etc", self.sample.origin / "patchgate-report")
        head = self.sample.commit(LINES["allow"], "a link")
        git(self.sample.origin, "switch", "-q", "main")
        run = self.run_action("pull_request", pull_request(self.sample, head), self.sample.merged(head))
        self.assertTrue(run.outputs["reports"].startswith(str(run.temp)))


if __name__ == "__main__":
    unittest.main()
