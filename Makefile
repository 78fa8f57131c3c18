# make       sets up what the main job needs and reviews an example chart
# make test  sets up everything and runs every check
PYTHON ?= python3
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip install -q --disable-pip-version-check
EXAMPLE := policies/lumbar-sympathetic-block/cases/first-block-complete

demo: .venv/.ready
	$(BIN)/indicated review $(EXAMPLE)

test: style suite

style: .venv/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

suite: .venv/.ready-dev
	$(BIN)/pytest -n 2

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv && $(PYTHON) -m pip install -q --target .boot virtualenv && PYTHONPATH=.boot $(PYTHON) -m virtualenv -q .venv; }

.venv/.ready: .venv/bin/python pyproject.toml requirements.txt
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.txt
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: demo test style suite
