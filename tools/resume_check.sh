#!/bin/sh
# Does a run that is killed again and again end with the same bytes? resume_check.sh N [SEED] [PROGRAM]
#
# A short case runs once without an end; then it is killed (SIGKILL) at N random moments and resumed each time from what
# is left in its folder. Whenever it comes to its end the result must have the bytes of the first; then it begins anew
# in an empty folder. A result that is there after a kill must be whole. Minutes; no part of `make test`.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
count=${1:?usage: resume_check.sh N [SEED] [PROGRAM]}
seed=${2:-1}
surae=${3:-$here/build/surae}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 killed=0 ended=0

cat >"$work/case.toml" <<'END'
schema = "surae-scenario/1"
[person]
sex = "female"
age_yr = 25
height_cm = 160
mass_kg = 52
[[intervention]]
week = 0
kind = "transect"
target = ["nerve_to_gasmed", "nerve_to_gaslat"]
side = "both"
[run]
weeks = [0, 2, 26]
tasks = ["stand", "walk:speed_m_s=1.33"]
END

start() {
  "$surae" predict "$work/case.toml" -o "$work/run" --resume >"$work/out" 2>"$work/err" &
  child=$!
}
now() { date +%s.%N; }

# compare: the result of a run that came to its end
compare() {
  ended=$((ended + 1))
  if ! cmp "$work/whole.json" "$work/run/result.json"; then
    failed=$((failed + 1))
    cp "$work/run/result.json" "${TMPDIR:-/tmp}/resume_check.$ended.json"
  fi
  rm -rf "$work/run"
}

# a result that a kill left is one that was written whole
look() {
  [ ! -f "$work/run/result.json" ] || python3 -m json.tool "$work/run/result.json" /dev/null || {
    echo "kill $killed left a torn result.json"
    failed=$((failed + 1))
  }
}

# end_of CODE: of a run that nobody killed
end_of() {
  [ "$1" = 0 ] && return
  cat "$work/err"
  exit 1
}

begin=$(now)
start
wait $child
end_of $?
length=$(echo "$begin $(now)" | awk '{print $2 - $1}')
mv "$work/run/result.json" "$work/whole.json"
rm -rf "$work/run"

# moments after a start, even between 0 and half of the whole run
for moment in $(awk -v n="$count" -v seed="$seed" -v length_s="$length" \
  'BEGIN {srand(seed); for (k = 0; k < n; k++) printf "%.2f\n", 0.5 * length_s * rand()}'); do
  while :; do
    start
    sleep "$moment"
    kill -KILL $child 2>/dev/null
    wait $child 2>/dev/null
    code=$?
    [ $code != 137 ] || break
    end_of $code
    compare
  done
  killed=$((killed + 1))
  look
done
start
wait $child
end_of $?
compare
echo "a run of $length s: killed $killed times, $ended times at its end, $failed failed"
[ $failed = 0 ]
