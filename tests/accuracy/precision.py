#!/usr/bin/env python3
"""precision.py --sample 200 --seed 1 PROJECT:REPOSITORY:GRAPH...: whether calls that the graph calls exact are calls.

Samples edges of kinds call, construct and destruct and confidence exact between functions of the projects, from the
sorted list of all, and looks each up in the LLVM IR that Clang makes, unoptimised, of a unit that has the caller: a
function written at the caller's place has to call, by name, one written at the callee's; an edge of rule `outside`
through functions outside the repository. Where it does not, other units that see the caller's file are tried. Prints
each edge that is not found, and fails if fewer than --right are."""
import argparse
import collections
import concurrent.futures
import pathlib
import random
import sys

import graph as graphs
import table
import units

KINDS = ("call", "construct", "destruct")
# So many units that have the caller, without the call, are enough to say that it is not there.
ENOUGH = 8
RIGHT = ("by name", "through outside functions, as its rule says")


def population(project, graph):
    """All edges that may be sampled, sorted. What a macro's text calls is no call of a function; those that expand it
    have an edge of their own."""
    found = set()
    for (caller, callee), edges in graph.edges.items():
        for edge in edges:
            ours = caller[0] and callee[0] and caller not in graph.macros
            if ours and edge.confidence == "exact" and edge.kind in KINDS:
                found.add((project, caller, callee, edge.kind, edge.rule))
    return sorted(found)


def verdict(edge, seen):
    """What the units say that were compiled so far; `seen` is a units.Seen of the edge's project."""
    _, caller, callee, _, rule = edge
    callers, callees = seen.callers(caller), seen.symbols(callee)
    if not callers:
        return "the caller is in no unit's IR"
    if not callees:
        return "the callee is in no unit's IR"
    if any(seen.calls(one, callees) for one in callers):
        return RIGHT[0]
    if any(seen.calls_outside(one, callees) for one in callers):
        return RIGHT[1] if rule == "outside" else "through outside functions, which its rule does not say"
    return "no call there"


def is_settled(edge, seen, what):
    """Whether a further unit would change nothing. A function of a unit's main file is in that unit alone."""
    if what in RIGHT:
        return True
    having = {key for key, _ in seen.callers(edge[1])}
    return bool(seen.symbols(edge[2])) and (len(having) >= ENOUGH or any(key[0] == edge[1][0] for key in having))


def judge(edges, projects, jobs):
    """edge → verdict. In rounds: of each edge that is not found yet, one more unit that sees the caller or callee."""
    seen = {name: units.Seen(project) for name, project in projects.items()}
    todo = {edge: projects[edge[0]].candidates(edge[1][0], edge[2][0]) for edge in edges}
    found = {}
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        while True:
            wanted = set()
            for edge, candidates in todo.items():
                if edge in found and is_settled(edge, seen[edge[0]], found[edge]):
                    continue
                while candidates and seen[edge[0]].has(candidates[0]):
                    candidates.pop(0)
                if candidates:
                    wanted.add((edge[0], candidates.pop(0)))
            if not wanted:
                return found
            ordered = sorted(wanted)
            read = pool.map(units.read, [projects[name].unit(key) for name, key in ordered])
            for (name, key), unit in zip(ordered, read):
                seen[name].add(key, unit)
            for edge in edges:
                if found.get(edge) not in RIGHT:
                    found[edge] = verdict(edge, seen[edge[0]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--right", type=int, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("projects", nargs="+")
    arguments = parser.parse_args()
    projects, everything, read = {}, [], {}
    for name, repository, path in (one.split(":") for one in arguments.projects):
        read[name] = graphs.Graph(path)
        projects[name] = units.Project(pathlib.Path(repository), read[name].includes)
        everything += population(name, read[name])
    edges = random.Random(arguments.seed).sample(everything, min(arguments.sample, len(everything)))
    found = judge(sorted(edges), projects, arguments.jobs)
    rows = [("project", "verdict of the IR", "edges")]
    count = collections.Counter((edge[0], what) for edge, what in found.items())
    rows += [(*key, count[key]) for key in sorted(count)]
    table.show(f"Precision of {len(edges)} exact edges of {len(everything)}", rows)
    wrong = sorted((what, edge) for edge, what in found.items() if what not in RIGHT)
    if wrong:
        table.show("Not found", [("project", "kind", "rule", "caller", "place", "callee", "place", "verdict")] + [
            (edge[0], edge[3], edge[4], min(read[edge[0]].names[edge[1]]), "{}:{}".format(*edge[1][:2]),
             min(read[edge[0]].names[edge[2]]), "{}:{}".format(*edge[2][:2]), what) for what, edge in wrong])
    right = len(found) - len(wrong)
    print(f"{right} of {len(found)} are right")
    if right < arguments.right:
        print(f"ci/accuracy: {right} of {len(found)} exact edges are right, not {arguments.right}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
