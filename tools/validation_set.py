#!/usr/bin/env python3
"""`surae validate` as the first section of docs/validation.md, the misses first.

validation_set.py [--build DIR] [--from FILE.json...] [--quick] [--write]

Runs the command, or takes what it wrote with -o, of all rows or file by file of one area each, with --quick for the
others: a row that some file compares is taken from there. Prints the section; --write replaces it in the page.
"""

import argparse
import json
import pathlib
import subprocess
import tomllib

from validation_static import ROOT, table, write


def show(x):
    if x is None:
        return ""
    a = abs(x)
    return "%.0f" % x if a >= 100 else "%.1f" % x if a >= 10 else "%.2f" % x if a >= 0.1 or a == 0 else "%.3f" % x


def is_compared(row):
    return row["predicted"] is not None


def is_miss(row):
    return row["within_1sd"] is False or (row["within_1sd"] is None and row["in_band"] is False)


def verdict(row):
    if row["within_1sd"] is not None:
        return "within 1 SD" if row["within_1sd"] else "within 2 SD" if row["within_2sd"] else "**outside**"
    return "" if row["in_band"] is None else "in its band" if row["in_band"] else "**out of its band**"


def line(row):
    against = "± %s" % show(row["sd"]) if row["sd"] is not None else "%s to %s" % tuple(map(show, row["band"])) if "band" in row else ""
    spread = "" if row["predicted_p05"] is None else "%s to %s" % (show(row["predicted_p05"]), show(row["predicted_p95"]))
    persons = "%d of %d" % (row["persons_answered"], row["persons"]) if row["persons"] else ""
    return [row["id"], "%s; %s" % (row["quantity"], row["population"]), row["unit"], show(row["published"]), against,
            show(row["predicted"]), spread, persons, show(row["z"]), verdict(row),
            "calibrated" if row["calibrated"] else "predicted"]


COUNTS = ["rows", "compared", "scored", "within_1sd", "within_2sd", "banded", "in_band"]
HEAD = ["row", "what, in whom", "unit", "published", "SD or band", "ours", "5% to 95%", "persons", "z", "", ""]


def summary(rows):
    head = ["area", "rows", "compared", "scored", "within 1 SD", "within 2 SD", "with a band", "in it", "bias, SD", "RMS, SD"]
    return table(head, [["**all**" if r["area"] == "all" else r["area"], *(str(r[k]) for k in COUNTS),
                         show(r["bias_in_sd"]), show(r["rms_in_sd"])] for r in rows])


def influences(rows):
    word = lambda i: "%s %.0f%% (%s)" % (i["constant"], 100 * i["share"], "+" if i["rank_correlation"] > 0 else "-")
    return table(["row", "what", "share of the variance"],
                 [[r["id"], r["quantity"], ", ".join(word(i) for i in r["influences"])] for r in rows if "influences" in r])


CURVE_HEAD = ["curve", "what, in whom", "unit", "RMSE", "RMSE in SD", "r", "greatest r", "its lag, % of the cycle", "persons", ""]


def curve_line(c):
    known = c["persons_answered"] > 0
    return [c["id"], "%s; %s" % (c["quantity"], c["population"]), c["unit"], show(c["rmse"]), show(c["rmse_in_sd"]),
            "%.2f" % c["cross_correlation"] if known else "", "%.2f" % c["cross_correlation_most"] if known else "",
            "%d" % c["lag_percent"] if known else "", "%d of %d" % (c["persons_answered"], c["persons"]),
            "calibrated" if c["calibrated"] else "predicted"]


