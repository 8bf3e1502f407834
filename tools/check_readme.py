#!/usr/bin/env python3
"""README.md and README.zh.md are kept in step: the same headings, commands, tables, numbers and links.

Usage: tools/check_readme.py [--self-test]. Exits 1 and says where they part."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIR = ('README.md', 'README.zh.md')


def fences(text):
    return re.findall(r'^```\w*\n(.*?)^```', text, re.S | re.M)


def command(line):
    """What a machine reads of a line: no remark, no Chinese, no words behind two spaces."""
    line = re.split(r'\s{2,}|\s#', line.strip())[0]
    return line if line.startswith(('make ', 'build/', 'surae ')) or ' = ' in line or line.startswith('[') else ''


def numbers(row):
    return sorted(re.findall(r'[−+]?\d+(?:\.\d+)?', row))


def prose(text):
    return re.sub(r'^```.*?^```', '', text, flags=re.S | re.M)


def skeleton(text):
    """What must agree, as (name, list)."""
    plain = prose(text)
    rows = [line for line in plain.splitlines() if line.startswith('|')]
    other = [x for x in re.findall(r'\]\(([^)]+)\)', text) if x not in PAIR]
    return [
        ('levels of headings', [len(h) for h in re.findall(r'^(#+) ', plain, re.M)]),
        ('commands', [c for f in fences(text) for c in map(command, f.splitlines()) if c]),
        ('numbers in the rows of tables', [numbers(r) for r in rows]),
        ('names in code style', sorted(set(re.findall(r'`([^`\n]+)`', plain)))),
        ('links', other),
        ('items of lists', len(re.findall(r'^- ', plain, re.M))),
    ]


def differences(a, b):
    out = []
    for (name, x), (_, y) in zip(skeleton(a), skeleton(b)):
        if x == y:
            continue
        where = ''
        if isinstance(x, list):
            where = next((f': {p!r} and {q!r}' for p, q in zip(x, y) if p != q), f': {len(x)} and {len(y)}')
        out.append(f'{name} differ{where}')
    return out


def self_test():
    one = '# a\n\n```\nmake demo   # x\n```\n\n| a | 3.5 cm |\n|---|---|\n\n- `x` [l](y.md)\n'
    zh = '# 甲\n\n```\nmake demo   # 乙\n```\n\n| 甲 | 3.5 厘米 |\n|---|---|\n\n- `x` [链](y.md)\n'
    assert differences(one, zh) == []
    for old, new in [('# 甲', '## 甲'), ('make demo', 'make test'), ('3.5', '3.6'), ('`x`', '`z`'), ('y.md', 'w.md'),
                     ('- `x`', '`x`')]:
        assert len(differences(one, zh.replace(old, new))) == 1, old
    print('check_readme: self-test of 7 cases passed')


if '--self-test' in sys.argv:
    self_test()
    sys.exit(0)
found = differences(*((ROOT / name).read_text(encoding='utf-8') for name in PAIR))
for line in found:
    print(f'{PAIR[0]} and {PAIR[1]}: {line}', file=sys.stderr)
if not found:
    print(f'check_readme: {PAIR[0]} and {PAIR[1]} are in step')
sys.exit(1 if found else 0)
