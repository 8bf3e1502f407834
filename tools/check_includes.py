#!/usr/bin/env python3
"""Proves the layers: who may include whom, and which module alone may touch an outside library.

check_includes.py [SOURCE_FOLDER]    prints one line per violation, exit 1 if there is any
check_includes.py --self-test        checks the rules on small made-up files
"""

import pathlib
import re
import sys
import tempfile

# from the lowest row to the highest; within a row a module may include those to its left
LAYERS = [
    ["base"],
    ["math", "text"],
    ["expr", "nlp"],
    ["ocp", "body", "muscle", "contact", "nerve", "tissue", "shape"],
    ["model", "load"],
    ["result", "task"],
    ["course"],
    ["report", "cohort"],
    ["cli"],
]
RANK = {module: number for number, module in enumerate(m for layer in LAYERS for m in layer)}

# what the order alone would allow but the design does not
KNOWS_ONLY = {
    "ocp": {"base", "math", "text", "expr", "nlp"},
    "body": {"base", "math", "text", "expr"},
    "muscle": {"base", "math", "text", "expr"},
    "nerve": {"base", "math", "text"},
    "report": {"base", "math", "text", "result"},
}

# outside headers and calls that belong to one place
OWNED_HEADERS = [(re.compile(r"mpi\.h$"), "cohort"), (re.compile(r"(coin/|coin-or/|Ip[A-Z]).*"), "nlp")]
OWNED_CALLS = [(re.compile(r"(?<![\w.>])(malloc|calloc|realloc|aligned_alloc|posix_memalign|free)\s*\("), "base/arena.c")]

# headers of tests/, for tests alone
TEST_HEADERS = {"test.h", "mechanism.h"}

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')


def strip_comments(text):
    """Comments and string contents blanked out, line numbers kept; include lines stay as they are."""
    keep_lines = lambda m: re.sub(r"[^\n]", " ", m.group(0))
    text = re.sub(r"/\*.*?\*/", keep_lines, text, flags=re.S)
    return re.sub(r"//[^\n]*", "", text)


def include_problem(module, header, is_system, is_test):
    for pattern, owner in OWNED_HEADERS:
        if pattern.match(header) and module != owner:
            return "<%s> belongs to src/%s alone" % (header, owner)
    if is_system:
        return None
    if header in TEST_HEADERS:
        return None if is_test else '"%s" in a source that is not a test' % header
    target = header.split("/")[0] if "/" in header else None
    if target not in RANK:
        return '"%s": not <module>/<file>.h of a known module' % header
    if target == module:
        return None
    if RANK[target] > RANK[module]:
        return "%s (higher) included from %s" % (header, module)
    if module in KNOWS_ONLY and target not in KNOWS_ONLY[module]:
        return "%s included from %s, which knows only %s" % (header, module, ", ".join(sorted(KNOWS_ONLY[module])))
    return None


def problems_of(path, root):
    relative = path.relative_to(root)
    module = relative.parts[0]
    if module not in RANK:
        return ["%s: folder '%s' is no module of the table in tools/check_includes.py" % (relative, module)]
    found = []
    for number, line in enumerate(strip_comments(path.read_text(encoding="utf-8")).splitlines(), 1):
        include = INCLUDE.match(line)
        if include:
            is_test = path.name.endswith(("_test.c", "_test.h"))
            problem = include_problem(module, include.group(2), include.group(1) == "<", is_test)
            if problem:
                found.append("%s:%d: %s" % (relative, number, problem))
            continue
        code = re.sub(r'"(\\.|[^"\\])*"', '""', line)
        for pattern, owner in OWNED_CALLS:
            if pattern.search(code) and relative.as_posix() != owner:
                found.append("%s:%d: %s() belongs to src/%s alone"
                             % (relative, number, pattern.search(code).group(1), owner))
    return found


def check(root):
    paths = sorted(p for p in root.rglob("*") if p.suffix in (".c", ".h"))
    found = [problem for path in paths for problem in problems_of(path, root)]
    return found, len(paths)


def self_test():
    cases = [  # file, text, whether it is a violation
        ("expr/a.c", '#include "base/arena.h"\n', False),
        ("expr/a.c", '#include "expr/expr.h"\n#include <math.h>\n', False),
        ("expr/a.c", '#include "ocp/ocp.h"\n', True),
        ("text/a.c", '#include "math/math.h"\n', False),
        ("math/a.c", '#include "text/json.h"\n', True),
        ("muscle/a.c", '#include "body/body.h"\n', True),
        ("report/a.c", '#include "task/task.h"\n', True),
        ("report/a.c", '#include "result/result.h"\n', False),
        ("nlp/a.c", "#include <coin/IpStdCInterface.h>\n", False),
        ("ocp/a.c", '#include "IpStdCInterface.h"\n', True),
        ("course/a.c", "#include <mpi.h>\n", True),
        ("cohort/a.c", "#include <mpi.h>\n", False),
        ("base/a.c", "void f(void) { int *p = malloc(4); }\n", True),
        ("base/arena.c", "void f(void) { int *p = malloc(4); }\n", False),
        ("base/a.c", "// malloc(4) in words\nvoid f(void) { sr_arena_free(0); }\n", False),
        ("base/a.c", '#include "test.h"\n', True),
        ("base/a_test.c", '#include "test.h"\n', False),
        ("base/a_test.h", '#include "test.h"\n', False),
        ("body/a.c", '#include "mechanism.h"\n', True),
        ("body/a_test.c", '#include "mechanism.h"\n', False),
        ("base/a.c", '#include "arena.h"\n', True),
        ("other/a.c", "int x;\n", True),
    ]
    for name, text, is_violation in cases:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.parent.mkdir()
            path.write_text(text)
            found, _ = check(pathlib.Path(folder))
            if bool(found) != is_violation:
                sys.exit("self-test: %s with %r gave %r" % (name, text, found))
    print("check_includes: self-test of %d cases passed" % len(cases))


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        sys.exit(0)
    violations, nfile = check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "src"))
    print("\n".join(violations) if violations else "check_includes: %d files in order" % nfile)
    sys.exit(1 if violations else 0)
