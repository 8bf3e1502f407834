#!/bin/sh
# Feeds hostile bytes to the readers of scenarios and tables. Usage: tests/fuzz/run.sh [SECONDS]; needs clang.
# A finding is left as build-fuzz-scenario/crash-*, what was learnt as build-fuzz-scenario/corpus.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
out=build-fuzz-scenario
mkdir -p "$out/corpus" "$out/seeds"
${CC:-clang} -std=c17 -D_POSIX_C_SOURCE=200809L -g -O1 -fsanitize=fuzzer,address,undefined \
  -fno-sanitize-recover=undefined -Isrc tests/fuzz/fuzz_scenario.c src/load/scenario.c \
  src/load/scenario_intervention.c src/load/scenario_read.c src/base/arena.c src/base/error.c src/base/files.c \
  src/text/json.c src/text/sto.c src/text/toml.c src/text/toml_value.c src/text/utf8.c -lm -o "$out/fuzz_scenario"
cp examples/*.toml tests/data/hostile/*.toml "$out/seeds/"
printf 'grf\nversion=1\nnRows=2\nnColumns=2\ninDegrees=no\nendheader\ntime\ta\n0\t1e-3\n0.01\tnan\n' >"$out/seeds/table.sto"
"$out/fuzz_scenario" -dict=tests/fuzz/scenario.dict -max_total_time="$seconds" -max_len=16384 -timeout=10 \
  -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$out/" "$out/corpus" "$out/seeds"
