from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from watchfloor.store import readings
from watchfloor.store.readings import Readings
from watchfloor.store.schema import readings as table
from watchfloor.store.store import Store


def key(number: int) -> str:
    return urlsafe_b64encode(sha256(str(number).encode()).digest()[:18]).decode()


def test_there_are_never_many_more_readings_than_are_to_be_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST", 500)
    ends = next(one for one in map(key, range(10_000)) if one[-1] == "A" and one[-2] in "ABCD")
    with store._transaction(writes=True) as connection:
        readings.keep(connection, Readings("1", {key(number): b"x" for number in range(20_000, 22_000)}))
        before = connection.execute(select(func.count()).select_from(table)).scalar_one()
        readings.keep(connection, Readings("1", {ends: b"x"}))
        after = connection.execute(select(func.count()).select_from(table)).scalar_one()

    assert before > 1_900
    assert 350 < after <= 520
