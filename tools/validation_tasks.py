#!/usr/bin/env python3
"""Every task before, right after, half a year and two years after three operations: writes its table of docs/validation.md.

validation_tasks.py [--build DIR] [--runs DIR] [--write]

The woman of examples/article.toml, both legs: both heads of the gastrocnemius, the whole soleus nerve, the whole tibial nerve.
Each is one `surae predict`; --runs keeps the results in a folder and goes on from there. All of them take some ten minutes on
two cores. Prints the table; --write puts it between its marks in the page.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from validation_static import ROOT, table, write

OPERATIONS = [("gastrocnemius", ["nerve_to_gasmed", "nerve_to_gaslat"]), ("soleus", ["nerve_to_soleus"]),
              ("tibial", ["tibial"])]
WEEKS = [0, 26, 104]
# task, then what is read: metric, name of it, factor
TASKS = [
    ("stand", [("quiet_required_over_available_left_1", "quiet standing, share of the calf's torque, %", 100.0)]),
    ("heel_raise:legs=both", [("left_heel_rise_cm", "heel rise, both legs, cm", 1.0)]),
    ("heel_raise:legs=left", [("left_heel_rise_cm", "heel rise, one leg, cm", 1.0)]),
    ("heel_raise:legs=left,repeat=yes", [("heel_raises_1", "heel rises to exhaustion, one leg", 1.0)]),
    ("walk:speed_m_s=1.33", [("cost_of_transport_J_kg_m", "walk 1.33 m/s, cost, J/kg/m", 1.0),
                             ("ankle_work_positive_left_J_kg", "walk 1.33 m/s, positive work of the ankle, J/kg", 1.0),
                             ("ankle_push_off_work_left_J_kg", "walk 1.33 m/s, push-off, J/kg", 1.0)]),
    ("walk:slope_percent=5", [("cost_of_transport_J_kg_m", "walk 1.33 m/s, 5% uphill, cost, J/kg/m", 1.0)]),
    ("run:speed_m_s=3", [("cost_of_transport_J_kg_m", "run 3 m/s, cost, J/kg/m", 1.0),
                         ("ankle_work_positive_left_J_kg", "run 3 m/s, positive work of the ankle, J/kg", 1.0)]),
    ("run:speed=fastest", [("speed_m_s", "fastest run, m/s", 1.0)]),
    ("hop:legs=both", [("metabolic_power_W_kg", "hop 2.2 Hz, both legs, W/kg", 1.0)]),
    ("jump:legs=both", [("jump_height_m", "jump, both legs, cm", 100.0)]),
    ("jump:legs=left", [("jump_height_m", "jump, one leg, cm", 100.0)]),
    ("kick:leg=right", [("foot_speed_m_s", "kick, speed of the foot, m/s", 1.0)]),
]


def scenario(nodes):
    head = (ROOT / "examples" / "article.toml").read_text().split("[[intervention]]")[0]
    lines = ["[[intervention]]", "week = 0", 'kind = "transect"', "target = " + json.dumps(nodes), 'side = "both"', "[run]",
             "weeks = " + json.dumps(WEEKS), "tasks = " + json.dumps([t for t, _ in TASKS])]
    return head + "\n".join(lines) + "\n"


def run(build, folder, name, nodes):
    """The result of a scenario; what an earlier call solved is taken from its journal."""
    path, out = folder / (name + ".toml"), folder / name
    path.write_text(scenario(nodes))
    process = subprocess.run([build / "surae", "predict", path, "-o", out, "--resume", "--no-slips"], capture_output=True, text=True)
    if process.returncode not in (0, 1):
        sys.exit("validation_tasks: %s: %s" % (name, process.stderr.strip()[-400:]))
    return json.loads((out / "result.json").read_text())


def parameters(key):
    """family, {parameter: value} of a task as written."""
    family, _, rest = key.partition(":")
    return family, dict(p.split("=") for p in rest.split(",") if p)


def find(result, of, week, when, task):
    """A task of an epoch: all its parameters are those asked for, the others are defaults."""
    family, asked = parameters(task)
    for epoch in result[of]:
        if epoch["week"] != week or epoch["when"] != when:
            continue
        for key, t in epoch["tasks"].items():
            name, has = parameters(key)
            is_plain = all(p in asked for p in ("repeat", "slope_percent") if p in has)
            if name == family and is_plain and asked.items() <= has.items():
                return t
    return None


def cell(task, metric, factor, before=None):
    """A number with its change, or what became of the task."""
    if task is None:
        return "", None
    if task["status"] != "solved":
        best = [v for k, v in task["metrics"].items() if k.startswith("greatest_")]
        return task["status"].replace("_", " ") + (" (best %.2f)" % best[0] if best else ""), None
    value = task["metrics"].get(metric)
    if value is None:
        return "–", None
    text = "%.3g" % (factor * value)
    if before:
        text += " (%+.0f%%)" % (100.0 * (value / before - 1.0))
    return text, value


def rows_of(results):
    rows = []
    for task, metrics in TASKS:
        for metric, name, factor in metrics:
            first = results["gastrocnemius"]
            row = [name]
            text, before = cell(find(first, "epochs", 0, "before", task), metric, factor)
            row.append(text)
            for operation, _ in OPERATIONS:
                for week, when in ((0, "after"), (26, "course"), (104, "course")):
                    row.append(cell(find(results[operation], "epochs", week, when, task), metric, factor, before)[0])
            row.append(cell(find(first, "control", 104, "course", task), metric, factor, before)[0])
            rows.append(row)
    return rows


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    ask.add_argument("--runs", type=pathlib.Path, help="keeps the results")
    ask.add_argument("--write", action="store_true", help="puts the table into docs/validation.md")
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.runs or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        results = {name: run(options.build, folder, name, nodes) for name, nodes in OPERATIONS}
        head = ["", "before"]
        for name, _ in OPERATIONS:
            head += [name + ": after", "week 26", "week 104"]
        text = "\n".join(table(head + ["control, week 104"], rows_of(results)))
    print(text)
    if options.write:
        write({"tasks": text}, "tools/validation_tasks.py --write")


if __name__ == "__main__":
    main()
