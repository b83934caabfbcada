#!/usr/bin/env python3
"""incident_test.py PROGRAM: what the reports on the incident have to say, and why."""
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ENCODER = "crm::encode_field"


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        replay = subprocess.run([HERE / "replay.sh", program, folder], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        reports = {}
        for name in ("null-fields", "null-fields-proven"):
            path = pathlib.Path(folder, name + ".json")
            reports[name] = json.loads(path.read_text()) if path.exists() else {}
        text = replay.stdout
        parts = {name: judged_in_part(program, folder, name) for name in reports}
        # What the README shows is no story of its own: it is this report.
        shown = subprocess.run([HERE.parents[2] / "ci" / "readme", "--check", pathlib.Path(folder, "null-fields.txt")])
        wiped, proven = reports["null-fields"], reports["null-fields-proven"]

    results = checks(replay.returncode, text, wiped, proven)
    results.append(("the README shows this report", shown.returncode == 0))
    for name, report in reports.items():
        results += same_verdict(name, report, parts[name])
    failed = [name for name, holds in results if not holds]
    count = len(results)
    if failed:
        print(text)
        print(json.dumps(wiped, indent=1)[:6000])
    for name in failed:
        print("not so: " + name)
    print(f"{count - len(failed)} passed, {len(failed)} failed")
    sys.exit(1 if failed else 0)


def judged_in_part(program, folder, hotfix):
    """The report on that hotfix by --scope patch, without any index."""
    repository, report = pathlib.Path(folder, "crm-sync"), pathlib.Path(folder, hotfix + ".part.json")
    subprocess.run([program, "check", "--repo", repository, "--base", "release/2.4", "--head", "hotfix/" + hotfix,
                    "--compile-commands", repository / f"build-{hotfix}" / "compile_commands.json", "--no-cache",
                    "--now", "2024-03-16T12:00:00Z", "--scope", "patch", "--report", f"json={report}", "--quiet"],
                   stdin=subprocess.DEVNULL, check=False)
    return json.loads(report.read_text()) if report.exists() else {}


def same_verdict(hotfix, whole, part):
    """A part of the project leads to the same verdict, and says that it is a part."""
    one, other = symbol(whole, ENCODER), symbol(part, ENCODER)
    users = one.get("fan_in", {}).get("direct")
    units = part.get("analysis", {}).get("index", {}).get("units", 0)
    return [(f"{hotfix}, --scope patch: {what}", holds) for what, holds in [
        ("the same decision", decision(part) == decision(whole) is not None),
        ("the same direct users", users is not None and other.get("fan_in", {}).get("direct") == users),
        ("the same tests", [t["name"] for t in other.get("tests", [])] == [t["name"] for t in one.get("tests", [])]),
        ("the risk is not known, so that it is not low", part.get("risk", {}).get("level") == "unknown"),
        ("less than half of the units was read", 0 < units < whole.get("analysis", {})["index"]["units"] / 2),
        ("the report says what was left out", "--scope patch" in (part.get("analysis", {}).get("left_out") or "")),
    ]]


def decision(report):
    return report.get("verdict", {}).get("decision")


def checks(code, text, wiped, proven):
    """All that has to hold, each with its sentence."""
    encoder = symbol(wiped, ENCODER)
    proven_encoder = symbol(proven, ENCODER)
    blocked = effects(wiped, "block")
    first_line = next((line for line in text.splitlines() if "block" in line.lower()), "")
    fan_in = encoder.get("fan_in", {})
    sinks = encoder.get("sinks", [])
    by_data = [sink for sink in sinks if sink["via"] == "data"]
    return [
        ("the replay got the two verdicts that it wants", code == 0),
        ("the hotfix is blocked", wiped.get("verdict", {}).get("decision") == "block"),
        ("the patch is known as a hotfix", wiped.get("patch", {}).get("hotfix") is True),
        ("the encoder is the only function that it touches", names(wiped) == [ENCODER]),
        ("its body changed, not its signature", encoder.get("change") == "body"),
        ("the encoder is among the project's first five functions", 1 <= fan_in.get("rank", 0) <= 5),
        ("its percentile is at least 97", fan_in.get("percentile", 0) >= 97),
        ("more than 20 functions call it", (fan_in.get("direct") or [0])[0] > 20),
        ("more than 60 functions reach it", (fan_in.get("transitive") or [0])[0] > 60),
        ("it feeds an HTTP write by data", any(sink["kind"] == "http_write" for sink in by_data)),
        ("that way ends at libcurl", any(sink["path"][-1:] == ["curl_easy_perform"] for sink in by_data)),
        ("that way starts at a caller that sends what the encoder filled",
         any(sink["path"] and sink["path"][0] not in (ENCODER, "") and sink["path"][0].startswith("crm::")
             for sink in by_data)),
        ("the check that is gone is named, with the sink that it stood before",
         any(one["kind"] == "guard_removed" and one["symbol"] == ENCODER and "has_value" in one["before"]
             and (one["sink"] or {}).get("kind") == "http_write" for one in wiped["code_changes"]["found"])),
        ("no test reaches it", encoder.get("tests") == []),
        ("its impact is critical", wiped.get("impact", {}).get("level") == "critical"),
        ("likelihood is known from the repository's own commits",
         wiped.get("likelihood", {}).get("level") in ("low", "moderate", "high")),
        ("risk is at least high", wiped.get("risk", {}).get("level") in ("high", "critical")),
        ("a rule about tests blocks", any("test" in rule["id"] for rule in blocked)),
        ("a rule about the rollout blocks", any("rollout" in rule["id"] for rule in blocked)),
        ("nothing else blocks", len(blocked) == 2),
        ("each of them says how to pass", all(rule["to_pass"] for rule in blocked) and bool(blocked)),
        ("everything could be read", wiped.get("analysis", {}).get("unread") == []),
        ("the first line that a person reads has the verdict and a missing proof",
         "test" in first_line or "rollout" in first_line),
        ("with its proof it is allowed", proven.get("verdict", {}).get("decision") == "allow"),
        ("the test that the hotfix brings reaches the encoder directly",
         any(test["distance"] == 1 and test["changed"] for test in proven_encoder.get("tests", []))),
        ("the rollout is staged and aborts by itself",
         proven.get("facts", {}).get("rollout.level", {}).get("value") == "staged_abort"),
        ("it provably ships this code", proven.get("facts", {}).get("rollout.linked", {}).get("value") == "yes"),
        ("its first stage is one percent",
         proven.get("facts", {}).get("rollout.first_stage.percent", {}).get("value") == 1),
    ]


def symbol(report, name):
    return next((one for one in report.get("symbols", []) if one["name"] == name), {})


def names(report):
    return [one["name"] for one in report.get("symbols", [])]


def effects(report, effect):
    return [rule for rule in report.get("verdict", {}).get("rules", []) if rule["effect"] == effect]


if __name__ == "__main__":
    main()
