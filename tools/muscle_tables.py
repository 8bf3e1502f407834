#!/usr/bin/env python3
"""Prints what data/*.toml means in the body: moment arms, fibre lengths over a walking cycle, greatest joint moments,
passive moments and the levers about the subtalar axis. Ends with 1 if a moment arm changes sign."""

import sys

import numpy as np

import muscle_model as mm

SPAN = {"hip_flexion_r": range(-40, 121, 20), "knee_angle_r": range(-130, 11, 20), "ankle_angle_r": range(-50, 36, 17),
        "mtp_angle_r": range(-20, 61, 20)}

# Measured walking at 1.33 m/s (Falisse et al. 2019, mean of 11 trials): cycle [%], hip, knee, ankle [deg].
CYCLE = np.array([
    [1, 27.3, -12.2, 3.7], [10, 27.3, -22.8, -4.3], [19, 21.7, -27.5, 1.2], [28, 10.6, -22.0, 8.0],
    [37, -1.9, -14.9, 11.7], [46, -13.0, -11.5, 14.2], [55, -17.5, -19.0, 9.6], [61, -13.7, -32.6, -5.6],
    [67, -3.1, -51.7, -18.3], [73, 9.9, -64.9, -13.8], [79, 20.5, -64.0, -4.4], [85, 26.3, -50.2, 0.2],
    [91, 27.4, -29.0, 1.7], [97, 27.2, -13.6, 3.7]])

# What a joint can do: muscles, direction, poses, and what healthy people can.
STRENGTH = [
    ("hip flexion", "hip_flexion_r", 1, ("iliopsoas", "recfem"), [(h, 0, 0) for h in (-10, 0, 20, 40)], "1.5 to 2"),
    ("hip extension", "hip_flexion_r", -1, ("glutmax", "hamstrings"), [(h, -30, 0) for h in (0, 20, 45, 90)], "2 to 3"),
    ("knee extension", "knee_angle_r", 1, ("vasti", "recfem"), [(60, k, 0) for k in (-10, -30, -60, -90)], "2.5 to 3"),
    ("knee flexion", "knee_angle_r", -1, ("hamstrings", "bfsh", "gasmed", "gaslat"),
     [(60, k, 0) for k in (-10, -30, -60, -90)], "1.2 to 1.6"),
    ("plantarflexion", "ankle_angle_r", -1, mm.TRICEPS, [(0, 0, a) for a in (-30, -15, 0, 15)], "1.6 to 2.4"),
    ("the same, knee 90", "ankle_angle_r", -1, mm.TRICEPS, [(0, -90, a) for a in (-30, -15, 0, 15)], "x 0.6 to 0.94"),
    ("deep flexors", "ankle_angle_r", -1, mm.DEEP, [(0, 0, a) for a in (-30, -15, 0, 15)], "0.16 to 0.4"),
    ("dorsiflexion", "ankle_angle_r", 1, ("tibant", "edl", "ehl"), [(0, 0, a) for a in (-30, -15, 0, 15)],
     "0.5 to 0.65"),
    ("toe flexion", "mtp_angle_r", -1, ("fdl", "fhl"), [(0, 0, a) for a in (-30, -15, 0, 15)], "-"),
]


def pose(hip, knee, ankle):
    return {"hip_flexion_r": hip, "knee_angle_r": knee, "ankle_angle_r": ankle}


def crosses(leg, name, coord):
    return abs(leg.length(name, {coord: 10.0}) - leg.length(name, {coord: -10.0})) > 1e-9


def print_arms(leg):
    is_good = True
    for coord, span in SPAN.items():
        print(f"\nmoment arm about {coord} [mm] at", *span, "deg")
        for name in leg.muscle:
            if not crosses(leg, name, coord):
                continue
            arm = np.array([1e3 * leg.arm(name, {coord: float(a)}, coord) for a in span])
            is_good &= bool(np.all(arm > 0) or np.all(arm < 0))
            print(f"  {name:11}", *(f"{a:7.1f}" for a in arm))
    return is_good


def print_fibres(leg):
    print("\nfibre length over a walking cycle [len_opt], activation 0.3 (0.01 in brackets), greatest passive force / f_max")
    for name, m in leg.muscle.items():
        lengths = np.array([leg.length(name, pose(*row[1:])) for row in CYCLE])
        some, none = (mm.fibre(m, lengths, mm.tendon_force(m, lengths, a))[0] for a in (0.3, 0.01))
        push = mm.passive(none, m["passive_shift"], m["passive_strain"]).max()
        print(f"  {name:11} f_max {leg.f_max(name):6.0f} N   {some.min():.2f} to {some.max():.2f}"
              f"   ({none.min():.2f} to {none.max():.2f})   {push:.3f}")


def print_strength(leg):
    mass = mm.si(leg.person["reference"]["mass"])
    print("\ngreatest isometric moment [N m] (per body mass [N m/kg]) at hip/knee/ankle deg; healthy people")
    for what, coord, sign, names, poses, known in STRENGTH:
        row = [(p, sign * float(mm.moment(leg, names, pose(*p), 1.0, coord))) for p in poses]
        each = (f"{'/'.join(map(str, p))}: {t:.0f} ({t / mass:.2f})" for p, t in row)
        print(f"  {what:18}", "   ".join(each), f"  [{known}]")


def print_passive(leg):
    print("\npassive moment of all muscles [N m]")
    for what, coord, fixed, span in (("hip, knee 0", "hip_flexion_r", {}, range(-20, 91, 20)),
                                     ("knee, hip 0", "knee_angle_r", {}, range(-120, 1, 20)),
                                     ("ankle, knee 0", "ankle_angle_r", {}, range(-30, 31, 10)),
                                     ("ankle, knee 75", "ankle_angle_r", {"knee_angle_r": -75.0}, range(-30, 31, 10))):
        row = [(a, float(mm.moment(leg, leg.muscle, {**fixed, coord: float(a)}, 0.0, coord))) for a in span]
        print(f"  {what:15}", "  ".join(f"{a}: {t:.1f}" for a, t in row))


def print_subtalar(leg):
    print("\nlever about the subtalar axis, + inversion [mm], and the moment at f_max [N m]")
    for name, m in leg.muscle.items():
        if "subtalar_arm" in m:
            print(f"  {name:11} {1e3 * m['subtalar_arm']:7.1f} {m['subtalar_arm'] * leg.f_max(name):7.1f}")


def main():
    leg = mm.Leg()
    is_good = print_arms(leg)
    print_fibres(leg)
    print_strength(leg)
    print_passive(leg)
    print_subtalar(leg)
    print("\nwalking at 1.33 m/s: cycle [%], activation, triceps force [N], tendon strain [%], soleus fibre [len_opt]")
    for r in mm.Calf(leg).walk()[::6]:
        row = r["t"], r["act"], r["achilles"], 100 * r["strain"], r["length"]["soleus"]
        print("  {:4.0f} {:6.2f} {:6.0f} {:5.1f} {:6.2f}".format(*row))
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
