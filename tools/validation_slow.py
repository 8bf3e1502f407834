#!/usr/bin/env python3
"""The slow model of a muscle against published results: writes the tables of docs/validation.md.

validation_slow.py [--build DIR] [--calibration] [--points N] [--write]

Runs the rows of data/validation/slow.toml that need the tissue alone, in the lives written there. --calibration: only
the rows that may set a constant. Prints the tables; --write puts each between its marks in the page.
"""

import argparse
import bisect
import csv
import io
import math
import pathlib
import subprocess
import sys
import tomllib

from validation_static import ROOT, table, write

STEP = 0.1  # weeks
HEALTHY_FAT = 0.02  # of the healthy volume, as slow.toml says

# why rows are missed: constants beyond their ranges, and the rows that then say something
EXPERIMENTS = [
    ({"denervated_fat": 0.35}, "D09 D10 D14 D15 D19 D20"),
    ({"denervated_fat": 0.5}, "D09 D10 D14 D15 D19 D20"),
    ({"disuse_fat": 0.15, "fat_time": 1.5}, "D28 D29 D09 D10 D19"),
    ({"toxin_most": 0.9}, "D01 D02 D03 D07 D08 D04b B11"),
    ({"toxin_most": 0.6, "toxin_time": 60.0}, "D01 D02 D03 D07 D08 D04b B11"),
    ({"dead_band": 0.0}, "B11 D04b H10a"),
    ({"sprout_time": 1.0}, "I01 I03 R03"),
    ({"grow_time": 5.0}, "I01 R03 U16a U16b H10a"),
]


class Course:
    """One life at one point of the unknowns: read-outs against weeks."""

    def __init__(self, rows):
        self.week = [float(r["week"]) for r in rows]
        self.column = {k: [float(r[k]) for r in rows] for k in rows[0] if k != "week"}

    def __call__(self, name, week):
        """Linear between the rows."""
        assert self.week[0] <= week <= self.week[-1]
        y = self.column[name]
        k = min(max(bisect.bisect_right(self.week, week) - 1, 0), len(y) - 2)
        t = (week - self.week[k]) / (self.week[k + 1] - self.week[k])
        return y[k] + t * (y[k + 1] - y[k])

    def when(self, name, level, start):
        """First week from `start` on at which a column has reached a level."""
        for week, value in zip(self.week, self.column[name]):
            if week >= start and value >= level:
                return week
        return math.nan


def percent(name):
    """Against a later week, or against the healthy muscle, which is 1."""
    return lambda c, week, since: 100.0 * (c(name, week) / (c(name, since) if since > 0.0 else 1.0) - 1.0)


def fat(c, week, since):
    share = lambda w: (HEALTHY_FAT + c("fat", w)) / c("total", w)
    return 100.0 * (share(week) / share(since) - 1.0) if since > 0.0 else 100.0 * share(week)


def return_constant(c, week, since):
    """From the first week with a twentieth of the strength regained to 1 - 1/e of it, less the time that e-folds take
    to a twentieth: the constant of an exponential return."""
    least, end = min(c.column["capacity"]), c("capacity", week)
    first = c.when("capacity", least + 0.05 * (end - least), c.week[c.column["capacity"].index(least)])
    return (c.when("capacity", least + (1.0 - math.exp(-1.0)) * (end - least), first) - first) / (1.0 + math.log(0.95))


def half_return(c, week, since):
    lowest = min(c.column["capacity"])
    return c.when("capacity", 0.5 * (1.0 + lowest), c.week[c.column["capacity"].index(lowest)])


MEASURES = {
    "total": percent("total"),
    "total_share": lambda c, week, since: 100.0 + percent("total")(c, week, since),
    "section": percent("section"),
    "strength": percent("capacity"),
    "drive": percent("drive"),
    "length": percent("length"),
    "strength_over_size": lambda c, week, since: (1.0 - c("capacity", week)) / (1.0 - c("total", week)),
    "without_nerve": lambda c, week, since: 100.0 * (1.0 - c("nerve", week)),
    "fat": fat,
    "return_constant": return_constant,
    "half_return": half_return,
}


