#!/usr/bin/env python3
"""Walking by speed and slope, running, and chosen speeds: writes its tables of docs/validation.md.

validation_gait.py [--build DIR] [--runs DIR] [--write]

One woman (170 cm, 62 kg), each gait cold. --runs keeps every run's output in a folder and uses what is there: all of
them take five minutes. Prints the tables; --write puts each between its marks in the page.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from validation_static import ROOT, show, table, value, write

REFERENCE = 'schema = "surae-scenario/1"\n[person]\nsex = "female"\nage_yr = 25\nheight_cm = 170\nmass_kg = 62\n'
CUTS = [("gastrocnemius", ["nerve_to_gasmed", "nerve_to_gaslat"]), ("soleus", ["nerve_to_soleus"]), ("tibial", ["tibial"])]
# published by speed: step [m] and cadence [1/min] (24 young adults), stride frequency [Hz] (n = 10), gross cost [J/kg/m]
STEP = {0.5: 0.404, 0.87: 0.531, 1.25: 0.634}
CADENCE = {0.5: 74.0, 0.87: 98.4, 1.25: 117.9}
STRIDES = {0.7: 0.767, 0.9: 0.861, 1.1: 0.972, 1.4: 1.102, 1.6: 1.149, 1.8: 1.206, 2.0: 1.287}
COST = {0.67: 5.03, 1.06: 3.66, 1.44: 3.43, 1.83: 3.89}
SPEEDS = [0.5, 0.7, 0.87, 1.06, 1.25, 1.43, 1.6, 1.8, 2.0]


class Runs:
    """Result of each task, from the folder if it is there."""

    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        self.scenario = folder / "reference.toml"
        self.scenario.write_text(REFERENCE)

    def __call__(self, task, nodes=()):
        path = self.folder / (task.replace(":", "_") + "".join("_" + n for n in nodes) + ".json")
        if not path.exists():
            cuts = [word for n in nodes for word in ("--cut", n)]
            run = subprocess.run([self.build / "surae", "solve", task, "--json", "--scenario", self.scenario, *cuts],
                                 capture_output=True, text=True)
            if not run.stdout:
                sys.exit("validation_gait: %s: %s" % (task, run.stderr.strip()))
            path.write_text(run.stdout)
        return next(iter(json.loads(path.read_text())["epochs"][0]["tasks"].values()))


def at(known, speed):
    """Linear between published speeds; None outside."""
    keys = sorted(known)
    for lo, hi in zip(keys, keys[1:]):
        if lo <= speed <= hi:
            return known[lo] + (known[hi] - known[lo]) * (speed - lo) / (hi - lo)
    return None


def verdict(ours, published, room=0.15):
    """Within 15% of the nearest of the named sources."""
    near = [p for p in published if p is not None]
    if not near:
        return ""
    return "met" if min(near) * (1 - room) <= ours <= max(near) * (1 + room) else "**not met**"


def by_speed(runs):
    rows = []
    for v in SPEEDS:
        task = runs("walk:speed_m_s=%g" % v)
        if task["status"] != "solved":
            rows.append(["%.2f" % v, task["status"]] + [""] * 8)
            continue
        m = lambda name: value(task, name)
        strides = at(STRIDES, v)
        steps = [at(STEP, v), v / (2 * strides) if strides else None]
        cadences = [at(CADENCE, v), 120 * strides if strides else None]
        names = lambda list_, digits: ", ".join(show(x, digits) for x in list_ if x is not None)
        step, cadence, cost = m("step_length_right_m"), m("cadence_per_min"), m("cost_of_transport_J_kg_m")
        rows.append(["%.2f" % v, show(step, 3), names(steps, 3), verdict(step, steps), show(cadence, 0), names(cadences, 0),
                     verdict(cadence, cadences), show(cost, 2), names([at(COST, v)], 2), verdict(cost, [at(COST, v)])])
    return table(["m/s", "step, m", "published", "", "cadence, 1/min", "published", "", "cost, J/kg/m", "published", ""], rows)


def minetti(i):
    """Net cost of walking at a gradient [J/kg/m] (Minetti et al. 2002, J Appl Physiol 93:1039, from memory)."""
    return 280.5 * i ** 5 - 58.7 * i ** 4 - 76.8 * i ** 3 + 51.9 * i ** 2 + 19.6 * i + 2.5


def slopes(runs):
    flat = value(runs("walk:speed_m_s=1.33"), "cost_of_transport_J_kg_m")
    rows = []
    for slope in (-10, -5, 5, 10):
        task = runs("walk:speed_m_s=1.33,slope_percent=%d" % slope)
        ours, theirs = value(task, "cost_of_transport_J_kg_m") - flat, minetti(0.01 * slope) - minetti(0.0)
        rows.append(["%+d%%" % slope, show(ours, 2), show(theirs, 2)])
    return table(["slope", "cost above level, J/kg/m", "published"], rows)


def running(runs):
    rows = []
    task = runs("run:speed_m_s=3")
    m = lambda name: value(task, name)

    def add(what, x, digits, published, lo, hi):
        rows.append([what, show(x, digits), published, "met" if lo <= x <= hi else "**not met**"])

    add("3 m/s: gross cost, J/kg/m", m("cost_of_transport_J_kg_m"), 2, "3.6 to 4.8", 3.6, 4.8)
    add("steps per second", m("step_frequency_Hz"), 2, "2.6 to 3.0", 2.6, 3.0)
    add("peak vertical force, BW", m("grf_vertical_peak_right_bw"), 2, "2 to 3", 2.0, 3.0)
    add("duty factor", m("duty_factor_1"), 3, "below 0.4", 0.0, 0.4)
    add("flight, s", m("flight_time_s"), 3, "above 0", 1e-3, 1.0)
    work = {j: m("%s_work_positive_right_J_kg" % j) for j in ("hip", "knee", "ankle")}
    rows.append(["positive work of hip, knee, ankle, J/kg", ", ".join(show(w, 2) for w in work.values()), "ankle most",
                 "met" if work["ankle"] == max(work.values()) else "**not met**"])
    rows.append(["peak ankle moment, N m/kg", show(m("ankle_moment_peak_right_N_m_kg"), 2), "3.68 at 4.47 m/s", ""])
    fast, walk, chosen = runs("run:speed=fastest"), runs("walk:speed=fastest"), runs("walk:speed=preferred")
    add("greatest speed of a run, m/s", value(fast, "speed_m_s"), 2, "6 to 8", 6.0, 8.0)
    add("greatest speed of a walk, m/s", value(walk, "speed_m_s"), 2, "2.0 to 2.6 (from memory)", 2.0, 2.6)
    add("preferred speed, m/s", value(chosen, "speed_m_s"), 2, "1.24 ± 0.17, 1.43; least cost at 1.34", 1.1, 1.5)
    rows.append(["speeds within 1% of its cost, m/s", "%.2f to %.2f" % (value(chosen, "preferred_speed_from_m_s"),
                                                                      value(chosen, "preferred_speed_to_m_s")), "", ""])
    return table(["", "ours", "published", ""], rows)


def after_cuts(runs):
    rows = []
    for name, nodes in [("whole", [])] + CUTS:
        task, fast = runs("run:speed_m_s=3", nodes), runs("run:speed=fastest", nodes)
        m = lambda key, digits: show(value(task, key), digits) if task["status"] == "solved" else "-"
        greatest = show(value(fast, "speed_m_s"), 2) if fast["status"] == "solved" else fast["status"]
        rows.append([name, task["status"], m("cost_of_transport_J_kg_m", 2), m("step_frequency_Hz", 2), m("duty_factor_1", 3),
                     m("flight_time_s", 3), m("grf_vertical_peak_right_bw", 2), m("ankle_work_positive_right_J_kg", 2),
                     m("hip_work_positive_right_J_kg", 2), greatest])
    return table(["cut, both sides", "run at 3 m/s", "cost, J/kg/m", "steps/s", "duty factor", "flight, s", "peak, BW",
                  "ankle work, J/kg", "hip work, J/kg", "greatest speed, m/s"], rows)


def which_is_cheaper(runs):
    rows = []
    for v in (1.8, 2.0, 2.5):
        walk, run = runs("walk:speed_m_s=%g" % v), runs("run:speed_m_s=%g" % v)
        cost = lambda t: show(value(t, "cost_of_transport_J_kg_m"), 2)
        own = lambda t: show(sum(x for k, x in t["metrics"].items() if k.startswith("cost_of_") and k.endswith("_per_m")), 0)
        rows.append(["%.1f" % v, cost(walk), cost(run), own(walk), own(run)])
    return table(["m/s", "walk, J/kg/m", "run, J/kg/m", "walk, the task's cost", "run, the task's cost"], rows)


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    ask.add_argument("--runs", type=pathlib.Path)
    ask.add_argument("--write", action="store_true")
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.runs or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        runs = Runs(options.build.resolve(), folder.resolve())
        blocks = {"by-speed": by_speed(runs), "slopes": slopes(runs), "running": running(runs),
                  "transition": which_is_cheaper(runs), "run-cuts": after_cuts(runs)}
    if not options.write:
        print("\n".join(line for lines in blocks.values() for line in lines))
        return
    write({mark: "\n".join(lines).rstrip() + "\n" for mark, lines in blocks.items()}, "tools/validation_gait.py --write")


if __name__ == "__main__":
    main()
