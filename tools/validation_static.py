#!/usr/bin/env python3
"""Published results on standing and tiptoe against ours: writes the tables of docs/validation.md.

validation_static.py [--build DIR] [--write]

Prints the part of the page between the marks `static: begin` and `static: end`; --write replaces it in the page.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import people

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "validation.md"
TABLES = people.tables()


def middle(sex):
    """Median age, height and mass of the population's sex: (sex, yr, m, kg)."""
    p = TABLES["population"][sex]
    age, height, index = (p[key]["value"][1] for key in ("age", "height", "mass_index"))
    return sex, age, height, round(index * height**2, 1)


PEOPLE = {  # sex, yr, m, kg
    "reference": ("female", *(TABLES["reference"][key]["value"] for key in ("age", "height", "mass"))),
    "demo": ("female", 25, 1.60, 52),
    "woman": middle("female"),
    "man": middle("male"),
}
# what was measured: who, the people closest to them that can be said (sex, yr, m, kg), soleus, medial, lateral [cm3]
VOLUMES = [
    ("21 older women (Front Physiol 2019, 10:1299)", [("female", 70, 1.55, 55)],
     "70 yr, 1.55 m, 55 kg (assumption, 1.50 to 1.60 m: size not in the abstract)", (357.7, 179.5, 90.2)),
    ("Fukunaga 1992, n = 12", [("male", 26, 1.72, 68)], "a man of 26 yr, 1.72 m, 68 kg (assumption: nearly all men)",
     (489, 245, 140)),
    ("Ward 2009, 21 cadaver limbs, mass over 1.056 g/cm³", [("male", 83, 1.68, 82.7), ("female", 83, 1.68, 82.7)],
     "mean of man and woman of 83 yr, 1.68 m, 82.7 kg (from memory)", (261.2, 107.5, 58.9)),
]
CUTS = [  # name, nodes
    ("whole", []),
    ("gastrocnemius cut", ["nerve_to_gasmed", "nerve_to_gaslat"]),
    ("soleus nerve cut", ["nerve_to_soleus"]),
    ("tibial nerve cut", ["tibial"]),
]
EFFORTS = [("sum_a2", "Σa²"), ("sum_v_a2", "ΣVa²"), ("energy", "energy")]
MUSCLES = ["soleus", "gasmed", "gaslat"]
# ankle, band of the triceps' torque with the knee straight [N m], source
TORQUE = [
    (-30, 42, 63, "one-leg heel rise needs 50 to 63, the deep flexors give some of it (width 5, assumption)"),
    (-15, 71, 119, "assumption between its neighbours, 95 ± 2 × 12"),
    (0, 100, 150, "men 154 ± 38 (n = 9, PMID 39577118) less 35% (Fugl-Meyer 1980); 21 to 30 heel rises on one leg "
                  "(Hébert-Losier 2017) need 130 to 150"),
    (15, 116, 164, "assumption: strength rises into dorsiflexion, 140 ± 2 × 12"),
]
PASSIVE = [  # knee, ankle, band, source
    (0, 0, 0, 6, "assumption"),
    (0, 10, 5, 15, "assumption; the unloaded range ends at 4° (Baumbach 2014)"),
    (0, 20, 15, 30, "assumption; 25° under load (Baumbach 2014)"),
    (75, 20, 4, 12, "as at 4 to 10° with the knee straight: unloaded range 20° against 4° (Baumbach 2014)"),
]


class Engine:
    """Runs the program once per question."""

    def __init__(self, build, folder):
        self.build, self.folder, self.seen = build, folder, {}

    def scenario(self, person, fat=None):
        """A file with the person (sex, yr, m, kg)."""
        path = self.folder / ("%s_%g_%g_%g_%s.toml" % (*person, fat))
        path.write_text('schema = "surae-scenario/1"\n[person]\nsex = "%s"\nage_yr = %g\nheight_cm = %g\nmass_kg = %g\n'
                        % (person[0], person[1], 100 * person[2], person[3])
                        + ("" if fat is None else "body_fat_percent = %g\n" % fat))
        return path

    def epoch(self, task, cut=(), person=None, fat=None):
        words = ["solve", task, "--json"] + [w for node in cut for w in ("--cut", node)]
        if person is not None:
            words += ["--scenario", str(self.scenario(person, fat))]
        key = tuple(words)
        if key not in self.seen:
            run = subprocess.run([self.build / "surae", *words], capture_output=True, text=True)
            if not run.stdout:
                sys.exit("validation_static: %s: %s" % (" ".join(words), run.stderr.strip()))
            self.seen[key] = json.loads(run.stdout)["epochs"][0]
        return self.seen[key]

    def task(self, task, cut=(), reference=False):
        found = self.epoch(task, cut, PEOPLE["reference"] if reference else None)
        return next(iter(found["tasks"].values()))

    def volumes(self, person, fat=None):
        """Contractile volume of soleus, medial and lateral head [cm3]."""
        muscles = self.epoch("stand", (), person, fat)["right"]["muscles"]
        return [muscles[m]["contractile_volume_ml"] for m in MUSCLES]

    def isometric(self):
        subprocess.run(["ninja", "-C", self.build, "surae_isometric"], check=True, capture_output=True)
        names = ["%s=%s" % (name, self.scenario(person)) for name, person in PEOPLE.items()]
        rows = json.loads(subprocess.run([self.build / "surae_isometric", *names], check=True, capture_output=True).stdout)
        return {(r["person"], r["cut"], r["knee_flexion_deg"], r["ankle_deg"], r["act"]): r for r in rows}


