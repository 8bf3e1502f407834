#!/usr/bin/env python3
"""docs/walk.svg: stick figures of the walk before and after, from the result of `surae predict`.

    tools/readme_picture.py surae-out/article/result.json > docs/walk.svg
"""

import json
import sys

NPOSE = 9
SLOT, ROW, FIGURE = 92.0, 176.0, 136.0  # px between figures, between rows, height of the highest head
LEG = ("hip", "knee", "ankle")
FOOT = ("ankle", "heel", "toejoint", "toetip", "toejoint", "ankle")
STYLE = """<style>
text{font:12px system-ui,sans-serif;fill:#5c636b}
path,circle{fill:none;stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round}
.b{stroke:#8b8f96}.a{stroke:#0f5fb3}.far{opacity:.42}.floor{stroke:#d5d2cc;stroke-width:1}
.push{stroke:#b5420f;stroke-width:1.2}
</style>"""


def walk_of(result, when):
    """Columns by name and the status of the walk in the first epoch so named; None where it has no answer."""
    for epoch in result["epochs"]:
        for name, task in epoch["tasks"].items():
            if epoch["when"] == when and name.startswith("walk") and task["status"] == "solved":
                table = task["trajectory"]
                rows = table["data"]
                if len(rows) == len(table["columns"]) and len(rows[0]) != len(table["columns"]):
                    return dict(zip(table["columns"], rows))
                return {c: [row[i] for row in rows] for i, c in enumerate(table["columns"])}
    return None


def contact_of(columns):
    """Index at which the right foot meets the ground: the strip begins there."""
    force = columns["grf_r_vy"]
    return max(range(len(force)), key=lambda i: (force[i] > 20.0) * (force[i - 1] <= 20.0))


class Strip:
    """One row of figures: where it stands on the page, and in which colour."""

    def __init__(self, columns, ground, scale, newton, style):
        self.columns, self.ground, self.scale = columns, ground, scale
        self.newton, self.style = newton, style  # m of arrow per N

    def at(self, i, point, x0):
        x = x0 + self.scale * (self.columns[point + "_px"][i] - self.columns["pelvis_px"][i])
        return f"{x:.1f} {self.ground - self.scale * self.columns[point + '_py'][i]:.1f}"

    def line(self, i, points, x0, style):
        return f'<path class="{style}" d="M' + "L".join(self.at(i, p, x0) for p in points) + '"/>'

    def push(self, i, c, x0):
        up = self.columns[f"grf_{c}_vy"][i]
        if up < 20.0:
            return ""
        x = x0 + self.scale * (self.columns[f"cop_{c}_px"][i] - self.columns["pelvis_px"][i])
        k = self.newton * self.scale
        return f'<path class="push" d="M{x:.1f} {self.ground:.1f}l{k * self.columns[f"grf_{c}_vx"][i]:.1f} {-k * up:.1f}"/>'

    def pose(self, i, x0):
        out = []
        for c, style in (("l", self.style + " far"), ("r", self.style)):
            out.append(self.push(i, c, x0))
            out.append(self.line(i, [f"{p}_{c}" for p in LEG], x0, style))
            out.append(self.line(i, [f"{p}_{c}" for p in FOOT], x0, style))
        waist = "lumbar" if "lumbar_px" in self.columns else "pelvis"
        out.append(self.line(i, ["hip_r", waist, "head"], x0, self.style))
        x, y = self.at(i, "head", x0).split()
        return "".join(out) + f'<circle class="{self.style}" cx="{x}" cy="{y}" r="{0.085 * self.scale:.1f}"/>'


def draw(result):
    walks = [(walk_of(result, when), style, words)
             for when, style, words in (("before", "b", "Before"), ("after", "a", "After the cut"))]
    walks = [w for w in walks if w[0] is not None]
    if not walks:
        sys.exit("readme_picture: the result holds no solved walk before or after an intervention")
    top = max(max(w[0]["head_py"]) for w in walks) + 0.085
    width, height = NPOSE * SLOT, ROW * len(walks) + 4.0
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
           'aria-label="Predicted walking before and after the cut, as stick figures">', STYLE]
    for k, (columns, style, words) in enumerate(walks):
        ground = ROW * (k + 1) - 8.0
        strip = Strip(columns, ground, FIGURE / top, 0.4 / (9.80665 * result["person"]["mass_kg"]), style)
        out.append(f'<text x="2" y="{ground - FIGURE - 12:.0f}">{words}</text>')
        out.append(f'<path class="floor" d="M0 {ground:.1f}H{width:.0f}"/>')
        n, first = len(columns["time_s"]) - 1, contact_of(columns)
        out += [strip.pose((first + round(j * n / NPOSE)) % n, (j + 0.5) * SLOT) for j in range(NPOSE)]
    return "\n".join(out + ["</svg>"])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        print(draw(json.load(file)))
