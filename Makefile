# Two commands on a fresh machine (Debian 12, Python 3.11, make): make run, make test.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
FORUM_DATA_DIR ?= var
PYTEST_ARGS ?= -n auto --dist loadfile --no-loadscope-reorder
export PORT HOST FORUM_DATA_DIR

BIN := .venv/bin
UV = $(shell command -v uv || echo $(BIN)/uv)

.DEFAULT_GOAL := help
.PHONY: help run test check checks lint types contracts drift words cover shots bench setup lock clean

help: ## say what can be made
	@echo "Surat Pembaca: public letters to businesses. What to type:"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "  PORT=$(PORT) HOST=$(HOST) FORUM_DATA_DIR=$(FORUM_DATA_DIR)   change them as in: make run PORT=9000"
	@echo '  PYTEST_ARGS="-k comments -x"               passes words to pytest: make test PYTEST_ARGS=…'

run: ## serve the site with demo data at http://127.0.0.1:8000 (Ctrl-C stops everything)
	@$(PYTHON) tools/setup.py run
	@$(BIN)/python -m forum --with-parent

test: ## run the whole test suite
	@$(PYTHON) tools/setup.py dev
	$(BIN)/pytest $(PYTEST_ARGS)

check: checks test ## everything a change must pass: ruff, mypy, contracts, drift, words, tests

checks: lint types contracts drift words ## the same without the tests

lint:
	@$(PYTHON) tools/setup.py dev
	$(BIN)/ruff check .

types:
	@$(PYTHON) tools/setup.py dev
	$(BIN)/mypy

contracts:
	@$(PYTHON) tools/setup.py dev
	$(BIN)/lint-imports --no-logo

drift:
	@$(PYTHON) tools/setup.py dev
	$(BIN)/python -m tools.drift

words:
	@$(PYTHON) tools/setup.py dev
	$(BIN)/python -m tools.catalogue missing

cover: ## run the tests and print which lines of forum/ they reach
	@$(PYTHON) tools/setup.py dev
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PYTEST_ARGS)
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

shots: ## take pictures of every page of the demo into var/shots (SHOTS_ARGS="--widths 390 --only letters")
	@$(PYTHON) tools/setup.py dev
	$(BIN)/python -m tools.shots $(SHOTS_ARGS)

bench: ## measure against a bare Flask route on the same server (needs wrk)
	@$(PYTHON) tools/setup.py dev
	$(BIN)/python -m benchmarks.bench

setup: ## only prepare .venv (packages for running and testing, translations)
	@$(PYTHON) tools/setup.py dev

lock: ## pin anew what requirements*.in ask for, with hashes, for Python 3.11 and later
	@$(PYTHON) tools/setup.py dev
	$(UV) pip compile -q --generate-hashes --universal --python-version 3.11 requirements.in -o requirements.txt
	$(UV) pip compile -q --generate-hashes --universal --python-version 3.11 requirements-dev.in -o requirements-dev.txt

clean: ## remove .venv and caches; the data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.*
	find forum tools tests benchmarks migrations -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
