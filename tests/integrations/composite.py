"""Runs a composite action as GitHub's runner does, as far as ours needs it: the `run:` steps in order with bash, their
conditions, and the files GITHUB_OUTPUT, GITHUB_ENV, GITHUB_PATH and GITHUB_STEP_SUMMARY with their limits. Steps with
`uses:` are recorded; a stand-in may do something in their place."""
import json
import os
import subprocess
import tempfile
from pathlib import Path

import yaml

from expressions import condition, filled

MOST_SUMMARY = 1 << 20  # bytes of one step; a longer summary is lost as a whole
MOST_ANNOTATIONS = 10  # of a kind and a step


class BadCommandFile(Exception):
    """A line of a command file that the runner would refuse."""


def pairs_of(path):
    """What a step wrote to GITHUB_OUTPUT or GITHUB_ENV: `name=value`, or `name<<END` with lines up to END."""
    pairs = {}
    lines = iter(Path(path).read_text(encoding="utf-8").split("\n"))
    for line in lines:
        if not line:
            continue
        name, sign, rest = line.partition("<<")
        if sign and "=" not in name:
            value = []
            for inner in lines:
                if inner == rest:
                    break
                value.append(inner)
            else:
                raise BadCommandFile(line)
            pairs[name] = "\n".join(value)
            continue
        name, sign, value = line.partition("=")
        if not sign:
            raise BadCommandFile(line)
        pairs[name] = value
    return pairs


class Run:
    """One run of an action for one event. After it: exit_code, outputs, steps ({name: outcome}), used ([(uses, with)]),
    log (standard output of all steps), errors (standard error), summaries (a text a step)."""

    def __init__(
        self, action, workspace, event_name, event, inputs=None, github=None, stand_ins=None, environment=None
    ):
        self.folder = Path(action).resolve().parent
        self.action = yaml.safe_load(Path(action).read_text(encoding="utf-8"))
        self.workspace = Path(workspace)
        self.stand_ins = stand_ins or {}
        self.temp = Path(tempfile.mkdtemp(prefix="runner-"))
        event_file = self.temp / "event.json"
        event_file.write_text(json.dumps(event), encoding="utf-8")
        self.github = {
            "event_name": event_name,
            "event": event,
            "ref": "refs/heads/main",
            "sha": "0" * 40,
            "repository": event.get("repository", {}).get("full_name", ""),
            **(github or {}),
        }
        known = {name: spec.get("default", "") for name, spec in self.action["inputs"].items()}
        unknown = set(inputs or {}) - set(known)
        assert not unknown, f"the action has no input {unknown}"
        self.inputs = {**known, **(inputs or {})}
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.temp),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": event_name,
            "GITHUB_EVENT_PATH": str(event_file),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_REPOSITORY": self.github["repository"],
            "GITHUB_REF": self.github["ref"],
            "GITHUB_SHA": self.github["sha"],
            "GITHUB_RUN_ID": "1",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_ACTION_PATH": str(self.folder),
            "RUNNER_TEMP": str(self.temp),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
            **(environment or {}),
        }
        self.steps, self.used, self.summaries = {}, [], []
        self.results = {}
        self.log = self.errors = ""
        self.exit_code = 0
        self.perform()

    def contexts(self):
        return {
            "inputs": self.inputs,
            "github": {**self.github, "token": "ghs_stand_in"},
            "steps": self.results,
            "runner": {"os": "Linux", "arch": "X64", "temp": str(self.temp)},
        }

    def status(self):
        failed = self.exit_code != 0
        return {
            "always": lambda: True,
            "cancelled": lambda: False,
            "failure": lambda: failed,
            "success": lambda: not failed,
        }

    def perform(self):
        for number, step in enumerate(self.action["runs"]["steps"]):
            name = step.get("name", step.get("id", str(number)))
            outputs, outcome = {}, "skipped"
            if condition(step.get("if", ""), self.contexts(), self.status()):
                code, outputs = self.one(step)
                outcome = "success" if code == 0 else "failure"
                # continue-on-error: the outcome tells it, the job goes on.
                if code != 0 and not step.get("continue-on-error"):
                    self.exit_code = self.exit_code or code
            self.steps[name] = outcome
            if "id" in step:
                self.results[step["id"]] = {"outputs": outputs, "outcome": outcome}
        self.outputs = {
            name: filled(spec["value"], self.contexts(), self.status())
            for name, spec in self.action.get("outputs", {}).items()
        }

    def one(self, step):
        if "uses" in step:
            given = {
                name: filled(value, self.contexts(), self.status()) for name, value in step.get("with", {}).items()
            }
            self.used.append((step["uses"], given))
            stand_in = self.stand_ins.get(step["uses"].split("@")[0])
            return (stand_in(given) or 0 if stand_in else 0), {}
        assert "${{" not in step["run"], f"an expression in the text of a script: {step['run']}"
        return self.script(step)

    def script(self, step):
        files = {name: self.temp / f"file-{name}" for name in ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
        own = {name: filled(value, self.contexts(), self.status()) for name, value in step.get("env", {}).items()}
        script = self.temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        assert step["shell"] == "bash"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace,
            # The runner leaves this one empty in the steps of an action, whatever the job's has.
            env={**self.environment, "GITHUB_ACTION_REPOSITORY": "", **own, **{f"GITHUB_{name}": str(path) for name, path in files.items()}},
            capture_output=True,
            timeout=1200,
            check=False,
        )
        self.log += done.stdout.decode("utf-8", "replace")
        self.errors += done.stderr.decode("utf-8", "replace")
        self.environment.update(pairs_of(files["ENV"]))
        for folder in files["PATH"].read_text().split():
            self.environment["PATH"] = folder + ":" + self.environment["PATH"]
        summary = files["STEP_SUMMARY"].read_bytes()
        if summary and len(summary) <= MOST_SUMMARY:
            self.summaries.append(summary.decode("utf-8"))
        return done.returncode, pairs_of(files["OUTPUT"])

    def commands(self):
        """Logging commands as the runner finds them: `::` at the start of a line, `##[` anywhere in it."""
        found = []
        for line in (self.log + "\n" + self.errors).splitlines():
            if line.lstrip().startswith("::") or "##[" in line:
                found.append(line)
        return found

    def annotations(self):
        return [line for line in self.commands() if line.lstrip().split(" ")[0] in ("::error", "::warning", "::notice")]
