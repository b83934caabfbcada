"""Functions at addresses of a module, with the linker's names, and what these mean."""
import collections
import json
import subprocess

Function = collections.namedtuple("Function", "name file line")


def function_of(symbols):
    """The innermost function there: code that was inlined all the same belongs to the function it was written in."""
    first = symbols[0] if symbols else {}
    if not first.get("FunctionName"):
        return None
    return Function(first["FunctionName"], first.get("StartFileName", ""), first.get("StartLine", 0))


def functions(module, addresses):
    """address → Function, None where there is no debug information; `addresses` are those in the file."""
    if not addresses:
        return {}
    command = ["llvm-symbolizer-19", "--output-style=JSON", "--inlines", "--no-demangle", f"--obj={module}"]
    asked = "".join(f"{address:#x}\n" for address in addresses)
    out = subprocess.run(command, input=asked, check=True, capture_output=True, text=True).stdout
    found = {}
    for line in out.splitlines():
        answer = json.loads(line)
        found[int(answer["Address"], 16)] = function_of(answer.get("Symbol", []))
    return found


def demangle(names):
    """the linker's name → the source's"""
    ordered = sorted(names)
    asked = "".join(name + "\n" for name in ordered)
    out = subprocess.run(["llvm-cxxfilt-19"], input=asked, check=True, capture_output=True, text=True).stdout
    return dict(zip(ordered, out.splitlines(), strict=True))
