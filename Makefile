# make build       the program: build/surae
# make demo        the case of the article, with its report
# make test        everything that is checked, with gcc, clang and sanitizers
# make check       include order, the two READMEs and format alone
# make format      formats the sources
# make bench       time, iterations and memory per task, our solver beside IPOPT; PARTS="tasks demo solver basins large --few"
# make robustness  a hundred random people, nerves and tasks
# make fuzz        hostile input for the readers, SECONDS=60
# make clean       removes what was built
#
# build, demo and test install what a bare Debian 12 lacks (as root or with sudo) and say so.
SECONDS ?= 60

.PHONY: build demo test check format bench robustness fuzz clean

build:
	@tools/install_needs build
	@[ -f build/build.ninja ] || meson setup build
	@ninja -C build

demo: build
	@mkdir -p surae-out
	@build/surae predict examples/article.toml -o surae-out/article; status=$$?; \
	  [ -f surae-out/article/report.html ] && echo "report: $(CURDIR)/surae-out/article/report.html"; \
	  exit $$status

test:
	@tools/install_needs test
	@tools/run_tests

check:
	@tools/install_needs test
	@tools/check_includes.py --self-test
	@tools/check_includes.py
	@tools/check_readme.py --self-test
	@tools/check_readme.py
	@tools/format --check

format:
	@tools/install_needs test
	@tools/format

bench: build
	@tools/bench.py $(PARTS)
	@! command -v chromium >/dev/null || [ ! -d node_modules/playwright-core ] || node tests/browser/frames.mjs

robustness: build
	@tools/robustness.py

fuzz:
	@tools/install_needs fuzz
	@tools/run_fuzz $(SECONDS)

clean:
	rm -rf build build-clang build-sanitize build-fuzz
