"""The table that `patchgate graph export` writes, as calls between places.

A call site is a line of its caller: the edges of one call have its line, and one that two calls of a function share has
the first one's."""
import collections

from places import place_of

CALLS = frozenset(("call", "construct", "destruct", "virtual", "override", "indirect"))
CONFIDENCES = ("exact", "possible", "name")
# In the order in which the tables add them up; a rule that is not known here comes last.
RULES = ("syntax", "outside", "override", "slot", "type", "name")
KINDS = {"call": "syntax", "construct": "syntax", "destruct": "syntax", "virtual": "syntax", "override": "override",
         "indirect": "type"}

Edge = collections.namedtuple("Edge", "confidence rule kind line")


def rule_of(row, has_rules):
    """What found this edge. Without the column `rule`, what its kind and confidence say of that."""
    if has_rules:
        return row["rule"]
    return "name" if row["confidence"] == "name" else KINDS[row["kind"]]


def order_of(rule):
    return (RULES.index(rule) if rule in RULES else len(RULES), rule)


class Graph:
    def __init__(self, path):
        self.edges = collections.defaultdict(list)  # (caller place, callee place) → [Edge]
        self.callees = collections.defaultdict(set)   # caller place → callee places
        self.names = collections.defaultdict(set)   # place → names
        self.includes = collections.defaultdict(set)  # file → files
        self.macros = set()                           # places of macros that are used
        with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            head = file.readline().rstrip("\n").split("\t")
            self.has_rules = "rule" in head
            for line in file:
                self._add(dict(zip(head, line.rstrip("\n").split("\t"))))

    def _add(self, row):
        if row["kind"] == "include":
            self.includes[row["caller_file"]].add(row["callee_file"])
            return
        if row["kind"] == "macro":
            self.macros.add(place_of(row["callee"], row["callee_file"], row["callee_line"]))
        caller = place_of(row["caller"], row["caller_file"], row["caller_line"])
        callee = place_of(row["callee"], row["callee_file"], row["callee_line"])
        self.names[caller].add(row["caller"])
        self.names[callee].add(row["callee"])
        if row["kind"] in CALLS:
            edge = Edge(row["confidence"], rule_of(row, self.has_rules), row["kind"], int(row.get("line", 0)))
            self.edges[caller, callee].append(edge)
            self.callees[caller].add(callee)

    def best(self, caller, callee):
        """The strongest Edge between two places; None where there is none."""
        found = self.edges.get((caller, callee))
        if not found:
            return None
        return min(found, key=lambda edge: (CONFIDENCES.index(edge.confidence), order_of(edge.rule)))

    def targets(self, kinds):
        """(caller place, line) → rule → the functions that calls of these kinds there may reach."""
        reached = collections.defaultdict(lambda: collections.defaultdict(set))
        for (caller, callee), edges in self.edges.items():
            for edge in edges:
                if edge.kind in kinds:
                    reached[caller, edge.line][edge.rule].add(callee)
        return reached
