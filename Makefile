# Everything a contributor does, by name. `make` alone lists it. GNU make 4.3, POSIX sh.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:

# The environment every target runs in, and the file that says it is up to date with uv.lock.
PYTHON_IN := .venv/bin
MADE := .venv/.made
JOBS ?= 2
DEMO := build/demo
STUDY := $(DEMO)/autocorp.fieldquill

# Without cached bytecode the program starts three times slower; modules of another environment are not ours.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
unexport PYTHONHOME
unexport VIRTUAL_ENV

# Qt wants a UTF-8 locale; a bare system has none set.
ifeq (,$(LC_ALL)$(LC_CTYPE)$(LANG))
export LC_ALL := C.UTF-8
endif

# Pictures and tests come out the same on every machine: no screen, one locale.
lint test nightly bench study demo screenshots: export LC_ALL := C.UTF-8
test nightly bench study demo screenshots: export QT_QPA_PLATFORM := offscreen
# Not a secret: it opens the demonstration study only, and README.md prints it.
run study demo screenshots: export FIELDQUILL_PASSPHRASE ?= autocorp demonstration

# An environment whose Python is gone, or that was copied here with another checkout, is made anew.
$(shell [ -x $(PYTHON_IN)/python ] && [ "$$(cat $(MADE) 2>/dev/null)" = "$(CURDIR)" ] || rm -f $(MADE))

CORE = $(PYTHON_IN)/python -m pytest -q -n $(JOBS) -p tests.noqt -p no:pytest-qt -p no:benchmark

# What makes packages has an environment of its own, and a seed of its own, so that it always makes the same bytes.
BUNDLE := PYTHONPATH=packaging PYTHONHASHSEED=0 build/packaging/venv/bin/python -m bundle

# The folders of what must never break; their own tests alone are traced, since tracing costs time.
GUARDED := $(shell grep -v '^\#' tests/never_break.txt | xargs -n1 dirname | sort -u)

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: setup ## open the demonstration study; without a screen, do `make demo` instead
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" = Darwin ]; then \
		mkdir -p $(DEMO) && exec $(PYTHON_IN)/fieldquill demo $(STUDY) --open; \
	else \
		echo "There is no screen here, so the demonstration goes to $(DEMO) as a PDF and pictures."; \
		$(MAKE) --no-print-directory demo; \
	fi

.PHONY: test
test: setup-test lint ## check style and types, then run every test (those of the core without Qt)
	@echo "== what must never break (tests/never_break.txt), every branch of it, where Qt cannot be imported"
	@$(CORE) $(patsubst %,--cov=%,$(GUARDED)) --cov-branch --cov-report= $(GUARDED:%=tests/%)
	@$(PYTHON_IN)/coverage report --skip-covered --fail-under=100 \
		--include="$$(grep -v '^#' tests/never_break.txt | paste -s -d , -)"
	@echo "== the rest of the core, without Qt as well"
	@$(CORE) $(GUARDED:%=--ignore=tests/%) tests/app tests/acceptance
	@echo "== all other tests"
	@$(PYTHON_IN)/python -m pytest -q -n $(JOBS) -p no:benchmark --ignore=tests/bench --ignore=tests/app \
		--ignore=tests/acceptance tests

.PHONY: nightly
nightly: setup-test ## cut the power a hundred times while somebody types, type and act at random for longer
	@FIELDQUILL_KILLS=100 FIELDQUILL_SEED=$$(date +%j) $(PYTHON_IN)/python -m pytest -q -s -p no:benchmark \
		tests/faults/test_typing.py
	@FIELDQUILL_WALKS=100 $(PYTHON_IN)/python -m pytest -q -p no:benchmark tests/app/actions/test_history.py
	@FIELDQUILL_SEEDS=200 $(PYTHON_IN)/python -m pytest -q -n $(JOBS) -p no:benchmark \
		tests/ui/notebook/test_notebook_random.py

.PHONY: lint
lint: $(MADE) ## check style, format, types and the direction of imports
	@echo "== ruff, mypy, import-linter"
	@$(PYTHON_IN)/ruff check .
	@$(PYTHON_IN)/ruff format --check .
	@$(PYTHON_IN)/mypy
	@$(PYTHON_IN)/lint-imports

.PHONY: bench
bench: setup ## measure start, memory, scoring and report, as ratios to a yardstick
	@$(PYTHON_IN)/python -m pytest -q -s tests/bench

.PHONY: screenshots
screenshots: study ## draw every page, light and dark, in two sizes, to build/demo
	@$(PYTHON_IN)/python -m ui.screenshots $(STUDY) $(DEMO)

.PHONY: demo
demo: screenshots ## leave the demonstration's study, PDF report and pictures in build/demo
	@$(PYTHON_IN)/fieldquill report $(STUDY) -o $(DEMO)/autocorp.pdf
	@echo "The report is $(DEMO)/autocorp.pdf, the pages are $(DEMO)/*.png."

.PHONY: dist-linux
dist-linux: setup ## make the Debian package and the tar.xz for Linux, in dist
	@packaging/setup/tools linux
	@$(BUNDLE).linux

.PHONY: dist-windows
dist-windows: setup ## make the installer and the portable ZIP for Windows, in dist
	@packaging/setup/tools windows
	@$(BUNDLE).windows

.PHONY: dist-macos
dist-macos: setup ## make the disk image for macOS, in dist; on a Mac (never tried)
	@packaging/setup/tools macos
	@$(BUNDLE).macos

.PHONY: dist-check
dist-check: setup ## install, run and remove what is in dist, as a user would (minutes; wants root for the .deb)
	@packaging/setup/tools check
	@$(BUNDLE).check

.PHONY: dist-same
dist-same: setup ## make what is in dist again elsewhere, and compare every byte
	@packaging/setup/tools check
	@$(BUNDLE).check.same

.PHONY: clean
clean: ## remove what the other targets wrote, except .venv
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks .coverage*
	@find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +

# The parts of the above.

.PHONY: setup setup-test study
setup: $(MADE)
	@packaging/setup/system-libraries

setup-test: $(MADE)
	@packaging/setup/system-libraries test

study: setup
	@mkdir -p $(DEMO)
	@rm -f $(STUDY)* $(DEMO)/autocorp.pdf
	@$(PYTHON_IN)/fieldquill demo $(STUDY)

$(MADE): pyproject.toml uv.lock packaging/setup/environment
	@packaging/setup/environment
