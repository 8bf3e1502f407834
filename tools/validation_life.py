#!/usr/bin/env python3
"""Whole lives, muscle and movement together, against published results: writes the tables of docs/validation.md.

validation_life.py [--build DIR] [--runs DIR] [--write] [--only PART,...]

Runs `surae course` for the girth and ankle rows of data/validation/slow.toml, for the examples, and for what the
product claims. What was run is kept in the folder of --runs, by the digest of sources, constants and scenario, so that
a second call costs nothing. Where a constant is changed, a program is linked that holds the changed data and is the
same otherwise. Prints the tables; --write puts each between its marks in the page.
"""

import argparse
import concurrent.futures
import hashlib
import json
import math
import os
import pathlib
import re
import resource
import shlex
import subprocess
import sys
import threading
import tomllib

from validation_slow import ends_of, show
from validation_static import ROOT, table, write

# --- runs -------------------------------------------------------------------------------------------------------------


def tables_of(name):
    """Of data/<name>.toml."""
    with open(ROOT / "data" / (name + ".toml"), "rb") as f:
        return {t: rows for t, rows in tomllib.load(f).items() if isinstance(rows, dict)}


def section_of(name, key):
    """The table that holds a constant; it is in one only. None: not in this file."""
    found = [t for t, rows in tables_of(name).items() if isinstance(rows.get(key), dict)]
    assert len(found) <= 1, (name, key, found)
    return found[0] if found else None


def changed_data(constants):
    """Texts of data/*.toml in which "file:key" or "file:table:key" has another value, and is certain."""
    texts = {p.name: p.read_text() for p in (ROOT / "data").glob("*.toml")}
    for constant, value in constants.items():
        name, *where, key = constant.split(":")
        lines = texts[name + ".toml"].split("\n")
        start = lines.index("[%s]" % (where[0] if where else section_of(name, key)))
        at = next(k for k in range(start, len(lines)) if lines[k].startswith(key + " = {"))
        old, new = (r"\[[^]]*\]", json.dumps(value)) if isinstance(value, list) else ("[^,]+", "%.10g" % value)
        line = re.sub("value = " + old, "value = " + new, lines[at], count=1)
        lines[at] = re.sub(r", (range = \[[^]]*\]|sdlog = [^,]+|sd = [^,]+)", "", line)
        texts[name + ".toml"] = "\n".join(lines)
    return texts


class Runs:
    """Results of `surae course`, each computed once."""

    def __init__(self, build, folder):
        subprocess.run(["ninja", "-C", build, "surae"], check=True, capture_output=True)
        self.build, self.folder, self.count = build.resolve(), folder, 0
        folder.mkdir(parents=True, exist_ok=True)
        self.building = threading.Lock()
        sources = sorted(p for p in (ROOT / "src").rglob("*.[ch]") if not p.name.endswith("_test.c"))
        self.sources = hashlib.sha256()
        for path in sources + sorted((ROOT / "data").glob("*.toml")):
            self.sources.update(b" ".join(path.read_bytes().split()))  # whatever its layout

    def program(self, constants):
        if not constants:
            return self.build / "surae"
        name = hashlib.sha256(json.dumps(constants, sort_keys=True).encode()).hexdigest()[:12]
        work = self.folder / ("data-" + name)
        work.mkdir(exist_ok=True)
        for file, text in changed_data(constants).items():
            (work / file).write_text(text)
        c, program = work / "data.c", work / "surae"
        subprocess.run([sys.executable, ROOT / "tools/embed.py", work, c, work / "data.d"], check=True)
        # the changed data come before those of the library, which are then not taken
        subprocess.run(["cc", "-std=c17", "-I", ROOT / "src", "-o", program, c, self.build / "surae.p/src_cli_main.c.o",
                        self.build / "libsurae.a", *shlex.split("-lmetis -lm")], check=True)
        return program

    def __call__(self, text, constants=None):
        digest = self.sources.copy()
        digest.update(json.dumps([text, constants or {}], sort_keys=True).encode())
        kept = self.folder / (digest.hexdigest()[:20] + ".json")
        if not kept.exists():
            scenario = kept.with_suffix(".toml")
            scenario.write_text(text)
            with self.building:
                program = self.program(constants)
            run = subprocess.run([program, "course", scenario, "--json"], capture_output=True, text=True)
            if run.returncode:
                sys.exit("validation_life: %s\n%s" % (run.stderr.strip(), text))
            self.count += 1
            part = kept.with_suffix(".part")
            part.write_text(run.stdout)
            part.rename(kept)
            scenario.unlink()
        return Life(json.loads(kept.read_text()))


    def ahead(self, lives):
        """What will be asked for, several at a time: (scenario, constants)."""
        different = {json.dumps(x, sort_keys=True): x for x in lives}.values()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda x: self(*x), different))


