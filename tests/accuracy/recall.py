#!/usr/bin/env python3
"""recall.py --direct 1 --all 0.995 --missed FOLDER PROJECT:TRUTH:GRAPH...: how many calls that happened the graph has.

TRUTH is truth.py's table, GRAPH that of `patchgate graph export` (with --rules, each rule adds to those before it;
without, kind and confidence stand for it). Ends are matched by place, not by name: see places.py. Fails where less of
the direct calls, or of all, are in the graph than the two shares; each missed edge is in FOLDER/PROJECT.missed.tsv with
its class. Targets are counted a call site of a function that ran: all that its call through a pointer, or its virtual
call, may reach (see graph.py for what a site is)."""
import argparse
import collections
import csv
import pathlib
import statistics
import sys

import graph as graphs
import table
from places import place_of

POINTER, VIRTUAL = ("indirect",), ("virtual", "override")


def read_truth(path):
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ends_of(row):
    return (place_of(row["caller"], row["caller_file"], row["caller_line"]),
            place_of(row["callee"], row["callee_file"], row["callee_line"]))


def class_of(row, graph, by_file):
    """Why an edge may be missing: as far as the tables say."""
    for what, place in zip(("caller", "callee"), ends_of(row)):
        if place in graph.names:
            continue
        if place[0] not in by_file:
            return f"{what}'s file is not in the graph"
        name = row[what].split("(")[0].split("<")[0].rsplit("::", 1)[-1]
        named = {one.rsplit("::", 1)[-1] for _, names in by_file[place.file] for one in names}
        return f"{what} stands at another line" if name in named else f"{what} is no symbol"
    caller, callee = ends_of(row)
    names = graph.names[callee]
    if any(one != callee and one.role == callee.role and names & graph.names[one] for one in graph.callees[caller]):
        return "an edge to another definition of that name"
    return f"no edge, {row['call']} call"


def measure(truth, graph):
    """[(row, Edge or None)] and the class of each that is missing."""
    by_file = collections.defaultdict(list)
    for (file, line, _), names in graph.names.items():
        by_file[file].append((line, names))
    found = [(row, graph.best(*ends_of(row))) for row in truth]
    missed = [(row, class_of(row, graph, by_file)) for row, edge in found if edge is None]
    return found, missed


def share(part, whole):
    """Rounded down: 100.00 % is all of them."""
    return f"{10000 * part // whole / 100:.2f} %" if whole else "-"


def mean_and_median(counts):
    return (f"{statistics.fmean(counts):.1f}", f"{statistics.median(counts):g}") if counts else ("-", "-")


def of_targets(graph, found, kinds):
    """Targets a site of such a call, over the functions that ran: mean, median, and how many sites."""
    ran = {ends_of(row)[0] for row, _ in found}
    counts = [len(set().union(*rules.values())) for (place, _), rules in graph.targets(kinds).items() if place in ran]
    return (*mean_and_median(counts), len(counts))


def rows_of(project, truth, graph, found):
    direct = [edge for row, edge in found if row["call"] == "direct"]
    exact = sum(1 for _, edge in found if edge and edge.confidence == "exact")
    total = sum(1 for _, edge in found if edge and edge.confidence in ("exact", "possible"))
    calls = sum(int(row["count"]) for row in truth)
    weighted = sum(int(row["count"]) for row, edge in found if edge)
    return (project, len(truth), share(exact, len(truth)), share(total, len(truth)), share(weighted, calls),
            len(direct), share(sum(1 for edge in direct if edge), len(direct)), *of_targets(graph, found, POINTER),
            *of_targets(graph, found, VIRTUAL))


HEAD = ("project", "edges", "exact", "exact+possible", "by calls", "direct edges", "of them found",
        "targets a call through a pointer: mean", "median", "sites", "a virtual call: mean", "median", "sites")
RULE_HEAD = ("project", "rule", "edges offered", "of them where it ran", "of those that happened", "new with this rule",
             "recall with those before")


def rule_rows(project, graph, found):
    ran = {ends_of(row)[0] for row, _ in found}
    rules = sorted({edge.rule for edges in graph.edges.values() for edge in edges}, key=graphs.order_of)
    first, happened = collections.Counter(), collections.Counter()
    for row, _ in found:
        by = {edge.rule for edge in graph.edges.get(ends_of(row), ())}
        happened.update(by)
        if by:
            first[min(by, key=graphs.order_of)] += 1
    offered, here, so_far = collections.Counter(), collections.Counter(), 0
    for (caller, _), edges in graph.edges.items():
        for rule in {edge.rule for edge in edges}:
            offered[rule] += 1
            here[rule] += caller in ran
    for rule in rules:
        so_far += first[rule]
        yield (project, rule, offered[rule], here[rule], happened[rule], first[rule], share(so_far, len(found)))


def write_missed(path, missed):
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("class\tcaller\tcaller_place\tcallee\tcallee_place\tcount\tcall\n")
        for row, why in sorted(missed, key=lambda one: (one[1], ends_of(one[0]))):
            (caller_file, caller_line, _), (callee_file, callee_line, _) = ends_of(row)
            file.write("\t".join((why, row["caller"], f"{caller_file}:{caller_line}", row["callee"],
                                  f"{callee_file}:{callee_line}", row["count"], row["call"])) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--direct", type=float, required=True)
    parser.add_argument("--all", type=float, required=True)
    parser.add_argument("--missed", type=pathlib.Path, required=True)
    parser.add_argument("projects", nargs="+")
    arguments = parser.parse_args()
    rows, by_rule, classes, broken = [HEAD], [RULE_HEAD], [("project", "missed because", "edges", "an example")], []
    for project, truth_path, graph_path in (one.split(":") for one in arguments.projects):
        truth, graph = read_truth(truth_path), graphs.Graph(graph_path)
        found, missed = measure(truth, graph)
        rows.append(rows_of(project, truth, graph, found))
        by_rule += rule_rows(project, graph, found)
        write_missed(arguments.missed / f"{project}.missed.tsv", missed)
        count = collections.Counter(why for _, why in missed)
        for why in sorted(count):
            row = min((row for row, one in missed if one == why), key=ends_of)
            (caller_file, caller_line, _), (callee_file, callee_line, _) = ends_of(row)
            classes.append((project, why, count[why], f"{caller_file}:{caller_line} → {callee_file}:{callee_line}"))
        direct = [edge for row, edge in found if row["call"] == "direct"]
        if sum(1 for edge in direct if edge) < arguments.direct * len(direct):
            lost = sum(1 for edge in direct if not edge)
            broken.append(f"{project}: {lost} of {len(direct)} direct edges are missing")
        if len(found) - len(missed) < arguments.all * len(found):
            broken.append(f"{project}: {len(missed)} of {len(found)} edges are missing")
    table.show("Recall of the calls that happened", rows)
    table.show("By rule", by_rule)
    table.show("Missed", classes)
    for problem in broken:
        print("ci/accuracy: " + problem, file=sys.stderr)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
