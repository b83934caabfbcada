#!/usr/bin/env python3
"""Writes the verdict of a finished run as one comment on its pull request. Runs on `workflow_run`, on the default
branch, with a token that may write comments; so nothing of the pull request is executed, unpacked to disk or believed:

- which pull request it is comes from the forge, found by the branch and the commit of the run, never from the artifact;
- the artifact is read in memory, one entry of it, up to a size, as JSON without repeated keys;
- it has to be about the commit that the run was about, else it is dropped;
- the comment is written anew from its words and numbers (words.py).

Exit code 0: written, or nothing to write. 1: the artifact is not one of patchgate's, or the forge refused."""
import io
import json
import os
import re
import sys
import zipfile
import zlib
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from words import MARKER, Forged, body_of, decision_of, member

MOST_EVENT = 4 << 20  # bytes
MOST_ZIP = 32 << 20
MOST_JSON = 32 << 20
MOST_ANSWER = 8 << 20
MOST_PAGES = 20
REPORT = "patchgate.json"
COMMIT = re.compile(r"[0-9a-f]{40}")


class Stop(Exception):
    """Nothing is written, and why."""


class StayHere(HTTPRedirectHandler):
    def redirect_request(self, *_):  # the token is for the forge alone
        return None


class Forge:
    """GitHub's REST API."""

    def __init__(self, url, token):
        self.url, self.token = url.rstrip("/"), token
        self.open = build_opener(StayHere).open

    def read(self, request, most):
        with self.open(request, timeout=60) as answer:
            data = answer.read(most + 1)
        if len(data) > most:
            raise Forged(f"an answer of more than {most} bytes")
        return data

    def request(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
            "User-Agent": "patchgate",
            "Content-Type": "application/json",
        }
        return Request(self.url + path, data=data, method=method, headers=headers)

    def call(self, method, path, body=None):
        return json.loads(self.read(self.request(method, path, body), MOST_ANSWER))

    def download(self, path):
        """What a redirect leads to; the token stays here."""
        try:
            return self.read(self.request("GET", path), MOST_ZIP)
        except HTTPError as error:
            place = error.headers.get("Location", "")
            if error.code not in (301, 302, 303, 307) or urlsplit(place).scheme not in (
                "https",
                urlsplit(self.url).scheme,
            ):
                raise
        return self.read(Request(place, headers={"User-Agent": "patchgate"}), MOST_ZIP)


