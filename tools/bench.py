#!/usr/bin/env python3
"""How fast it is: writes the tables of docs/benchmarks.md.

bench.py [tasks|demo|solver|basins|large ...] [--few] [--build DIR] [--runs DIR] [--write]

tasks   seconds, iterations and peak memory of each task, relative to a healthy walk
demo    the same of the demo: on two threads and on one, with slips, with other bodies
solver  our solver beside IPOPT with MUMPS: walks from nothing, after a cut, and whether both have the same answers
basins  which local minima both find from the same guesses
large   a walk in three dimensions: what its linear systems cost

All parts if none is named: an hour, most of it IPOPT's; --few takes four walks and eight guesses instead of twelve and
twenty, a third of the time of those. IPOPT's columns are left out where it is not installed. Seconds are CPU seconds, user and
system, and depend on the machine; ratios mostly do not. --runs keeps every run's output in a folder and uses what is
there. Prints the tables; --write puts each between its marks in the page.
"""

import argparse
import csv
import math
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

from measure import PROGRAM, ROOT, Job
from validation_static import show, table, write

PAGE = ROOT / "docs" / "benchmarks.md"
CUT = ["--cut", "nerve_to_gasmed@both", "--cut", "nerve_to_gaslat@both"]
ROWS = [  # name, task, arguments, row that it holds as its first part
    ("stand", "stand", [], None),
    ("heel raise, both legs", "heel_raise:legs=both", [], None),
    ("heel raise, one leg", "heel_raise:legs=right", [], None),
    ("walk, healthy, cold", "walk", [], None),
    ("walk, gastrocnemius cut, both", "walk", CUT, "walk, healthy, cold"),
    ("walk, one side cut, both", "walk", ["--cut", "nerve_to_gasmed@right", "--cut", "nerve_to_gaslat@right"],
     "walk, healthy, cold"),
    ("walk, preferred speed", "walk:speed=preferred", [], None),
    ("walk, greatest speed", "walk:speed=fastest", [], None),
    ("walk, 5% uphill", "walk:slope_percent=5", [], None),
    ("run, 3 m/s", "run", [], None),
    ("run, greatest speed", "run:speed=fastest", [], None),
    ("hop, both legs, 2.2 Hz", "hop", [], None),
    ("hop, one leg, 2.2 Hz", "hop:legs=right", [], None),
    ("hop, both legs, highest", "hop:height=greatest", [], None),
    ("jump, both legs", "jump", [], None),
    ("jump, one leg", "jump:legs=right", [], None),
    ("kick", "kick", [], None),
    ("heel raises to exhaustion", "heel_raise:legs=right,repeat=yes", [], None),
]
ALONE = ["--no-slips", "--threads", "2"]
DEMOS = [  # name, arguments, whether it adds to the first row
    ("nine tasks, nine weeks, control", ALONE, False),
    ("on one thread", ["--no-slips", "--threads", "1"], False),
    ("with the slips of the knife (`make demo`)", ["--threads", "2"], True),
    ("with eleven other bodies, the fewest", [*ALONE, "--bodies", "11"], True),
]
GOOD = ("solved", "impossible")


def environment():
    """IPOPT at its best: one thread of a BLAS that uses what the processor has (OpenBLAS may know no newer one than
    itself and then uses less; a kernel beyond the processor would crash), and no memory given back to the system between
    two factorisations, which costs a fifth of the time."""
    out = dict(os.environ, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MALLOC_MMAP_MAX_="0",
               MALLOC_TRIM_THRESHOLD_=str(8 << 30), MALLOC_TOP_PAD_=str(256 << 20))
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists() and " avx512f " in cpuinfo.read_text():
        out["OPENBLAS_CORETYPE"] = "SkylakeX"
    return out


class Studies:
    """Output of the programs of this folder as rows, from the folder of runs if it is there."""

    def __init__(self, build, folder, is_few):
        self.build, self.folder, self.is_built = build, folder, set()
        self.walks = ("walks", "4") if is_few else ("walks",)
        self.basins = ("basins", "8") if is_few else ("basins",)

    def __call__(self, program, *words):
        path = self.folder / ("_".join((program, *words)) + ".csv")
        if not path.exists():
            target = "surae_" + program
            if target not in self.is_built:
                subprocess.run(["ninja", "-C", self.build, target], check=True, capture_output=True)
                self.is_built.add(target)
            run = subprocess.run([self.build / target, *words], env=environment(), stdout=subprocess.PIPE, text=True)
            if run.returncode != 0:
                sys.exit("bench: %s %s failed" % (target, " ".join(words)))
            path.write_text(run.stdout)
        return list(csv.DictReader(path.read_text().splitlines()))


