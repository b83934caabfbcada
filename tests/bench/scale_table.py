#!/usr/bin/env python3
"""scale_table.py RUNS [TSV SVG]: the runs of ci/scale as a table of medians; kept as TSV and drawn as SVG where named."""
import math
import pathlib
import statistics
import sys

MOST_MS, MOST_MB = 250, 1000  # of the query part at ten million edges
COLUMNS = ("edges", "symbols", "merge_ms", "ranks_ms", "make_mb", "load_ms", "fan_in_ms", "tests_ms", "sinks_ms",
           "all_ms", "ask_mb")
LINES = (("load_ms", "#777777", "loaded from the index"), ("fan_in_ms", "#1f77b4", "fan-in"),
         ("tests_ms", "#2ca02c", "tests"), ("sinks_ms", "#d62728", "sinks"), ("all_ms", "#000000", "all of it"))


def rows(path):
    found = {}
    for line in path.read_text().splitlines():
        cells = line.strip("\t").split("\t")
        run = dict(zip(cells[::2], map(float, cells[1::2])))
        found.setdefault((run["symbols"], run["edges"]), []).append(run)
    return [{name: statistics.median(run[name] for run in runs) for name in COLUMNS}
            for _, runs in sorted(found.items())]


def power(value):
    return math.log10(max(value, 0.1))


def plot(table):
    """Time over edges, both axes logarithmic."""
    left, top, width, height = 70, 20, 560, 340
    first, last = math.floor(power(table[0]["edges"] * 1.3)), math.ceil(power(table[-1]["edges"]))
    low, high = -1, math.ceil(power(max(row["all_ms"] for row in table)))
    def at(edges, value):
        x = left + width * (power(edges) - first) / (last - first)
        return x, top + height * (high - power(value)) / (high - low)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 170} {top + height + 50}" '
           'font-family="sans-serif" font-size="12">', '<rect width="100%" height="100%" fill="white"/>']
    def text(x, y, what, anchor="middle"):
        out.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{what}</text>')
    def line(points, color, dashes=""):
        where = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        out.append(f'<polyline points="{where}" fill="none" stroke="{color}" stroke-dasharray="{dashes}"/>')
    for exponent in range(first, last + 1):
        x, _ = at(10 ** exponent, 1)
        line([(x, top), (x, top + height)], "#dddddd")
        text(x, top + height + 18, f'10<tspan dy="-4" font-size="9">{exponent}</tspan>')
    for exponent in range(low, high + 1):
        _, y = at(1, 10 ** exponent)
        line([(left, y), (left + width, y)], "#dddddd")
        text(left - 8, y + 4, f"{10.0 ** exponent:g} ms", "end")
    _, y = at(1, MOST_MS)
    line([(left, y), (left + width, y)], "#ff7f0e", "6 4")
    text(left + 4, y - 4, f"{MOST_MS} ms", "start")
    text(left + width / 2, top + height + 40, "edges")
    for place, (name, color, title) in enumerate(LINES):
        points = [at(row["edges"], row[name]) for row in table]
        line(points, color)
        out.extend(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in points)
        y = top + 20 + 20 * place
        line([(left + width + 12, y), (left + width + 32, y)], color)
        text(left + width + 38, y + 4, title, "start")
    out.append("</svg>")
    return "\n".join(out) + "\n"


def main():
    table = rows(pathlib.Path(sys.argv[1]))
    form = {name: "{:.0f}" if name in ("edges", "symbols", "make_mb", "ask_mb") else "{:.1f}" for name in COLUMNS}
    cells = [COLUMNS] + [[form[name].format(row[name]) for name in COLUMNS] for row in table]
    for row in cells:
        print("".join(f"{cell:>11}" for cell in row))
    worst = table[-1]
    print(f"{worst['edges']:.0f} edges: {worst['all_ms']:.0f} ms of CPU (goal {MOST_MS}), "
          f"{worst['ask_mb']:.0f} MB (goal {MOST_MB})")
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[2]).write_text("".join("\t".join(row) + "\n" for row in cells))
        pathlib.Path(sys.argv[3]).write_text(plot(table))


if __name__ == "__main__":
    main()
