# Everything sets itself up: on a machine with python3, its venv module and make, `make demo` and `make test` are enough.
BIN := .venv/bin
ARGS ?=

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv with everything the tests need
	@tools/bootstrap dev

demo: ## the whole story on bundled pictures, then a running server; ARGS="--once --json" for machines
	@tools/bootstrap run
	@$(BIN)/staydown demo $(ARGS)

serve: ## everything on the embedded default; ARGS="--data DIR"
	@tools/bootstrap run
	@$(BIN)/staydown serve $(ARGS)

test: lint ## everything that CI runs; ARGS go to pytest
	@$(BIN)/pytest $(ARGS)

check: lint ## format, lint, types, import contracts and the fast tests: under a minute
	@$(BIN)/pytest -m "not (slow or browser or material or measure)" $(ARGS)

lint: setup
	@$(BIN)/ruff format --check --quiet . || { echo "lint: run $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@broken=$$($(BIN)/lint-imports 2>&1) || { echo "$$broken"; exit 1; }

robustness: setup ## every hostile and odd file beside the project: opened or refused, and what it took
	@$(BIN)/staydown bench robustness ../shared/material/robustness ../shared/material/formats $(ARGS)

measure: setup ## the long measurements, with their figures printed
	@$(BIN)/pytest -m measure -n 0 -rP $(ARGS)

crash: setup ## kill the real server hundreds of times under load; ARGS="--kills 200 --minutes 60"
	@$(BIN)/python -m tests.serving.crashing $(ARGS)

docs: setup ## check that the documents are true: links, modules, commands, limits
	@$(BIN)/pytest tests/house/test_documents.py $(ARGS)

words: setup ## take new sentences into the catalogues of translations, and compile these; ARGS="fr" begins one
	@$(BIN)/python tools/catalogues.py $(ARGS)

lock: ## write the locks again from pyproject.toml; ARGS="--upgrade" for newer versions
	@tools/bootstrap lock $(ARGS)

clean: ## remove what the other targets made
	rm -rf .venv .uv build dist src/*.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help setup demo serve test check lint robustness measure crash docs words lock clean
