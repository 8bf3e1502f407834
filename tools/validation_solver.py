#!/usr/bin/env python3
"""Our solver and IPOPT on small programs with known answers: writes the table of docs/validation.md.

validation_solver.py [--build DIR] [--write]

Prints the table; --write puts it between its marks in the page. Needs IPOPT.
"""

import argparse
import csv
import io
import pathlib
import statistics
import subprocess

from validation_static import ROOT, table, write

SAME = 1e-6  # of max(1, |cost|), as in src/nlp/hs_test.c


def near(cost, answer):
    return abs(cost - answer) <= SAME * max(1.0, abs(answer))


def summary(rows):
    """Sums of one solver."""
    solved = [r for r in rows if r["status"] == "solved"]
    best = sum(near(float(r["cost"]), float(r["best"])) for r in solved)
    other = sum(any(near(float(r["cost"]), float(a)) for a in r["also"].split()) for r in solved)
    iterations = [int(r["iterations"]) for r in rows]
    factorisations = sum(int(r["factorisations"]) for r in rows)
    return ["%d of %d" % (len(solved), len(rows)), str(best), str(other), str(len(solved) - best - other),
            str(sum(iterations)), "%g" % statistics.median(iterations), str(max(iterations)), str(factorisations or "-")]


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    ask.add_argument("--write", action="store_true")
    options = ask.parse_args()
    subprocess.run(["ninja", "-C", options.build, "surae_nlp_study"], check=True, stdout=subprocess.DEVNULL)
    text = subprocess.run([options.build / "surae_nlp_study"], check=True, capture_output=True, text=True).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    by = {name: [r for r in rows if r["solver"] == name] for name in ("ours", "IPOPT")}
    lines = table(["solver", "solved", "best known cost", "another local minimum", "neither", "iterations, sum", "median",
                   "most", "factorisations"], [[name, *summary(by[name])] for name in by])
    slow = ["%s (%s against %s)" % (a["problem"], a["iterations"], b["iterations"]) for a, b in zip(by["ours"], by["IPOPT"])
            if int(a["iterations"]) > 2 * int(b["iterations"]) and int(a["iterations"]) > 10]
    lines.append("Ours takes more than twice the iterations of IPOPT (and more than ten) on: %s." % (", ".join(slow) or "none"))
    if options.write:
        write({"solver": "\n".join(lines) + "\n"}, "tools/validation_solver.py --write")
    else:
        print("\n".join(lines))


if __name__ == "__main__":
    main()
