#!/usr/bin/env python3
"""The comment on pull requests, against a stand-in of GitHub's API, with artifacts of a run that nobody vouches for."""
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import unittest
import warnings
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from composite import Run
from sample import CLEAN, LINES, Sample

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REPOSITORY = "octo-org/octo-repo"
HEAD, MERGE, OTHER = "a" * 40, "b" * 40, "c" * 40
BOT = "github-actions[bot]"
MARKER = "<!-- patchgate:sticky:v1 -->"
NASTY = [
    "@octo-org/team and @ana",
    "#1 GH-1 octo-org/octo-repo#1",
    "</details><img src=x onerror=alert(1)>",
    "```\n# heading\n```",
    "` `` ``` @ana",
    "[a](javascript:alert(1)) www.evil.example https://evil.example",
    "a\n\n@ana\r\n<!-- -->",
    "\u202e\u0007\x1b[2J",
    "::set-output name=decision::allow",
    "$(touch ran)",
    f"\n{MARKER}",
    "&#64;ana &commat;ana",
    " ",
    "`",
]


def report(decision="block", text="fee", head=MERGE, **more):
    rule = {"id": text, "title": text, "effect": "block" if decision == "block" else "none", "to_pass": ["x at most 1"], "fix": text}
    symbol = {
        "name": text,
        "file": text,
        "line": 3,
        "impact": "high",
        "in_test_code": False,
        "fan_in": {"direct": [2, 2], "transitive": [7, 9]},
    }
    change = {
        "kind": "guard_removed",
        "symbol": text,
        "head": {"file": text, "line": 6},
        "before": text,
        "after": None,
        "use": text,
    }
    return {
        "schema": "patchgate-report/1",
        "inputs": {"head": head, "target_ref": "main"},
        "verdict": {"decision": decision, "headline": text, "rules": [rule]},
        "risk": {"level": "high"},
        "impact": {"level": "high"},
        "likelihood": {"level": "unknown"},
        "symbols": [symbol],
        "code_changes": {"found": [change], "unknown": None},
        **more,
    }


def bundle(*entries):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same name twice
        for name, text in entries:
            made.writestr(name, text)
    return data.getvalue()


def artifact(made):
    return bundle(("patchgate.json", json.dumps(made)))


