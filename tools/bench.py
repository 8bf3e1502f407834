#!/usr/bin/env python3
"""Seconds, iterations and peak memory of each task for the person of examples/article.toml.

Every row is one process that runs alone. A row with a cut holds both bodies, each searched from nothing and from the
other: "added" is its CPU time less that of the healthy row. Times depend on the machine; the last column, CPU time relative to the
healthy walk, mostly does not.
"""

import sys

from measure import PROGRAM, Job

CUT = ["--cut", "nerve_to_gasmed@both", "--cut", "nerve_to_gaslat@both"]
ROWS = [  # name, task, arguments, row that it holds as its first part
    ("stand", "stand", [], None),
    ("heel raise, both legs", "heel_raise:legs=both", [], None),
    ("heel raise, one leg", "heel_raise:legs=right", [], None),
    ("walk, healthy, cold", "walk", [], None),
    ("walk, gastrocnemius cut, both", "walk", CUT, "walk, healthy, cold"),
    ("walk, one side cut, both", "walk", ["--cut", "nerve_to_gasmed@right", "--cut", "nerve_to_gaslat@right"],
     "walk, healthy, cold"),
    ("walk, preferred speed", "walk:speed=preferred", [], None),
    ("walk, greatest speed", "walk:speed=fastest", [], None),
    ("walk, 5% uphill", "walk:slope_percent=5", [], None),
    ("run, 3 m/s", "run", [], None),
    ("run, greatest speed", "run:speed=fastest", [], None),
    ("hop, both legs, 2.2 Hz", "hop", [], None),
    ("hop, one leg, 2.2 Hz", "hop:legs=right", [], None),
    ("hop, both legs, highest", "hop:height=greatest", [], None),
    ("jump, both legs", "jump", [], None),
    ("jump, one leg", "jump:legs=right", [], None),
    ("kick", "kick", [], None),
    ("heel raises to exhaustion", "heel_raise:legs=right,repeat=yes", [], None),
]


def main():
    if not PROGRAM.exists():
        sys.exit("bench: %s is not there, run make build" % PROGRAM)
    print("%-31s %-14s %7s %6s %8s %8s %8s %8s" % ("task", "status", "mesh", "iter", "wall s", "cpu s", "added s", "peak MB"))
    jobs = {}
    for name, task, arguments, base in ROWS:
        job = jobs[name] = Job(["solve", task, "--json", *arguments]).wait()
        found = job.task() or {"status": "no result: " + job.last_words, "iterations": 0}
        added = job.cpu - jobs[base].cpu if base else job.cpu
        mesh = found.get("mesh", {"intervals": 0, "degree": 0})
        print("%-31s %-14s %7s %6d %8.2f %8.2f %8.2f %8.0f"
              % (name, found["status"], "%dx%d" % (mesh["intervals"], mesh["degree"]), found["iterations"], job.wall, job.cpu, added, job.peak_mb), flush=True)
    unit = jobs["walk, healthy, cold"].cpu
    print("\nCPU time relative to the healthy walk")
    for name, job in jobs.items():
        print("%-31s %6.3f" % (name, job.cpu / unit))
    return 0 if all(job.code == 0 for job in jobs.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