def tasks(_):
    rows, jobs, is_good = [], {}, True
    for name, task, arguments, base in ROWS:
        job = jobs[name] = Job(["solve", task, "--json", *arguments]).wait()
        found = job.task() or {"status": "no result: " + job.last_words, "iterations": 0}
        added = job.cpu - jobs[base].cpu if base else job.cpu
        mesh = found.get("mesh", {"intervals": 0, "degree": 0})
        rows.append([name, found["status"], "%dx%d" % (mesh["intervals"], mesh["degree"]), "%d" % found["iterations"],
                     show(job.wall, 2), show(job.cpu, 2), show(added, 2), show(job.peak_mb, 0)])
        print("bench: %s %.1f s" % (name, job.cpu), file=sys.stderr)
        is_good = is_good and job.code == 0
    unit = jobs["walk, healthy, cold"].cpu
    for row, job in zip(rows, jobs.values()):
        row.append("%.2f" % (job.cpu / unit))
    return {"tasks": table(["task", "status", "mesh", "iterations", "wall s", "CPU s", "added s", "peak MB",
                            "CPU, healthy walk = 1"], rows)}, is_good


def demo(_):
    rows, jobs = [], []
    for name, arguments, adds in DEMOS:
        with tempfile.TemporaryDirectory() as folder:
            jobs.append(Job(["predict", str(ROOT / "examples" / "article.toml"), "-o", folder, *arguments]).wait())
        job, first = jobs[-1], jobs[0]
        rows.append([name, show(job.wall, 0), show(job.cpu, 0), show(job.cpu - first.cpu, 0) if adds else "",
                     show(job.peak_mb, 0)])
        print("bench: demo, %s %.0f s" % (name, job.wall), file=sys.stderr)
    lines = table(["demo", "wall s", "CPU s", "added CPU s", "peak MB"], rows)
    lines.append("Without slips and other bodies, on two threads. Asked: below 90 s: %s; below 500 MB: %s."
                 % (judged(first.wall < 90.0), judged(first.peak_mb < 500.0)))
    return {"demo": lines}, all(job.code == 0 for job in jobs)


def number(row, name):
    return float(row[name])


def judged(is_met):
    return "**met**" if is_met else "**not met**"


def mean(values):
    """Geometric."""
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def spread(values, digits=1):
    if not values:
        return "-"
    return "%s (%s to %s)" % tuple(show(v, digits) for v in (mean(values), min(values), max(values)))


def of(rows, case, solver):
    """By problem: person, speed and seed."""
    return {(r["person"], r["speed_m_s"], r["seed"]): r for r in rows if r["case"] == case and r["solver"] == solver}


def inside(row):
    """Seconds without the functions, which are the same for both."""
    return number(row, "cpu_s") - number(row, "functions_s")


def seconds(row):
    return show(number(row, "cpu_s"), 2) if row["status"] in GOOD else "%s, %s" % (show(number(row, "cpu_s"), 1),
                                                                                  row["status"])


def compared(rows, case, with_ipopt):
    """One row per problem, and what is to be said of all of them."""
    ours, theirs, out = of(rows, case, "ours"), of(rows, case, "ipopt"), []
    if with_ipopt:  # a run that was stopped may have one of the two alone
        ours = {k: r for k, r in ours.items() if k in theirs}
    for key, a in ours.items():
        out.append([key[0], key[1], seconds(a), a["iterations"], a["factorisations"], show(number(a, "functions_s"), 2),
                    show(number(a, "objective"), 1)])
        if with_ipopt:
            b = theirs[key]
            out[-1] += [seconds(b), b["iterations"], show(number(b, "functions_s"), 2), show(number(b, "objective"), 1),
                        show(number(b, "cpu_s") / number(a, "cpu_s"), 1),
                        show(number(b, "cpu_s") / number(b, "iterations") / number(a, "cpu_s") * number(a, "iterations"),
                             1)]
    return table(["person", "m/s", "ours, s", "iterations", "factorisations", "of it functions, s", "cost"]
                 + (["IPOPT, s", "iterations", "of it functions, s", "cost", "IPOPT / ours",
                     "the same per iteration"] if with_ipopt else []), out), ours, theirs


