PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo test check bench

$(BIN)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -e '.[scan,test,check]'
	touch $@

demo: $(BIN)/.ready
	$(BIN)/plegma diagnose examples/fluentd-crashloop

test: $(BIN)/.ready
	$(BIN)/python -m pytest

check: $(BIN)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