def value(task, name):
    v = task["metrics"].get(name)
    return v["value"] if isinstance(v, dict) else v


def show(v, digits=1):
    return "-" if v is None else "%.*f" % (digits, v)


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + ["| " + " | ".join(r) + " |" for r in rows] + [""]


def write(parts, command, page=PAGE):
    """Each part of a page of docs/ between its marks, which name the command that makes it."""
    text = page.read_text()
    for name, body in parts.items():
        begin = "<!-- %s: begin (%s) -->" % (name, command)
        end = "<!-- %s: end -->" % name
        if begin not in text or end not in text:
            sys.exit("%s: no marks '%s' in %s" % (command, name, page))
        text = text[: text.index(begin) + len(begin)] + "\n" + body + text[text.index(end):]
    page.write_text(text)


def met(v, lo, hi):
    return "met" if lo <= v <= hi else "**not met**"


def torque(iso):
    at = lambda who, knee, ankle, act=1, key="triceps_N_m", cut="whole": iso[who, cut, knee, ankle, act][key]
    out = ["### Greatest torque of the triceps", "",
           "N m, every muscle free, hip at 0°. Reference: the woman of 62 kg and 1.70 m; demo: 52 kg, 1.60 m.", ""]
    rows = []
    for ankle, lo, hi, source in TORQUE:
        v = at("reference", 0, ankle)
        rows.append(["%+d°" % ankle if ankle else "0°", show(v), "%g to %g" % (lo, hi), met(v, lo, hi),
                     show(at("reference", 45, ankle)), show(at("reference", 90, ankle)),
                     show(at("reference", 0, ankle, 1, "total_N_m")), show(at("demo", 0, ankle)), source])
    out += table(["ankle", "reference, knee straight", "band", "", "knee 45°", "knee 90°", "straight, with deep flexors",
                  "demo, straight", "source of the band"], rows)
    ratio = at("reference", 90, 0) / at("reference", 0, 0)
    out += ["Knee 90° over knee straight at neutral: **%.2f**; measured 0.60 (n = 9), 0.85 (n = 135), 0.94 (n = 18): band "
            "0.60 to 0.94, %s. The demo woman has %.0f%% of the reference woman's torque at neutral."
            % (ratio, met(ratio, 0.60, 0.94), 100 * at("demo", 0, 0) / at("reference", 0, 0)), "",
            "### Passive torque", ""]
    rows = []
    for knee, ankle, lo, hi, source in PASSIVE:
        v = at("reference", knee, ankle, 0, "total_N_m")
        rows.append(["%d°" % knee, "%d°" % ankle, show(v), "%g to %g" % (lo, hi), met(v, lo, hi), source])
    return out + table(["knee", "ankle", "reference, N m", "band", "", "source of the band"], rows)


def percent(a, b):
    return "%+.0f%%" % (100 * (a / b - 1))