def verdict(what, ours, theirs, asked_s, asked_ratio):
    solved = [r for r in ours.values() if r["status"] in GOOD]
    per_iteration = [number(r, "cpu_s") / number(r, "iterations") for r in solved]
    took = mean([number(r, "cpu_s") for r in solved])
    out = ["%s: ours solved %d of %d in %s s (geometric mean, least to greatest), %s iterations, %s factorisations per "
           "iteration, %s s per iteration. Asked: below %g s: %s."
           % (what, len(solved), len(ours), spread([number(r, "cpu_s") for r in solved], 2),
              spread([number(r, "iterations") for r in solved], 0),
              show(mean([number(r, "factorisations") / number(r, "iterations") for r in solved]), 2),
              show(mean(per_iteration), 3), asked_s, judged(took < asked_s))]
    if theirs:
        both = [(ours[k], b) for k, b in theirs.items() if ours[k]["status"] in GOOD and b["status"] in GOOD]
        ratio = [number(b, "cpu_s") / number(a, "cpu_s") for a, b in both]
        out += ["IPOPT solved %d of %d in %s s, %s iterations. IPOPT / ours where both solve: %s in CPU time, %s without "
                "the functions, %s per iteration."
                % (sum(b["status"] in GOOD for b in theirs.values()), len(theirs),
                   spread([number(b, "cpu_s") for _, b in both], 1), spread([number(b, "iterations") for _, b in both], 0),
                   spread(ratio), spread([inside(b) / inside(a) for a, b in both]),
                   spread([number(b, "cpu_s") / number(b, "iterations") / number(a, "cpu_s") * number(a, "iterations")
                           for a, b in both]))
                + (" Asked: at least %g: %s." % (asked_ratio, judged(mean(ratio) >= asked_ratio))
                   if asked_ratio else "")]
    return out + [""]


def same(rows):
    """Ours at 1e-8, and IPOPT begun there."""
    ours, stay = of(rows, "precise", "ours"), of(rows, "stay", "ipopt")
    cold = of(rows, "cold", "ours")
    out, n = [], 0
    for key, b in stay.items():
        a = ours[key]
        gap = abs(number(b, "objective") / number(a, "objective") - 1.0)
        is_same = b["status"] == "solved" and gap <= 1e-6 and number(b, "apart") <= 1e-4
        n += is_same
        out.append([key[0], key[1], b["status"], b["iterations"], "%.1e" % gap, "%.1e" % number(b, "apart"),
                    "yes" if is_same else "**no**",
                    "%.1e" % (number(cold[key], "objective") / number(a, "objective") - 1.0), "%.1e" % number(a, "apart")])
    return table(["person", "m/s", "IPOPT from our answer", "iterations", "cost, relative", "states, of their size",
                  "stays", "cost at 1e-4 above that at 1e-8", "states between them"], out) + [
        "IPOPT stays in %d of %d (to 1e-6 in the cost and 1e-4 of a state's typical size)." % (n, len(stay)), ""]


def product_way(product, ours, theirs):
    """The whole task beside single cold starts."""
    out, gaps, ratios = [], [], []
    product = {k: r for k, r in product.items() if k in ours}
    for k, r in product.items():
        out.append([k[0], k[1], r["status"], show(number(r, "cpu_s"), 2), r["iterations"], show(number(r, "objective"), 1),
                    show(number(ours[k], "objective"), 1)])
        if k in theirs:
            gaps.append(number(r, "objective") / number(theirs[k], "objective") - 1.0)
            ratios.append(number(theirs[k], "cpu_s") / number(r, "cpu_s"))
            out[-1] += [show(number(theirs[k], "objective"), 1), show(ratios[-1], 1)]
    took = [number(r, "cpu_s") for r in product.values()]
    told = "All of it: %s s. Asked: below 5 s: %s." % (spread(took, 2), judged(mean(took) < 5))
    if theirs:
        told += (" IPOPT's cold start / all of it: %s. Against IPOPT's walk ours costs over 1%% more in %d, over 1%% less in "
                 "%d, of %d." % (spread(ratios), sum(g > 0.01 for g in gaps), sum(g < -0.01 for g in gaps), len(gaps)))
    return table(["person", "m/s", "status", "s", "iterations", "cost", "cost of our single cold start"]
                 + (["cost of IPOPT's", "IPOPT's s / s"] if theirs else []), out) + [told, ""]


def machine(setting):
    blas = ", BLAS: OpenBLAS with kernels for %s, one thread" % setting["blas"] if setting["ipopt"] == "yes" else \
        ". IPOPT is not installed: its columns are missing"
    name = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
                platform.machine())
    return ["%s, %d processors, our kernels: %s%s." % (name, os.cpu_count(), setting["kernel"], blas), ""]


def solver(study):
    setting = study("solver_bench", "settings")[0]
    has = setting["ipopt"] == "yes"
    rows = study("solver_bench", *study.walks)
    cold, ours, theirs = compared(rows, "cold", has)
    cut, ours_cut, theirs_cut = compared(rows, "cut", has)
    habit, ours_habit, theirs_habit = compared(rows, "habit", has)
    parts = {"machine": machine(setting),
             "cold": cold + verdict("Cold", ours, theirs, 5, 10),
             "product": product_way(of(rows, "product", "ours"), ours, theirs),
             "cut": cut + verdict("After the cut", ours_cut, theirs_cut, 1, None),
             "habit": habit + verdict("After the cut, with the habit", ours_habit, theirs_habit, 1, None),
             "same": same(rows) if has else ["IPOPT is not installed.", ""]}
    return parts, True


