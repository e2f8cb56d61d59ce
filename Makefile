# All that a developer does, from a bare machine: make, Python 3.11 or later with venv, and pip's
# package index. Every path is relative, so a checkout may lie under any name.

PYTHON ?= python3
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --constraint constraints.txt --build-constraint constraints.txt
PYTEST := $(BIN)/python -m pytest
# Nothing here spends money on a model that the environment happens to name.
OFFLINE := ICTDIPLO_MODEL=offline

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo examples test test-all flake versions servers record lint bench bench-peers fuzz constraints clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s%s\n", $$1, $$2}' Makefile

demo: .venv/with-package  ## read the example articles, offline
	$(OFFLINE) $(BIN)/ictdiplo extract examples/articles/*.txt

examples: .venv/with-test  ## run examples/, offline
	$(OFFLINE) $(BIN)/python examples/quickstart.py
	$(OFFLINE) $(BIN)/python examples/many_articles.py examples/articles
	$(OFFLINE) $(BIN)/python examples/ledger.py
	$(OFFLINE) $(BIN)/python examples/look_at_results.py examples/articles --output /dev/null
	$(PYTEST) tests/test_examples.py

test: .venv/with-test  ## run the tests, offline; ARGS="-k dates" runs some
	$(PYTEST) -rs -m "not wheel" $(ARGS)

test-all: .venv/with-all  ## every test, none skipped, and the coverage gate; needs chromium
	PYTHONPATH=tests $(BIN)/python -m coverage run -m pytest -p none_skipped $(ARGS)
	$(BIN)/python -m coverage report

flake: .venv/with-test  ## the tests with a real llama.cpp server, ten times
	for round in 1 2 3 4 5 6 7 8 9 10; do $(PYTEST) -q tests/read/test_llama.py || exit 1; done

# Neither is what `pip` would choose: instructor's cap on jiter is one of its metadata only.
OLDEST := openai==2.54.0 jiter==0.14.0
NEWEST := openai==3.57.0 jiter==0.19.0
OTHER := .venv-openai/bin/python

versions: .venv-openai/with-test  ## the tests of what speaks to models, with the oldest openai and the newest
	$(OTHER) -m pip --quiet install --no-deps $(OLDEST)
	$(OTHER) -m pytest -q tests/read/test_*.py
	$(OTHER) -m pip --quiet install --no-deps $(NEWEST)
	$(OTHER) -m pytest -q tests/read/test_*.py

servers: .venv/with-test  ## try out servers that enforce a form or don't, and write README's table; takes minutes
	$(PYTHON) -m venv .venv-litellm
	.venv-litellm/bin/python -m pip --quiet install 'litellm[proxy]'
	$(PYTHON) -m venv .venv-llama-cpp-python
	.venv-llama-cpp-python/bin/python -m pip --quiet install --no-binary llama-cpp-python 'llama-cpp-python[server]'
	$(BIN)/python tools/servers.py --litellm .venv-litellm/bin/litellm \
		--llama-cpp-python .venv-llama-cpp-python/bin/python

record: .venv/with-test  ## ask a model anew for the cassettes, with your key
	ICTDIPLO_RECORD=1 $(PYTEST) tests/read/test_cassettes.py tests/read/test_model_on_gold.py \
		tests/read/test_languages.py tests/read/test_long_article.py tests/test_attacks_answered.py

lint: .venv/with-lint  ## ruff, its formatter, mypy, bandit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive src

bench: .venv/with-bench  ## measure the offline reader, what a prompt costs, tables
	$(BIN)/python benchmarks/quality.py $(ARGS)
	$(BIN)/python benchmarks/reader_speed.py $(ARGS)
	$(BIN)/python benchmarks/prompt_cost.py $(ARGS)
	$(BIN)/python benchmarks/merge_quality.py $(ARGS)
	$(BIN)/python benchmarks/merge_speed.py $(ARGS)
	$(BIN)/python benchmarks/tables_memory.py $(ARGS)

fuzz: .venv/with-fuzz  ## feed the property tests with a fuzzer's bytes; ARGS="--seconds 600"
	$(BIN)/python tools/fuzz.py $(ARGS)

bench-peers: .venv/with-bench .venv-peers/with-peers  ## measure everything beside the peers; half an hour
	$(BIN)/python benchmarks/side_by_side.py $(ARGS)

constraints:  ## pin the newest versions that fit
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(PIP) install --upgrade pip
	$(PIP) install --editable ".[all,ray]" --group test --group tables --group browser \
		--group notebook --group wheel --group lint editables hatchling
	sed '/^#/!d' constraints.txt > .venv/constraints.txt
	$(PIP) freeze --all --exclude-editable --exclude setuptools >> .venv/constraints.txt
	mv .venv/constraints.txt constraints.txt

clean:  ## remove .venv and all that tools left behind
	rm -rf .venv .venv-* .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist

# One environment that grows; each file marks what is in it, so that a second call is quick.
# A bare Debian's pip is older than dependency groups, hence the newer pip first.

.venv/with-pip: constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) install --upgrade --constraint constraints.txt pip
	touch $@

.venv/with-package: .venv/with-pip pyproject.toml
	$(INSTALL) --editable ".[html,cost]"
	touch $@

.venv/with-test: .venv/with-package
	$(INSTALL) --editable ".[html,cost,local,excel,feeds]" --group test
	touch $@

.venv/with-all: .venv/with-test
	$(INSTALL) --editable ".[all,ray]" --group test --group tables --group browser \
		--group notebook --group wheel
	touch $@

.venv/with-lint: .venv/with-all
	$(INSTALL) --group lint
	touch $@

.venv-openai/with-test: constraints.txt pyproject.toml
	$(PYTHON) -m venv .venv-openai
	$(OTHER) -m pip --quiet install --upgrade --constraint constraints.txt pip
	sed -E '/^(openai|jiter|httpx|httpcore)/d' constraints.txt > .venv-openai/constraints.txt
	$(OTHER) -m pip --quiet install --constraint .venv-openai/constraints.txt \
		--build-constraint constraints.txt --editable ".[html,cost,local,feeds]" --group test $(OLDEST)
	touch $@

.venv/with-bench: .venv/with-package
	$(INSTALL) --editable ".[html,cost,excel,parquet]" --group bench
	touch $@

.venv/with-fuzz: .venv/with-test
	$(INSTALL) --group fuzz
	touch $@

# Each peer by itself; what they share with the library has the same version. tenacity is left to
# each: one of langextract's dependencies takes no newer one than 9.1. lazy-loader is what it takes
# to import the form that all are asked to fill.
PEERS := floor openai instructor langextract

.venv-peers/with-peers: constraints.txt $(PEERS:%=benchmarks/peers/%.txt)
	mkdir -p .venv-peers
	sed '/^tenacity/d' constraints.txt > .venv-peers/constraints.txt
	for peer in $(PEERS); do \
		$(PYTHON) -m venv .venv-peers/$$peer && \
		.venv-peers/$$peer/bin/python -m pip --disable-pip-version-check --quiet install \
			--constraint .venv-peers/constraints.txt -r benchmarks/peers/$$peer.txt || exit 1; \
	done
	touch $@
