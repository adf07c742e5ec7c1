PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo demo-lab test test-runtime check bench fuzz eval eval-lab screenshots

SIZE ?= 64M
CLUSTER ?= 500:10000
RUNS ?= 10000
CASES ?= cases
COUNT ?= 500
SEED ?= 1
JOBS ?= 2

$(BIN)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -e '.[all,test,check]'
	$(BIN)/python -m compileall -q src
	touch $@

demo: $(BIN)/.ready
	$(BIN)/plegma diagnose examples/fluentd-crashloop

demo-lab: $(BIN)/.ready
	$(BIN)/plegma lab demo

test: $(BIN)/.ready
	$(BIN)/python -m pytest -n auto

test-runtime: $(BIN)/.ready # root; each test starts its own containerd and takes it down
	$(BIN)/python -m pytest tests/runtime

check: $(BIN)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(BIN)/.ready
	$(BIN)/python -m benchmarks --size $(SIZE) --cluster $(CLUSTER)

$(BIN)/.fuzz: $(BIN)/.ready
	$(BIN)/pip install -q --disable-pip-version-check -e '.[fuzz]'
	touch $@

fuzz: $(BIN)/.fuzz
	nice $(BIN)/python -m fuzz --runs $(RUNS) $(TARGETS)

eval: $(BIN)/.ready
	$(BIN)/plegma eval $(CASES)

eval-lab: $(BIN)/.ready
	out=$$(mktemp -d) && trap 'rm -rf "$$out"' EXIT && \
	$(BIN)/plegma lab cases --out "$$out" --count $(COUNT) --seed $(SEED) && \
	$(BIN)/plegma eval "$$out" --jobs $(JOBS)

screenshots: $(BIN)/.ready
	$(BIN)/python docs/images/take.py