class Study:
    """Lives run by slow_study, each once for one set of constants."""

    def __init__(self, build, data):
        subprocess.run(["ninja", "-C", build, "surae_slow_study"], check=True, capture_output=True)
        self.program, self.life, self.done = build / "surae_slow_study", data["life"], {}
        self.weeks = {}
        for row in data["row"]:
            for name in lives_of(row):
                self.weeks[name] = max(self.weeks.get(name, 0.0), row["week"])

    def commands(self, name, constants, points):
        life, out = self.life[name], []
        steps = list(life["steps"])
        if "beside" in life:
            steps = self.life[life["beside"]]["steps"]
            out.append("beside %g" % life["share"])
        for week, what, value in steps:
            out.append("at %g %s %g" % (week, what, value))
        out = ["set %s %.17g" % item for item in constants.items()] + out
        return out + ["points %d" % points, "run %g %g" % (math.ceil(self.weeks[name]) + 1, STEP)]

    def courses(self, name, constants=None, points=0):
        constants = constants or {}
        key = (name, tuple(sorted(constants.items())), points)
        if key not in self.done:
            lines = "\n".join(self.commands(name, constants, points)) + "\n"
            run = subprocess.run([self.program], input=lines, capture_output=True, text=True)
            if run.returncode:
                sys.exit("validation_slow: %s: %s" % (name, run.stderr.strip()))
            by_point = {}
            for r in csv.DictReader(io.StringIO(run.stdout)):
                by_point.setdefault(r.pop("point"), []).append(r)
            self.done[key] = [Course(rows) for rows in by_point.values()]
        return self.done[key]

    def values(self, row, constants=None, points=0):
        """What a row measures, at every point."""
        measure, since = MEASURES[row["measure"]], row.get("since", 0.0)
        one = lambda name: [measure(c, row["week"], since) for c in self.courses(name, constants, points)]
        if "of" in row:
            parts = [(weight, one(name)) for name, weight in row["of"]]
            return [sum(w * v[k] for w, v in parts) for k in range(len(parts[0][1]))]
        if "over" in row:
            return [100.0 * a / b for a, b in zip(one(row["life"]), one(row["over"]))]
        return one(row["life"])


def lives_of(row):
    if row["needs"] != "tissue":
        return []
    return [name for name, _ in row["of"]] if "of" in row else [row["life"]] + ([row["over"]] if "over" in row else [])


def is_met(row, value):
    return row["band"][0] <= value <= row["band"][1]


def quantile(values, p):
    """Hazen's rule, as sr_sample_quantiles."""
    v = sorted(values)
    at = min(max(p * len(v) - 0.5, 0.0), len(v) - 1.0)
    k = min(int(at), len(v) - 2)
    return v[k] + (at - k) * (v[k + 1] - v[k])


def show(value):
    return "%.1f" % value if abs(value) >= 10.0 else "%.2g" % value if abs(value) < 1.0 else "%.1f" % value


def rows_table(study, rows, points):
    out = []
    for row in rows:
        value, spread = study.values(row)[0], study.values(row, points=points) if points else None
        week = "%g to %g" % (row["since"], row["week"]) if "since" in row else "%g" % row["week"]
        band = "%s to %s" % (show(row["band"][0]), show(row["band"][1]))
        ours = "%s to %s" % (show(quantile(spread, 0.05)), show(quantile(spread, 0.95))) if spread else ""
        published = "" if row["published"] == 0 else show(row["published"])
        out.append([row["id"], row["used"], "%s: %s" % (row["intervention"], row["quantity"]), week, published, row["unit"],
                    band, show(value), ours, "met" if is_met(row, value) else "**missed**"])
    head = ["row", "used for", "what", "weeks", "published", "unit", "band", "ours", "ours, 5% to 95%", ""]
    return table(head, out)


