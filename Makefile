# Rightkey. `make help` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
PEERS := .venv-peers/bin
# torch comes from a folder of wheels where PIP_FIND_LINKS names one, else as its CPU build
LINKS := $(if $(PIP_FIND_LINKS),--find-links $(PIP_FIND_LINKS))
ifeq ($(PIP_FIND_LINKS),)
export UV_TORCH_BACKEND ?= cpu
endif
UV := $(shell command -v uv || echo $(PYTHON) -m uv)
AXE := .cache/axe/node_modules/axe-core/axe.min.js
export HF_HUB_OFFLINE ?= 1

.DEFAULT_GOAL := help
.PHONY: help serve portal test check lint types corpus-check corpus-plot eval bench screenshots pins browser clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

serve: .venv/service ## set up, ingest the corpus, serve at http://127.0.0.1:8000 (PORT, RIGHTKEY_DATA)
	@$(BIN)/rightkey ingest sync corpus
	@$(BIN)/rightkey serve

portal: .venv/service ## a portal to try the widget on: six pages of two other origins (PORT + 10, PORT + 11)
	@RIGHTKEY_DATA=.cache/portal $(BIN)/rightkey ingest sync corpus
	@RIGHTKEY_DATA=.cache/portal $(BIN)/python -m service.portal

test: .venv/test browser $(AXE) ## set up and run the tests, browser included
	$(BIN)/python -m pytest

check: lint types corpus-check test ## what CI runs: lint, types, corpus, tests

lint: .venv/test ## ruff, format and rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test ## mypy, strict
	$(BIN)/mypy

corpus-check: .venv/service ## check every brief: file, line, cure
	$(BIN)/rightkey corpus check

corpus-plot: .venv/test ## count the corpus anew: docs/corpus.svg and the README's table of it
	$(BIN)/python -m evals.corpus

eval: .venv/test ## evaluate on the question sets: reports/eval.html, and the table
	$(BIN)/python -m evals --readme

bench: .venv/test .venv-peers/done ## measure beside LangChain, LlamaIndex and Haystack: reports/bench.md
	@command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk"; exit 1; }
	$(BIN)/python -m evals.bench --readme

screenshots: .venv/test browser ## look at the widget as visitors do: docs/widget/, docs/widget.png
	$(BIN)/python tests/screenshots.py

pins: ## compile the pinned requirements anew from pyproject.toml
	$(call compile,pyproject.toml,service)
	$(call compile,pyproject.toml --extra test -c requirements/service.txt,test)
	$(call compile,requirements/peers.in,peers)

define compile
$(UV) pip compile -q $(LINKS) --no-emit-index-url --no-emit-find-links --no-header --no-annotate $(1) -o requirements/$(2).txt
sed -i 's/^torch==\(.*\)+cpu$$/torch==\1/' requirements/$(2).txt
endef

clean: ## remove environments, caches and reports (the data folder stays)
	rm -rf .venv .venv-peers .cache reports

# --- set-up

.venv/made:
	@command -v uv >/dev/null || $(PYTHON) -m uv --version >/dev/null 2>&1 || $(PYTHON) -m pip install -q uv
	@$(UV) venv -q --allow-existing --python $(PYTHON) --python-preference only-system .venv
	@touch $@

.venv/service: .venv/made requirements/service.txt pyproject.toml
	@echo "Installing (half a minute on a fresh machine)"
	@$(UV) pip install -q --python $(BIN)/python --compile-bytecode $(LINKS) -r requirements/service.txt
	@$(UV) pip install -q --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/test: .venv/service requirements/test.txt
	@echo "Installing what the tests need"
	@$(UV) pip install -q --python $(BIN)/python --compile-bytecode $(LINKS) -r requirements/test.txt
	@touch $@

.venv-peers/done: requirements/peers.txt .venv/made
	@echo "Installing the peers, in an environment of their own"
	@$(UV) venv -q --allow-existing --python $(PYTHON) --python-preference only-system .venv-peers
	@$(UV) pip install -q --python $(PEERS)/python $(LINKS) -r requirements/peers.txt
	@touch $@

$(AXE):
	@command -v npm >/dev/null && npm install --silent --no-save --prefix .cache/axe axe-core@4.14.1 >/dev/null \
		|| echo "npm is missing: the accessibility tests will be skipped"

# Debian packages: Chromium and fonts for the browser tests, wrk for the bench
browser: .venv/test
	@$(BIN)/python tests/setup_browser.py
