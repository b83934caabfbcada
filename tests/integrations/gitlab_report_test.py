#!/usr/bin/env python3
"""How patchgate comes into the report job of the GitLab component: its script, run by a plain shell with an apt-get that
only notes what it is told. PATCHGATE names the program."""
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

import yaml

from sample import CLEAN, LINES, Sample, git

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC, JOBS = yaml.safe_load_all((ROOT / "ci/gitlab/templates/patchgate.yml").read_text())
PROGRAM = os.environ["PATCHGATE"]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Report(unittest.TestCase):
    pipeline: dict = {}
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="report-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.sample = Sample(self.folder / "forge")
        head = self.sample.branch("hotfix/x", LINES["block"])
        self.clone = self.sample.clone(head, "clone")
        self.programs = self.folder / "bin"
        self.programs.mkdir()
        note = f'#!/bin/sh\necho "$@" >>"{self.folder}/told"\n'
        (self.programs / "apt-get").write_text(note)
        (self.programs / "apt-get").chmod(0o755)

    def judge(self, **inputs):
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        values = {name: spec["default"] for name, spec in SPEC["spec"]["inputs"].items()} | given
        job = JOBS["patchgate-report"]
        script = re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda m: values[m[1]], job["script"][0])
        environment = {
            **CLEAN,
            **job["variables"],
            **self.pipeline,
            "HOME": str(self.folder),
            "PATH": f"{self.programs}:/usr/bin:/bin",
            "GITLAB_CI": "true",
            "CI_COMMIT_SHA": git(self.clone, "rev-parse", "HEAD"),
            "CI_MERGE_REQUEST_IID": "7",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": self.sample.main,
            "http_proxy": "",
        }
        done = subprocess.run(
            ["sh", "-c", script], cwd=self.clone, env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def decision(self):
        return json.loads((self.clone / "patchgate-reports/patchgate.json").read_text())["verdict"]["decision"]

    def test_a_program_of_the_image(self):
        code, log = self.judge(program=PROGRAM)
        self.assertEqual((code, self.decision()), (0, "block"), log)
        verdict = (self.clone / "patchgate-reports/verdict.env").read_text()
        self.assertRegex(verdict, r"\APATCHGATE_EXIT_CODE=1\nPATCHGATE_SHA256=[0-9a-f]{64}\n\Z")
        self.assertFalse((self.folder / "told").exists())
        code, log = self.judge(program="/nowhere/patchgate")
        self.assertEqual(code, 3)
        self.assertIn("give the input program, package or source", log)

    def test_a_variable_of_the_pipeline_is_no_input(self):
        weak = self.folder / "weak.json"
        weak.write_text('{"policy": 1, "extends": ["builtin:observe@1"]}')
        self.pipeline = {
            "PATCHGATE_POLICY": str(weak),
            "policy": str(weak),
            "PATCHGATE_BASE": "HEAD~1",
            "PATCHGATE_WARN_EXIT": "9",
            "PATCHGATE_PROGRAM": "/bin/true",
        }
        code, log = self.judge(program=PROGRAM)
        self.assertEqual((code, self.decision()), (0, "block"), log)
        report = json.loads((self.clone / "patchgate-reports/patchgate.json").read_text())
        self.assertEqual(report["inputs"]["base"], self.sample.main)

    def test_a_package(self):
        web = self.folder / "web"
        web.mkdir()
        package = b"!<arch>\n a package"
        (web / "patchgate.deb").write_bytes(package)
        server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(web)))
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/patchgate.deb"
        for sha256 in ("", "0" * 64, "$(touch ran)" + "0" * 52):
            code, log = self.judge(package=address, sha256=sha256)
            self.assertEqual(code, 3, log)
            self.assertNotIn(".deb", (self.folder / "told").read_text().replace("patchgate.deb.", ""))
        os.symlink(PROGRAM, self.programs / "patchgate")
        code, log = self.judge(package=address, sha256=hashlib.sha256(package).hexdigest())
        self.assertEqual((code, self.decision()), (0, "block"), log)
        self.assertIn("/patchgate.deb", (self.folder / "told").read_text())
        self.assertEqual(list(self.clone.glob("ran*")), [])

    def test_a_commit_of_the_sources(self):
        sources = self.folder / "sources"
        (sources / "ci").mkdir(parents=True)
        git(sources, "init", "-q", "-b", "main")
        builds = f'#!/bin/sh\nmkdir -p "$(dirname "$0")/../build/release/bin"\nln -s "{PROGRAM}" "$(dirname "$0")/../build/release/bin/patchgate"\n'
        (sources / "ci/gate").write_text(builds)
        (sources / "ci/gate").chmod(0o755)
        git(sources, "add", "-A")
        git(sources, "commit", "-q", "-m", "builds")
        revision = git(sources, "rev-parse", "HEAD")
        (sources / "ci/gate").write_text("#!/bin/sh\nexit 1\n")
        git(sources, "commit", "-q", "-a", "-m", "builds no more")
        code, log = self.judge(source=f"file://{sources}", revision=revision)
        self.assertEqual((code, self.decision()), (0, "block"), log)
        for wrong in ("", "main", "0" * 40):
            code, log = self.judge(source=f"file://{sources}", revision=wrong)
            self.assertNotEqual(code, 0, log)


if __name__ == "__main__":
    unittest.main()
