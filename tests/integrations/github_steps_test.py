#!/usr/bin/env python3
"""What the composite action uploads, keeps, restores and installs. PATCHGATE names the program."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import threading
import unittest
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

from action_case import ARTIFACT, CACHE_RESTORE, CACHE_SAVE, PROGRAM, ROOT, SARIF, ZERO, ActionCase, pull_request, push
from sample import LINES


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Release(ActionCase):
    """The package of a release: by its checksum, or not at all. What apt-get would install stands in PATH already."""

    PACKAGE = b"!<arch>\n a package"

    def setUp(self):
        super().setUp()
        bin = self.folder / "bin"
        bin.mkdir()
        (bin / "apt-get").write_text(
            f'#!/bin/sh\necho "$@" >>"{self.folder}/installed"\nln -sf "{PROGRAM}" "{bin}/patchgate"\n'
        )
        (bin / "apt-get").chmod(0o755)
        web = self.folder / "web"
        file = web / f"octo-org/patchgate/releases/download/v1.2/patchgate-debian12-{self.architecture()}.deb"
        file.parent.mkdir(parents=True)
        file.write_bytes(self.PACKAGE)
        self.server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(web)))
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.environment = {
            "GITHUB_SERVER_URL": f"http://127.0.0.1:{self.server.server_port}",
            "PATH": f"{bin}:{os.environ['PATH']}",
            "http_proxy": "",
            "HTTP_PROXY": "",
        }

    def architecture(self):
        return subprocess.run(
            ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
        ).stdout.strip()

    def with_release(self, tag, sha256, repository="", **more):
        inputs = {"program": "", "release": tag, "sha256": sha256, "release-repository": repository}
        run, _ = self.pull(LINES["block"], inputs=inputs, environment=self.environment, **more)
        return run

    def test_the_package_that_was_named(self):
        run = self.with_release("v1.2", hashlib.sha256(self.PACKAGE).hexdigest())
        self.says(run, "block", 1)
        self.assertIn(f"{run.temp}/patchgate.deb", (self.folder / "installed").read_text())
        self.assertEqual(run.steps["What was compiled before"], "skipped")

    def test_where_the_release_is(self):
        sha256 = hashlib.sha256(self.PACKAGE).hexdigest()
        self.says(self.with_release("v1.2", sha256, "octo-org/patchgate", action_repository=""), "block", 1)
        for repository in ("", "patchgate", "octo-org/patchgate/../x", "$(touch ran)/x"):
            with self.subTest(repository):
                run = self.with_release("v1.2", sha256, repository, action_repository="")
                self.assertEqual((run.steps["Judge"], run.exit_code), ("skipped", 3), run.errors)
                self.assertIn("give the input release-repository", run.errors)

    def test_another_package_is_not_installed(self):
        for tag, sha256 in (
            ("v1.2", "0" * 64),
            ("v1.3", hashlib.sha256(self.PACKAGE).hexdigest()),
            ("v1.2", ""),
            ("../v1.2", "0" * 64),
        ):
            with self.subTest((tag, sha256)):
                run = self.with_release(tag, sha256)
                self.assertEqual((run.steps["Judge"], run.exit_code), ("skipped", 3), run.errors)
        self.assertFalse((self.folder / "installed").exists())


class Source(ActionCase):
    """A checkout of the action whose ci/gate builds at once; ci/integrations has the real one."""

    def checkout(self, gate):
        copy = self.folder / "action checkout"
        shutil.copytree(ROOT / "ci/github", copy / "ci/github")
        shutil.copy(ROOT / "ci/verdict", copy / "ci/verdict")
        (copy / "ci/packages").mkdir()
        for file in ("ci/packages/gate.txt", "CMakeLists.txt"):
            (copy / file).write_text("")
        for folder in ("analyzers", "policies", "gate", "cmake"):
            (copy / folder).mkdir()
        (copy / "ci/gate").write_text('#!/bin/sh\nset -e\ncd "$(dirname "$0")/.."\n' + gate)
        (copy / "ci/gate").chmod(0o755)
        return copy

    def judged(self, copy):
        run, _ = self.pull(LINES["block"], inputs={"program": ""}, action=copy / "ci/github/action.yml")
        return run

    def test_the_checkout_is_built(self):
        copy = self.checkout(f'mkdir -p build/release/bin\nln -sf "{PROGRAM}" build/release/bin/patchgate\n')
        run = self.judged(copy)
        self.says(run, "block", 1)
        self.assertEqual(run.results["program"]["outputs"]["program"], f"{copy}/build/release/bin/patchgate")
        self.assertEqual([uses.split("@")[0] for uses, _ in run.used].count(CACHE_RESTORE), 2)

    def test_one_that_cannot_be_built_judges_nothing(self):
        run = self.judged(self.checkout("exit 3\n"))
        self.assertEqual((run.steps["Judge"], run.exit_code), ("skipped", 3), run.errors)


class Container(ActionCase):
    @unittest.skipUnless(os.geteuid() == 0, "only root can give a checkout to somebody else")
    def test_a_workspace_of_another_user(self):
        """In a container job root runs in a workspace that belongs to the runner's user."""
        head = self.sample.branch("hotfix/x", LINES["block"])
        place = self.sample.clone

        def of_another_user(*words):
            clone = place(*words)
            subprocess.run(["chown", "-R", "1001:1001", str(clone)], check=True)
            return clone

        self.sample.clone = of_another_user
        payload = pull_request(self.sample, head)
        self.says(self.run_action("pull_request", payload, self.sample.merged(head)), "block", 1)
        payload = push("main", self.sample.before, self.sample.main)
        run = self.run_action("push", payload, self.sample.main, "refs/heads/main")
        self.says(run, "allow", 0)
        self.assertEqual(run.steps["The index for later runs"], "success")


class Steps(ActionCase):
    def used(self, run, name):
        return [given for uses, given in run.used if uses.split("@")[0] == name]

    def test_what_is_uploaded(self):
        run, _ = self.pull(LINES["block"], inputs={"sarif": "true", "artifact": "verdict"})
        self.assertEqual(self.used(run, ARTIFACT)[0]["name"], "verdict")
        files = {path.name for path in Path(self.used(run, ARTIFACT)[0]["path"]).iterdir()}
        self.assertLessEqual(
            {"patchgate.json", "patchgate.sarif", "patchgate.markdown", "patchgate.junit", "stats.json"}, files
        )
        sarif = json.loads(Path(self.used(run, SARIF)[0]["sarif_file"]).read_text())
        self.assertEqual(sarif["version"], "2.1.0")
        self.assertTrue(all("::" not in given["path"] for given in self.used(run, CACHE_RESTORE)))
        run, _ = self.pull(
            LINES["block"], inputs={"artifact": "", "cache": "false", "annotations": "false", "summary": "false"}
        )
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
        run = self.run_action(
            "push", push("main", self.sample.before, self.sample.main), self.sample.main, "refs/heads/main"
        )
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


if __name__ == "__main__":
    unittest.main()
