#!/usr/bin/env python3
"""Girth of calf, ankle and lower thigh by height, mass and age, from ANSUR II; what data/shape.toml and its tests hold.

    tools/girth_regression.py FOLDER    with ansur2_female.csv and ansur2_male.csv: mm, weightkg in 0.1 kg, Age in years

ln(girth / cm) = constant + height ln(H / m) + mass ln(M / kg) + age x age / yr, by least squares; the age for the calf alone.
"""

import csv
import pathlib
import sys

import numpy as np


def column(rows, name):
    return np.array([float(row[name]) for row in rows])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for sex in ("female", "male"):
        with open(pathlib.Path(sys.argv[1]) / f"ansur2_{sex}.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        size = [np.ones(len(rows)), np.log(column(rows, "stature") / 1000), np.log(column(rows, "weightkg") / 10)]
        for name in ("calfcircumference", "anklecircumference", "lowerthighcircumference"):
            x = np.stack(size + [column(rows, "Age")] if name.startswith("calf") else size, axis=1)
            y = np.log(column(rows, name) / 10)
            k, *_ = np.linalg.lstsq(x, y, rcond=None)
            spread = np.std(y - x @ k, ddof=x.shape[1])
            print(f"{sex} (n = {len(rows)}) {name}: " + ", ".join(f"{v:.4f}" for v in k) + f"; spread {spread:.3f}")


if __name__ == "__main__":
    main()
