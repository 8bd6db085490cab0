import pickle

import pytest

from watchfloor.core import errors


@pytest.mark.parametrize(
    "error",
    [
        errors.ConfigError("no database"),
        errors.SourceError("timed out"),
        errors.StoreError("locked"),
        errors.ReleaseDenied("unmarked"),
        errors.SetAside("empty", "the file has no bytes", "a.txt"),
    ],
)
def test_every_error_survives_pickling(error: errors.WatchfloorError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes, made one line above

    assert type(again) is type(error)
    assert str(again) == str(error)


def test_a_set_aside_keeps_its_reason_apart_from_its_detail() -> None:
    error = errors.SetAside("empty", "the file has no bytes", "a.txt")

    assert (error.reason, error.detail, error.locator) == ("empty", "the file has no bytes", "a.txt")