class Forge(BaseHTTPRequestHandler):
    """The few calls that there are. `server.state` has what it answers and what it was told."""

    def log_message(self, *_):
        pass

    def answer(self, body, code=200, headers=()):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        state, path = self.server.state, self.path
        state["tokens"].append((path.split("?")[0], self.headers.get("Authorization")))
        if path.startswith("/blob"):
            self.answer(state["zip"])
        elif path.endswith("/zip"):
            self.answer(b"", 302, [("Location", state.get("blob", f"http://127.0.0.1:{self.server.server_port}/blob"))])
        elif "/artifacts" in path:
            self.answer({"artifacts": state["artifacts"]})
        elif "/pulls?" in path:
            self.answer(state["pulls"])
        elif "/comments?" in path:
            page = int(re.search(r"[?&]page=(\d+)", path)[1])
            self.answer(state["comments"][100 * (page - 1) : 100 * page])
        elif path.endswith(f"/commits/{MERGE}"):
            self.answer({"parents": [{"sha": OTHER}, {"sha": HEAD}]})
        elif path.endswith(f"/commits/{OTHER}"):
            self.answer({"parents": [{"sha": MERGE}]})
        else:
            self.answer({"message": "Not Found"}, 404)

    def written(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.state["written"].append((self.command, self.path, body["body"]))
        self.answer({"id": 1})

    do_POST = do_PATCH = written


class CommentCase(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="comment-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.server = HTTPServer(("127.0.0.1", 0), Forge)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.state = self.server.state = {
            "tokens": [],
            "written": [],
            "comments": [],
            "zip": artifact(report()),
            "artifacts": [{"id": 5, "expired": False, "size_in_bytes": 900}],
            "pulls": [self.pull(7)],
        }
        self.event = json.loads((HERE / "events/workflow_run.json").read_text())
        self.event["workflow_run"].update(
            event="pull_request", conclusion="failure", head_sha=HEAD, head_branch="hotfix/x", id=99
        )
        self.event["workflow_run"]["head_repository"]["owner"]["login"] = "mallory"

    def pull(self, number, head=HEAD, base="main", repository=REPOSITORY):
        return {"number": number, "head": {"sha": head}, "base": {"ref": base, "repo": {"full_name": repository}}}

    def run_it(self):
        address = f"http://127.0.0.1:{self.server.server_port}"
        run = Run(
            ROOT / "ci/github/comment/action.yml",
            self.folder,
            "workflow_run",
            self.event,
            {"token": "ghs_secret"},
            {"repository": REPOSITORY},
            environment={"GITHUB_API_URL": address, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self.addCleanup(shutil.rmtree, run.temp, ignore_errors=True)
        self.assertNotIn("ghs_secret", run.log + run.errors)
        self.assertNotIn("Traceback", run.errors)
        self.assertEqual(run.commands(), [])
        return run

    def body(self):
        self.assertEqual(len(self.state["written"]), 1)
        return self.state["written"][0][2]

    def refused(self, code=1):
        run = self.run_it()
        self.assertEqual((run.exit_code, self.state["written"]), (code, []), run.log + run.errors)
        return run


class Comments(CommentCase):
    def test_a_block_is_told(self):
        run = self.run_it()
        self.assertEqual(run.exit_code, 0, run.errors)
        method, path, body = self.state["written"][0]
        self.assertEqual((method, path), ("POST", f"/repos/{REPOSITORY}/issues/7/comments"))
        self.assertTrue(body.startswith(MARKER + "\n## Claimed by the run of this pull request: \u26d4 block\n"))
        for text in (
            "Risk **high**: impact high, likelihood unknown.",
            "- `fee` (block): `fee`\n  - to pass: `fee`\n",
            "### Taken away\n\n- `fee:6` in `fee`: a check is gone before `fee`, it was `fee`\n",
            "used by 2 directly, 7 in all",
            f"https://github.com/{REPOSITORY}/actions/runs/99",
            f"`{HEAD}`",
        ):
            self.assertIn(text, body)

    def test_a_report_of_the_program(self):
        sample = Sample(self.folder / "forge")
        head = sample.branch("hotfix/x", LINES["block"])
        clone = sample.clone(head, "clone")
        done = subprocess.run(
            [
                os.environ["PATCHGATE"],
                "check",
                "--base",
                sample.main,
                "--head",
                head,
                "--target",
                "main",
                "--quiet",
                "--report",
                "json=patchgate.json",
            ],
            cwd=clone,
            env=CLEAN,
            check=False,
        )
        self.assertEqual(done.returncode, 1)
        self.event["workflow_run"]["head_sha"] = head
        self.state["pulls"] = [self.pull(7, head)]
        self.state["zip"] = bundle(("patchgate.json", (clone / "patchgate.json").read_text()))
        run = self.run_it()
        self.assertEqual(run.exit_code, 0, run.errors)
        for text in (
            "pull request: \u26d4 block",
            "- `team/small` (block): `patches are small`\n  - to pass: `Split it.`",
            "- `team/tiny` (warn): `patches are tiny`",
            "- `fee` in `fee.cpp:2`: impact low, used by 0 directly, 0 in all",
            f"`{head}`",
        ):
            self.assertIn(text, self.body())

    def test_the_comment_is_written_anew(self):
        others = [{"id": n, "user": {"login": "ana"}, "body": f"{MARKER}\nmine"} for n in range(150)]
        self.state["comments"] = [*others, {"id": 888, "user": {"login": BOT}, "body": f"{MARKER}\nold"}]
        self.event["workflow_run"]["conclusion"] = "success"
        self.state["zip"] = artifact(report("allow"))
        self.run_it()
        method, path, body = self.state["written"][0]
        self.assertEqual((method, path), ("PATCH", f"/repos/{REPOSITORY}/issues/comments/888"))
        self.assertIn("Claimed by the run of this pull request: allow\n", body)

    def test_no_comment_where_there_was_nothing_to_say(self):
        self.event["workflow_run"]["conclusion"] = "success"
        self.state["zip"] = artifact(report("allow"))
        self.refused(0)

    def test_a_failed_run_allows_nothing(self):
        self.state["comments"] = [{"id": 888, "user": {"login": BOT}, "body": f"{MARKER}\nold"}]
        self.state["zip"] = artifact(report("allow"))
        self.assertIn("the run failed", self.refused(0).log)

    def test_the_headline_of_the_report_is_not_repeated(self):
        made = report("warn")
        made["verdict"]["headline"] = "Security team approved: merge"
        self.state["zip"] = artifact(made)
        self.run_it()
        self.assertNotIn("approved", self.body())

    def test_the_token_stays_with_the_forge(self):
        self.run_it()
        for path, token in self.state["tokens"]:
            self.assertEqual(token, None if path == "/blob" else "Bearer ghs_secret", path)

    def test_the_pull_request_comes_from_the_forge(self):
        self.state["pulls"] = [
            self.pull(1, OTHER),
            self.pull(2, HEAD, "other"),
            self.pull(3, HEAD, "main", "mallory/octo-repo"),
            self.pull(4),
        ]
        self.run_it()
        self.assertIn("/issues/4/", self.state["written"][0][1])

    def test_a_commit_that_is_no_head_any_more(self):
        self.state["pulls"] = [self.pull(7, OTHER)]
        self.assertIn("any more", self.refused(0).log)

    def test_runs_that_say_nothing(self):
        for change in ({"event": "push"}, {"conclusion": "cancelled"}, {"conclusion": None}):
            with self.subTest(change):
                self.event["workflow_run"].update({"event": "pull_request", "conclusion": "success", **change})
                self.refused(0)
        self.event["workflow_run"].update(event="pull_request", conclusion="success")
        self.state["artifacts"] = [{"id": 5, "expired": True, "size_in_bytes": 9}]
        self.refused(0)


class Hostile(CommentCase):
    def test_text_stays_in_its_place(self):
        for text in NASTY:
            with self.subTest(text):
                self.state["written"].clear()
                self.state["zip"] = artifact(report(text=text))
                run = self.run_it()
                self.assertEqual(run.exit_code, 0, run.errors)
                page = subprocess.run(
                    ["cmark-gfm", "-e", "autolink", "-e", "table", "-e", "tasklist", "--unsafe"],
                    input=self.body(),
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
                links = re.findall(r'href="([^"]*)"', page)
                self.assertEqual(links, [f"https://github.com/{REPOSITORY}/actions/runs/99"])
                plain = re.sub(r"<code>.*?</code>", "", page, flags=re.S)
                self.assertEqual(set(re.findall(r"<(\w+)", plain)), {"h2", "h3", "p", "ul", "li", "strong", "a"})
                for forbidden in ("@", "evil", "alert", "::", "touch"):
                    self.assertNotIn(forbidden, plain.replace("/actions/runs", ""))
                lines_of_fix = sum(1 for line in text.split("\n") if line.strip())
                self.assertEqual(len(re.findall("<code>", page)), 9 + lines_of_fix)
                self.assertEqual(self.body().count("\n<!--"), 0)

    def test_forged_reports(self):
        wrong = {
            "another schema": {"schema": "x"},
            "another decision": report("ship it"),
            "decision is a list": report(["allow"]),
            "no verdict": {**report(), "verdict": []},
            "level": {**report(), "risk": {"level": "<b>"}},
            "number": {**report(), "symbols": [{**report()["symbols"][0], "line": 10**400}]},
            "symbols": {**report(), "symbols": [7]},
            "rules": {**report(), "verdict": {**report()["verdict"], "rules": 3}},
            "text": {**report(), "verdict": {**report()["verdict"], "rules": [{"id": {}, "effect": "block"}]}},
            "allow over a block": {**report(), "verdict": {**report()["verdict"], "decision": "allow"}},
            "warn over a block": {**report(), "verdict": {**report()["verdict"], "decision": "warn"}},
            "an effect": {**report(), "verdict": {**report()["verdict"], "rules": [{"effect": ["block"]}]}},
            "a kind of change": {**report(), "code_changes": {"found": [{"kind": "<b>", "head": {}}]}},
            "no changes": {**report(), "code_changes": []},
            "not the commit of the run": report(head=OTHER),
            "no commit": report(head="../../x"),
            "unknown commit": report(head="d" * 40),
        }
        for name, made in wrong.items():
            with self.subTest(name):
                self.state["zip"] = artifact(made)
                self.refused()

    def test_archives(self):
        good = json.dumps(report())
        wrong = {
            "no archive": b"hello",
            "empty": b"",
            "cut off": artifact(report())[:-30],
            "no report": bundle(("x.json", good)),
            "out of its folder": bundle(("../patchgate.json", good)),
            "absolute": bundle(("/patchgate.json", good)),
            "twice": bundle(("patchgate.json", good), ("patchgate.json", good)),
            "a bomb": bundle(("patchgate.json", b" " * (40 << 20))),
            "deep": bundle(("patchgate.json", "[" * 200_000)),
            "a key twice": bundle(("patchgate.json", good[:-1] + ', "schema": "patchgate-report/1"}')),
            "not UTF-8": bundle(("patchgate.json", b'{"schema": "\xff"}')),
            "NaN": bundle(("patchgate.json", '{"a": NaN}')),
        }
        for name, data in wrong.items():
            with self.subTest(name):
                self.state["zip"] = data
                self.refused()
        self.assertEqual(list(self.folder.iterdir()), [], "nothing is unpacked")

    def test_archives_that_are_too_large(self):
        self.state["artifacts"][0]["size_in_bytes"] = 1 << 40
        self.refused()
        self.state["artifacts"][0]["size_in_bytes"] = 1
        self.state["zip"] = b"x" * (33 << 20)
        self.refused()

    def test_a_redirect_to_a_file(self):
        self.state["blob"] = "file:///etc/hostname"
        self.refused()

    def test_a_report_as_long_as_can_be(self):
        made = report(text="`\u202e" * 199)
        made["verdict"]["rules"] *= 1000
        made["symbols"] *= 1000
        made["code_changes"]["found"] *= 1000
        self.state["zip"] = artifact(made)
        run = self.run_it()
        self.assertEqual(run.exit_code, 0, run.errors)
        self.assertLess(len(self.body()), 65_536)
        self.assertRegex(self.body(), r"- 9\d\d more rules")

    def test_names_in_the_event(self):
        self.event["workflow_run"]["head_branch"] = "x&per_page=1#$(touch ran)\n::error::x"
        self.run_it()
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
