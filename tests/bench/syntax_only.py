#!/usr/bin/env python3
"""syntax_only.py DATABASE COMPILER: one shell line for each unit of a compile database that checks its syntax with
COMPILER and the flags that decide what the unit means (include paths, macros, language, target)."""
import json
import os
import shlex
import sys

WITH_VALUE = ("-I", "-D", "-U", "-isystem", "-iquote", "-idirafter", "-include", "-x")
ALONE = ("-std=", "-m32", "-m64", "-pthread", "-fno-exceptions", "-fno-rtti", "-fpermissive", "-nostdinc", "-ansi")


def kept(arguments):
    """The flags that both compilers read alike; -c, -o, warnings, optimisation and dependency files are left out."""
    result, rest = [], iter(arguments)
    for argument in rest:
        if argument in WITH_VALUE:
            result += [argument, next(rest, "")]
        elif argument.startswith(WITH_VALUE) or argument.startswith(ALONE):
            result.append(argument)
    return result


def main():
    database, compiler = sys.argv[1:]
    seen = set()
    with open(database, encoding="utf-8") as file:
        entries = json.load(file)
    for entry in entries:
        arguments = entry.get("arguments") or shlex.split(entry["command"])
        path = os.path.join(entry["directory"], entry["file"])
        if path in seen:
            continue
        seen.add(path)
        language = "c" if path.endswith(".c") else "c++"
        line = [compiler, "-fsyntax-only", "-w", "--driver-mode=" + ("gcc" if language == "c" else "g++")]
        print("cd " + shlex.quote(entry["directory"]) + " && " + shlex.join(line + kept(arguments[1:]) + [path]))


if __name__ == "__main__":
    main()
