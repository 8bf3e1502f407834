#!/usr/bin/env python3
"""Fits the healthy triceps surae of the reference woman as a whole, and prints targets and what is achieved.

  tools/calibrate_triceps.py            fit and print
  tools/calibrate_triceps.py --write    also write the fitted rows into data/muscles.toml and data/person.toml

Unknowns: specific tension of the calf, stiffness of the tendon (one for the three), slack length of each tendon,
slack of the passive curve of soleus and gastrocnemius, strain e0. Nothing of an injured person enters. Theory:
docs/theory/model.md.
"""

import re
import sys

import numpy as np
from scipy.optimize import least_squares

import muscle_model as mm

# name, target, width (one standard deviation of the fit), unit, source
TARGETS = [
    ("torque, knee 0, ankle -30", 52, 5, "N m", "one-leg heel raise needs 50 to 63, deep flexors help"),
    ("torque, knee 0, ankle -25", 64, 8, "N m", "the same at 25 deg: 55 to 67"),
    ("torque, knee 0, ankle -15", 95, 12, "N m", "between the neighbours; one leg needs 64 to 76"),
    ("torque, knee 0, ankle 0", 130, 10, "N m", "men 154 +- 38 (n = 9, PMID 39577118), women -35% (Fugl-Meyer 1980): "
     "100; 21 to 30 heel rises on one leg at 72 to 84 N m (Hebert-Losier 2017): 130 to 150"),
    ("torque, knee 0, ankle 15", 140, 12, "N m", "assumption: strength still rises into dorsiflexion"),
    ("ratio knee 90 / 0, ankle 0", 0.80, 0.06, "-", "0.85 (n = 135), 0.94 (n = 18), 0.60 (n = 9): a band"),
    ("passive, knee 0, ankle 0", 3.0, 2.0, "N m", "assumption 0 to 6"),
    ("passive, knee 0, ankle 10", 9.0, 2.5, "N m", "assumption 5 to 15; passive range 4 deg (Baumbach 2014)"),
    ("passive, knee 0, ankle 20", 20.0, 4.0, "N m", "assumption 15 to 30; 25 deg under load (Baumbach 2014)"),
    ("passive, knee 75, ankle 20", 9.0, 2.5, "N m", "as at 4 to 10 deg with the knee straight: passive range 20 against 4 deg "
     "(Baumbach 2014)"),
    ("soleus fibre at the walking peak", 1.05, 0.06, "len_opt", "near the plateau: assumption 0.9 to 1.15"),
    ("gasmed fibre at the walking peak", 1.05, 0.06, "len_opt", "near the plateau: assumption 0.9 to 1.15"),
    ("gaslat fibre at the walking peak", 1.05, 0.06, "len_opt", "near the plateau: assumption 0.9 to 1.15"),
    ("Achilles strain at the walking peak", 4.3, 0.3, "%", "4.0 to 4.9 from walking to running (Kharazi 2021)"),
    ("Achilles strain, greatest effort", 5.5, 0.6, "%", "assumption 5 to 6"),
    ("strain e0 of the passive curve", 0.60, 0.08, "-", "De Groote et al. 2016"),
]
START = {"tension": 0.27, "tendon_k": 24.0, "soleus": 0.227, "gasmed": 0.361, "gaslat": 0.352, "slack_soleus": 0.2,
         "slack_gastroc": 0.2, "e0": 0.6}


def put(leg, x):
    """Writes the unknowns (START's order) into the model."""
    v = dict(zip(START, x))
    leg.tension = v["tension"] * 1e6
    for n in mm.TRICEPS:
        slack = v["slack_soleus"] if n == "soleus" else v["slack_gastroc"]
        leg.muscle[n].update(len_slack=v[n], tendon_k=v["tendon_k"], passive_shift=slack, passive_strain=v["e0"])


def strain(leg, force):
    """Force-weighted strain of the triceps' tendons [%] from normalised forces."""
    newton = {n: leg.f_max(n) * force[n] for n in mm.TRICEPS}
    each = {n: np.log(1 + force[n] / 0.2) / leg.muscle[n]["tendon_k"] for n in mm.TRICEPS}
    return 100 * sum(newton[n] * each[n] for n in mm.TRICEPS) / sum(newton.values())


