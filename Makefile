# The front door. Everything runs in .venv, which `make setup` builds from requirements.lock (hashes, no addresses).
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup demo test check run bench chaos screenshot lock

help:  ## what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/ready  ## build the virtual environment

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Kabar KTP needs Python 3.11 or newer; set PYTHON=/path/to/it" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch .venv/ready

demo: setup  ## play a story of 2017 without any account (STORY=bojonegoro or jember); then it is your turn
	$(BIN)/kabar demo $(if $(STORY),--story $(STORY))

run: setup  ## answer and send for the office in KABAR_HOME
	$(BIN)/kabar run

test: setup  ## the whole suite (needs Chromium: apt-get install chromium)
	$(BIN)/python -m pytest -n 3 --dist worksteal

check: setup  ## lint, types, imports, migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_migrations.py

bench: setup  ## the figures of benchmarks/README.md (three quarters of an hour; leave the machine alone meanwhile)
	$(BIN)/python -m benchmarks.sending
	$(BIN)/python -m benchmarks.pacing
	$(BIN)/python -m benchmarks.answering
	$(BIN)/python -m benchmarks.putting
	$(BIN)/python -m benchmarks.starting
	$(BIN)/python -m benchmarks.idle
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.importing
	$(BIN)/python -m benchmarks.spreadsheets
	$(BIN)/python -m benchmarks.large_import
	$(BIN)/python -m benchmarks.position
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -m benchmarks.lists
	$(BIN)/python -m benchmarks.calling
	$(BIN)/python -m benchmarks.friday_card
	$(BIN)/python -m benchmarks.many_offices
	$(BIN)/python -m benchmarks.takeover
	$(BIN)/python -m benchmarks.idle_offices
	$(BIN)/python -m benchmarks.country
	$(BIN)/python -m benchmarks.jobs
	$(BIN)/python -m benchmarks.receiving

chaos: setup  ## kills and storms on each database and over many offices, then all books compared; SEED=n repeats one
	$(BIN)/python -m tests.chaos --database both $(if $(SEED),--seed $(SEED))
	$(BIN)/python -m tests.chaos --fleet $(if $(SEED),--seed $(SEED))

screenshot: setup  ## take the pictures in docs anew, from the real page
	$(BIN)/python -m tests.screenshot docs

lock:  ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock
