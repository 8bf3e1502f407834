#!/usr/bin/env python3
"""Pictures of a person's leg: from behind, from inside and from in front, muscles without skin, cross sections.

    tools/shape_view.py SCENARIO.toml OUT.png [--ankle DEG] [MUSCLE=RATIO...]

The angle of the ankle is that of dorsiflexion; below 0 the person stands on the toes. A ratio shrinks or fattens a muscle.
Needs matplotlib; run where the program was built.
"""

import argparse
import json
import pathlib
import subprocess

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import PolyCollection

ROOT = pathlib.Path(__file__).resolve().parent.parent
COLOUR = {"skin": "#e8c4a8", "fascia": "#d9d2c5", "tibia": "#f1ead6", "fibula": "#f1ead6", "tibpost": "#8f4f7a",
          "fdl": "#b0709a", "fhl": "#c98fb4", "ehl": "#5f8f6b", "perbrev": "#6f7fb0", "tibant": "#7fae7f",
          "edl": "#4f7f5b", "perlong": "#8f9fd0", "soleus": "#b5542f", "gaslat": "#d98a52", "gasmed": "#c23b3b",
          "achilles": "#efe7c8"}
LEVELS = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.96]
VIEWS = [("from behind", -1, 0), ("from inside", 0, 1), ("from in front", 1, 0), ("from outside", 0, -1)]


def leg_of(scenario, ankle, ratios):
    subprocess.run(["ninja", "-C", ROOT / "build", "surae_leg_shape"], check=True, stdout=subprocess.DEVNULL)
    out = subprocess.run([ROOT / "build" / "surae_leg_shape", scenario, str(ankle), *ratios], check=True, capture_output=True)
    return json.loads(out.stdout)


def draw_mesh(ax, meshes, view):
    """Painter's algorithm with one lamp: triangles of all meshes, sorted by depth along the view."""
    _, front, side = view  # the eye looks along -x (front = 1) or along z
    faces, colours, depths = [], [], []
    eye = np.array([front, 0.0, -side], float)
    right = np.cross([0.0, 1.0, 0.0], eye)
    for mesh in meshes:
        p = np.array(mesh["position"]).reshape(-1, 3)
        t = np.array(mesh["triangle"]).reshape(-1, 3)
        vertex_normal = np.zeros_like(p)
        normal = np.cross(p[t[:, 1]] - p[t[:, 0]], p[t[:, 2]] - p[t[:, 0]])
        for k in range(3):
            np.add.at(vertex_normal, t[:, k], normal)
        smooth = vertex_normal[t].mean(axis=1)
        length = np.linalg.norm(smooth, axis=1, keepdims=True)
        smooth = smooth / np.where(length > 0, length, 1)
        seen = normal @ eye > 0
        lamp = eye + 0.7 * right + np.array([0, 0.6, 0])
        lamp = lamp / np.linalg.norm(lamp)
        light = 0.35 + 0.65 * np.clip(smooth @ lamp, 0, 1)
        base = np.array(matplotlib.colors.to_rgb(COLOUR[mesh["name"]]))
        q = np.stack([p @ right, p[:, 1]], axis=1)
        faces.append(q[t[seen]])
        colours.append(np.clip(light[seen, None] * base, 0, 1))
        depths.append((p[t[seen]] @ eye).mean(axis=1))
    order = np.argsort(np.concatenate(depths))
    colour = np.concatenate(colours)[order]
    ax.add_collection(PolyCollection(np.concatenate(faces)[order], facecolors=colour, edgecolors=colour, linewidths=0.3))
    middle = 0.07 * right[0]
    ax.set_xlim(middle - 0.14, middle + 0.14)
    ax.set_ylim(-0.01, 0.60)
    ax.set_aspect("equal")
    ax.axis("off")


def draw_section(ax, section):
    order = sorted(section["polygons"].items(), key=lambda item: item[0] in ("tibia", "fibula"))
    for name, points in order:
        if points:
            ax.add_patch(plt.Polygon([(1e3 * z, 1e3 * x) for x, z in points], closed=True, edgecolor="#333", linewidth=0.5,
                                     facecolor="none" if name == "fascia" else COLOUR[name]))
    ax.set_xlim(-75, 75)
    ax.set_ylim(-85, 65)
    ax.set_aspect("equal")
    ax.set_title(f"level {section['level']:.2f}: {section['girth_cm']:.1f} cm", fontsize=8)
    ax.tick_params(labelsize=6)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario")
    parser.add_argument("out")
    parser.add_argument("--ankle", type=float, default=0.0)
    parser.add_argument("ratio", nargs="*")
    args = parser.parse_args()
    leg = leg_of(args.scenario, args.ankle, args.ratio)
    figure = plt.figure(figsize=(20, 16))
    skin = [m for m in leg["meshes"] if m["name"] == "skin"]
    flesh = [m for m in leg["meshes"] if m["name"] != "skin"]
    for i, view in enumerate(VIEWS):
        ax = figure.add_axes([0.005 + 0.123 * i, 0.45, 0.12, 0.53])
        draw_mesh(ax, skin, view)
        ax.set_title(view[0], fontsize=9)
        draw_mesh(figure.add_axes([0.50 + 0.123 * i, 0.45, 0.12, 0.53]), flesh, view)
    by_level = {round(s["level"], 2): s for s in leg["sections"]}
    for i, level in enumerate(LEVELS):
        draw_section(figure.add_axes([0.02 + 0.163 * (i % 6), 0.245 - 0.235 * (i // 6), 0.145, 0.195]), by_level[level])
    ax = figure.add_axes([0.87, 0.03, 0.12, 0.165])
    ax.plot([s["girth_cm"] for s in leg["sections"]], [s["level"] for s in leg["sections"]])
    ax.invert_yaxis()
    ax.grid(True)
    ax.set_title(f"girth {leg['girth_cm']:.1f} cm at {leg['level']:.2f}, fat {leg['fat_mm']:.1f} mm", fontsize=8)
    figure.savefig(args.out, dpi=60)


if __name__ == "__main__":
    main()
