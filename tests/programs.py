"""A program in a process of its own, forked from one that has read code and models already: it starts in milliseconds.

It has its own folder, environment, exit code and death, as one that a person starts; only that reading is shared.
`tests/cli/test_serving.py` starts Python anew.
"""

import multiprocessing
import os
import runpy
import shutil
import sys
import weakref
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp

CLI = "watchfloor.cli.main:run"
"""The command line; any other program is named by its path."""

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.warm"])


class Program:
    """A program that was started; `said` and `complained` are what it wrote to its two streams so far."""

    def __init__(
        self, program: str | Path, *words: str, folder: Path | None = None, given: bytes = b"", **changed: str
    ) -> None:
        kept = Path(mkdtemp())
        weakref.finalize(self, shutil.rmtree, kept, ignore_errors=True)
        streams = [kept / name for name in ("in", "out", "err")]
        for stream in streams:
            stream.write_bytes(given if stream.name == "in" else b"")
        self._said, self._complained = streams[1:]
        self._process = _FORKING.Process(
            target=_become, args=(str(program), words, folder or Path.cwd(), dict(os.environ) | changed, streams)
        )
        self._process.start()

    @property
    def said(self) -> str:
        return self._said.read_text(encoding="utf-8")

    @property
    def complained(self) -> str:
        return self._complained.read_text(encoding="utf-8")

    def ended(self, timeout: float = 120) -> int | None:
        """Wait for its end and return its exit code, minus the signal where one killed it; None where it goes on."""
        self._process.join(timeout)
        return self._process.exitcode

    def kill(self) -> int:
        """Strike it dead (SIGKILL); return its exit code."""
        self._process.kill()
        code = self.ended()
        assert code is not None
        return code


def _become(
    program: str, words: Sequence[str], folder: Path, environment: Mapping[str, str], streams: Sequence[Path]
) -> None:
    for number, (path, way) in enumerate(zip(streams, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        handle = os.open(path, way)
        os.dup2(handle, number)
        os.close(handle)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - its own until it ends
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = [program, *words]
    if program == CLI:
        module, _, name = program.partition(":")
        getattr(import_module(module), name)()
    else:
        runpy.run_path(program, run_name="__main__")
