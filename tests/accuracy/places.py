"""Where a function is written, as both the debug information and the graph say it."""
import collections
import re

DESTRUCTOR = re.compile(r"~\w+(<.*>)?(\[.*\])?(\(\))?$")
ASSIGNMENT = re.compile(r"operator=(<.*>)?(\(.*\))?$")

# role: the members that the compiler writes all stand where their class does; its name tells these apart
Place = collections.namedtuple("Place", "file line role")


def place_of(name, file, line):
    role = "~" if DESTRUCTOR.search(name) else "=" if ASSIGNMENT.search(name) else ""
    return Place(file, int(line), role)
