#!/usr/bin/env python3
"""Does an answer come out for anybody, whatever is cut? One hundred random people, nerves and tasks, one cold solve each.

robustness.py [--seeds FIRST-LAST] [--jobs N] [--healthy] [--task TASK] [--write]

Each seed draws a person, a nerve that moves something, a side (left, right, both) and the fraction of it that is cut (all
of it in every second draw, else 10 to 90%); tasks take turns. Men (odd seeds) and women (even) in turn; age, height and
body-mass index are drawn evenly, and independently of each other, between the 5th and the 95th percentile of
data/person.toml. --healthy cuts nothing. Exit code 1 if fewer than 98% get an answer, that is, end as solved or as proven
impossible. --write puts the tally by task into docs/validation.md.
"""

import argparse
import collections
import json
import math
import pathlib
import random
import statistics
import sys
import tempfile
import tomllib

from measure import PROGRAM, ROOT, Job
from validation_static import table, write

SCENARIO = """schema = "surae-scenario/1"
[person]
sex = "{sex}"
age_yr = {age_yr}
height_cm = {height_cm}
mass_kg = {mass_kg}
"""
TASKS = ["walk", "heel_raise:legs=right", "run", "stand", "jump", "walk:speed_m_s=1", "hop", "kick:leg=right", "heel_raise",
         "hop:legs=left", "walk:speed_m_s=1.6", "jump:legs=right"]
HEAD = "%4s %-7s %4s %7s %6s  %-44s %-24s %-14s %5s %8s %11s  %s"
ROW = "%4d %-7s %4d %7.1f %6.1f  %-44s %-24s %-14s %5d %8.1f %11.5g  %s"


def draw(seed, population):
    """One person; the values are rounded to what a scenario file would hold."""
    rng = random.Random(seed)
    sex = ("female", "male")[seed % 2]
    between = lambda name: rng.uniform(population[sex][name]["value"][0], population[sex][name]["value"][2])
    age, height, index = between("age"), between("height"), between("mass_index")
    return {"sex": sex, "age_yr": round(age), "height_cm": round(100 * height, 1),
            "mass_kg": round(index * height**2, 1)}


def draw_cut(seed, nerves):
    """What is cut, as --cut takes it."""
    rng = random.Random("cut %d" % seed)
    node, side = rng.choice(nerves), rng.choice(("left", "right", "both"))
    fraction = 1.0 if rng.random() < 0.5 else round(rng.uniform(0.1, 0.9), 2)
    return "%s=%g@%s" % (node, fraction, side)


def motor_nerves():
    """Every nerve whose cut takes something from a muscle, in a leg without variants."""
    job = Job(["nerves", "--json"]).wait()
    return [node["id"] for node in json.loads(job.text)["nodes"] if node["cut_takes"]["muscles"]]


def finish(seed, person, cut, name, job):
    """Prints the row of one draw; gives it as (task, status, CPU seconds, in words)."""
    job.wait()
    task = job.task() or {}
    status = task.get("status", "no result")
    objective = task.get("objective")
    cost = objective if isinstance(objective, (int, float)) else math.nan
    why = task.get("why") or ("" if task else job.last_words)
    print(ROW % (seed, person["sex"], person["age_yr"], person["height_cm"], person["mass_kg"], cut, name, status,
                 task.get("iterations", 0), job.cpu, cost, why), flush=True)
    who = "a %s of %d years, %.0f cm and %.0f kg" % ({"female": "woman", "male": "man"}[person["sex"]], person["age_yr"],
                                                     person["height_cm"], person["mass_kg"])
    return name, status, job.cpu, "%s (seed %d: %s, `--cut %s`): %s" % (name, seed, who, cut, why)


def tally(rows):
    """The rows of the draws by task, and in words what was not solved."""
    out = []
    for name in sorted({r[0] for r in rows}):
        own = [r for r in rows if r[0] == name]
        count = lambda status: sum(r[1] == status for r in own)
        seconds = sorted(r[2] for r in own)
        number = [len(own), count("solved"), count("impossible"), len(own) - count("solved") - count("impossible")]
        out.append(["`%s`" % name, *map(str, number), "%.0f" % statistics.median(seconds),
                    "%.0f" % seconds[-1]])
    text = table(["task", "draws", "solved", "proven impossible", "without an answer", "CPU s, median", "CPU s, most"], out)
    for status, head in (("impossible", "Proven impossible"), ("", "Without an answer")):
        said = [r[3] for r in rows if (r[1] == status if status else r[1] not in ("solved", "impossible"))]
        if said:
            text += ["%s: %s." % (head, "; ".join(said)), ""]
    return "\n".join(text)


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--seeds", default="1-100", help="FIRST-LAST")
    ask.add_argument("--jobs", type=int, default=2, help="processes at once")
    ask.add_argument("--healthy", action="store_true", help="nothing is cut")
    ask.add_argument("--task", help="one task for all")
    ask.add_argument("--write", action="store_true", help="puts the tally into docs/validation.md")
    options = ask.parse_args()
    if not PROGRAM.exists():
        sys.exit("robustness: %s is not there, run make build" % PROGRAM)
    population = tomllib.loads((ROOT / "data" / "person.toml").read_text())["population"]
    nerves = motor_nerves()
    first, last = map(int, options.seeds.split("-"))

    rows = []
    print(HEAD % ("seed", "sex", "age", "cm", "kg", "cut", "task", "status", "iter", "cpu s", "cost", "why"))
    with tempfile.TemporaryDirectory() as folder:
        running = collections.deque()
        for seed in range(first, last + 1):
            if len(running) == options.jobs:
                rows.append(finish(*running.popleft()))
            person = draw(seed, population)
            scenario = pathlib.Path(folder) / ("person_%d.toml" % seed)
            scenario.write_text(SCENARIO.format(**person))
            task = options.task or TASKS[seed % len(TASKS)]
            cut = "" if options.healthy else draw_cut(seed, nerves)
            arguments = ["solve", task, "--scenario", str(scenario), "--json"] + (["--cut", cut] if cut else [])
            running.append((seed, person, cut, task, Job(arguments)))
        while running:
            rows.append(finish(*running.popleft()))
    total = last - first + 1
    nanswer = sum(r[1] in ("solved", "impossible") for r in rows)
    print("%d of %d got an answer" % (nanswer, total))
    if options.write:
        write({"robustness": tally(rows)}, "tools/robustness.py --write")
    return 0 if nanswer >= 0.98 * total else 1


if __name__ == "__main__":
    sys.exit(main())
