"""What the numbers of ci/accuracy hang on: that a record, IR, a graph and a miss are read right."""
import os
import pathlib
import struct
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import graph
import ir
import recall
import records
import truth
import units
from places import Place, place_of

UNIT = r"""
@_ZN1AC1Ev = unnamed_addr alias void (ptr), ptr @_ZN1AC2Ev
define dso_local void @_Z4plaini(i32 noundef %0) #0 !dbg !10 {
  call void @_ZN1AC1Ev(ptr noundef nonnull align 8 dereferenceable(8) %2), !dbg !20
  %3 = call noundef i32 %4(i32 noundef 1), !dbg !21
  call void (ptr, ...) @printf(ptr noundef @.str), !dbg !21
  %5 = call noundef nonnull align 8 dereferenceable(32) ptr @_ZN1A3refEv(ptr noundef @g), !dbg !21
  call void %6(ptr noundef @_ZN1A5takenEv), !dbg !21
}
define linkonce_odr void @"odd name"() #0 comdat personality ptr @__gxx_personality_v0 !dbg !11 {
  invoke void @_Z4plaini(i32 noundef 7)
          to label %1 unwind label %2, !dbg !22
}
define internal void @__cxx_global_var_init() #0 section ".text.startup" !dbg !12 {
  call void @_ZN1AC1Ev(ptr noundef @a), !dbg !23
}
!1 = !DIFile(filename: "../a.cc", directory: "/r/out")
!10 = distinct !DISubprogram(name: "plain", linkageName: "_Z4plaini", scope: !1, file: !1, line: 3, type: !2, unit: !0)
!11 = distinct !DISubprogram(name: "odd name", scope: !1, file: !1, line: 9, type: !2, scopeLine: 10, unit: !0)
!12 = distinct !DISubprogram(name: "__cxx_global_var_init", scope: !1, file: !1, type: !2, flags: DIFlagArtificial)
!20 = !DILocation(line: 4, column: 3, scope: !10)
!23 = !DILocation(line: 12, column: 3, scope: !12)
"""


class IrTest(unittest.TestCase):
    def setUp(self):
        self.unit = ir.parse(UNIT.splitlines())

    def test_calls_by_name_only(self):
        calls = {symbol: set(one.calls) for symbol, one in self.unit.functions.items()}
        self.assertEqual(calls, {"_Z4plaini": {"_ZN1AC1Ev", "printf", "_ZN1A3refEv"}, "odd name": {"_Z4plaini"},
                                 "__cxx_global_var_init": {"_ZN1AC1Ev"}})

    def test_places(self):
        places = {symbol: one.place for symbol, one in self.unit.functions.items()}
        self.assertEqual(places, {"_Z4plaini": ("/r/a.cc", 3), "odd name": ("/r/a.cc", 9),
                                  "__cxx_global_var_init": None})
        self.assertEqual(self.unit.functions["__cxx_global_var_init"].lines, {("/r/a.cc", 12)})

    def test_aliases_and_linkage(self):
        self.assertEqual(self.unit.aliases, {"_ZN1AC1Ev": "_ZN1AC2Ev"})
        self.assertEqual([one.local for one in self.unit.functions.values()], [False, False, True])

    def test_command(self):
        command = units.ir_command(["clang++", "-DX", "-MD", "-MF", "a.d", "-o", "a.o", "-c", "a.cc"])
        self.assertEqual(command, ["clang++", "-DX", "a.cc", *units.ADDED])


class TruthTest(unittest.TestCase):
    def is_variant(self, caller, callee, line=7):
        return truth.is_own_variant(truth.End(caller, "a.cc", 7), truth.End(callee, "a.cc", line))

    def test_variants_of_one_function(self):
        self.assertTrue(self.is_variant("_ZN1AD0Ev", "_ZN1AD2Ev"))
        self.assertTrue(self.is_variant("_ZN1AC1Ei", "_ZN1AC2Ei"))
        self.assertTrue(self.is_variant("_ZN12_GLOBAL__N_11AD0Ev", "_ZN12_GLOBAL__N_11AD1Ev"))
        self.assertTrue(self.is_variant("_ZZ4userivENK3$_08__invokeEi", "_ZZ4userivENK3$_0clEi"))
        self.assertTrue(self.is_variant("_ZZ4uservEN3$_08__invokeEi", "_ZZ4uservENK3$_0clEi"))
        self.assertFalse(self.is_variant("_ZZ4uservEN3$_08__invokeEi", "_ZZ4uservENK3$_1clEi"))
        self.assertFalse(self.is_variant("_ZN1AD2Ev", "_ZN1AD2Ev"))  # it destroys another A
        self.assertFalse(self.is_variant("_ZN1A1fEi", "_ZN1A1fEj"))
        self.assertFalse(self.is_variant("_ZN1AD0Ev", "_ZN1AD2Ev", 8))

    def record(self, slots, lost=0):
        module = records.MODULE.pack(0x1000, 0x1000, 0x2000, b"/r/a")
        head = records.HEADER.pack(b"pgcalls1", records.SLOTS, 1, lost) + module
        head += bytes((records.MODULES - 1) * records.MODULE.size)
        return head + b"".join(records.SLOT.pack(*slot) for slot in slots)

    def test_record(self):
        data = self.record([(0x1010, 0x1020, 3), (0, 0, 0), (0x1030, 0x9000, 1), (0x1040, 0, 1)])
        self.assertEqual(list(records.read_one(data, "a")), [(records.Pair("/r/a", 0x10, "/r/a", 0x20), 3),
                                                             (records.Pair("/r/a", 0x30, None, 0x9000), 1)])

    def test_processes_that_were_killed_at_once_left_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            whole = self.record([(0x1010, 0x1020, 3)])
            for name, data in (("a", whole), ("b", b""), ("c", bytes(len(whole)))):
                (pathlib.Path(folder) / f"{name}.calls").write_bytes(data)
            self.assertEqual(records.read(pathlib.Path(folder)), {records.Pair("/r/a", 0x10, "/r/a", 0x20): 3})

    def test_record_that_lost_calls(self):
        with self.assertRaisesRegex(records.Broken, "4 calls found no room"):
            list(records.read_one(self.record([], lost=4), "a"))