class Life:
    """A result, read by week. Of a week with interventions the epoch before them."""

    def __init__(self, result):
        self.result = result

    def epoch(self, week, of="epochs"):
        return next(e for e in self.result[of] if e["week"] == week)

    def leg(self, week, side="right", of="epochs"):
        return self.epoch(week, of)[side]

    def get(self, name, week, side="right", of="epochs"):
        return self.leg(week, side, of)[name]

    def banded(self, name, week, side="right"):
        leg = self.leg(week, side)
        return leg[name], leg[name + "_p05"], leg[name + "_p95"]

    def volume(self, muscle, week, side="right", of="epochs"):
        return self.leg(week, side, of)["muscles"][muscle]["total_volume_ml"]

    def force(self, muscle, week, side="right"):
        return self.leg(week, side)["muscles"][muscle]["max_force_N"]

    def weeks(self, of="epochs"):
        return sorted({e["week"] for e in self.result[of]})

    def influences(self, outcome):
        return [i for i in self.result["influences"] if i["outcome"] == outcome]


# assumption for women who are not described: 20 to 35 yr, 155 to 168 cm, 46 to 62 kg
WOMAN = {"sex": "female", "age_yr": 27, "height_cm": 160, "mass_kg": 52}
TOLD = [2, 26, 104]  # weeks of the table of examples
GRID = [0, 2, 6, 13, 26, 52, 104]  # weeks that are read
BOTH_HEADS = ["nerve_to_gasmed", "nerve_to_gaslat"]


def toml(value):
    return json.dumps(value)


def scenario(last, *interventions, person=WOMAN, habits=(), weeks=None):
    """A life up to a week, on the grid unless it is given."""
    weeks = weeks or [w for w in GRID if w < last] + [last]
    lines = ['schema = "surae-scenario/1"', "[person]"] + ["%s = %s" % (k, toml(v)) for k, v in person.items()]
    for title, items in (("habits", habits), ("intervention", interventions)):
        for item in items:
            lines += ["[[%s]]" % title] + ["%s = %s" % (k, toml(v)) for k, v in item.items()]
    return "\n".join(lines + ["[run]", "weeks = %s" % toml(sorted(weeks)), 'tasks = ["stand"]', ""])


def done(kind, target, side="both", week=0, **more):
    return {"week": week, "kind": kind, "target": target, "side": side, **more}


def example(name, weeks=None):
    """Its scenario, by default also at the weeks of the table."""
    text = (ROOT / "examples" / (name + ".toml")).read_text()
    weeks = weeks or sorted({*tomllib.loads(text)["run"]["weeks"], *TOLD})
    text = re.sub(r"(?m)^more_(weeks|tasks) = .*\n", "", text)  # what is looked at in some weeks only is no matter here
    return re.sub(r"(?m)^weeks = \[[^]]*\]", "weeks = %s" % toml(weeks), text, count=1)


# --- rows of slow.toml ------------------------------------------------------------------------------------------------


