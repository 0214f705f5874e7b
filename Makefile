# YRD Desk. `make` alone lists the commands.
#
# The stamps in .venv say what is installed there, so a second `make run` starts at once. Their names carry
# the place of the clone, because a virtual environment does not survive being moved.

.DEFAULT_GOAL := help
.PHONY: help setup run demo test lint bench docs lock
.DELETE_ON_ERROR:

PLACE := $(shell pwd -P | cksum | cut -d' ' -f1)
READY := .venv/.ready-$(PLACE)
READY_DEV := .venv/.ready-dev-$(PLACE)

# Runs a command and shows what it printed only if it fails.
quietly = out=$$($(1) 2>&1) || { printf '%s\n' "$$out" >&2; exit 1; }

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## Create .venv with the locked packages and .venv/bin/yrd
	@echo "YRD Desk is set up: make run starts it, .venv/bin/yrd --help lists its commands."

run: $(READY) ## Start the bot: in Slack when its tokens are set, else a local workspace in the browser
	@.venv/bin/yrd run

demo: $(READY) ## Play a short tour of the bot in a local workspace, in the browser
	@.venv/bin/yrd run --demo

test: lint ## Check everything: lint, seeds, and every test
	@.venv/bin/yrd build
	@.venv/bin/yrd check
	@YRD_CHROMIUM="$$(scripts/chromium)" .venv/bin/python -m pytest -q

lint: $(READY_DEV) ## Check format, style, types and the direction of imports
	@$(call quietly,.venv/bin/ruff format --check .)
	@$(call quietly,.venv/bin/ruff check .)
	@$(call quietly,.venv/bin/mypy)
	@$(call quietly,.venv/bin/lint-imports)

bench: $(READY) ## Measure speed, and fail where a ratio is missed
	@.venv/bin/python -m benchmarks.bench

docs: $(READY) ## Write the tables of README.md and docs/ anew from the code
	@.venv/bin/python scripts/tables.py

# `make lock UPGRADE=--upgrade` takes newer versions; without it only what pyproject.toml asks for changes.
COMPILE := .venv/bin/uv pip compile pyproject.toml --quiet --generate-hashes --no-header \
	--no-emit-index-url --universal --python-version 3.11
lock: $(READY_DEV) ## Write requirements*.txt anew from pyproject.toml
	@$(COMPILE) $(UPGRADE) --extra build --output-file requirements.txt >/dev/null
	@$(COMPILE) $(UPGRADE) --extra build --extra dev --constraint requirements.txt \
		--output-file requirements-dev.txt >/dev/null

# Not only when .venv is missing: also when the Python it was made with is gone.
.venv/bin/python:
	@scripts/setup venv

$(READY): .venv/bin/python requirements.txt pyproject.toml scripts/setup
	@scripts/setup runtime
	@touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	@scripts/setup dev
	@touch $@
