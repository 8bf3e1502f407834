#!/usr/bin/env python3
"""Writes a C file that holds every data/*.toml and data/validation/*.toml: embed.py DATA_FOLDER OUTPUT.c DEPFILE"""

import pathlib
import sys

HEAD = """// Written by tools/embed.py from data/*.toml and data/validation/*.toml.
#include "load/data.h"

#include <string.h>

typedef struct embedded {
  const char *name;
  const unsigned char *text;
  size_t size;
} embedded;
"""

TAIL = """
const char *sr_data_find(const char *name, size_t *size)
{
  for (const embedded *f = files; f->name; f++) {
    if (strcmp(f->name, name) != 0) continue;
    *size = f->size;
    return (const char *)f->text;
  }
  *size = 0;
  return NULL;
}

const char *sr_data_name(int index)
{
  const int nfile = (int)(sizeof files / sizeof files[0]) - 1;
  return index >= 0 && index < nfile ? files[index].name : NULL;
}
"""


def as_array(number, content):
    rows = []
    for start in range(0, len(content) + 1, 24):
        rows.append("  " + ", ".join(str(b) for b in (content + b"\0")[start:start + 24]))
    return "static const unsigned char file_%d[] = {\n%s};\n" % (number, ",\n".join(rows))


def main(folder, output, depfile):
    folder = pathlib.Path(folder)
    paths = sorted(folder.glob("*.toml")) + sorted(folder.glob("validation/*.toml"))
    contents = [p.read_bytes() for p in paths]
    arrays = "".join(as_array(i, c) for i, c in enumerate(contents))
    rows = "".join('  {"%s", file_%d, %d},\n' % (p.relative_to(folder).as_posix(), i, len(contents[i])) for i, p in enumerate(paths))
    table = "\nstatic const embedded files[] = {\n%s  {NULL, NULL, 0}};\n" % rows
    pathlib.Path(output).write_text(HEAD + arrays + table + TAIL)
    # the folders themselves are listed too, so that a new file is seen
    needs = " ".join(str(p).replace(" ", "\\ ") for p in [folder, folder / "validation", *paths])
    pathlib.Path(depfile).write_text("%s: %s\n" % (output, needs))


if __name__ == "__main__":
    main(*sys.argv[1:])
