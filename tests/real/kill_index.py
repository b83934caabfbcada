#!/usr/bin/env python3
"""kill_index.py PROGRAM REPOSITORY KILLS [SEED]: indexes a prepared project (compile_commands.json in its folder) and
kills the run (-9) at random moments of it, every fourth time while the file is packed. The file has to be usable after
each of them: the next run goes on with it, and one that gets to its end leaves exactly what an undisturbed one does."""
import os
import random
import subprocess
import sys
import tempfile
import time


def main():
    program, repository, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
    moments = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    branch = subprocess.check_output(["git", "-C", repository, "symbolic-ref", "--short", "HEAD"], text=True).strip()
    at = ["--repo", repository, "--rev", branch,
          "--compile-commands", os.path.join(repository, "compile_commands.json")]
    with tempfile.TemporaryDirectory() as folder:
        errors = os.path.join(folder, "errors")

        def start(index):
            with open(errors, "wb") as err:
                return subprocess.Popen([program, "index", *at, "--index", index, "--jobs", "2", "--quiet"],
                                        stdout=subprocess.DEVNULL, stderr=err)

        def said():
            with open(errors, encoding="utf-8", errors="replace") as err:
                return err.read()

        def content(index):
            with open(index, "rb") as file:
                return file.read()

        def export(index):
            return subprocess.check_output([program, "graph", "export", "--rules", *at, "--index", index, "--quiet"])

        undisturbed = os.path.join(folder, "undisturbed.db")
        begin = time.monotonic()
        if start(undisturbed).wait() != 0:
            sys.exit("the undisturbed run failed: " + said())
        took = time.monotonic() - begin
        right = content(undisturbed)
        graph = export(undisturbed)

        index = os.path.join(folder, "index.db")
        killed = packing = ended = 0
        while killed < kills:
            while_packed = (killed + 1) % 4 == 0
            moment = moments.uniform(0, took)
            begin = time.monotonic()
            run = start(index)
            while run.poll() is None:
                now = os.path.exists(index + ".packing") if while_packed else time.monotonic() - begin >= moment
                if now:
                    if while_packed:
                        time.sleep(moments.uniform(0, 0.02))
                    run.kill()
                    break
                time.sleep(0.0005)
            if run.wait() == -9:
                killed += 1
                packing += while_packed
            elif run.returncode == 0:
                ended += 1
                if content(index) != right:
                    sys.exit(f"after {killed} kills: the index is not what an undisturbed run leaves")
                os.remove(index)
            else:
                sys.exit(f"after {killed} kills: the next run failed: {said()}")
            if "moved aside" in said() or os.path.exists(index + ".damaged"):
                sys.exit(f"after {killed} kills: the file was damaged: {said()}")
        if start(index).wait() != 0 or said():
            sys.exit(f"after the last kill: {said()}")
        beside = [name for name in os.listdir(folder) if name not in ("index.db", "undisturbed.db", "errors")]
        if content(index) != right or export(index) != graph or beside:
            sys.exit(f"after the last kill: not what an undisturbed run leaves {beside}")
        print(f"{os.path.basename(repository)}: {killed} kills, {packing} of them while packing, {ended} runs to their end")


if __name__ == "__main__":
    main()
