#!/usr/bin/env python3
"""The muscles of data/*.toml outside the program: paths, static force, and the calf in measured walking.

The same equations as src/muscle and src/body, written a second time, for tools/calibrate_triceps.py and
tools/muscle_tables.py. Angles in degrees, knee flexion negative, dorsiflexion positive; everything else SI.
"""

import pathlib
import tomllib

import numpy as np

import people

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
TRICEPS = ("soleus", "gasmed", "gaslat")
DEEP = ("tibpost", "fdl", "fhl", "perlong", "perbrev")
TO_SI = {"deg": np.pi / 180, "cm3": 1e-6, "N/cm2": 1e4, "MPa": 1e6, "%": 1e-2}

# Measured walking at 1.33 m/s, one woman of 62 kg, mean of 11 trials (Falisse et al. 2019, J R Soc Interface
# 16:20190402, data of the paper): gait cycle [%], knee and ankle angle [deg], plantarflexion moment [N m].
# A stride lasts 1.035 s (1.377 m at 1.33 m/s).
STRIDE_S = 1.035
WALK = np.array([
    [13, -26.0, -4.4, 0.0], [16, -27.5, -2.1, 1.4], [19, -27.5, 1.2, 7.3], [22, -26.2, 4.3, 13.3],
    [25, -24.3, 6.5, 19.6], [28, -22.0, 8.0, 26.8], [31, -19.6, 9.3, 35.2], [34, -17.2, 10.5, 45.2],
    [37, -14.9, 11.7, 56.4], [40, -13.0, 12.9, 68.1], [43, -11.8, 13.7, 79.0], [46, -11.5, 14.2, 87.3],
    [49, -12.6, 14.1, 90.4], [52, -15.0, 12.9, 85.5], [55, -19.0, 9.6, 69.8], [58, -24.8, 3.1, 44.0],
    [61, -32.6, -5.6, 17.7], [64, -42.0, -13.8, 2.3]])


def si(row):
    return np.array(row["value"]) * TO_SI.get(row["unit"], 1.0) if isinstance(row["value"], list) \
        else row["value"] * TO_SI.get(row["unit"], 1.0)


# ---- curves of De Groote et al. 2016 in OpenSim's form (src/muscle/curves.c)
BELL = np.array([[0.0, 1.05503342897057, 0.162384573599574, 0.0633034484654646],
                 [0.433004984392647, 0.716775413397760, -0.0299471169706956, 0.200356847296188],
                 [0.1, 1.0, 0.353553390593274, 0.0]])


def _bell(i, l):
    return np.exp(-0.5 * ((l - BELL[i, 1]) / (BELL[i, 2] + BELL[i, 3] * l)) ** 2)


BELL[0, 0] = (1 - BELL[1, 0] * _bell(1, 1.0) - BELL[2, 0] * _bell(2, 1.0)) / _bell(0, 1.0)


def active(l):
    return sum(BELL[i, 0] * _bell(i, l) for i in range(3))


def passive(l, shift, e0):
    p = np.exp(4 * (0.2 - 1) / e0)
    return (np.exp(4 * (l - shift - 1) / e0) - p) / (np.exp(4) - p)


def velocity(v):
    d2, d3 = -8.149, -0.374
    d1 = 1 / (np.arcsinh(d3) - np.arcsinh(d3 - d2))
    return d1 * np.arcsinh(d2 * v + d3) + 1 - d1 * np.arcsinh(d3)


# ---- the leg
class Leg:
    def __init__(self):
        def read(name):
            return tomllib.loads((DATA / name).read_text())
        self.body = {b["name"]: b for b in read("planar_model.toml")["body"]}
        self.person = read("person.toml")
        ref = self.person["reference"]
        self.v_total = 1e-6 * people.leg_volume(self.person, ref["sex"],
                                                *(si(ref[key]) for key in ("age", "height", "mass")))
        self.tension = si(self.person["calf"]["specific_tension"])
        self.muscle = {}
        for name, t in read("muscles.toml")["muscle"].items():
            m = {k: si(v) for k, v in t.items() if isinstance(v, dict) and "value" in v}
            m["points"] = [(p["body"], np.array(p["at"])) for p in t["points"]]
            m["poly"] = t.get("polynomial", {"coords": [], "terms": []})
            if "volume_b1" in m:
                m["volume"] = m["volume_share"] * (m["volume_b1"] * self.v_total + m["volume_b2"])
            self.muscle[name] = m

    def f_max(self, name):
        m = self.muscle[name]
        return m["volume"] / m["len_opt"] * self.tension if "volume" in m else m["f_max"]

    def pose(self, body, q):
        """Rotation and origin of a body in the pelvis, by the chain of pins about z."""
        b = self.body[body]
        if body == "pelvis":
            return np.eye(3), np.zeros(3)
        R, p = self.pose(b["parent"], q)
        angle = np.radians(q.get(b["axes"][0]["coord"], 0.0)) if b["axes"] else 0.0
        c, s = np.cos(angle), np.sin(angle)
        return R @ np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]), p + R @ np.array(si(b["pos"]))

    def length(self, name, q):
        m = self.muscle[name]
        x = []
        for body, at in m["points"]:
            R, p = self.pose(body, q)
            x.append(p + R @ at)
        total = sum(np.linalg.norm(b - a) for a, b in zip(x, x[1:]))
        angle = [np.radians(q.get(c, 0.0)) for c in m["poly"]["coords"]]
        return total + sum(t[0] * np.prod([a ** n for a, n in zip(angle, t[1:])]) for t in m["poly"]["terms"])

    def arm(self, name, q, coord):
        h = 0.01
        up, down = dict(q), dict(q)
        up[coord], down[coord] = q.get(coord, 0.0) + h, q.get(coord, 0.0) - h
        return -(self.length(name, up) - self.length(name, down)) / np.radians(2 * h)


