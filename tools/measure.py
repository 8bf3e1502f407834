"""Runs the program as a child and measures it: shared by bench.py and robustness.py."""

import json
import os
import pathlib
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build" / "surae"


class Job:
    """One run of the program in the background; wait() gives seconds, memory and what it printed."""

    def __init__(self, arguments):
        self.out = tempfile.TemporaryFile()
        self.log = tempfile.TemporaryFile()
        self.start = time.monotonic()
        self.child = subprocess.Popen([str(PROGRAM), *arguments], stdin=subprocess.DEVNULL, stdout=self.out,
                                      stderr=self.log, env=dict(os.environ, OPENBLAS_NUM_THREADS="1"))

    def wait(self):
        _, status, usage = os.wait4(self.child.pid, 0)
        self.child.returncode = self.code = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - self.start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak_mb = usage.ru_maxrss / 1024.0  # Linux counts KiB
        self.text = self.read(self.out)
        lines = self.read(self.log).strip().splitlines()
        self.last_words = lines[-1].strip() if lines else ""
        return self

    @staticmethod
    def read(stream):
        stream.seek(0)
        text = stream.read().decode("utf-8", "replace")
        stream.close()
        return text

    def task(self):
        """The one task of the last epoch of the result that was printed; None if there is no readable result."""
        try:
            tasks = json.loads(self.text)["epochs"][-1]["tasks"]
            return next(iter(tasks.values()))
        except (ValueError, KeyError, IndexError, StopIteration, TypeError):
            return None
