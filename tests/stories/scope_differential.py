#!/usr/bin/env python3
"""For each way in which code can hide that it uses a function: --scope patch says nothing milder than the whole project.

One project holds all cases, each in a folder of its own. Each function is changed by a patch of its own, which is judged
twice. What the part knows has to be what the whole knows; what it does not know, it has to call unknown."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM = os.environ["PATCHGATE"]
LEVELS = ("low", "moderate", "high", "critical")
DECISIONS = ("allow", "warn", "block")

HEADER = "#pragma once\nint fee@(int);\n"
FEE = '#include "fee.h"\nint fee@(int x) { return x; }\n'
USE = '#include "more.h"\nint {0}@() {{ return more@(); }}\n'
INLINE = '#pragma once\n#include "fee.h"\nstatic inline int more@() {{ {} }}\n'
MONEY = "int Money@::cents() const { return 1; }\nMoney@::Money@(int) {}\nMoney@::~Money@() {}\nint* Money@::begin() " \
        "{ return nullptr; }\nMoney@::operator bool() const { return true; }\n"

# what it is about: (the functions to touch, files, flags of units); "@" is the number of the case, "$" its folder
CASES = {
    "a call": (["fee@"], {"a.cc": '#include "fee.h"\nint a@() { return fee@(1); }\n'}, {}),
    "declared within a body": (["fee@"], {"a.cc": "int a@() { extern int fee@(int); return fee@(1); }\n"}, {}),
    "a macro's list declares it": (["fee@"], {
        "fee.h": "#pragma once\n#define ALL@ X(fee@) X(tax@)\n#define X(n) int n(int);\nALL@\n#undef X\n",
        "a.cc": '#include "fee.h"\nint a@() { return fee@(1); }\n',
        "b.cc": "struct B@ { int fee@; };\nint b@(B@ x) { return x.fee@; }\n"}, {}),
    "a macro of a macro": (["fee@"], {
        "more.h": '#pragma once\n#include "fee.h"\n#define A@(x) fee@(x)\n#define more@() A@(2)\n',
        "a.cc": USE.format("a")}, {}),
    "a macro under a condition": (["fee@"], {
        "fee.h": HEADER + "#ifdef ON@\n#define CALL@ fee@(1)\n#else\n#define CALL@ 0\n#endif\n",
        "more.h": INLINE.format("return CALL@;"), "a.cc": USE.format("a"), "b.cc": USE.format("b"),
        "c.cc": '#include <stddef.h>\n' + USE.format("c")}, {"c.cc": ["-DON@"]}),
    "a use under a condition": (["fee@"], {
        "more.h": INLINE.format("\n#ifdef ON@\nreturn fee@(1);\n#else\nreturn 0;\n#endif\n"), "a.cc": USE.format("a"),
        "b.cc": '#include <stddef.h>\n#define ON@\n' + USE.format("b")}, {}),
    "a macro of the command line": (["fee@"], {
        "more.h": INLINE.format("return FN@(1);"), "a.cc": USE.format("a"),
        "b.cc": '#include <stddef.h>\n' + USE.format("b")}, {"a.cc": ["-DFN@=sizeof"], "b.cc": ["-DFN@=fee@"]}),
    "a header with more behind its guard": (["fee@"], {
        "more.h": '#ifndef M@\n#define M@\n#include "fee.h"\n#endif\nstatic inline int NAME() { return fee@(1); }\n',
        "a.cc": '#define NAME a_name@\n#include "more.h"\nint a@() { return NAME(); }\n',
        "b.cc": '#define NAME b_name@\n#include "more.h"\nint b@() { return NAME(); }\n'}, {}),
    "a list of calls": (["fee@"], {
        "calls.def": "X(fee@)\n",
        "a.cc": '#include "fee.h"\n#define X(n) int a@() { return n(1); }\n#include "calls.def"\n',
        "b.cc": '#include "fee.h"\n#define X(n) int b@() { return n(1); }\n#include "calls.def"\n'}, {}),
    "digraphs": (["fee@"], {"a.cc": '%:include "fee.h"\nint a@() <% return fee@(1); %>\n'}, {}),
    "included by its whole path": (["fee@"], {
        "more.h": '#pragma once\n#include "$/fee.h"\n',
        "a.cc": '#include "$/more.h"\nint a@() { return fee@(1); }\n'}, {}),
    "included by flags, and by a header that the build made": (["fee@"], {
        "a.cc": "int a@() { return fee@(1); }\n", "b.cc": "int b@() { return fee@(2); }\n",
        "c.cc": "int c@() { return fee@(3); }\n", "out/first.hxx": '#include "$/fee.h"\n'},
        {"a.cc": ["-include", "$/fee.h"], "b.cc": ["-include", "case@/fee.h"], "c.cc": ["-include", "$/out/first.hxx"]}),
    "included by way of links": (["fee@"], {
        "real/more.h": '#pragma once\nint fee@(int);\ninline int more@() { return fee@(1); }\n',
        "one.h": pathlib.Path("real/more.h"), "folder": pathlib.Path("real"),
        "a.cc": '#include "one.h"\nint a@() { return more@(); }\n',
        "b.cc": '#include "folder/more.h"\nint b@() { return more@(); }\n'}, {}),
    "templates": (["fee@"], {
        "more.h": '#pragma once\n#include "fee.h"\ntemplate <class T> int more@(T x) { return fee@(int(x)); }\n',
        "a.cc": '#include "more.h"\nint a@() { return more@(1L); }\n'}, {}),
    "default arguments and members": (["fee@"], {
        "more.h": '#pragma once\n#include "fee.h"\nint d@(int x = fee@(1));\nstruct M@ { int a = fee@(2); int b{fee@(3)}; };\n',
        "a.cc": '#include "more.h"\nint a@() { M@ m; return m.a + d@(); }\n'}, {}),
    "a table in a header": (["fee@"], {
        "more.h": '#pragma once\n#include "fee.h"\nstatic int (*const kAll@[])(int) = {fee@};\n',
        "a.cc": '#include "more.h"\nint a@(int i) { return kAll@[i](1); }\n'}, {}),
    "what is not spelt": (["Money@::Money@", "Money@::~Money@", "Money@::begin", "Money@::operator bool"], {
        "fee.h": "#pragma once\nstruct Money@ { Money@(int); ~Money@(); int cents() const; int* begin(); int* end() "
                 "{ return nullptr; } operator bool() const; };\nMoney@ make@();\n",
        "fee.cc": '#include "fee.h"\n' + MONEY, "a.cc": '#include "fee.h"\nint a@() { for (int x : make@()) return x; '
                                                        "return make@() ? 1 : 2; }\n",
        "b.cc": '#include "fee.h"\nMoney@ b@(Money@ m) { return m ? Money@(1) : m; }\n'}, {}),
    "an overriding method": (["Real@::run@"], {
        "fee.h": "#pragma once\nstruct Base@ { virtual int run@(int) = 0; };\nBase@* make@();\n",
        "fee.cc": '#include "fee.h"\nstruct Real@ : Base@ { int run@(int) override; };\nint Real@::run@(int x) '
                  "{ return x; }\nBase@* make@() { static Real@ r; return &r; }\n",
        "a.cc": '#include "fee.h"\nint a@() { return make@()->run@(1); }\n'}, {}),
    "used by a static of which another has the name": (["helper@"], {
        "fee.cc": "static int helper@(int x) { return x; }\nint go@() { return helper@(1); }\n",
        "a.cc": "static int helper@(int x) { return x; }\nint other@() { return helper@(1); }\n",
        "b.cc": "int go@();\nint b@() { return go@(); }\n"}, {}),
}


def git(*words):
    return subprocess.run(["git", *words], check=True, capture_output=True)


def write_cases(root):
    targets, commands = [], []
    for number, (about, (names, files, flags)) in enumerate(CASES.items(), 1):
        folder = f"case{number}"
        place = lambda text: text.replace("@", str(number)).replace("$", f"{root}/{folder}")
        for path, text in {"fee.h": HEADER, "fee.cc": FEE, **files}.items():
            file = root / folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, pathlib.Path):
                file.symlink_to(text)
                continue
            file.write_text(place(text))
            if path.endswith(".cc"):
                more = [place(flag) for flag in flags.get(path, [])]
                commands.append({"directory": str(root), "file": f"{folder}/{path}",
                                 "arguments": ["c++", "-std=c++17", *more, "-c", f"{folder}/{path}"]})
        targets += [(about, place(name), f"{folder}/fee.cc") for name in names]
    for number in range(40):
        name = f"fill{number}.cc"
        (root / name).write_text(f"int fill{number}() {{ return {number}; }}\n")
        commands.append({"directory": str(root), "file": name, "arguments": ["c++", "-c", name]})
    (root / "compile_commands.json").write_text(json.dumps(commands))
    (root / ".patchgate").mkdir()
    (root / ".patchgate/policy.json").write_text('{ "policy": 1, "extends": ["builtin:hotfix@1"] }\n')
    (root / ".gitignore").write_text("out/\ncompile_commands.json\n")
    return targets


def judged(head, report, *words):
    done = subprocess.run([PROGRAM, "check", "--base", "main", "--head", head, "--quiet", "--report", f"json={report}", *words],
                          capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{head}: code {done.returncode}\n{done.stderr}")
    return json.loads(report.read_text())


def milder(whole, part):
    """What `part` knows and `whole` knows otherwise."""
    if DECISIONS.index(part["verdict"]["decision"]) < DECISIONS.index(whole["verdict"]["decision"]):
        yield f"verdict {part['verdict']['decision']} for {whole['verdict']['decision']}"
    for what in ("impact", "risk"):
        if part[what]["level"] in LEVELS and part[what]["level"] != whole[what]["level"]:
            yield f"{what} {part[what]['level']} for {whole[what]['level']}"
    for name, fact in whole["facts"].items():
        known = part["facts"].get(name, {})
        if "value" in known and "value" in fact and known["value"] != fact["value"] and not name.startswith("analysis."):
            yield f"{name} {known['value']} for {fact['value']}"
    there = {s["name"]: s["fan_in"] for s in part["symbols"]}
    for symbol in whole["symbols"]:
        fan_in = there.get(symbol["name"], {})
        for what in ("direct", "transitive"):
            least, most = fan_in.get(what, (0, None))
            if least > symbol["fan_in"][what][0] or (most is not None and [least, most] != symbol["fan_in"][what]):
                yield f"{symbol['name']}: {what} {[least, most]} for {symbol['fan_in'][what]}"


def main():
    failed = seen = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder).resolve()
        root = scratch / "project"
        root.mkdir()
        os.chdir(root)
        for who in ("AUTHOR", "COMMITTER"):
            os.environ.update({f"GIT_{who}_NAME": "Ana", f"GIT_{who}_EMAIL": "ana@example.org"})
        for name in ("GITHUB_EVENT_PATH", "GITHUB_EVENT_NAME", "GITHUB_ACTIONS", "GITLAB_CI"):
            os.environ.pop(name, None)
        os.environ.update({"HOME": folder, "GIT_CONFIG_NOSYSTEM": "1"})
        targets = write_cases(root)
        git("init", "-q", "-b", "main")
        git("add", "-A")
        git("commit", "-qm", "all cases")
        for number, (about, name, file) in enumerate(targets):
            text = pathlib.Path(file).read_text()
            found = re.search(r"\b" + re.escape(name) + r"\([^)]*\)( const| override)* \{", text)
            git("switch", "-qc", f"touch{number}", "main")
            pathlib.Path(file).write_text(text[:found.end()] + " ;" + text[found.end():])
            git("commit", "-qam", name)
            whole = judged(f"touch{number}", scratch / "whole.json", "--index", str(scratch / "index"))
            part = judged(f"touch{number}", scratch / "part.json", "--no-cache", "--scope", "patch")
            used = any(s["fan_in"].get("direct", [0, 0])[1] for s in whole["symbols"])
            seen += used
            if not used:
                print(f"FAILED: {about}: nobody uses {name}")
            for what in milder(whole, part):
                failed += 1
                print(f"FAILED: {about}: {name}: {what}")
    print(f"{len(targets)} patches, {seen} of symbols with users, {failed} failures")
    return 0 if failed == 0 and seen == len(targets) else 1


if __name__ == "__main__":
    sys.exit(main())
