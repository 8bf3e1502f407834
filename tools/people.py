"""Body fat and the muscle volume of a leg, by data/person.toml: src/load/volume.c written a second time."""

import math
import pathlib
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def tables():
    return tomllib.loads((ROOT / "data" / "person.toml").read_text())


def body_fat(t, sex, age, height, mass):
    """Percent of body mass."""
    a, b, c = t["body_fat"][sex]["value"]
    least, most = t["body_fat"]["range"]["value"]
    return min(max(a * age + b * math.log(mass / height**2) + c, least), most)


def leg_volume(t, sex, age, height, mass, fat=None):
    """cm3; fat in percent where it is known."""
    v = t["muscle_volume"]
    people = {s: v["group_" + s]["value"] for s in ("female", "male")}
    group = sum(n * body_fat(t, s, v["group_age"]["value"], height, mass) for s, n in people.items()) / sum(people.values())
    own = body_fat(t, sex, age, height, mass) if fat is None else fat
    return (v["slope"]["value"] * height * mass + v["offset"]["value"]) * (100 - own) / (100 - group)
