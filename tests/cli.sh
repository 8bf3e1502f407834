#!/bin/sh
# The program from outside: exit codes, streams, signals. cli.sh PROGRAM; a few seconds of computing.
set -u
surae=${1:?usage: cli.sh PROGRAM}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# expect CODE WORDS...: the exit code; a refusal says one line on stderr and nothing on stdout
expect() {
  want=$1
  shift
  "$surae" "$@" >"$work/out" 2>"$work/err"
  code=$?
  good=yes
  [ "$code" = "$want" ] || good=no
  case $want in 2 | 3) [ "$(wc -l <"$work/err")" = 1 ] && [ ! -s "$work/out" ] || good=no ;; esac
  if [ $good = yes ]; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "FAIL exit $code, expected $want: surae $*"
    head -3 "$work/err"
  fi
}

expect 0 --version
expect 0 --help
expect 0 predict --help
expect 0 nerves
expect 0 nerves --json
expect 0 model export -o "$work/m.osim"
expect 2 predcit
expect 2 course x
expect 2 predict
expect 2 solve walk --cut soleus
expect 2 solve walk --week 2
expect 3 predict "$work/none.toml"
expect 3 report "$work/none"
expect 3 model export -o "$work/none/m.osim"
expect 0 solve heel_raise:legs=both -o "$work/rise.sto" --json

# a terminated run writes what it has and says 130
"$surae" predict "$here/examples/article.toml" -o "$work/run" --tasks "walk" >"$work/out" 2>"$work/err" &
child=$!
sleep 1
kill -TERM $child
wait $child
code=$?
if [ $code = 130 ] && [ -s "$work/run/result.json" ] && [ -s "$work/run/report.html" ]; then passed=$((passed + 1)); else
  failed=$((failed + 1))
  echo "FAIL exit $code after SIGTERM, expected 130 with a result"
fi

echo "$passed passed, $failed failed"
[ $failed = 0 ]
