# Every target makes what it needs. PYTHON names the interpreter (3.11 or later).
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
GOLD   ?= tests/gold

.PHONY: help demo test lint compile bench bench-reading bench-hostile bench-recovery bench-judging bench-bounds chaos eval schemas lock fuzz audit clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(VENV)/.runtime: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c requirements.lock -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	$(PIP) install -c requirements.lock -e '.[dev]'
	@touch $@

demo: $(VENV)/.runtime  ## replay seeds/ through the whole pipeline in one process (DEMO_ONCE=1 ends by itself)
	@$(BIN)/claimstream demo

test: $(VENV)/.dev  ## everything: lint, types, layers, unit, embedded broker, real Kafka where it can be had
	$(BIN)/python -m pytest

lint: $(VENV)/.dev  ## ruff, mypy and import-linter alone
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

compile: $(VENV)/.dev  ## compile reading into build/compiled (a C compiler, minutes), and see that it reads the same, faster
	CLAIMSTREAM_COMPILE=1 $(PIP) install --no-deps --upgrade --target build/compiled .
	$(BIN)/python tools/compiled.py build/compiled

bench: $(VENV)/.dev  ## articles per second: in-process, embedded broker, Kafka, beside a bare consumer loop
	$(BIN)/python tools/bench.py

bench-reading: $(VENV)/.dev  ## words a second of reading, beside quantulum3 (NEWS="more files and folders")
	$(PIP) install -c requirements.lock -e '.[dev,bench]'
	$(BIN)/python tools/bench_reading.py $(NEWS)

bench-hostile: $(VENV)/.dev  ## time and memory of hostile texts of 5 and 10 MB (HOSTILE="--megabytes 1")
	$(BIN)/python tools/bench_reading.py --hostile $(HOSTILE)

bench-judging: $(VENV)/.dev  ## claims per second of judging alone: figures, quarrels of many voices, many subjects (JUDGING=--quick)
	$(BIN)/python tools/bench_judging.py $(JUDGING)

bench-bounds: $(VENV)/.dev  ## memory and latency under hot subjects, a million subjects, floods, a long stream (BOUNDS=--small)
	$(BIN)/python tools/bench_bounds.py $(BOUNDS)

bench-recovery: $(VENV)/.dev  ## how long a worker needs to read its table again, by store, with and without a standby
	$(PIP) install -c requirements.lock -e '.[dev,disk]'
	$(BIN)/python tools/bench_recovery.py

chaos: $(VENV)/.dev  ## kill, freeze and restart everything under load, and check the results (CHAOS="--seed N --runs N ...", ten minutes)
	$(BIN)/python tools/chaos.py --runs 100 --minutes 10 $(CHAOS)

eval: $(VENV)/.dev  ## score reading and judging on a folder of gold streams (GOLD=folder)
	$(BIN)/python tools/evaluate.py $(GOLD)

schemas: $(VENV)/.dev  ## write docs/schemas/ anew from the records
	$(BIN)/claimstream schemas docs/schemas

lock: $(VENV)/.dev  ## write requirements.lock anew from what is installed
	$(BIN)/python -m pip freeze --exclude-editable > requirements.lock

fuzz: $(VENV)/.dev  ## look by coverage for inputs that go wrong, a minute in all (FUZZ="--seconds N --seed N TARGET...")
	$(PIP) install -c requirements.lock -e '.[dev,fuzz]'
	$(BIN)/python tools/fuzz.py $(FUZZ)

audit: $(VENV)/.dev  ## known faults of the dependencies; says so where nobody could be asked (AUDIT="--service osv")
	$(BIN)/python tools/audit.py $(AUDIT)

clean:  ## remove what the targets made
	rm -rf $(VENV) .cache build dist out
