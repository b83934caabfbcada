"""Every golden fits the schema, every key of a golden is described there, and broken reports are refused."""
import copy
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    sys.exit("this test needs Debian's package python3-jsonschema: apt-get install python3-jsonschema")


def strict(schema):
    """The same schema where each object that lists its properties has no others."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: strict(part) for key, part in schema.items()}
    if "properties" in schema and "additionalProperties" not in schema:
        result["additionalProperties"] = False
    return result


def without(report, *path):
    broken = copy.deepcopy(report)
    part = broken
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]
    return broken


def changed(report, value, *path):
    broken = copy.deepcopy(report)
    part = broken
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return broken


def broken_reports(report):
    for key in list(report):
        yield f"no {key}", without(report, key)
    for key in list(report["symbols"][0]):
        if key not in ("coverage",):
            yield f"symbol without {key}", without(report, "symbols", 0, key)
    yield "another schema", changed(report, "patchgate-report/2", "schema")
    yield "decision", changed(report, "maybe", "verdict", "decision")
    yield "level", changed(report, "huge", "impact", "level")
    yield "one-ended interval", changed(report, [1], "symbols", 0, "fan_in", "direct")
    yield "negative count", changed(report, -1, "analysis", "units", "total")
    yield "fact with neither value", changed(report, {"from": []}, "facts", "impact.level")
    yield "id of an object", changed(report, "HEAD", "inputs", "head")
    yield "percentile", changed(report, 101, "likelihood", "percentile")
    yield "rule result", changed(report, "skipped", "verdict", "rules", 0, "result")


def main(schema_file, golden_folder):
    schema = json.loads(pathlib.Path(schema_file).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    loose = jsonschema.Draft202012Validator(schema)
    tight = jsonschema.Draft202012Validator(strict(schema))
    failures = []
    goldens = sorted(pathlib.Path(golden_folder).glob("*.json"))
    if len(goldens) < 3:
        failures.append(f"only {len(goldens)} goldens in {golden_folder}")
    for golden in goldens:
        report = json.loads(golden.read_bytes().decode("ascii"))
        for error in tight.iter_errors(report):
            failures.append(f"{golden.name}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
        if not loose.is_valid({**report, "added_later": 1}):
            failures.append(f"{golden.name}: a key that was added later must be allowed")
    sample = json.loads((pathlib.Path(golden_folder) / "sample.json").read_text("utf-8"))
    for name, report in broken_reports(sample):
        if loose.is_valid(report):
            failures.append(f"accepted although broken: {name}")
    print("\n".join(failures) or f"{len(goldens)} goldens fit")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
