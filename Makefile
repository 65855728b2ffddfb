# What can be done here. `make` lists it; each target sets up what it needs by itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,$(shell $(name) -c \
	'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
READY_TO_RUN := $(VENV)/.ready-to-run
READY := $(VENV)/.ready
READY_TO_TRAIN := $(VENV)/.ready-to-train
READY_TO_MUTATE := $(VENV)/mutate/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ARGS ?=
SCENARIO ?= all
CYCLES ?= 0
SEED ?= 1

.PHONY: help
help:  ## List what you can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-15s %s\n", $$1, $$2}'

$(READY_TO_RUN): pyproject.toml requirements/runtime.txt requirements/build.txt
	@test -n "$(PYTHON)" || { echo "listener needs Python 3.11 or newer; none was found on PATH" >&2; exit 2; }
	@echo "setting up $(VENV) …" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(READY): $(READY_TO_RUN) requirements/dev.txt
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(READY_TO_TRAIN): $(READY) requirements/train.txt
	@$(PIP) install --require-hashes -r requirements/train.txt
	@touch $@

$(READY_TO_MUTATE): $(READY) requirements/mutate.txt
	@rm -rf $(VENV)/mutate
	@$(PIP) install --require-hashes --no-deps --target $(VENV)/mutate -r requirements/mutate.txt
	@touch $@

.PHONY: setup run
setup: $(READY)  ## Make .venv with .venv/bin/listener and all that development needs

run: $(READY_TO_RUN)  ## Start a broker and the listener, play the sample, show what comes (ARGS=--once to end by itself)
	@$(BIN)/listener demo $(ARGS)

WORKERS ?= 3
# One more than CI has processors: what is tested on a broker waits more than it computes.
.PHONY: test test-all
test: $(READY)  ## Run the tests (ARGS="-k name" for some)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not bench and not slow" $(ARGS)

test-all: $(READY)  ## Run every test, the slow ones too
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not bench" $(ARGS)

CASES ?= 50000
.PHONY: fuzz audit
fuzz: $(READY)  ## Put whatever there is into records and see that hearing stands (CASES=)
	@FUZZ_CASES=$(CASES) $(BIN)/python -m pytest -n 2 tests/fuzz $(ARGS)

audit: $(READY)  ## Known weaknesses of what we ship with
	@$(BIN)/python -m scripts.audit $(ARGS)

.PHONY: check lint types floors catalogue schemas weaknesses
check: lint types floors catalogue schemas weaknesses test  ## All that CI runs, in CI's order

weaknesses: $(READY)  ## As audit, but a database that is away is no fault
	@$(BIN)/python -m scripts.audit --if-reachable

lint: $(READY)  ## Style, and no line out of place
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)  ## mypy, strict
	@$(BIN)/mypy

floors: $(READY)  ## Imports point down only
	@$(BIN)/lint-imports

catalogue: $(READY)  ## What the rules and the types say agrees with itself, and every rule's stories hold
	@$(BIN)/listener rules lint
	@$(BIN)/listener rules test

schemas: $(READY)  ## The schemas in schemas/ are those of the models, and break no reader
	@$(BIN)/listener schemas check

.PHONY: format lock
format: $(READY)  ## Mend what can be mended by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links
lock: $(READY)  ## Pin what pyproject.toml asks for (ARGS=--upgrade for the newest)
	@$(BIN)/$(LOCK) $(ARGS) pyproject.toml --output-file requirements/runtime.txt
	@$(BIN)/$(LOCK) $(ARGS) --constraints requirements/runtime.txt requirements/build.in --output-file requirements/build.txt
	@$(BIN)/$(LOCK) $(ARGS) --constraints requirements/runtime.txt --constraints requirements/build.txt --extra dev pyproject.toml \
		--output-file requirements/dev.txt
	@$(BIN)/$(LOCK) $(ARGS) --constraints requirements/dev.txt --extra train pyproject.toml --output-file requirements/train.txt

.PHONY: bench measure-ear measure-tie measure-rules mutate train torture
bench: $(READY)  ## Measure speed beside a textbook Faust app and bare aiokafka, on a real broker; the ear beside VADER
	@$(BIN)/python -m tests.bench $(ARGS)
	@$(BIN)/python -m tests.bench.ear

measure-ear: $(READY)  ## How well cues are heard
	@$(BIN)/python -m scripts.ear.measure $(ARGS)

measure-tie: $(READY)  ## How well relationships are told apart
	@$(BIN)/python -m scripts.tie.measure $(ARGS)

measure-rules: $(READY)  ## How well broken rules are noticed
	@$(BIN)/python -m scripts.rules.measure $(ARGS)

mutate: $(READY_TO_MUTATE)  ## Change the rule engine line by line and see that its tests notice; writes docs/mutants.md
	@rm -rf build/mutate
	@$(BIN)/python -m scripts.rules.plain build/mutate
	@cd build/mutate && PYTHONPATH=$(CURDIR)/$(VENV)/mutate $(CURDIR)/$(BIN)/python -m mutmut run --max-children 2 $(ARGS)
	@$(BIN)/python -m scripts.rules.mutants

OFTEN := tests/threads/dev2a.jsonl
# written about need, which is rarer in life than there
SELDOM := tests/threads/dev4a.jsonl
# labelled as readers of real posts do; every type about as often, as in no firm's traffic
ALIKE := $(wildcard tests/threads/dev2*.jsonl)
EVENLY := $(wildcard tests/threads/dev4*.jsonl tests/threads/dev6*.jsonl tests/threads/dev9*.jsonl) tests/threads/dev5c.jsonl
TOLD := tests/stories $(wildcard tests/histories/dev*) --threads $(wildcard tests/threads/dev*.jsonl) --often $(OFTEN) --alike $(ALIKE) --evenly $(EVENLY) --write
train: $(READY_TO_TRAIN)  ## Fit what is learned: the ear's heads, then what tells the tie and distress
	@$(BIN)/python -m scripts.ear.train
	@$(BIN)/python -m scripts.tie.fit $(TOLD) $(ARGS)
	@$(BIN)/python -m scripts.tie.fit_distress $(wildcard tests/threads/dev*.jsonl) --seldom $(SELDOM) --write
	@$(BIN)/python -m scripts.tie.fit_engagement tests/stories $(wildcard tests/histories/dev*) --write

torture: $(READY)  ## Everything that befalls a system, on a real broker (SCENARIO=, CYCLES=, SEED=, OFF=, WRITE=)
	@$(BIN)/python -m tests.delivery.torture --scenario $(SCENARIO) --cycles $(CYCLES) --seed $(SEED) $(ARGS)
