#!/usr/bin/env python3
"""run.py RESULT LOG COMMAND...: runs it, writes what it printed to LOG and to RESULT, as JSON, its wall and CPU seconds
and the peak memory of the largest of its processes (`max_rss_kb`). Ends with its exit code."""
import json
import resource
import subprocess
import sys
import time


def main():
    result, log, *command = sys.argv[1:]
    start = time.monotonic()
    with open(log, "wb") as output:
        code = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT).returncode
    wall, used = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(result, "w", encoding="utf-8") as file:
        json.dump({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "max_rss_kb": used.ru_maxrss}, file)
    sys.exit(code)


if __name__ == "__main__":
    main()