def curves(rows):
    head = ["### Curves over the gait cycle", "",
            "Root mean square of the difference, and that over the root mean square of the SD, which is that between 11 trials of one "
            "woman: people differ several times more (hip and knee angles of healthy adults by 5 to 8°; norms of row m86, m87). r: "
            "cross-correlation at no lag; lag above 0: ours is late. The weights of walking were chosen on the first woman.", ""]
    told = ["- *%s*: %s." % (at[0]["population"], why) for why, at in ((w, [r for r in rows if r.get("cause") == w]) for w in
            dict.fromkeys(r.get("cause") for r in rows)) if why]
    return head + table(CURVE_HEAD, map(curve_line, rows)) + told + [""] if rows else []


def whole(parts):
    """One answer from several: each area from the file that compares most of its rows."""
    areas = list(dict.fromkeys(r["area"] for p in parts for r in p["rows"]))
    out = {"rows": [], "curves": [], "summary_predicted": [], "summary_calibrated": []}
    for area in areas:
        best = max(parts, key=lambda p: sum(r["area"] == area and 1 + 1000 * is_compared(r) for r in p["rows"]))
        out["rows"] += [r for r in best["rows"] if r["area"] == area]
        out["curves"] += [c for c in best["curves"] if c["area"] == area]
        for key in ("summary_predicted", "summary_calibrated"):
            out[key] += [s for s in best[key] if s["area"] == area]
    for key in ("summary_predicted", "summary_calibrated"):
        scored = [s for s in out[key] if s["scored"] > 0]
        total = {k: sum(s[k] for s in out[key]) for k in COUNTS}
        mean = lambda of: sum(s["scored"] * of(s) for s in scored) / total["scored"] if scored else None
        total.update(area="all", bias_in_sd=mean(lambda s: s["bias_in_sd"]),
                     rms_in_sd=mean(lambda s: s["rms_in_sd"] ** 2) ** 0.5 if scored else None)
        out[key].append(total)
    return out


def causes():
    """What experiments found, from the data: a file of an earlier run may not have it."""
    rows = [r for p in (ROOT / "data/validation").glob("*.toml") for r in tomllib.loads(p.read_text()).get("row", [])]
    return {r["id"]: r["cause"] for r in rows if "cause" in r}


def section(data):
    rows = data["rows"]
    compared = [r for r in rows if is_compared(r)]
    missed = [r for r in compared if is_miss(r)]
    held = [r for r in compared if not is_miss(r) and (r["within_1sd"] is not None or r["in_band"] is not None)]
    listed = [r for r in compared if r["within_1sd"] is None and r["in_band"] is None]
    absent = [r for r in rows if not is_compared(r)]
    out = ["Rows that set no constant:", ""] + summary(data["summary_predicted"])
    out += ["Rows that set one, or come from those who did; they show that the fit holds, no more:", ""]
    out += summary(data["summary_calibrated"])
    out += ["### Missed", ""] + table(HEAD, map(line, missed))
    cause = causes()
    out += ["- *%s*: %s." % (r["id"], cause.get(r["id"], "no cause has been found by experiment yet")) for r in missed]
    out += [""] + curves(data["curves"]) + ["### Held", ""] + table(HEAD, map(line, held))
    out += ["### Listed: no spread is published", ""] + table(HEAD, map(line, listed))
    out += ["- *%s*: %s." % (r["id"], cause[r["id"]]) for r in listed if r["id"] in cause] + [""]
    out += ["### Not compared", ""]
    out += table(["row", "what", "why"], [[r["id"], r["quantity"], r["why"] or ""] for r in absent])
    out += ["### Which constants move the slow rows", "",
            "Estimated first-order indices over the 101 points of the constants' set, uncertain by a few points; + where the "
            "outcome rises with the constant.", ""] + influences(rows)
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--from", dest="source", type=pathlib.Path, nargs="+")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    if a.source:
        texts = [path.read_text() for path in a.source]
    else:
        command = [a.build / "surae", "validate", "--json"] + (["--quick"] if a.quick else [])
        texts = [subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout]
    body = section(whole([json.loads(t) for t in texts]))
    print(body)
    if a.write:
        write({"set": body}, "tools/validation_set.py --write")


if __name__ == "__main__":
    main()
