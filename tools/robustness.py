#!/usr/bin/env python3
"""Does a healthy walk come out for anybody? Twenty random people, one cold solve each.

robustness.py [--people N] [--first SEED] [--jobs N] [--task TASK]

Men (odd seeds) and women (even) in turn; age, height and body-mass index are drawn evenly, and independently of each
other, between the 5th and the 95th percentile of data/person.toml. Exit code 1 if fewer than 95% get an answer, that is, end
as solved or as proven impossible.
"""

import argparse
import collections
import math
import pathlib
import random
import sys
import tempfile
import tomllib

from measure import PROGRAM, ROOT, Job

SCENARIO = """schema = "surae-scenario/1"
[person]
sex = "{sex}"
age_yr = {age_yr}
height_cm = {height_cm}
mass_kg = {mass_kg}
"""
HEAD = "%4s %-7s %4s %7s %6s  %-14s %5s %8s %11s  %s"
ROW = "%4d %-7s %4d %7.1f %6.1f  %-14s %5d %8.1f %11.5g  %s"


def draw(seed, population):
    """One person; the values are rounded to what a scenario file would hold."""
    rng = random.Random(seed)
    sex = ("female", "male")[seed % 2]
    between = lambda name: rng.uniform(population[sex][name]["value"][0], population[sex][name]["value"][2])
    age, height, index = between("age"), between("height"), between("mass_index")
    return {"sex": sex, "age_yr": round(age), "height_cm": round(100 * height, 1),
            "mass_kg": round(index * height**2, 1)}


def finish(seed, person, job):
    """Prints the row of one person; true if there is an answer."""
    job.wait()
    task = job.task() or {}
    status = task.get("status", "no result")
    objective = task.get("objective")
    cost = objective if isinstance(objective, (int, float)) else math.nan
    print(ROW % (seed, person["sex"], person["age_yr"], person["height_cm"], person["mass_kg"], status,
                 task.get("iterations", 0), job.cpu, cost, task.get("why") or ("" if task else job.last_words)), flush=True)
    return status in ("solved", "impossible")


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--people", type=int, default=20)
    ask.add_argument("--first", type=int, default=1, help="first seed")
    ask.add_argument("--jobs", type=int, default=2, help="processes at once")
    ask.add_argument("--task", default="walk")
    options = ask.parse_args()
    if not PROGRAM.exists():
        sys.exit("robustness: %s is not there, run make build" % PROGRAM)
    population = tomllib.loads((ROOT / "data" / "person.toml").read_text())["population"]

    nanswer = 0
    print(HEAD % ("seed", "sex", "age", "cm", "kg", "status", "iter", "cpu s", "cost", "why"))
    with tempfile.TemporaryDirectory() as folder:
        running = collections.deque()
        for seed in range(options.first, options.first + options.people):
            if len(running) == options.jobs:
                nanswer += finish(*running.popleft())
            person = draw(seed, population)
            scenario = pathlib.Path(folder) / ("person_%d.toml" % seed)
            scenario.write_text(SCENARIO.format(**person))
            running.append((seed, person, Job(["solve", options.task, "--scenario", str(scenario), "--json"])))
        while running:
            nanswer += finish(*running.popleft())
    print("%d of %d people got an answer" % (nanswer, options.people))
    return 0 if nanswer >= 0.95 * options.people else 1


if __name__ == "__main__":
    sys.exit(main())
