#!/usr/bin/env python3
"""truth.py RECORDS REPOSITORY: from what record.c wrote, the calls that happened between functions of the repository,
as a table on standard output: caller, caller_file, callee, callee_file, count, caller_line, callee_line, call.

The caller is the function that holds the call, so a call that passes through a library is none of the repository's.
Files are those that git knows; lines are those of the name in the definition, as the debug information has them (the
symbolizer's StartLine is DW_AT_decl_line). `call` is direct where the instruction before the return address names its
target, for any of the edge's calls.
Left out: what a destructor or constructor does with another of its own variants (deleting, complete, base), what a
closure's function pointer does with its call operator, and calls by the initialisers of variables, which have no line
of their own.
"""
import collections
import os
import pathlib
import re
import sys

import elf
import records
import symbolize
from places import place_of

End = collections.namedtuple("End", "name file line")
HEAD = ("caller", "caller_file", "callee", "callee_file", "count", "caller_line", "callee_line", "call")


class Edge:
    def __init__(self):
        self.count, self.direct, self.callers, self.callees = 0, False, set(), set()


def end_of(function, repository, files):
    """Where a function is defined; None outside the repository, and for what has no line: the initialisers of
    variables, which the compiler writes."""
    if function is None or not function.file or not function.line:
        return None
    name = os.path.relpath(function.file, repository)
    return End(function.name, name, function.line) if name in files else None


def is_own_variant(caller, callee):
    """C1 calls C2, D0 calls D1 calls D2, a lambda's __invoke its operator(): one function of the source. The names are
    the linker's."""
    if caller[1:] != callee[1:]:
        return False
    if "8__invoke" in caller.name:
        return caller.name.replace("8__invoke", "cl", 1).replace("NK", "N") == callee.name.replace("NK", "N")
    if len(caller.name) != len(callee.name):
        return False
    other = [i for i, (one, two) in enumerate(zip(caller.name, callee.name)) if one != two]
    return len(other) == 1 and re.search(r"(C|CI|D)\d$", callee.name[:other[0] + 1]) is not None


def truth(folder, repository, files):
    pairs = records.read(folder)
    modules = {module for pair in pairs for module in (pair.site_module, pair.callee_module) if module}
    ours = {module: elf.Code(module) for module in modules if module.startswith(str(repository) + "/")}
    wanted = collections.defaultdict(set)
    for pair in pairs:
        if pair.site_module in ours and pair.callee_module in ours:
            # One before the return address, which may already belong to the next function.
            wanted[pair.site_module].add(pair.site - 1)
            wanted[pair.callee_module].add(pair.callee)
    functions = {module: symbolize.functions(module, sorted(addresses)) for module, addresses in sorted(wanted.items())}
    plain = symbolize.demangle({one.name for known in functions.values() for one in known.values() if one})
    edges = {}
    for pair, count in sorted(pairs.items(), key=lambda item: str(item[0])):
        if pair.site_module not in ours or pair.callee_module not in ours:
            continue
        caller = end_of(functions[pair.site_module].get(pair.site - 1), repository, files)
        callee = end_of(functions[pair.callee_module].get(pair.callee), repository, files)
        if caller is None or callee is None or is_own_variant(caller, callee):
            continue
        target = pair.callee if pair.site_module == pair.callee_module else None
        direct = ours[pair.site_module].is_direct(pair.site, target, callee.name)
        places = tuple(place_of(plain[end.name], end.file, end.line) for end in (caller, callee))
        edge = edges.setdefault(places, Edge())
        edge.count += count
        edge.direct = edge.direct or direct
        edge.callers.add(plain[caller.name])
        edge.callees.add(plain[callee.name])
    return edges


def main():
    folder, repository = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    edges = truth(folder, repository, records.files_of(repository))
    if not edges:
        raise records.Broken(f"{folder}: no call between functions of {repository} was recorded")
    print("\t".join(HEAD))
    for (caller, callee), edge in sorted(edges.items()):
        row = (min(edge.callers), caller.file, min(edge.callees), callee.file, edge.count, caller.line, callee.line,
               "direct" if edge.direct else "indirect")
        print("\t".join(str(cell) for cell in row))


if __name__ == "__main__":
    main()
