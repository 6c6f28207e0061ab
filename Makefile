# Two commands matter: `make run` and `make test`. Both set up what they need; a second call finds it
# done. `make help` lists the rest.

HOST ?= 127.0.0.1
PORT ?= 8000
# More arguments for the tool behind a target: make test ARGS="-k gates", make bench ARGS=--help.
ARGS ?=
# Test processes; the default fits a machine of two cores.
WORKERS ?= 2

BIN := .venv/bin
CATALOGUES := $(wildcard pmo/translations/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
VENDORED := static/vendor/htmx/htmx.min.js
# Checks look at the code, not at the data of this checkout.
CHECKED := PMO_DATA_DIR=.cache/check $(BIN)/pmo

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup setup-dev run test check bench format lock openapi translations clean FORCE \
	check-format check-lint check-types check-contracts check-templates check-translations \
	check-migrations check-openapi check-portfolio-schema

help: ## Say what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 22

# --- Set-up --------------------------------------------------------------------------------------

setup: .venv/.project $(VENDORED) $(COMPILED) ## Set up what running needs
setup-dev: setup .venv/.dev ## Set up what testing and checking need too

# A virtual environment knows its own path: after the checkout was moved or copied it is made again.
ifneq ($(shell cat .venv/.place 2>/dev/null),$(CURDIR))
.venv/.run: FORCE
endif

.venv/.run: requirements.lock tools/setup_python.sh
	tools/setup_python.sh .venv requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	tools/setup_python.sh .venv requirements-dev.lock
	@touch $@

# The project itself, editable, with the build tool of the lock: this brings the `pmo` command.
.venv/.project: pyproject.toml .venv/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.stamp: package.json package-lock.json .npmrc tools/npm.sh requirements-node.lock
	tools/npm.sh ci --no-progress
	@touch $@

$(VENDORED): tools/vendor.py node_modules/.stamp .venv/.run
	$(BIN)/python tools/vendor.py

%.mo: %.po | .venv/.run
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# --- Use -----------------------------------------------------------------------------------------

run: setup ## Serve on http://127.0.0.1:8000 (HOST=, PORT=); an empty database gets the demo portfolio
	@$(BIN)/pmo db upgrade
	@$(BIN)/pmo demo load --if-empty
	@exec $(BIN)/pmo serve --host "$(HOST)" --port "$(PORT)"

test: setup-dev ## Run every test (ARGS=, WORKERS=)
	@WORKERS="$(WORKERS)" tools/test.sh $(ARGS)

bench: setup-dev ## Measure the speed of the real server
	@$(BIN)/python -m tests.bench $(ARGS)

# --- Checks --------------------------------------------------------------------------------------

CHECKS := check-format check-lint check-types check-contracts check-templates check-translations \
	check-migrations check-openapi check-portfolio-schema
check: $(CHECKS) ## Check everything that needs no test run
	@echo '==> all checks passed'

check-format: setup-dev
	@echo '==> format'
	@$(BIN)/ruff format --check .

check-lint: setup-dev
	@echo '==> lint'
	@$(BIN)/ruff check .

check-types: setup-dev
	@echo '==> types'
	@$(BIN)/mypy

check-contracts: setup-dev
	@echo '==> import contracts'
	@$(BIN)/lint-imports --no-logo

check-templates: setup-dev
	@echo '==> templates'
	@$(BIN)/djlint --lint --quiet templates

check-translations: setup-dev
	@echo '==> translations'
	@$(BIN)/python tools/translations.py check

check-migrations: setup-dev
	@echo '==> migrations match models'
	@$(CHECKED) db check

check-openapi: setup-dev
	@echo '==> OpenAPI file is current'
	@$(CHECKED) openapi check docs/openapi.json

check-portfolio-schema: setup-dev
	@echo '==> portfolio schema is current'
	@$(CHECKED) schema check schemas/portfolio.schema.json

# --- Files that are made from others, and committed ----------------------------------------------

format: setup-dev ## Format the Python code and sort its imports
	@$(BIN)/ruff check --quiet --select I --fix-only .
	@$(BIN)/ruff format .

openapi: setup ## Write docs/openapi.json anew
	@$(CHECKED) openapi write docs/openapi.json

translations: setup ## Bring the catalogues up to date with the code and the templates
	@$(BIN)/python tools/translations.py update

# Keeps the versions that still fit; `make lock UPGRADE=1` takes the newest.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header $(if $(UPGRADE),--upgrade)
lock: setup-dev ## Lock the Python and the front-end packages anew (UPGRADE=1 for the newest)
	$(LOCK) --group build pyproject.toml --output-file requirements.lock
	$(LOCK) --group build --group dev --constraint requirements.lock pyproject.toml \
		--output-file requirements-dev.lock
	$(LOCK) --group node --output-file requirements-node.lock
	tools/npm.sh install --package-lock-only

clean: ## Remove all that set-up and tests made; data/ stays
	rm -rf .venv .node-venv .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache node_modules static/vendor test-results
	rm -f $(COMPILED)
