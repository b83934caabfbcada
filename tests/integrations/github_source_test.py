#!/usr/bin/env python3
"""The composite action with nothing said of where patchgate comes from: it builds its own checkout, on Debian 12. Long
on a machine that never built it, so ci/integrations runs it."""
import os
import unittest
from pathlib import Path

os.environ.setdefault("PATCHGATE", "")  # of the cases that are shared
from action_case import CACHE_RESTORE, CACHE_SAVE, LINES, ROOT, ActionCase, pull_request, push


class Source(ActionCase):
    def run_from_source(self, *arguments, **more):
        return self.run_action(*arguments, inputs={"program": ""}, **more)

    def test_a_pull_request_and_what_the_default_branch_keeps(self):
        head = self.sample.branch("hotfix/x", LINES["block"])
        run = self.run_from_source("pull_request", pull_request(self.sample, head), self.sample.merged(head))
        self.says(run, "block", 1)
        self.assertEqual(run.results["program"]["outputs"]["program"], str(ROOT / "build/release/bin/patchgate"))
        self.assertEqual([uses.split("@")[0] for uses, _ in run.used].count(CACHE_RESTORE), 2)
        payload = push("main", self.sample.before, self.sample.main)
        run = self.run_from_source("push", payload, self.sample.main, "refs/heads/main")
        self.says(run, "allow", 0)
        saved = [given for uses, given in run.used if uses.split("@")[0] == CACHE_SAVE]
        self.assertEqual([Path(given["path"]).name for given in saved], ["patchgate-index", "patchgate-ccache"])
        self.assertRegex(saved[1]["key"], r"^patchgate-build-Linux-X64-[0-9a-f]{24}$")


if __name__ == "__main__":
    unittest.main()
