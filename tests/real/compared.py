"""What an index of a prepared project (compile_commands.json in its folder) holds, to be compared with another one."""
import os
import sqlite3
import subprocess


def run(program, repository, index, jobs=2, **environment):
    """Indexes it; the exported graph, with who found each edge."""
    branch = subprocess.check_output(["git", "-C", repository, "symbolic-ref", "--short", "HEAD"], text=True).strip()
    subprocess.run([program, "index", "--repo", repository, "--rev", branch, "--jobs", str(jobs), "--index", index,
                    "--compile-commands", os.path.join(repository, "compile_commands.json")],
                   check=True, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return subprocess.check_output([program, "graph", "export", "--rules", "--repo", repository, "--index", index])


def stored(index):
    """(file, flags) → what the index holds about that unit, file by file."""
    with sqlite3.connect(index) as database:
        units = {}
        for unit, file, flags, head in database.execute("SELECT id, file, flags, head FROM units"):
            rows = database.execute("SELECT path, bytes FROM unit_chunks JOIN chunks ON chunks.id = chunk "
                                    "WHERE unit = ? ORDER BY place", (unit,))
            units[file, flags] = [("", head), *rows]
        return units