def change(week, side="right"):
    return lambda life: life.banded("girth_change_cm", week, side)


def ankle(week):
    return lambda life: (life.get("dorsiflexion_deg", week), None, None)


def weeks_smaller(life):
    """The last week at which a tape could still tell, 1 mm (assumption 0.5 to 2), straight between the epochs."""
    at = [(w, life.get("girth_change_cm", w)) for w in life.weeks()]
    last = max(k for k, (_, c) in enumerate(at) if c < -0.1)
    if last == len(at) - 1:
        return at[-1][0], None, None
    (w0, c0), (w1, c1) = at[last], at[last + 1]
    return w0 + (w1 - w0) * (-0.1 - c0) / (c1 - c0), None, None


def share_at(week, end):
    return lambda life: (100.0 * life.get("girth_change_cm", week) / life.get("girth_change_cm", end), None, None)


# weeks at which movement and tissue meet: those of data/loads.toml and between them, and every other one
TWICE = [0.07, 0.14, 1, 2, 4, 6, 9.5, 13, 19.5, 26, 39, 52, 78, 104, 182, 260]
HALF = [2, 13, 52, 260]
TOLD_ALONE = [0, *TOLD]
SHAVED = {"gasmed": 159, "gaslat": 93}  # grams of a leg
FIBULAR = ["tibant", "edl", "ehl", "perlong", "perbrev"]


def of_people(**more):
    return dict(WOMAN, **more)


def toxin(last, dose, target=("gasmed", "gaslat"), weeks=None, **person):
    return scenario(last, done("toxin", list(target), dose_U=dose), person=of_people(**person), weeks=weeks)


def shaved(share=0.85, **person):
    grams = {m: round(g * share / 0.85) for m, g in SHAVED.items()}
    return scenario(26, *[done("resect", [m], mass_g=g) for m, g in grams.items()], person=of_people(**person))


def n01(soleus=0.5, **person):
    return scenario(60.8, done("transect", ["nerve_to_gasmed"]),
                    done("transect", ["nerve_to_soleus"], fraction=soleus), person=of_people(calf_girth_cm=34.1, **person))


def b08(dose, mass_kg=62):
    return toxin(8, dose, mass_kg=mass_kg, calf_girth_cm=36.35)


# row: scenario, what is read, who and what is assumed
ROWS = {
    "N01": (n01(), change(60.8), "34.1 cm before as printed"),
    "N15": (example("medial_head"), change(26), "girth from the population, 33.7 cm; week 26"),
    "B03": (example("toxin"), change(13), "200 units per leg, both heads (100 to 300 printed, not whether per leg)"),
    "B04": (example("toxin"), change(26), "the same, before the second injection"),
    "B08": (b08(60), change(8), "36.35 cm as printed, 62 kg: the mass that goes with it; both heads"),
    "B09": (b08(100), change(8), "as B08"),
    "B02": (toxin(52, 48, ["gasmed"]), weeks_smaller,
            "48 units into the medial head; smaller by more than 1 mm"),
    "B10": (None, None, "both heads; 160 less 200 units"),
    "X10": (shaved(), change(26), "85% of each head, 252 g a leg (70 to 100%)"),
    "N17": (example("article", [0, 4.3, 13, 104]), share_at(4.3, 104), "both heads; week 4.3 over week 104; at 13 weeks (N18): "),
    "D26": (scenario(52, done("transect", ["common_fibular"], side="right")), None, "common fibular nerve of one leg"),
    "C01": (example("article"), ankle(104), "both heads; passive dorsiflexion, 20.4 before"),
    "C03": (scenario(104, done("ablate", BOTH_HEADS)), ankle(26), "both branches burned; before: 20.4"),
}


