"""The units of a compile database, and what their LLVM IR says of calls between places of the repository."""
import collections
import json
import os
import shlex
import subprocess

import ir
import records
import symbolize
from places import place_of

DROPPED = {"-c": 0, "-S": 0, "-MD": 0, "-MMD": 0, "-o": 1, "-MF": 1, "-MT": 1, "-MQ": 1}
# Everything is emitted, also inline functions that no one in the unit calls.
ADDED = ("-S", "-emit-llvm", "-g", "-O0", "-w", "-femit-all-decls", "-o", "-")

Job = collections.namedtuple("Job", "command directory repository")


def ir_command(arguments):
    """A compiler's command line → the one that writes IR to standard output."""
    kept, skip = [], 0
    for argument in arguments:
        if skip:
            skip -= 1
        elif argument in DROPPED:
            skip = DROPPED[argument]
        else:
            kept.append(argument)
    return [*kept, *ADDED]


def read(job):
    """The ir.Unit of one job, with places relative to the repository: None for those outside, as for what has none."""
    done = subprocess.run(job.command, cwd=job.directory, capture_output=True, text=True, errors="surrogateescape")
    if done.returncode != 0:
        return ir.Unit()
    unit, files = ir.parse(done.stdout.splitlines()), records.files_of(job.repository)
    names = {}

    def inside(place):
        if place is None:
            return None
        if place[0] not in names:
            name = os.path.relpath(place[0], job.repository)
            names[place[0]] = name if name in files else None
        return (names[place[0]], place[1]) if names[place[0]] else None

    plain = symbolize.demangle(unit.functions)
    for symbol, one in unit.functions.items():
        lines = frozenset(place_of("", *place) for place in map(inside, one.lines) if place)
        place = inside(one.place)
        unit.functions[symbol] = one._replace(place=place and place_of(plain[symbol], *place),
                                              lines=lines if one.place is None else frozenset())
    return unit


class Project:
    def __init__(self, repository, includes):
        self.repository = repository.resolve()
        with open(self.repository / "compile_commands.json", encoding="utf-8") as file:
            entries = json.load(file)
        self.entries = {}
        for entry in entries:
            main = os.path.relpath(os.path.join(entry["directory"], entry["file"]), self.repository)
            arguments = entry.get("arguments") or shlex.split(entry["command"])
            self.entries.setdefault((main, tuple(arguments)), entry["directory"])
        self.users = collections.defaultdict(set)
        for main in {key[0] for key in self.entries}:
            todo, reached = [main], {main}
            while todo:
                for further in includes.get(todo.pop(), ()):
                    if further not in reached:
                        reached.add(further)
                        todo.append(further)
            for file in reached:
                self.users[file].add(main)

    def unit(self, key):
        return Job(ir_command(key[1]), self.entries[key], str(self.repository))

    def candidates(self, caller, callee):
        """Units to look at for an edge between functions of these two files, the likeliest first."""
        mains = self.users[caller] | self.users[callee]
        keys = [key for key in self.entries if key[0] in mains]
        return sorted(keys, key=lambda key: (key[0] != caller, key[0] != callee,
                                             not {key[0]} & self.users[caller] & self.users[callee], key))


class Seen:
    """All units of a project that were read."""

    def __init__(self, project):
        self.project = project
        self.units = {}
        self.at = collections.defaultdict(set)        # place → (unit, symbol)
        self.places = collections.defaultdict(set)    # place → symbols that other units can name

    def has(self, key):
        return key in self.units

    def add(self, key, unit):
        self.units[key] = unit
        for symbol, function in unit.functions.items():
            for place in [function.place] if function.place else function.lines:
                self.at[place].add((key, symbol))
                if not function.local:
                    self.places[place].add(symbol)
        for symbol, target in unit.aliases.items():
            if target in unit.functions and unit.functions[target].place:
                self.places[unit.functions[target].place].add(symbol)

    def callers(self, place):
        return sorted(self.at[place])

    def symbols(self, place):
        """Symbols of the functions written there: (unit or None for all, symbol)"""
        return {(None, symbol) for symbol in self.places[place]} | {
            (key, symbol) for key, symbol in self.at[place] if self.units[key].functions[symbol].local}

    def calls(self, caller, callees):
        key, symbol = caller
        return any((None, one) in callees or (key, one) in callees for one in self.units[key].functions[symbol].calls)

    def calls_outside(self, caller, callees):
        """Over functions of the unit that are written outside the repository."""
        key, symbol = caller
        unit, seen, todo = self.units[key], {symbol}, [symbol]
        while todo:
            for further in unit.functions[todo.pop()].calls:
                further = unit.aliases.get(further, further)
                if (None, further) in callees or (key, further) in callees:
                    return True
                function = unit.functions.get(further)
                if function is not None and function.place is None and further not in seen:
                    seen.add(further)
                    todo.append(further)
        return False