def no_key_twice(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Forged("a key stands twice")
    return found


def no_constant(name):
    raise Forged(f"the number {name}")


def report_in(archive):
    """The report in a zip file, as data."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as bundle:
            entries = [entry for entry in bundle.infolist() if entry.filename == REPORT]
            if len(entries) != 1:
                raise Forged(f"{len(entries)} entries named {REPORT}")
            with bundle.open(entries[0]) as stream:
                text = stream.read(MOST_JSON + 1)
        if len(text) > MOST_JSON:
            raise Forged(f"a report of more than {MOST_JSON} bytes")
        report = json.loads(text.decode("utf-8"), object_pairs_hook=no_key_twice, parse_constant=no_constant)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Forged(f"no readable report ({type(error).__name__})") from error
    if not isinstance(report, dict) or report.get("schema") != "patchgate-report/1":
        raise Forged("not a report of patchgate")
    return report


def finished_run(event):
    """The run that this is about, checked."""
    run = member(event, "workflow_run", dict)
    if run.get("event") != "pull_request":
        raise Stop("the run was not started by a pull request")
    if run.get("conclusion") not in ("success", "failure"):
        raise Stop("the run did not end with a verdict")
    if not isinstance(run.get("id"), int) or not COMMIT.fullmatch(str(run.get("head_sha"))):
        raise Forged("an event without a run")
    return run


def pull_request_of(forge, repository, run, target):
    """The open pull request whose head is the commit of the run; the number comes from the forge."""
    owner = member(member(run, "head_repository", dict), "owner", dict).get("login", "")
    head = quote(f"{owner}:{run.get('head_branch')}", safe="")
    found = [
        pull
        for pull in forge.call("GET", f"/repos/{repository}/pulls?state=open&per_page=100&head={head}")
        if pull["head"]["sha"] == run["head_sha"]
        and pull["base"]["repo"]["full_name"] == repository
        and pull["base"]["ref"] == target
    ]
    if not found:
        raise Stop("no open pull request has this commit as its head any more")
    return int(found[0]["number"])


def check_commit(forge, repository, run, report):
    """The report is about the head of the pull request, or about the merge that the forge made of it."""
    judged = member(member(report, "inputs", dict), "head", str)
    if not COMMIT.fullmatch(judged):
        raise Forged("the report names no commit")
    if judged == run["head_sha"]:
        return
    try:
        parents = [parent["sha"] for parent in forge.call("GET", f"/repos/{repository}/commits/{judged}")["parents"]]
    except HTTPError as error:
        raise Forged(f"the report is about a commit that is not here ({error.code})") from error
    if len(parents) != 2 or parents[1] != run["head_sha"]:
        raise Forged("the report is about another commit than the run")


def earlier_comment(forge, repository, number, author):
    """Ours on this pull request: by its first line and its author."""
    for page in range(1, MOST_PAGES + 1):
        comments = forge.call("GET", f"/repos/{repository}/issues/{number}/comments?per_page=100&page={page}")
        for comment in comments:
            if comment["user"]["login"] == author and comment["body"].split("\n", 1)[0].strip() == MARKER:
                return comment
        if len(comments) < 100:
            return None
    return None


def comment(environment):
    event_file = Path(environment["GITHUB_EVENT_PATH"])
    if event_file.stat().st_size > MOST_EVENT:
        raise Forged("an event that is too large")
    run = finished_run(json.loads(event_file.read_text(encoding="utf-8")))
    repository = environment["GITHUB_REPOSITORY"]
    forge = Forge(environment["GITHUB_API_URL"], environment["PATCHGATE_TOKEN"])
    name = quote(environment["PATCHGATE_ARTIFACT"], safe="")
    artifacts = forge.call("GET", f"/repos/{repository}/actions/runs/{run['id']}/artifacts?per_page=100&name={name}")[
        "artifacts"
    ]
    artifacts = [artifact for artifact in artifacts if not artifact["expired"]]
    if not artifacts:
        raise Stop("the run left no report")
    newest = max(artifacts, key=lambda artifact: artifact["id"])
    if newest["size_in_bytes"] > MOST_ZIP:
        raise Forged(f"an artifact of more than {MOST_ZIP} bytes")
    report = report_in(forge.download(f"/repos/{repository}/actions/artifacts/{int(newest['id'])}/zip"))
    check_commit(forge, repository, run, report)
    if decision_of(report) == "allow" and run["conclusion"] != "success":
        raise Stop("the run failed, and its report allows")
    number = pull_request_of(forge, repository, run, member(report["inputs"], "target_ref", str))
    link = f"{environment['GITHUB_SERVER_URL']}/{repository}/actions/runs/{run['id']}"
    body = body_of(report, link, run["head_sha"])
    before = earlier_comment(forge, repository, number, environment["PATCHGATE_AUTHOR"])
    if before:
        forge.call("PATCH", f"/repos/{repository}/issues/comments/{int(before['id'])}", {"body": body})
        return f"the comment on #{number} was written anew"
    if decision_of(report) == "allow":
        return f"nothing to say on #{number}"
    forge.call("POST", f"/repos/{repository}/issues/{number}/comments", {"body": body})
    return f"a comment was written on #{number}"


def main():
    try:
        print("patchgate: " + comment(os.environ))
    except Stop as reason:
        print(f"patchgate: no comment: {reason}")
    except Forged as reason:
        sys.exit(f"patchgate: no comment, the artifact is not to be trusted: {reason}")
    except HTTPError as error:
        sys.exit(f"patchgate: no comment, the forge answered {error.code}")
    except (URLError, OSError, RecursionError, LookupError, TypeError, ValueError, AttributeError) as error:
        sys.exit(f"patchgate: no comment: {type(error).__name__}")


if __name__ == "__main__":
    main()