def read_row(runs, row):
    text, measure, who = ROWS[row["id"]]
    if row["id"] == "B10":
        low, high = (runs(toxin(12, dose)).get("girth_change_cm", 12) for dose in (160, 200))
        return (low - high, None, None), who + "; %.3f and %.3f cm" % (low, high)
    life = runs(text)
    if row["id"] == "D26":
        volume = [sum(life.leg(w)["muscles"][m][v] for m in FIBULAR) for w in (0, 52)
                  for v in ("total_volume_ml", "contractile_volume_ml")]
        girth = life.get("girth_change_cm", 52) / life.get("girth_max_cm", 0)
        section = volume[2] / volume[0] - 1.0
        return (girth / section, None, None), who + "; girth %.1f%%, volume of its muscles %.0f%%, what contracts %.0f%%" % (
            100.0 * girth, 100.0 * section, 100.0 * (volume[3] / volume[1] - 1.0))
    if row["id"] == "N17":
        who += "%.0f%%" % share_at(13, 104)(life)[0]
    return measure(life), who


def told(row, value):
    return "%.2f" % value if row["unit"] == "cm" else show(value)


def verdict(row, value):
    return "" if "band" not in row else "met" if row["band"][0] <= value <= row["band"][1] else "**missed**"


def rows_part(runs, rows):
    runs.ahead([(ROWS[row["id"]][0], None) for row in rows if ROWS[row["id"]][0]])
    out, met = [], []
    for row in rows:
        (value, low, high), who = read_row(runs, row)
        word = verdict(row, value)
        met += [word == "met"] if word else []
        two = lambda a, b: "%s to %s" % (told(row, a), told(row, b))
        published = "" if row["published"] == 0 and "band" not in row else told(row, row["published"])
        ours = "" if low is None else two(low, high)
        overlap = "" if not word or not ours else "yes" if low <= row["band"][1] and high >= row["band"][0] else "no"
        out.append([row["id"], "%s: %s" % (row["intervention"], row["quantity"]), "%g" % row["week"], published,
                    two(*row["band"]) if "band" in row else "", row["unit"], told(row, value), ours, word, overlap, who])
    head = ["row", "what", "week", "published", "band", "unit", "ours", "ours, 5% to 95%", "", "bands meet",
            "who, and what is assumed"]
    return ["%d of %d rows with a band met; every one is a check." % (sum(met), len(met)), ""] + table(head, out)


# --- why rows are missed ----------------------------------------------------------------------------------------------

# row: what else could be so: words, scenario, constants
TRIES = {
    "N01": [
        ("the soleus loses 70% instead of half", n01(0.7), None),
        ("no sprouts: `unit_most` = 1", n01(), {"tissue:unit_most": 1.0}),
        ("nothing grows: `size_most` = 1", n01(), {"tissue:size_most": 1.0}),
        ("she weighs 48 kg, so has less fat and muscle", n01(mass_kg=48), None),
        ("she weighs 58 kg", n01(mass_kg=58), None),
        ("`softness` = 0: a dent where the muscle was", n01(), {"shape:muscle:softness": 0.0}),
        ("`softness` = 1", n01(), {"shape:muscle:softness": 1.0}),
    ],
    "N15": [
        ("all of the medial head taken out",
         scenario(26, done("resect", ["gasmed"], mass_g=400)), None),
        ("the same, and nothing grows: `size_most` = 1",
         scenario(26, done("resect", ["gasmed"], mass_g=400)), {"tissue:size_most": 1.0}),
        ("both heads cut instead of one", example("article"), None),
        ("37 cm before and 65 kg",
         scenario(26, done("transect", ["nerve_to_gasmed"]), person=of_people(calf_girth_cm=37, mass_kg=65)), None),
        ("nothing grows and nothing fills: `size_most` = 1, `denervated_fat` = `denervated_scar` = `residue` = 0",
         scenario(26, done("transect", ["nerve_to_gasmed"])),
         {"tissue:size_most": 1.0, "tissue:denervated_fat": 0.0, "tissue:denervated_scar": 0.0, "tissue:residue": 0.0}),
        ("she loses 4 kg in the half year",
         scenario(26, done("transect", ["nerve_to_gasmed"]),
                  habits=[{"week": 0}, {"week": 1, "energy_intake_kcal_per_day": 1450}]), None),
    ],
}
OTHER_NAME = {"fat_exponent": "shape:fat:exponent", "softness": "shape:muscle:softness"}  # in the data


