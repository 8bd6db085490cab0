"""The example notebook runs from top to bottom on the sample situation."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[2] / "examples" / "notebook.ipynb"


def read() -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call, no-any-return]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")  # of the kernel's own libraries
def test_the_example_notebook_runs_and_shows_what_it_promises(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).resolve().parents[2] / "src")]))
    monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
    notebook = read()

    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(folder)}}).execute()

    shown = "\n".join(
        str(output.get("data", {}).get("text/html") or output.get("data", {}).get("text/plain") or output.get("text"))
        for cell in notebook.cells
        for output in cell.get("outputs", ())
    )
    assert "TLP:CLEAR" in shown
    assert "National Intelligence Service" in shown
    assert "claims then" in shown
    assert all(not cell.get("outputs") for cell in read().cells)