def hold(calf, knee, angle, need):
    """Activation of the triceps (deep flexors half of it) that holds a moment, with forces and fibre lengths."""
    leg, g, lo, hi = calf.leg, calf.geometry(knee, angle), 0.0, 1.5
    for _ in range(16):
        act = 0.5 * (lo + hi)
        force = {n: float(mm.tendon_force(leg.muscle[n], g[n][0], act * (1 if n in mm.TRICEPS else 0.5)))
                 for n in calf.names}
        total = sum(leg.f_max(n) * force[n] * g[n][1] for n in calf.names)
        lo, hi = (act, hi) if total < need else (lo, act)
    return act, force, {n: float(mm.fibre(leg.muscle[n], g[n][0], force[n])[0]) for n in mm.TRICEPS}


def achieved(calf, x):
    leg = calf.leg
    put(leg, x)
    out = [calf.torque(0, a) for a in (-30, -25, -15, 0, 15)]
    out += [calf.torque(-90, 0) / out[3]]
    out += [calf.torque(0, a, 0.0) for a in (0, 10, 20)] + [calf.torque(-75, 20, 0.0)]
    _, force, length = hold(calf, -12.6, 14.1, 90.4)
    g = calf.geometry(0, 0)
    most = {n: mm.tendon_force(leg.muscle[n], g[n][0], 1.0) for n in mm.TRICEPS}
    return np.array(out + [length[n] for n in mm.TRICEPS] + [strain(leg, force), strain(leg, most), x[-1]], dtype=float)


def replace(text, key, value, unit, source):
    row = f'{key} = {{value = {value}, unit = "{unit}", source = "{source}"}}'
    return re.subn(rf"^{key} = \{{.*\}}$", row, text, count=1, flags=re.M)


def write(x):
    v = dict(zip(START, x))
    source = "fitted by tools/calibrate_triceps.py on healthy data: torque, passive torque, fibre length, tendon strain"
    path = mm.DATA / "muscles.toml"
    parts = re.split(r"(?=^\[muscle\.\w+\]$)", path.read_text(), flags=re.M)
    for i, part in enumerate(parts):
        name = part[8:].split("]")[0]
        if name not in mm.TRICEPS:
            continue
        slack = v["slack_soleus"] if name == "soleus" else v["slack_gastroc"]
        rows = (("len_slack", round(v[name], 5), "m"), ("tendon_k", round(v["tendon_k"], 2), "-"),
                ("passive_shift", round(slack, 3), "len_opt"), ("passive_strain", round(v["e0"], 3), "-"))
        for key, value, unit in rows:
            part, n = replace(part, key, value, unit, source)
            assert n == 1, (name, key)
        parts[i] = part
    path.write_text("".join(parts))
    path = mm.DATA / "person.toml"
    text, n = replace(path.read_text(), "specific_tension", round(v["tension"] * 100, 2), "N/cm2", source)
    assert n == 1
    path.write_text(text)


def main():
    calf = mm.Calf(mm.Leg())
    goal, width = (np.array([t[i] for t in TARGETS], dtype=float) for i in (1, 2))
    start = np.array(list(START.values()))
    fit = least_squares(lambda x: (achieved(calf, x) - goal) / width, start, x_scale=np.abs(start) * 0.05,
                        diff_step=1e-4, max_nfev=40)
    print(f"sum of squares {2 * fit.cost:.2f}, " + ", ".join(f"{k} {v:.4g}" for k, v in zip(START, fit.x)))
    print(f"{'':36}{'target':>9}{'width':>7}{'fitted':>9}")
    for t, value in zip(TARGETS, achieved(calf, fit.x)):
        print(f"{t[0]:36}{t[1]:9.2f}{t[2]:7.2f}{value:9.2f} {t[3]}")
    if "--write" in sys.argv[1:]:
        write(fit.x)


if __name__ == "__main__":
    main()