def place_of(constant):
    """A constant that `influences` names: how a changed program calls it, and its row. It may be of a person alone."""
    if constant in OTHER_NAME:
        name, section, key = OTHER_NAME[constant].split(":")
        return OTHER_NAME[constant], tables_of(name)[section][key]
    for name in ("tissue", "energy"):
        section = section_of(name, constant)
        if section:
            return "%s:%s" % (name, constant), tables_of(name)[section][constant]
    return None, {}


def influence_tries(life, row, text):
    """Each constant that explains the girth at half a year, at the end that leads towards the band."""
    for i in life.influences("girth_change_cm_right_week_26"):
        key, row_of_it = place_of(i["unknown"])
        two = ends_of(row_of_it)
        if two is None:
            continue
        wants_more = row["band"][0] > life.get("girth_change_cm", row["week"])
        value = two[(i["rank_correlation"] > 0.0) == wants_more]
        yield "`%s` = %s" % (i["unknown"], show(value)), text, {key: value}


def misses_part(runs, rows):
    out = []
    for row in rows:
        (value, _, _), _ = read_row(runs, row)
        if verdict(row, value) != "**missed**":
            continue
        text = ROWS[row["id"]][0]
        tries = list(influence_tries(runs(text), row, text)) + TRIES.get(row["id"], [])
        runs.ahead([(other, constants) for _, other, constants in tries])
        for words, other, constants in tries:
            life = runs(other, constants)
            now = life.get("girth_change_cm", row["week"])
            out.append([row["id"], "%.2f to %.2f" % tuple(row["band"]), "%.2f" % value, words, "%.2f" % now,
                        "met" if verdict(row, now) == "met" else ""])
    return table(["row", "band", "ours", "instead", "ours then", ""], out)


# --- examples ---------------------------------------------------------------------------------------------------------

EXAMPLES = {"article": "right", "weight_gain": "right", "medial_head": "right", "wrong_nerve": "right",
            "one_leg": "right", "toxin": "right", "neurotomy": "right", "cast": "left", "nothing": "right"}


def examples_part(runs):
    runs.ahead([(example(name), None) for name in EXAMPLES])
    out = []
    for name, side in EXAMPLES.items():
        life = runs(example(name))
        for week in TOLD:
            c = life.banded("girth_change_cm", week, side)
            control = life.leg(week, side, "control")
            out.append(["%s, %s" % (name, side), "%g" % week, "%.1f" % life.get("girth_max_cm", week, side),
                        "%+.2f" % c[0], "%+.2f to %+.2f" % c[1:], "%+.2f" % control["girth_change_cm"],
                        *["%.0f (%+.1f%%)" % (life.volume(m, week, side),
                                              100.0 * (life.volume(m, week, side) / life.volume(m, 0, side) - 1.0))
                          for m in ("soleus", "gasmed")],
                        "%.1f (%+.1f)" % (life.get("dorsiflexion_deg", week, side),
                                          life.get("dorsiflexion_deg", week, side) - life.get("dorsiflexion_deg", 0, side)),
                        "%.1f" % life.epoch(week)["body"]["mass_kg"]])
    head = ["example, leg", "week", "girth, cm", "change", "5% to 95%", "without intervention", "soleus, ml",
            "medial head, ml", "passive dorsiflexion, deg", "mass, kg"]
    return table(head, out)


# --- claims -----------------------------------------------------------------------------------------------------------


