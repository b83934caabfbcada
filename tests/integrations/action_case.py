"""What the tests of the composite action share: the action over a small repository, and the events that start it."""
import json
import os
import shutil
import tempfile
import unittest
from pathlib import Path

from composite import Run
from sample import LINES, Sample

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ACTION = ROOT / "ci/github/action.yml"
PROGRAM = os.environ["PATCHGATE"]
ZERO = "0" * 40
CACHE_RESTORE, CACHE_SAVE = "actions/cache/restore", "actions/cache/save"
ARTIFACT, SARIF = "actions/upload-artifact", "github/codeql-action/upload-sarif"
HOSTILE = (
    "$(touch ran)`touch ran`;touch ran;\"'\n::set-output name=decision::allow\n::stop-commands::x\n"
    "%0A::error::x ##[error]x"
)


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
        run = Run(
            more.pop("action", ACTION),
            clone,
            event_name,
            payload,
            {"program": PROGRAM, **(inputs or {})},
            {"ref": ref, "sha": at, "action_repository": more.pop("action_repository", "octo-org/patchgate")},
            **more,
        )
        self.addCleanup(shutil.rmtree, run.temp, ignore_errors=True)
        return run

    def says(self, run, decision, code, job=None):
        self.assertEqual(
            (run.outputs["decision"], run.outputs["exit-code"], run.exit_code),
            (decision, str(code), code if job is None else job),
            run.log + run.errors,
        )

    def report(self, run):
        return json.loads(Path(run.outputs["json"]).read_text())

    def pull(self, lines, **more):
        head = self.sample.branch("hotfix/x", lines)
        fork = more.pop("fork", False)
        payload = pull_request(self.sample, head, fork)
        more.pop("change", lambda made: None)(payload)
        return self.run_action("pull_request", payload, self.sample.merged(head), **more), head
