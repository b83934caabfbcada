"""What an index of a prepared project (compile_commands.json in its folder) holds, to be compared with another one."""
import hashlib
import os
import subprocess


def run(program, repository, index, jobs=2, **environment):
    """Indexes it; the exported graph, with who found each edge."""
    branch = subprocess.check_output(["git", "-C", repository, "symbolic-ref", "--short", "HEAD"], text=True).strip()
    what = ["--repo", repository, "--rev", branch, "--index", index,
            "--compile-commands", os.path.join(repository, "compile_commands.json")]
    subprocess.run([program, "index", *what, "--jobs", str(jobs)], check=True, env={**os.environ, **environment},
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return subprocess.check_output([program, "graph", "export", "--rules", *what])


def stored(index):
    """The index file, as a hash: it has one form for what it holds."""
    with open(index, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
