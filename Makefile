# techfair: what people type. Needs Python 3.11 or newer, git and make.
PYTHON ?= python3
PORT ?= 8000
T ?= tests
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The lock files name everything, so nothing is left to resolve; bytecode is made of what is imported.
LOCKED := --require-hashes --no-deps --no-compile -r

.PHONY: help install run test test-faults test-crash lint bench screenshots lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 16

.venv/installed: requirements.txt pyproject.toml
	@tools/new_venv $(PYTHON)
	$(BIN)/python -m pip install -q $(LOCKED) requirements.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/installed-test: .venv/installed requirements-test.txt
	$(BIN)/python -m pip install -q $(LOCKED) requirements-test.txt
	@touch $@

install: .venv/installed  ## make .venv with everything to run, from the lock file

run: .venv/installed  ## serve the fair on http://127.0.0.1:$(PORT), the demo fair where there is none
	@PORT=$(PORT) tools/run_demo

test: .venv/installed-test  ## the whole suite, on SQLite and PostgreSQL; make test T=tests/visitors for a part
	@tools/run_tests $(T)

lint: .venv/installed-test  ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/vendor_assets.py tools/vendor.toml techfair/static/vendor --check

test-faults: .venv/installed-test  ## networks cut, disks full, servers exchanged at an open gate
	@tools/test_parts
	$(BIN)/python -m pytest -q -n 2 -m faults

test-crash: .venv/installed-test  ## kill the server under scan load, CRASHES times (100): nothing is lost
	$(BIN)/python -m tests.faults.crash --crashes $(or $(CRASHES),100)

bench: .venv/installed-test  ## measure, each figure beside its baseline; make bench F=bench/scans.py for one
	@$(BIN)/python tools/run_bench $(F)

screenshots: .venv/installed-test  ## take the pictures of the README from the demo fair
	$(BIN)/python tools/screenshots.py docs/pictures

lock:  ## make the lock files anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra build --universal --generate-hashes -q -o requirements.txt
	uv pip compile pyproject.toml --extra build --extra test --universal --generate-hashes -q \
		-c requirements.txt -o requirements-test.txt

clean:  ## remove .venv and caches, never the instance
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
