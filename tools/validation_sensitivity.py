#!/usr/bin/env python3
"""`surae validate --sensitivity` as sections of docs/validation.md: constants, parameters of tasks, numbers of the solver.

validation_sensitivity.py [--build DIR] [--from FILE.json...] [--write]

Runs the command, about half an hour of processor, or takes what it wrote with -o. Prints the sections; --write replaces
them in the page.
"""

import argparse
import json
import pathlib
import subprocess

from validation_static import ROOT, table, write

WORTH, MOST = 0.02, 2.0  # share of the variance; numerical spread in % of the healthy range


def show(x, digits=3):
    return "-" if x is None else "%.*g" % (digits, x)


def slow(data):
    rows = []
    for s in data["slow"]:
        spread = s["why"] or "%s (%s to %s) %s" % (show(s["value"]), show(s["p05"]), show(s["p95"]), s["unit"])
        word = lambda c: "%s %.2f ± %.2f (%.2f ± %.2f)" % (c["constant"], c["first"], c["first_error"], c["total"], c["total_error"])
        moved = [c for c in s["constants"] if c["total"] > WORTH]
        rows.append(["%s, week %g" % (s["what"], s["week"]), spread, ", ".join(map(word, moved)),
                     "%.2f" % sum(c["first"] for c in s["constants"])])
    pairs = sorted({(s["pairs"], len(s["constants"])) for s in data["slow"]}, reverse=True)
    head = "Seed %d; " % data["seed"] + "; ".join("%d pairs of points in %d constants" % p for p in pairs) + "."
    return "\n".join([head, ""] + table(["outcome", "value (5 to 95%)", "constants: alone (in all)", "all alone"], rows))


def name(metric):
    return "`%s`" % metric["metric"]


def tasks(data):
    out = []
    for t in data["tasks"]:
        out += ["**`%s`**" % t["task"] + (": " + t["why"] if t["why"] else ""), ""]
        rows, still = [], []
        for p in t["parameters"]:
            change = p["change_percent_of_range"]
            most = max(float("inf") if c is None else abs(c) for c in change)
            left = ["%s: %s" % (side, p[key]) for side, key in (("down", "end_low"), ("up", "end_high")) if p[key] != "within"]
            cells = ["-" if c is None else "%+.0f" % c + ("" if e is None else " (%+.2f)" % e)
                     for c, e in zip(change, p["elasticity"])]
            if most < 1.0 and not left:  # a hundredth of every range
                still.append(p["parameter"])
            else:
                rows.append((-most, ["%s, × %.3g to %.3g" % (p["parameter"], *p["factor"]), *cells, ", ".join(left)]))
        out += table(["parameter"] + [name(m) for m in t["metrics"]] + [""], [r for _, r in sorted(rows)])
        if still:
            out += ["Less than 1%% of every range: %s." % ", ".join(still), ""]
    return "\n".join(out)


def between(values):
    return "%s to %s" % (show(min(values), 4), show(max(values), 4))


def numerics(data):
    out = []
    for t in data["tasks"]:
        if t["why"]:
            continue
        within = [n for n in t["numerics"] if n["end"] == "within"]
        solved = [n for n in t["numerics"] if n["end"] != "not solved"]
        other = ["%s (%s, cost %s)" % (n["changed"], n["end"], show(n["objective"], 5)) for n in t["numerics"] if n["end"] != "within"]
        rows = []
        for i, m in enumerate(t["metrics"]):
            width = m["healthy_range"][1] - m["healthy_range"][0]
            values, every = ([m["base"]] + [n["value"][i] for n in of] for of in (within, solved))
            spread = 100 * (max(values) - min(values)) / width
            cell = "%.2f" % spread if spread <= MOST else "**%.1f**: %s" % (spread, between(values))
            rows.append([name(m), "%g to %g" % tuple(m["healthy_range"]), *(show(v, 4) for v in values), cell]
                        + (["%.1f: %s" % (100 * (max(every) - min(every)) / width, between(every))] if len(solved) > len(within) else []))
        out += ["**`%s`**, cost %s" % (t["task"], show(t["objective"], 5)), ""]
        out += table(["metric", "healthy range", "base"] + [n["changed"] for n in within] + ["spread, % of the range"]
                     + (["with other minima"] if len(solved) > len(within) else []), rows)
        if other:
            out += ["Not in the same local minimum: %s." % "; ".join(other), ""]
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--from", dest="source", type=pathlib.Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    if a.source:
        texts = [path.read_text() for path in a.source]
    else:
        command = [a.build / "surae", "validate", "--sensitivity", "--json"]
        texts = [subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout]
    files = [json.loads(t) for t in texts]
    # of several files each part is of the first that has it
    data = {key: next((f[key] for f in files if f[key]), files[0][key]) for key in ("seed", "slow", "tasks")}
    parts = {"moved-by-constants": slow(data), "moved-by-parameters": tasks(data), "moved-by-numbers": numerics(data)}
    print("\n".join(parts.values()))
    if a.write:
        write(parts, "tools/validation_sensitivity.py --write")


if __name__ == "__main__":
    main()
