#!/bin/sh
# Writes the two hash-locked requirement files from pyproject.toml; run it after changing a dependency there.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 "$@"; }
compile pyproject.toml --output-file requirements/base.lock
compile pyproject.toml --group dev --output-file requirements/dev.lock
