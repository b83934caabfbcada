"""The schemas of files beside the policy take what is in order, and nothing that the program refuses by its form."""
import copy
import json
import pathlib
import sys

import jsonschema

HEAD = "0123456789abcdef0123456789abcdef01234567"
GOOD = {
    "override": {
        "override": 1, "head": HEAD, "target": "release/2.4", "rules": ["hotfix/tests-reach"],
        "reason": "Outage 4411: every order is sent twice", "ticket": "OPS-4411",
        "requested_by": "ana@example.org", "approved_by": "Bo Lind <bo@example.org>",
        "issued_at": "2026-01-05T11:00:00Z", "not_after": "2026-01-06T11:00:00+01:00",
        "promise": {"test": "tests/a_test.cpp::A.B", "until": "2026-01-09"}, "x-note": [1],
    },
    "exceptions": {
        "exceptions": [{"rule": "hotfix/tests-reach", "paths": ["src/legacy/**"], "symbol": "legacy::print", "reason": "goes away",
                        "owner": "ana@example.org", "ticket": "OPS-31", "expires": "2026-12-31"}],
    },
    "context": {
        "context": 1, "head": HEAD, "actor": "ana", "approvals": [], "owners": ["cy"], "labels": ["hotfix"], "target_ref": "main",
    },
}
BAD = {
    "override": [
        (("override",), 2), (("head",), "HEAD"), (("head",), HEAD.upper()), (("target",), "release/*"), (("rules",), []),
        (("rules",), ["*"]), (("rules",), ["a", "a"]), (("reason",), "because"), (("approved_by",), "bo"),
        (("not_after",), "tomorrow"), (("promise",), {"until": "2026-01-09"}), (("promise", "until"), "soon"), (("wildcard",), True),
    ],
    "exceptions": [
        (("exceptions", 0, "paths"), []), (("exceptions", 0, "expires"), "2026-12"), (("exceptions", 0, "rule"), "*"),
        (("exceptions", 0, "until"), "2026-12-31"), (("version",), 1),
    ],
    "context": [(("context",), 2), (("head",), "main"), (("approvals",), 2), (("owners",), [1]), (("label",), [])],
}
OPTIONAL = {"override": ["target", "ticket", "issued_at", "promise", "x-note"], "exceptions": ["symbol"],
            "context": ["head", "actor", "approvals", "owners", "labels", "target_ref"]}


def changed(document, path, value):
    document = copy.deepcopy(document)
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return document


def main(folder):
    failures = []
    for name, good in GOOD.items():
        schema = json.loads((pathlib.Path(folder) / f"{name}.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        failures += [f"{name}: {error.message}" for error in validator.iter_errors(good)]
        for path, value in BAD[name]:
            if validator.is_valid(changed(good, path, value)):
                failures.append(f"{name}: takes {path} = {value!r}")
        at = ("exceptions", 0) if name == "exceptions" else ()
        inner = good["exceptions"][0] if at else good
        for key in inner:
            without = copy.deepcopy(good)
            (without["exceptions"][0] if at else without).pop(key)
            if validator.is_valid(without) != (key in OPTIONAL[name]):
                failures.append(f"{name}: without {key}")
    print("\n".join(failures) or f"{len(GOOD)} schemas fit")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