def claims_part(runs):
    article, gain, toxin_life, burn = (runs(x) for x in (example("article"), example("weight_gain"), example("toxin"),
                                                         ROWS["C03"][0]))
    off = lambda weeks, constants, name="article": runs(example(name, weeks), constants)
    calm = off([0, 0.14, 2], {"tissue:wound_pain": 0.0, "tissue:sore": 0.0})
    kept = off([0, 2], {"tissue:size_least": 1.0, "tissue:denervated_time": 1e6, "tissue:denervated_fat": 0.0,
                        "tissue:denervated_scar": 0.0, "tissue:swelling": 0.0})
    stiff = off(TOLD_ALONE, {"tissue:contraction": 0.30, "tissue:scar_stiffness": 15.0})
    soft = off(TOLD_ALONE, {"tissue:contraction": 0.0, "tissue:scar_stiffness": 0.0})
    even = off(TOLD_ALONE, {"shape:fat:exponent": 0.0}, "weight_gain")
    flat = off(TOLD_ALONE, {"tissue:size_most": 1.0})
    tight, old = (off(TOLD_ALONE, {"shape:skin:elastic": x}) for x in (0.0, 0.03))
    girth = lambda life, week: life.get("girth_change_cm", week)
    first = lambda life, week: "soreness %.0f%%, effort that pain allows %.0f%%" % (
        life.get("calf_soreness_percent", week), life.get("effort_that_pain_allows_percent", week))
    angle = lambda life, week: life.get("dorsiflexion_deg", week) - life.get("dorsiflexion_deg", 0)
    grown = lambda life, week: 100.0 * (life.volume("soleus", week) / life.volume("soleus", 0) - 1.0)
    head = lambda life, week: "%.0f%%" % (100.0 * life.leg(week)["muscles"]["gasmed"]["max_force_N"]
                                          / life.leg(0)["muscles"]["gasmed"]["max_force_N"])
    mass = lambda life: life.epoch(104)["body"]["mass_kg"] - life.epoch(0)["body"]["mass_kg"]
    out = [
        ["S3 early weakness and soreness, better in 2 to 3 weeks",
         "next day: %s; 2 weeks: %s; 6 weeks: %s" % tuple(first(article, w) for w in (0.14, 2, 6)),
         "`wound_pain` = `sore` = 0, next day: " + first(calm, 0.14), "early_pain_and_soreness_fade_and_go_with_their_constants",
         "shown, from assumed constants"],
        ["S4 wasting shows at 2 weeks", "girth %+.2f cm (%+.2f to %+.2f)" % article.banded("girth_change_cm", 2),
         "nothing wastes, nor swells: %+.2f cm" % girth(kept, 2), "wasting_shows_at_two_weeks_and_goes_with_its_mechanism",
         "shown"],
        ["S7 dorsiflexion may suffer", "%+.1f deg at half a year, %+.1f at two years" % (angle(article, 26), angle(article, 104)),
         "`contraction` = `scar_stiffness` = 0: %+.1f deg at two years; both at their high ends: %+.1f"
         % (angle(soft, 104), angle(stiff, 104)),
         "contracture_comes_from_scar_and_from_a_short_cast", "shown; the referred cases (C01) are far beyond"],
        ["S9 a cut nerve does not recover",
         "force of the medial head %s of before after 5 years" % head(article, 260),
         "burned instead, so that axons may grow: %s after half a year, %s after 2 years; toxin, 2.5 years after the last of four: %s"
         % (head(burn, 26), head(burn, 104), head(toxin_life, 208)),
         "a_full_cut_never_comes_back, toxin_saturates_with_dose_and_wears_off", "shown"],
        ["S10 weight makes the calf thick again",
         "%+.1f kg in two years: girth %+.2f instead of %+.2f cm, %.0f%% of what was lost; without operation %+.2f cm"
         % (mass(gain), girth(gain, 104), girth(article, 104), 100.0 * (1.0 - girth(gain, 104) / girth(article, 104)),
            gain.get("girth_change_cm", 104, of="control")),
         "the layer does not follow (`exponent` = 0): %+.2f cm; she keeps her weight: %+.2f cm" % (girth(even, 104), girth(article, 104)),
         "six_kilograms_of_weight_thicken_the_calf_by_less_than_a_centimetre", "shown, in part"],
        ["S11 skin sags", "reserve %.1f%% at half a year, %.1f%% at two years" % tuple(
            article.get("skin_reserve_percent", w) for w in (26, 104)),
         "skin that shortens by 3%% (`elastic`, the low end) instead of 8: %.1f%% at two years; that never does: %.1f%%"
         % (old.get("skin_reserve_percent", 104), tight.get("skin_reserve_percent", 104)),
         "skin_is_left_over_when_the_calf_is_gone_and_not_before",
         "not supported: the surface shrinks by less than skin shortens by itself"],
        ["S12 the soleus grows and the calf is thick again",
         "soleus %+.1f%% at half a year, %+.1f%% at two years" % (grown(article, 26), grown(article, 104)),
         "`size_most` = 1: %+.1f%% at two years, girth %+.2f instead of %+.2f cm" % (grown(flat, 104), girth(flat, 104), girth(article, 104)),
         "fat_and_growth_go_with_their_constants", "growth shown; it makes up for %.0f%% of the girth" % (
             100.0 * (1.0 - girth(article, 104) / girth(flat, 104)))],
    ]
    return table(["claim", "in the life of examples/article.toml", "with its mechanism off", "test of the mechanism", ""],
                 [[*row[:3], ", ".join("`%s`" % x for x in row[3].split(", ")), row[4]] for row in out])


