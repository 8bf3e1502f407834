#!/usr/bin/env python3
"""Bundles src/report/web into a C file that holds the script of the report: bundle.py ROOT OUTPUT.c DEPFILE

The script is minified by esbuild, compressed and written as text, which the page unpacks. Without node, or without the
libraries and a network to get them from, the text is empty and the report shows its flat figures alone.
"""

import base64
import gzip
import pathlib
import shutil
import subprocess
import sys

HEAD = """// Written by tools/bundle.py from src/report/web.
#include "report/app.h"

"""


def say(text):
    print("bundle: %s; this build leaves the 3D views out of the report" % text, file=sys.stderr)


def has_libraries(root):
    """The libraries of the lock, as npm notes them when it has installed them."""
    lock, done = root / "package-lock.json", root / "node_modules" / ".package-lock.json"
    return done.exists() and done.stat().st_mtime >= lock.stat().st_mtime


def get_libraries(root):
    if has_libraries(root):
        return True
    if not shutil.which("npm"):
        say("npm is not installed")
        return False
    # no script of a library is run
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
    try:
        done = subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        say("npm gave no answer in five minutes")
        return False
    if done.returncode != 0:
        say("npm could not get three and esbuild (%s)" % (done.stderr.strip().splitlines() or ["no reason given"])[0])
    return done.returncode == 0


def bundle(root):
    """The script; empty where it cannot be made. A mistake in our own source is an error."""
    if not get_libraries(root):
        return b""
    esbuild = root / "node_modules" / "esbuild" / "bin" / "esbuild"
    if not shutil.which("node") or subprocess.run([esbuild, "--version"], capture_output=True).returncode != 0:
        say("esbuild does not run here")
        return b""
    command = [esbuild, root / "src/report/web/app.js", "--bundle", "--minify", "--format=iife", "--target=es2020",
               "--charset=utf8", "--legal-comments=eof", "--log-level=warning"]
    done = subprocess.run(command, cwd=root, capture_output=True)
    sys.stderr.write(done.stderr.decode())
    if done.returncode != 0:
        sys.exit(1)
    return done.stdout


def as_array(name, content):
    content += b"\0"
    # chars are signed here, so that bytes beyond 127 are written as they are read
    rows = [", ".join(str(b - 256 if b > 127 else b) for b in content[i:i + 24]) for i in range(0, len(content), 24)]
    return "const char %s[] = {\n  %s};\n" % (name, ",\n  ".join(rows))


def main(root, output, depfile):
    root = pathlib.Path(root)
    script = bundle(root)
    text = base64.b64encode(gzip.compress(script, 9, mtime=0)) if script else b""
    folder = root / "src/report/web"
    parts = [("sr_app_bundle", text), ("sr_app_weeks", (folder / "weeks.js").read_bytes()),
             ("sr_app_style", (folder / "scene.css").read_bytes())]
    pathlib.Path(output).write_text(HEAD + "".join(as_array(*part) for part in parts))
    needs = [folder, *sorted(folder.glob("*.*")), root / "package-lock.json"]
    pathlib.Path(depfile).write_text("%s: %s\n" % (output, " ".join(str(p).replace(" ", "\\ ") for p in needs)))


if __name__ == "__main__":
    main(*sys.argv[1:])