def sex_and_fat(engine, iso):
    """A mean man and a mean woman; what sex, age and fat do at one size; the scatter of fat."""
    fat = lambda person: people.body_fat(TABLES, *person)
    torque_of = lambda name: iso[name, "whole", 0, 0, 1]["triceps_N_m"]
    who = lambda p: "%g yr, %g cm, %g kg" % (p[1], round(100 * p[2], 1), p[3])
    out = ["### Sex, age and fat", "",
           "Muscle volume follows lean mass ([theory/model.md](theory/model.md), section 3). The mean woman and man are "
           "those of `data/person.toml`.", ""]
    woman, man = PEOPLE["woman"], PEOPLE["man"]
    volume = {name: engine.volumes(PEOPLE[name]) for name in ("woman", "man")}
    rows = [["body fat, %", show(fat(woman)), show(fat(man)), "", ""],
            ["muscles of one leg, cm³", show(people.leg_volume(TABLES, *woman), 0), show(people.leg_volume(TABLES, *man), 0),
             percent(people.leg_volume(TABLES, *woman), people.leg_volume(TABLES, *man)), ""]]
    for i, name in enumerate(("soleus", "medial head", "lateral head")):
        rows.append([name + ", cm³", show(volume["woman"][i], 0), show(volume["man"][i], 0),
                     percent(volume["woman"][i], volume["man"][i]), ""])
    rows.append(["torque of the triceps at 0°, N m", show(torque_of("woman"), 0), show(torque_of("man"), 0),
                 percent(torque_of("woman"), torque_of("man")),
                 "-35% (Fugl-Meyer 1980); men 154 ± 38 N m (n = 9, PMID 39577118)"])
    out += table(["", "mean woman, " + who(woman), "mean man, " + who(man), "woman against man", "published"], rows)
    out += ["The published difference is a check: no factor of sex is put on top of size and fat. Our mean man is heavier "
            "(soldiers) and stronger than the nine men.", ""]
    base = ("female", 30, 1.70, 62)
    calf = lambda *a, **k: sum(engine.volumes(*a, **k))
    rows = []
    for sex, age in (("female", 20), ("female", 80), ("male", 20), ("male", 80)):
        p = (sex, age, *base[2:])
        rows.append(["%s, %d yr" % ("woman" if sex == "female" else "man", age), show(fat(p)), show(calf(p), 0),
                     percent(calf(p), calf(base))])
    far = 1.645 * TABLES["body_fat"]["spread"]["value"]
    for name in ("woman", "man"):
        p = PEOPLE[name]
        for sign, centile in ((-1, "5%"), (1, "95%")):
            f = fat(p) + sign * far
            rows.append(["mean %s, fat at its %s" % (name, centile), show(f), show(calf(p, fat=f), 0),
                         percent(calf(p, fat=f), calf(p))])
    out += ["At 170 cm and 62 kg (against a woman of 30 yr), and what the scatter of fat about its formula does (standard "
            "deviation %g%% of body mass, so 5th to 95th percentile ± %.1f%%; against the mean of that person):"
            % (TABLES["body_fat"]["spread"]["value"], far), ""]
    out += table(["", "body fat, %", "triceps, cm³", "change"], rows)
    rows = []
    for name, persons, as_whom, measured in VOLUMES:
        ours = [sum(v) / len(persons) for v in zip(*(engine.volumes(p) for p in persons))]
        share = lambda v: ":".join("%.0f" % (100 * x / sum(v)) for x in v)
        rows.append([name, " / ".join("%.0f" % v for v in measured), " / ".join("%.0f" % v for v in ours),
                     percent(sum(ours), sum(measured)), share(measured), share(ours), as_whom])
    out += ["Volumes of soleus, medial and lateral head, cm³; none of them was fitted:", ""]
    out += table(["who", "measured", "ours", "sum", "shares measured", "ours", "ours is"], rows)
    loss = 1 - calf(("female", 80, *base[2:])) / calf(("female", 20, *base[2:]))
    return out + ["Cadavers of that age have lost most of what the living of that size have, so Ward's row checks the shares, "
                  "not the size: age enters our volumes through fat alone, which takes about %.0f%% between 20 and 80 "
                  "years. The old are therefore weaker than here." % (100 * loss), ""]


def heel_raise(engine):
    rows = []
    for who, reference in (("reference", True), ("demo", False)):
        one = engine.task("heel_raise:legs=right", reference=reference)
        both = engine.task("heel_raise:legs=both", reference=reference)
        angle = value(one, "right_plantarflexion_deg")
        rows.append([who, show(value(both, "right_heel_rise_cm")), show(value(both, "right_plantarflexion_deg"), 0),
                     show(value(one, "right_heel_rise_cm")), show(angle, 0), "at least 25", met(angle, 25, 90)])
    return ["### Healthy heel rise, knee straight", ""] + table(
        ["person", "both legs, cm", "plantarflexion, deg", "one leg, cm", "plantarflexion, deg", "gate", ""],
        rows)


