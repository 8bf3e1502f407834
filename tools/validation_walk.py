#!/usr/bin/env python3
"""Measured walking against ours, three cuts and the weights: writes the tables of docs/validation.md.

validation_walk.py [--build DIR] [--data DIR] [--runs DIR] [--write]

--data is the folder with coordinates.csv, grf.csv, emg.csv, powers.csv and torques.csv of the measured woman (default:
$SURAE_TEST_DATA/gait/falisse2019-gait/csv). --runs keeps every run's output in a folder and uses what is there: all of
them take a quarter of an hour. Prints the tables; --write puts each between its marks in the page.
"""

import argparse
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

from validation_static import CUTS, ROOT, Engine, show, table, value, write

REFERENCE = 'schema = "surae-scenario/1"\n[person]\nsex = "female"\nage_yr = 25\nheight_cm = 170\nmass_kg = 62\n'
MASS, GRAVITY, MEASURED_STRIDE, SPEED = 62.0, 9.80665, 1.377, 1.33
STUDIED = ["gastrocnemius", "soleus", "tibial"]  # as walk_study names them, in the order of CUTS[1:]


class Runs:
    """Output of each run, from the folder if it is there."""

    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        self.scenario = folder / "reference.toml"
        self.scenario.write_text(REFERENCE)

    def text(self, name, command):
        path = self.folder / name
        if not path.exists():
            run = subprocess.run(command, capture_output=True, text=True)
            if not run.stdout:
                sys.exit("validation_walk: %s: %s" % (" ".join(map(str, command)), run.stderr.strip()))
            path.write_text(run.stdout)
        return path.read_text()

    def solve(self, name, words):
        text = self.text(name + ".json", [self.build / "surae", "solve", "walk", "--json", *words])
        return next(iter(json.loads(text)["epochs"][0]["tasks"].values()))

    def study(self, mode):
        if not (self.folder / (mode + ".csv")).exists():
            subprocess.run(["ninja", "-C", self.build, "surae_walk_study"], check=True, capture_output=True)
        text = self.text(mode + ".csv", [self.build / "surae_walk_study", mode])
        number = lambda v: float(v) if v not in ("", None) else math.nan
        return {r["run"]: {k: v if k in ("run", "status") else number(v) for k, v in r.items()}
                for r in csv.DictReader(text.splitlines())}


class Measured:
    """Means over the trials, at 1 to 100% of the right leg's cycle."""

    def __init__(self, folder):
        self.folder, self.files = folder, {}

    def __call__(self, name, column):
        if name not in self.files:
            with open(self.folder / (name + ".csv"), newline="") as f:
                self.files[name] = list(csv.DictReader(f))
        return [float(r[column + ":mean"]) for r in self.files[name]]


def correlation(x, y):
    mx, my = sum(x) / len(x), sum(y) / len(y)
    xy = sum((a - mx) * (b - my) for a, b in zip(x, y))
    return xy / math.sqrt(sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y))


def rms(x, y):
    return math.sqrt(sum((a - b) ** 2 for a, b in zip(x, y)) / len(x))