def fibre(m, length, force):
    """Normalised fibre length and cos(pennation) left by a tendon at this normalised force."""
    x = length - m["len_slack"] * (1 + np.log(1 + force / 0.2) / m["tendon_k"])
    l = np.sqrt((m["len_opt"] * np.sin(m["penn_opt"])) ** 2 + x * x)
    return l / m["len_opt"], x / l


def tendon_force(m, length, act, before=None, dt=None):
    """Normalised tendon force in balance: static, or one implicit Euler step from fibre length `before`."""
    lo, hi = -0.05 + 0 * np.asarray(length), 3.0 + 0 * np.asarray(length)
    for _ in range(45):
        f = 0.5 * (lo + hi)
        l, cos = fibre(m, length, f)
        speed = 0.0 if before is None else (l - before) / dt / m["v_max"]
        g = (act * active(l) * velocity(speed) + passive(l, m["passive_shift"], m["passive_strain"])
             + m["damping"] * speed) * cos - f
        lo, hi = np.where(g > 0, f, lo), np.where(g > 0, hi, f)
    return 0.5 * (lo + hi)


def moment(leg, names, q, act, coord):
    """Moment of muscles at rest in a pose, in the direction +coord [N m]."""
    return sum(leg.f_max(n) * tendon_force(leg.muscle[n], leg.length(n, q), act) * leg.arm(n, q, coord) for n in names)


def ankle(knee, angle):
    return {"knee_angle_r": knee, "ankle_angle_r": angle}


class Calf:
    """Plantarflexors with their paths tabulated: parameters may change between calls, the geometry may not."""

    def __init__(self, leg):
        self.leg, self.names = leg, TRICEPS + DEEP
        self.cache = {}

    def geometry(self, knee, angle):
        key = (round(knee, 3), round(angle, 3))
        if key not in self.cache:
            q = ankle(*key)
            self.cache[key] = {n: (self.leg.length(n, q), -self.leg.arm(n, q, "ankle_angle_r")) for n in self.names}
        return self.cache[key]

    def torque(self, knee, angle, act=1.0, names=TRICEPS):
        g = self.geometry(knee, angle)
        return sum(self.leg.f_max(n) * tendon_force(self.leg.muscle[n], g[n][0], act) * g[n][1] for n in names)

    def walk(self, deep_share=0.5):
        """Activation that gives the measured moment: one for the triceps, `deep_share` of it for the deep flexors.
        Rows: cycle [%], activation, triceps force [N], tendon strain, and per muscle fibre length, speed and force."""
        t = np.arange(13.0, 62.01, 1.0)
        knee, angle, need = (np.interp(t, WALK[:, 0], WALK[:, i]) for i in (1, 2, 3))
        dt, rows, before = 0.01 * STRIDE_S, [], None

        def step(a, g, before):
            force, length = {}, {}
            for n in self.names:
                m, act = self.leg.muscle[n], a * (1.0 if n in TRICEPS else deep_share)
                f = tendon_force(m, g[n][0], act, None if before is None else before[n], dt)
                force[n], length[n] = float(f), float(fibre(m, g[n][0], f)[0])
            return sum(self.leg.f_max(n) * force[n] * g[n][1] for n in self.names), force, length

        for i in range(len(t)):
            g, lo, hi = self.geometry(knee[i], angle[i]), 0.0, 1.5
            for _ in range(14):
                a = 0.5 * (lo + hi)
                total, force, length = step(a, g, before)
                lo, hi = (a, hi) if total < need[i] else (lo, a)
            speed = {n: 0.0 if before is None else (length[n] - before[n]) / dt for n in self.names}
            newton = {n: force[n] * self.leg.f_max(n) for n in TRICEPS}
            total_force = sum(newton.values())
            strain = sum(newton[n] * np.log(1 + force[n] / 0.2) / self.leg.muscle[n]["tendon_k"] for n in TRICEPS)
            rows.append({"t": t[i], "act": a, "achilles": total_force, "strain": strain / max(total_force, 1.0),
                         "length": length, "speed": speed, "force": newton, "ankle": angle[i]})
            before = length
        return rows