def basins(study):
    has = study("solver_bench", "settings")[0]["ipopt"] == "yes"
    rows = study("solver_bench", *study.basins)
    lines, ours, theirs = compared(rows, "basin", has)
    if not has:
        return {"basins": lines + verdict("Cold", ours, theirs, 5, None)}, True
    lines += against("", ours, theirs)
    whole = of(rows, "product", "ours")
    lines += against("The product's whole way from the same guess (two starts on a coarse mesh, the better one "
                     "refined): ", whole, theirs)
    return {"basins": lines + verdict("Cold", ours, theirs, 5, None)}, True


def against(what, ours, theirs):
    """How often ours ends in a dearer local minimum than IPOPT, and the other way round."""
    worse, better, alike, only_ours, only_theirs = 0, 0, 0, 0, 0
    for key, a in ours.items():
        b = theirs[key]
        is_a, is_b = a["status"] in GOOD, b["status"] in GOOD
        gap = number(a, "objective") / number(b, "objective") - 1.0
        only_ours += is_a and not is_b
        only_theirs += is_b and not is_a
        worse += is_a and is_b and gap > 0.01
        better += is_a and is_b and gap < -0.01
        alike += is_a and is_b and abs(gap) <= 0.01
    return ["%sOf %d: ours costs over 1%% more in %d, over 1%% less in %d, alike in %d; solved by ours alone %d, by IPOPT "
            "alone %d. Asked: ours worse (or alone unsolved) in at most 10: %s."
            % (what, len(ours), worse, better, alike, only_ours, only_theirs,
               judged(worse + only_theirs <= 10)), ""]


def large(study):
    found = {r["what"]: (float(r["value"]), r["unit"]) for r in study("large_bench")}
    rows = [[what, "%.3g" % v if abs(v) < 1e4 else "%.0f" % v if v < 1e6 else "%.3g" % v, unit]
            for what, (v, unit) in found.items()]
    at = lambda what: found[what][0]
    lines = table(["", "", "unit"], rows)
    lines += ["A factorisation runs at %.0f%% of our dense kernel and %.0f%% of what the processor does in registers."
              % (100 * at("rate of a factorisation") / at("rate of our dense kernel"),
                 100 * at("rate of a factorisation") / at("rate of FMA in registers")), ""]
    if "ipopt: an iteration" in found:
        lines += ["IPOPT / ours, per iteration: %.1f." % (at("ipopt: an iteration") / at("ours: an iteration")), ""]
    planar = [r for r in study("solver_bench", *study.walks) if r["solver"] == "ours" and r["case"] in ("cold", "habit")]
    for case, name in (("cold", "From nothing"), ("habit", "After a cut, with the habit")):
        mine = [r for r in planar if r["case"] == case and r["status"] in GOOD]
        each = lambda what: mean([number(r, what) for r in mine])
        n, f, s = each("iterations"), each("factorisations") / each("iterations"), each("solves") / each("iterations")
        one = f * at("factorisation") + s * at("solve") + at("functions and derivatives")
        lines += ["%s, if the counts were those of the planar walks (%.0f iterations, %.2f factorisations and %.2f solves "
                  "each; geometric means): %.2f × %.3f s + %.2f × %.3f s + %.3f s = %.2f s an iteration, %.0f s in all."
                  % (name, n, f, s, f, at("factorisation"), s, at("solve"), at("functions and derivatives"), one, n * one),
                  ""]
    return {"large": lines}, True


def main():
    parts = {"tasks": tasks, "demo": demo, "solver": solver, "basins": basins, "large": large}
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("part", nargs="*", metavar="tasks|demo|solver|basins|large")
    ask.add_argument("--few", action="store_true")
    ask.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    ask.add_argument("--runs", type=pathlib.Path)
    ask.add_argument("--write", action="store_true")
    options = ask.parse_args()
    for part in options.part:
        if part not in parts:
            ask.error("no part '%s'; there are %s" % (part, ", ".join(parts)))
    if not PROGRAM.exists():
        sys.exit("bench: %s is not there, run make build" % PROGRAM)
    all_good = True
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.runs or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        study = Studies(options.build.resolve(), folder.resolve(), options.few)
        for part in options.part or parts:
            blocks, is_good = parts[part](study)
            all_good = all_good and is_good
            if options.write:
                write({mark: "\n".join(lines).rstrip() + "\n" for mark, lines in blocks.items()},
                      "tools/bench.py --write", PAGE)
            else:
                for mark, lines in blocks.items():
                    print("## %s\n%s" % (mark, "\n".join(lines)), flush=True)
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main())
