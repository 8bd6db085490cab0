from pathlib import Path

import pytest
from tests.flow.bulk.runs import Here, archives, header

from watchfloor.core.marking import Reader
from watchfloor.flow.bulk.into_store import Keeping
from watchfloor.flow.bulk.manifest import opened
from watchfloor.flow.bulk.run import BulkReceipt, Run
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

READER = Reader(name="us", partner=None, clearance="RED")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archives(tmp_path_factory.mktemp("input"))


def fill(store: Store, pages: Path, work: Path, *, seed: int = 0, most: int | None = None) -> BulkReceipt:
    with opened(work, header(work, None), resume=work.exists()) as manifest:
        workers = Here(manifest.header, seed, most)
        return Run(manifest, workers, Keeping(store, manifest.header), lambda _p: None).run([str(pages)], 5, [])


def test_a_database_is_filled_the_same_in_any_order(pages: Path, tmp_path: Path) -> None:
    dumps = []
    for seed in (0, 4):
        with open_store(tmp_path / f"{seed}.db", create=True) as store:
            receipt = fill(store, pages, tmp_path / f"work{seed}", seed=seed)
            dumps.append(store.dump(READER))
            counts = store.counts(READER)

            assert (receipt.new, receipt.unchanged, receipt.set_aside) == (19, 1, 1)
            assert counts["reports"] == 19
            assert counts["pending"] == 0
            assert store.without_fingerprint(READER) == ()
    assert dumps[0] == dumps[1]


def test_a_broken_off_filling_goes_on_and_doubles_nothing(pages: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "whole.db", create=True) as store:
        fill(store, pages, tmp_path / "whole")
        whole = store.dump(READER)
    with open_store(tmp_path / "a.db", create=True) as store:
        for after in (3, 2):
            with pytest.raises(KeyboardInterrupt):
                fill(store, pages, tmp_path / "work", seed=2, most=after)
        fill(store, pages, tmp_path / "work")

        assert store.dump(READER) == whole
        assert not list((tmp_path / "work" / "parts").rglob("*.part"))


def test_filling_a_database_that_holds_it_changes_nothing(pages: Path, tmp_path: Path, database: Path | str) -> None:
    with open_store(database, create=True) as store:
        fill(store, pages, tmp_path / "first")
        before = store.dump(READER)
        receipt = fill(store, pages, tmp_path / "second")

        assert (receipt.new, receipt.unchanged) == (0, 20)
        assert store.dump(READER) == before
