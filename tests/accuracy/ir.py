"""Which functions of a unit call which, by LLVM IR in text form: calls by name only, and where each is written."""
import collections
import os
import re

NAME = r'@(?:"((?:[^"\\]|\\.)*)"|([-\w.$]+))'
DEFINE = re.compile(r"^define ([^@]*)" + NAME + r"\(")
CALL = re.compile(r"\b(?:call|invoke)\b(?:[^@(]|\([^@()]*\))*" + NAME + r"\(")
ALIAS = re.compile(r"^" + NAME + r" = .*\balias\b.*, ptr " + NAME + "$")
SUBPROGRAM = re.compile(r"^!(\d+) = distinct !DISubprogram\(.*?\bfile: !(\d+)(?:, line: (\d+))?")
FILE = re.compile(r'^!(\d+) = !DIFile\(filename: "((?:[^"\\]|\\.)*)", directory: "((?:[^"\\]|\\.)*)"')
DEBUG = re.compile(r"!dbg !(\d+)")
LOCATION = re.compile(r"^!(\d+) = (?:distinct )?!DILocation\(line: (\d+)")

# place: (file, line), None for what the compiler wrote; local: no other unit can name it; calls: symbols;
# lines: the places of its calls
Function = collections.namedtuple("Function", "place local calls lines")


class Unit:
    def __init__(self):
        self.functions = {}  # symbol → Function
        self.aliases = {}    # symbol → symbol


def _name(match, first=1):
    return match.group(first) or match.group(first + 1)


def parse(lines):
    """A Unit with places as the debug information writes them."""
    unit, raw, here = Unit(), {}, None
    programs, files, locations = {}, {}, {}
    for line in lines:
        if here is not None:
            if line.startswith("}"):
                here = None
            elif (" call " in line or " invoke " in line) and (match := CALL.search(line)):
                debug = DEBUG.search(line)
                here.append((_name(match), debug and debug[1]))
            elif here and here[-1][1] is None and (debug := DEBUG.search(line)):
                here[-1] = (here[-1][0], debug[1])  # an invoke has it on its second line
        elif line.startswith("define "):
            match, debug, here = DEFINE.match(line), DEBUG.search(line), []
            if match:
                raw[_name(match, 2)] = (debug and debug[1], "internal" in match[1] or "private" in match[1], here)
        elif line.startswith("@") and (match := ALIAS.match(line)):
            unit.aliases[_name(match)] = _name(match, 3)
        elif line.startswith("!"):
            _metadata(line, programs, files, locations)
    for symbol, (debug, local, calls) in raw.items():
        file, number = programs.get(debug, (None, 0))
        place = (files.get(file, ""), number) if number else None
        lines_of = {int(locations[at]) for _, at in calls if at in locations}
        where = files.get(file, "")
        unit.functions[symbol] = Function(place, local, frozenset(name for name, _ in calls),
                                          frozenset((where, one) for one in lines_of))
    return unit


def _metadata(line, programs, files, locations):
    if match := LOCATION.match(line):
        locations[match[1]] = match[2]
    elif match := SUBPROGRAM.match(line):
        programs[match[1]] = (match[2], int(match[3] or 0))
    elif match := FILE.match(line):
        files[match[1]] = os.path.normpath(os.path.join(match[3], match[2]))