# --- numbers ----------------------------------------------------------------------------------------------------------


def numbers_part(runs):
    on = lambda text, grid: runs(text, {"loads:coupling:grid": grid})
    runs.ahead([(x, y) for x in (example("article"), toxin(13, 200))
                for y in (None, {"loads:coupling:grid": TWICE}, {"loads:coupling:grid": HALF})])
    own, twice, half = runs(example("article")), on(example("article"), TWICE), on(example("article"), HALF)
    out = []
    for what, read in (("girth, cm", lambda x, w: x.get("girth_max_cm", w)),
                       ("change of girth, cm", lambda x, w: x.get("girth_change_cm", w)),
                       ("soleus, ml", lambda x, w: x.volume("soleus", w)),
                       ("greatest force of iliopsoas, N", lambda x, w: x.force("iliopsoas", w)),
                       ("passive dorsiflexion, deg", lambda x, w: x.get("dorsiflexion_deg", w))):
        for week in (26, 104):
            y, t, h = (read(x, week) for x in (own, twice, half))
            out.append([what, "%g" % week, "%.4g" % h, "%.4g" % y, "%.4g" % t, "%.2f%%" % (100.0 * abs(h / y - 1.0)),
                        "%.2f%%" % (100.0 * abs(t / y - 1.0))])
    coarse, usual, fine = (x.get("girth_change_cm", 13) for x in (on(toxin(13, 200), HALF), runs(toxin(13, 200)),
                                                                  on(toxin(13, 200), TWICE)))
    toxin_line = ("After 200 units of toxin the girth changes by %.3f cm at week 13, by %.3f with twice as many steps, by %.3f "
                  "with half as many." % (usual, fine, coarse))
    lines = table(["", "week", "%d steps" % len(HALF), "as it is", "%d steps" % len(TWICE), "half", "twice"], out)
    return lines + [toxin_line, ""] + gain_lines(runs) + mirror_lines(runs)


RUN_MORE = 5.0  # km a week, from week 2 to week 13: some 1% more soleus (0.5 to 2%)