def force_marks(vertical, weight):
    """Stance [%], first peak, trough, second peak [BW] of a vertical force [BW] at 1 to 100%."""
    stance = sum(v * weight > 20.0 for v in vertical)
    half = stance // 2
    return (stance, max(vertical[:half]), min(vertical[half // 2:half + half // 2]), max(vertical[half:stance]))


def healthy(task, measured):
    columns, data = task["trajectory"]["columns"], task["trajectory"]["data"]
    ours = lambda name: [row[columns.index(name)] for row in data][1:]
    rows = []

    def add(what, ours_text, measured_text, target="", ok=None):
        rows.append([what, ours_text, measured_text, target, "" if ok is None else "met" if ok else "**not met**"])

    for name, there, here, least in (("hip", "hip_flexion", "hip_flexion_r", 0.9),
                                     ("knee", "knee_angle", "knee_angle_r", 0.9),
                                     ("ankle", "ankle_angle", "ankle_angle_r", 0.8)):
        x, y = ours(here), measured("coordinates", there)
        r, off = correlation(x, y), rms(x, y)
        add("%s angle, correlation" % name, show(r, 2), "", "above %g" % least, r > least)
        add("%s angle, RMS error, deg" % name, show(off), "", "below 8", off < 8.0)
        add("%s angle, least and greatest, deg" % name, *("%.0f, %.0f" % (min(v), max(v)) for v in (x, y)))
    m = lambda name: value(task, name)
    power = m("ankle_power_peak_right_W_kg")
    add("peak ankle power, W/kg", show(power, 2), show(max(measured("powers", "ankle_angle")) / MASS, 2), "above 2.0",
        power > 2.0)
    stride = m("stride_length_m")
    add("stride, m", show(stride, 2), "%.3f" % MEASURED_STRIDE, "1.25 to 1.52", 1.25 <= stride <= 1.52)
    cost = m("cost_of_transport_J_kg_m")
    add("gross cost of transport, J/(kg m)", show(cost, 2), "3.22 ± 0.41, 3.35 ± 0.25 (others)", "3.0 to 4.2",
        3.0 <= cost <= 4.2)
    weight = MASS * GRAVITY
    theirs = force_marks([v / 100 for v in measured("grf", "Vertical")], weight)
    for i, name in ((1, "first"), (3, "second")):
        v = m("grf_vertical_%s_peak_right_bw" % name)
        add("vertical force, %s peak, BW" % name, show(v, 2), show(theirs[i], 2), "0.95 to 1.35", 0.95 <= v <= 1.35)
    emg = lambda name: "%d (EMG)" % (1 + max(range(100), key=measured("emg", name).__getitem__))
    for muscle, name, theirs_name in (("soleus", "soleus", "Soleus"),
                                      ("gasmed", "medial head", "Gastrocnemius-medialis"),
                                      ("gaslat", "lateral head", "Gastrocnemius-lateralis")):
        v = m("%s_activation_peak_at_right_percent" % muscle)
        add("%s, activation peaks at, %% of the cycle" % name, show(v, 0), emg(theirs_name), "35 to 55", 35 <= v <= 55)
    add("vertical force, trough, BW", show(m("grf_vertical_trough_right_bw"), 2), show(theirs[2], 2))
    add("stance, % of the cycle", show(m("stance_right_percent"), 0), "%d" % theirs[0])
    add("ankle, peak plantarflexion moment, N m/kg", show(m("ankle_moment_peak_right_N_m_kg"), 2),
        show(-min(measured("torques", "ankle_angle")) / MASS, 2))
    add("Achilles tendon, peak force, N/kg", show(m("achilles_force_peak_right_N") / MASS, 0),
        "44 (tensiometry, others)")
    step = MEASURED_STRIDE / SPEED / 100 / 100  # s per point, and % to BW
    fore = [v * step for v in measured("grf", "Fore-aft")]
    add("braking and propulsive impulse, BW s",
        "%.3f, %.3f" % (m("braking_impulse_right_bw_s"), m("propulsive_impulse_right_bw_s")),
        "%.3f, %.3f" % (sum(v for v in fore if v < 0), sum(v for v in fore if v > 0)))
    add("soleus, peak activation", show(m("soleus_activation_peak_right_1"), 2), "")
    add("tibialis anterior, peak activation", show(m("tibant_activation_peak_right_1"), 2), "")
    return table(["", "ours", "measured", "target", ""], rows)


MEASURES = [  # column of walk_study, name, digits
    ("stride_length_m", "stride, m", 2),
    ("ankle_work_positive_right_J_kg", "positive work of the ankle, J/kg", 3),
    ("ankle_power_peak_right_W_kg", "peak ankle power, W/kg", 2),
    ("ankle_moment_peak_right_N_m_kg", "peak ankle moment, N m/kg", 2),
    ("ankle_angle_max_right_deg", "greatest dorsiflexion, deg", 1),
    ("hip_work_positive_right_J_kg", "positive work of the hip, J/kg", 3),
    ("soleus_activation_peak_right_1", "soleus, peak activation", 2),
    ("gasmed_activation_peak_right_1", "medial head, peak activation", 2),
    ("gaslat_activation_peak_right_1", "lateral head, peak activation", 2),
    ("iliopsoas_activation_peak_right_1", "iliopsoas, peak activation", 2),
    ("glutmax_activation_peak_right_1", "gluteus maximus, peak activation", 2),
    ("hamstrings_activation_peak_right_1", "hamstrings, peak activation", 2),
    ("vasti_activation_peak_right_1", "vasti, peak activation", 2),
    ("grf_vertical_first_peak_right_bw", "vertical force, first peak, BW", 2),
    ("grf_vertical_second_peak_right_bw", "vertical force, second peak, BW", 2),
    ("cost_of_transport_J_kg_m", "cost of transport, J/(kg m)", 2),
    ("objective", "cost that is made least", 0),
]


def seeds(found, is_fine):
    ours = [r for name, r in found.items() if name.startswith("seed") and ("fine" in name) == is_fine]
    return [r for r in ours if r["status"] == "solved"]


def deviation(runs, column):
    """Standard deviation (n - 1) of a measure."""
    mean = sum(r[column] for r in runs) / len(runs)
    return math.sqrt(sum((r[column] - mean) ** 2 for r in runs) / (len(runs) - 1))


def between(runs, column, digits):
    return "%s to %s" % (show(min(r[column] for r in runs), digits), show(max(r[column] for r in runs), digits))


def spread(found):
    """Every measure's least, greatest and SD, by mesh and together."""
    usual, fine = seeds(found, False), seeds(found, True)
    rows = [[name, between(usual, column, digits), between(fine, column, digits),
             "%.2g" % deviation(usual + fine, column)] for column, name, digits in MEASURES]
    return table(["", "%d cold starts, 30 intervals" % len(usual), "%d on 40 intervals" % len(fine), "SD of all"], rows)


def walks(found):
    """Of each body every walk there is, the cheapest first: (where the search began, numbers)."""
    out = {"whole": [("cold", found["whole"])] + [("the walk, %s cut" % c, found["whole from " + c]) for c in STUDIED
                                                  if "whole from " + c in found]}
    for cut in STUDIED:
        out[cut] = [("cold", found[cut + " cold"])] + ([("the whole walk", found[cut])] if cut in found else [])
    good = lambda w: w[1]["status"] in ("solved", "impossible")
    return {k: sorted(filter(good, w), key=lambda w: (w[1]["status"], w[1]["objective"])) for k, w in out.items()}


def after_cuts(every, found, engine):
    """A change counts beyond three times the spread and outside the range of all walks of the whole woman."""
    best = {k: w[0][1] for k, w in every.items()}
    healthy_walks = seeds(found, False) + seeds(found, True) + [best["whole"]]
    rows = [["speed, m/s"] + [speed(best[k]) for k in ["whole"] + STUDIED] + ["", ""]]
    for column, name, digits in MEASURES:
        row, three = [name, show(best["whole"][column], digits)], 3 * deviation(healthy_walks, column)
        least, most = (f(r[column] for r in healthy_walks) for f in (min, max))
        for cut in STUDIED:
            change = best[cut][column] - best["whole"][column]
            text = "%s (%+.*f)" % (show(best[cut][column], digits), digits, change)
            row.append("**%s**" % text if abs(change) > three and not least <= best[cut][column] <= most else text)
        rows.append(row + ["%.2g" % three, between(healthy_walks, column, digits)])
    rise = ["one-leg heel rise, cm (first half of this page)"]
    for _, nodes in CUTS:
        t = engine.task("heel_raise:legs=right", nodes)
        rise.append("impossible" if t["status"] == "impossible" else show(value(t, "right_heel_rise_cm")))
    rows.append(rise + ["", ""])
    return table(["", "whole", "gastrocnemius cut", "soleus nerve cut", "tibial nerve cut", "three times the spread",
                  "all walks of the whole"], rows)


def basins(every):
    rows = []
    shown = ["stride_length_m", "ankle_work_positive_right_J_kg", "ankle_power_peak_right_W_kg",
             "ankle_angle_max_right_deg", "cost_of_transport_J_kg_m"]
    for body, found in every.items():
        for start, r in found:
            rows.append([body if body == "whole" else body + " cut", start, show(r["objective"], 1)]
                        + [show(r[column], digits) for column, _, digits in MEASURES if column in shown])
    return table(["body", "the search began from", "cost", "stride, m", "positive work of the ankle, J/kg", "ankle power, W/kg",
                  "greatest dorsiflexion, deg", "cost of transport"], rows)


def speed(run):
    if run["status"] == "solved":
        return "%.2f, solved" % run["speed_m_s"]
    if run["status"] == "impossible":
        return "impossible, greatest %.2f" % run["speed_m_s"]
    return run["status"]


def weights(found):
    rows = []
    angles = lambda r, j: "%.0f to %.0f" % (r[j + "_angle_min_right_deg"], r[j + "_angle_max_right_deg"])
    for name, r in found.items():
        if r["status"] != "solved":
            rows.append([name, r["status"]] + ["-"] * 9)
            continue
        rows.append([name, show(r["objective"], 0), show(r["stride_length_m"], 2),
                     show(r["cost_of_transport_J_kg_m"], 2), show(r["ankle_power_peak_right_W_kg"], 2),
                     angles(r, "hip"), angles(r, "knee"), angles(r, "ankle"),
                     show(r["grf_vertical_first_peak_right_bw"], 2), show(r["grf_vertical_second_peak_right_bw"], 2),
                     show(r["soleus_activation_peak_right_1"], 2)])
    return table(["weight", "cost", "stride, m", "cost of transport", "ankle power, W/kg", "hip, deg", "knee, deg",
                  "ankle, deg", "first peak, BW", "second peak, BW", "soleus"], rows)


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    ask.add_argument("--data", type=pathlib.Path)
    ask.add_argument("--runs", type=pathlib.Path)
    ask.add_argument("--write", action="store_true")
    options = ask.parse_args()
    data = options.data or pathlib.Path(os.environ.get("SURAE_TEST_DATA", ".")) / "gait" / "falisse2019-gait" / "csv"
    if not (data / "coordinates.csv").exists():
        sys.exit("validation_walk: no coordinates.csv in %s; set SURAE_TEST_DATA or --data" % data)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.runs or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        runs = Runs(options.build.resolve(), folder.resolve())
        engine = Engine(options.build.resolve(), pathlib.Path(scratch))
        first = runs.study("spread")
        every = walks(runs.study("cuts"))
        blocks = {
            "walk": healthy(runs.solve("reference", ["--scenario", str(runs.scenario)]), Measured(data)),
            "spread": spread(first),
            "cuts": after_cuts(every, first, engine),
            "basins": basins(every),
            "weights": weights(runs.study("weights")),
        }
    if not options.write:
        print("\n".join(line for lines in blocks.values() for line in lines))
        return
    write({mark: "\n".join(lines).rstrip() + "\n" for mark, lines in blocks.items()}, "tools/validation_walk.py --write")


if __name__ == "__main__":
    main()