def shares(engine):
    out = ["### Who carries the plantarflexion moment", "",
           "Share of the moment of all plantarflexors, demo woman, right leg: soleus / medial / lateral head. Standing: "
           "pressure 4 cm ahead of the ankle; tiptoe: heel up by 3 cm × her length over 1.70 m.", ""]
    ask = [("standing", "stand", "stand:knee_deg=45"),
           ("tiptoe, both legs", "heel_raise:legs=both", "heel_raise:legs=both,knee_deg=45"),
           ("tiptoe, one leg", "heel_raise:legs=right", "heel_raise:legs=right,knee_deg=45")]
    rows = []
    for name, *tasks in ask:
        for bend, task in zip(("straight", "45°"), tasks):
            found = engine.task(task)
            rows.append([name, bend] + [" / ".join(show(value(found, "%s_share_%s_right_1" % (m, e)), 2) for m in MUSCLES)
                                        for e, _ in EFFORTS])
    out += table(["posture", "knee"] + [label for _, label in EFFORTS], rows)
    share = lambda task, e, m="soleus": value(engine.task(task), "%s_share_%s_right_1" % (m, e))
    least = min(share("stand", e) for e, _ in EFFORTS)
    leads = all(share("stand", e) > share("stand", e, m) for e, _ in EFFORTS for m in MUSCLES[1:])
    moves = all(share(bent, e) > share(straight, e) for _, straight, bent in ask for e, _ in EFFORTS)
    tiptoe = all(share("heel_raise:legs=both", e) > share("heel_raise:legs=both", e, "gasmed") for e, _ in EFFORTS)
    claims = [("In quiet standing the soleus carries more than either head of the gastrocnemius (at least %.0f%%)"
               % (100 * least), leads, "soleus tonic, medial head intermittent, lateral head rarely active (Héroux 2014)"),
              ("Bending the knee moves the moment from the gastrocnemius to the soleus, standing and on tiptoe", moves,
               "the medial head is recruited from 32 N m with the knee at 90° instead of 3 N m (Kennedy & Cresswell 2001)"),
              ("On tiptoe with straight knees the soleus carries more than the medial head", tiptoe, "both are active")]
    return out + ["A claim counts where all three measures of effort agree.", ""] + table(
        ["claim", "all three agree", "published"], [[c, "yes" if ok else "**no: no claim**", p] for c, ok, p in claims])


def after_cuts(engine, iso):
    """Available torque and standing, then heel rise."""
    ahead = "%s_pressure_ahead_of_ankle_cm"
    rows, rises = [], []
    for name, nodes in CUTS:
        stand = engine.task("stand", nodes)
        at = lambda knee, act=1: iso["demo", " ".join(nodes) or "whole", knee, 0, act]["total_N_m"]
        ratio = lambda pose: show(value(stand, "%s_required_over_available_right_1" % pose), 2)
        rows.append([name, show(at(0), 0), show(at(90), 0), ratio("quiet"), show(value(stand, ahead % "lean_forward")),
                     show(value(stand, ahead % "lean_backward")), ratio("one_leg_right"),
                     show(value(stand, ahead % "one_leg_right_forward"))])
        row = [name]
        for task in ("legs=both", "legs=right", "legs=both,knee_deg=45", "legs=right,knee_deg=45"):
            found = engine.task("heel_raise:" + task, nodes)
            effort = value(found, "small_rise_peak_activation_sum_a2_1")
            if found["status"] == "impossible":
                row.append("impossible")
            else:
                row.append("%s cm, %s°; %s" % (show(value(found, "right_heel_rise_cm")),
                                               show(value(found, "right_plantarflexion_deg"), 0), show(effort, 2)))
        rises.append(row)
    found = engine.task("stand", CUTS[3][1])
    return (["### After a cut on both sides, the day of the cut", "",
             "Demo woman, right leg. Required over available above 1 is impossible: there is no such posture. The "
             "furthest lean is the centre of pressure in front of the ankle with the whole foot on the ground.", ""]
            + table(["", "torque at 0°, N m", "knee 90°", "quiet: required / available", "furthest forward, cm",
                     "furthest back, cm", "one leg: required / available", "one leg: furthest forward, cm"], rows)
            + ["Standing with the tibial nerve cut: %s (%s)." % (found["status"], found["why"] or "no remark"), "",
               "Greatest static heel rise (height, plantarflexion), and the peak activation of the small rise above, Σa²:", ""]
            + table(["", "both legs", "one leg", "both, knee 45°", "one, knee 45°"], rises))


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    ask.add_argument("--write", action="store_true")
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(options.build.resolve(), pathlib.Path(folder))
        iso = engine.isometric()
        lines = torque(iso) + sex_and_fat(engine, iso) + heel_raise(engine) + shares(engine) + after_cuts(engine, iso)
    text = "\n".join(lines).rstrip() + "\n"
    if not options.write:
        print(text, end="")
        return
    write({"static": text}, "tools/validation_static.py --write")


if __name__ == "__main__":
    main()