def gain_lines(runs):
    text = example("article")
    life = runs(text)
    more = runs(text.replace("[[intervention]]", "[[habits]]\nweek = 2\nrunning_km_per_week = %g\n[[habits]]\nweek = 13\n"
                             "running_km_per_week = 0\n[[intervention]]" % RUN_MORE, 1))
    weeks = [13, 26, 52, 104, 260]
    ratio = [more.volume("soleus", w) / life.volume("soleus", w) - 1.0 for w in weeks]
    muscles = [m for m in life.leg(104)["muscles"] if life.force(m, 104) > 0.0]
    most = max(abs(more.force(m, 104) / life.force(m, 104) - 1.0) for m in muscles)
    # a difference dies as exp(-(1 - gain) t / time of growth)
    grow_time = tables_of("tissue")["load"]["grow_time"]["value"]
    gain = 1.0 + grow_time * math.log(ratio[1] / ratio[0]) / (weeks[1] - weeks[0])
    return ["**Gain of the loop.** She runs %g km a week from week 2 to 13 and no more: the soleus is then %.2f%% larger. Of that"
            % (RUN_MORE, 100.0 * ratio[0]),
            "difference there is " + ", ".join("%.1f%% at week %g" % (100.0 * r / ratio[0], w)
                                               for r, w in zip(ratio[1:], weeks[1:]))
            + "; no muscle's force differs by more than %.3f%% at week 104." % (100.0 * most),
            "Over the time constant of growth, %g weeks, that is a gain of %.2f: a difference makes itself smaller." % (grow_time, gain),
            ""]


def mirrored(text):
    return re.sub(r'(?m)^side = "right"', 'side = "left"', text)


def leaves(x, name=""):
    """The numbers in a part of a result, in the order of their names."""
    if isinstance(x, dict):
        for key in sorted(x):
            yield from leaves(x[key], name + " " + key)
    elif isinstance(x, list):
        for k, part in enumerate(x):
            yield from leaves(part, "%s %d" % (name, k))
    elif isinstance(x, (int, float)):
        yield name.strip(), x


def mirror_lines(runs):
    right, left = runs(example("one_leg")), runs(mirrored(example("one_leg")))
    numbers, bits, most = 0, 0, (0.0, "")
    for of in ("epochs", "control"):
        for a, b in zip(right.result[of], left.result[of]):
            for side, other in (("left", "right"), ("right", "left")):
                for (name, x), (_, y) in zip(leaves(a[side]), leaves(b[other])):
                    numbers, bits = numbers + 1, bits + (x != y)
                    if x != y and abs(x) > 0.01:  # of the unit
                        most = max(most, (abs(y / x - 1.0), "%s, week %g" % (name, a["week"])))
    lines = ["**In the mirror.** `one_leg` cut on the right and cut on the left, exchanged: of %d numbers of legs %d differ in any"
             % (numbers, bits)]
    return lines + ["bit, the most by %.1e of itself (%s)." % most if bits else "bit.", ""]


# --- the page ---------------------------------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--runs", type=pathlib.Path, default=ROOT / "build" / "validation_life")
    parser.add_argument("--only", default="rows,misses,examples,claims,numbers")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    with open(ROOT / "data/validation/slow.toml", "rb") as f:
        rows = [r for r in tomllib.load(f)["row"] if r["id"] in ROWS]
    runs = Runs(a.build, a.runs)
    rows.sort(key=lambda r: list(ROWS).index(r["id"]))
    work = {"rows": lambda: rows_part(runs, rows), "misses": lambda: misses_part(runs, rows),
            "examples": lambda: examples_part(runs), "claims": lambda: claims_part(runs),
            "numbers": lambda: numbers_part(runs)}
    parts = {}
    for name in a.only.split(","):
        parts["life-" + name] = "\n".join(work[name]())
        print("## life-%s\n%s" % (name, parts["life-" + name]), flush=True)
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    print("%d runs, %.0f s of a processor" % (runs.count, seconds), file=sys.stderr)
    if a.write:
        write(parts, "tools/validation_life.py --write")


if __name__ == "__main__":
    main()