class PlaceTest(unittest.TestCase):
    def test_roles(self):
        cases = (("A::~A()", "~"), ("ns::A<int>::~A", "~"), ("A::operator=(A const&)", "="), ("A::operator=", "="),
                 ("A& A::operator=<B<int>>(B<int> const&)", "="), ("A::operator<=(A const&)", ""),
                 ("A::A()", ""), ("A::operator==(A const&)", ""), ("f(int)", ""))
        self.assertEqual([place_of(name, "a.cc", 1).role for name, _ in cases], [role for _, role in cases])


class RecallTest(unittest.TestCase):
    HEAD = "caller\tcaller_file\tcaller_line\tcallee\tcallee_file\tcallee_line\tkind\tconfidence"

    def load(self, rows, head=HEAD):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "graph.tsv"
            path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
            return graph.Graph(path)

    def truth(self, caller, callee, call="direct"):
        return {"caller": "f", "caller_file": "a.c", "caller_line": caller, "callee": "g()", "callee_file": "a.c",
                "callee_line": callee, "count": "2", "call": call}

    def test_best_edge(self):
        loaded = self.load(["f\ta.c\t1\tg\ta.c\t2\tindirect\tpossible", "f\ta.c\t1\tg\ta.c\t2\tcall\texact",
                            "f\ta.c\t1\tg\ta.c\t3\tread\texact"])
        self.assertEqual(loaded.best(Place("a.c", 1, ""), Place("a.c", 2, "")), graph.Edge("exact", "syntax", "call", 0))
        self.assertIsNone(loaded.best(Place("a.c", 1, ""), Place("a.c", 3, "")))

    def test_rules_come_from_the_column(self):
        loaded = self.load(["f\ta.c\t1\tg\ta.c\t2\tindirect\tpossible\tslot"], self.HEAD + "\trule")
        self.assertEqual(loaded.best(Place("a.c", 1, ""), Place("a.c", 2, "")).rule, "slot")

    def test_targets_are_counted_a_site(self):
        row = "f\ta.c\t1\t{}\ta.c\t{}\tindirect\tpossible\t{}\t{}"
        loaded = self.load([row.format(*one) for one in (("g", 2, "slot", 11), ("h", 3, "slot", 11), ("h", 3, "type", 11),
                                                         ("k", 4, "type", 12))], self.HEAD + "\trule\tline")
        found, _ = recall.measure([self.truth("1", "2", "indirect"), self.truth("1", "4", "indirect")], loaded)
        self.assertEqual(recall.of_targets(loaded, found, recall.POINTER), ("1.5", "1.5", 2))
        self.assertEqual([row[1:6] for row in recall.rule_rows("p", loaded, found)],
                         [("slot", 2, 2, 1, 1), ("type", 2, 2, 1, 1)])

    def test_classes_of_misses(self):
        loaded = self.load(["f\ta.c\t1\tg\ta.c\t2\tread\texact"])
        cases = (("1", "2", "no edge, direct call"), ("1", "5", "callee stands at another line"),
                 ("8", "2", "caller stands at another line"))
        _, missed = recall.measure([self.truth(caller, callee) for caller, callee, _ in cases], loaded)
        self.assertEqual([why for _, why in missed], [why for _, _, why in cases])

    def test_shares_are_rounded_down(self):
        shares = [recall.share(99999, 100000), recall.share(5, 5), recall.share(0, 0)]
        self.assertEqual(shares, ["99.99 %", "100.00 %", "-"])


if __name__ == "__main__":
    unittest.main()