def ends_of(row):
    """Ends of what a constant may be: its range, or 5% and 95%. None: certain, or a spread between people."""
    if "range" in row:
        return row["range"]
    if "sdlog" in row:
        return [row["value"] * math.exp(s * 1.645 * row["sdlog"]) for s in (-1.0, 1.0)]
    return None


def ends_of_constants():
    """Each uncertain constant of data/tissue.toml and two values of it, in the unit that `set` takes."""
    with open(ROOT / "data/tissue.toml", "rb") as f:
        tables = tomllib.load(f)
    for name, rows in tables.items():
        if not isinstance(rows, dict) or name == "nerve_length":
            continue
        for key, row in rows.items():
            factor = 1e-3 if row["unit"] == "mm/d" else 1.0
            yield key, [factor * v for v in ends_of(row)]


def misses_table(study, rows):
    """For every row that is missed: which constant moves it most towards its band, and where it is then."""
    out = []
    for row in (r for r in rows if not is_met(r, study.values(r)[0])):
        away = lambda v: max(row["band"][0] - v, v - row["band"][1], 0.0)
        now = study.values(row)[0]
        tries = [(away(study.values(row, {key: v})[0]), key, v) for key, ends in ends_of_constants() for v in ends]
        best = sorted(t for t in tries if t[0] < away(now) - 1e-9)[:2]
        words = "; ".join("%s = %s: %s" % (key, show(v), show(study.values(row, {key: v})[0])) for _, key, v in best)
        lost = []
        for _, key, v in best[:1]:
            lost = [r["id"] for r in rows if is_met(r, study.values(r)[0]) and not is_met(r, study.values(r, {key: v})[0])]
        out.append([row["id"], show(now), "%s to %s" % tuple(map(show, row["band"])), words or "none moves it nearer",
                    ", ".join(lost) or "none"])
    head = ["row", "ours", "band", "the two constants that move it nearest, at an end of their range, and ours then",
            "rows that the first of them would lose"]
    return table(head, out)


def unscored_table(rows):
    """Neither here nor with the whole leg (tools/validation_life.py)."""
    out = [[r["id"], "%s: %s" % (r["intervention"], r["quantity"]), r["why"]] for r in rows if r["needs"] == "nothing"]
    return table(["row", "what", "not compared here, because"], out)


def experiments_table(study, rows):
    by_id, out = {r["id"]: r for r in rows}, []
    for constants, ids in EXPERIMENTS:
        word = lambda r, v: "%s %s%s" % (r["id"], show(v), "" if is_met(r, v) else " (missed)")
        found = [by_id[i] for i in ids.split()]
        out.append([", ".join("%s = %s" % (k, show(v)) for k, v in constants.items()),
                    "; ".join(word(r, study.values(r)[0]) for r in found),
                    "; ".join(word(r, study.values(r, constants)[0]) for r in found)])
    return table(["constants", "rows as they are", "rows then"], out)


def sections(study, data, points, only_calibration):
    rows = [r for r in data["row"] if r["needs"] == "tissue" and (r["used"] == "calibration" or not only_calibration)]
    met = {use: [is_met(r, study.values(r)[0]) for r in rows if r["used"] == use] for use in ("calibration", "check")}
    tally = ", ".join("%d of %d %s rows met" % (sum(v), len(v), use) for use, v in met.items() if v)
    parts = {"slow": [tally + ".", ""] + rows_table(study, rows, points), "slow-misses": misses_table(study, rows)}
    if not only_calibration:
        parts["slow-experiments"] = experiments_table(study, rows)
        parts["slow-unscored"] = unscored_table(data["row"])
    return {name: "\n".join(lines) for name, lines in parts.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--calibration", action="store_true")
    parser.add_argument("--points", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    with open(ROOT / "data/validation/slow.toml", "rb") as f:
        data = tomllib.load(f)
    parts = sections(Study(a.build, data), data, a.points, a.calibration)
    for name, body in parts.items():
        print("## %s\n%s" % (name, body))
    if a.write:
        write(parts, "tools/validation_slow.py --write")


if __name__ == "__main__":
    main()
