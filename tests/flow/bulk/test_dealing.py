"""Who is given which piece of work."""

from hypothesis import given
from hypothesis import strategies as st

from watchfloor.flow.bulk.dealing import STRETCH, Dealer
from watchfloor.flow.bulk.work import Read, Unit, Week


def pieces(file: str, number: int) -> list[Unit]:
    return [Read(id=f"{file} {n}", files=(file,), part=(n, n + 1)) for n in range(number)]


def test_pieces_of_one_archive_are_read_by_one_worker_in_their_order() -> None:
    first, second = pieces("a.warc", 6), pieces("b.warc", 6)
    dealer = Dealer([*first, *second])

    turns = [(dealer.next("left"), dealer.next("right")) for _ in range(6)]

    assert [one for one, _ in turns] == first
    assert [one for _, one in turns] == second
    assert not dealer.is_left


def test_one_archive_is_shared_by_all_who_have_nothing_to_do() -> None:
    whole = pieces("a.warc", 8)
    dealer = Dealer(whole)

    assert dealer.next("left") == whole[0]
    assert dealer.next("right") == whole[4]
    assert dealer.next("third") in whole


def test_what_came_back_is_done_first_and_by_whoever_asks() -> None:
    whole = pieces("a.warc", 3)
    dealer = Dealer(whole)
    lost = dealer.next("left")
    assert lost is not None
    dealer.give_back([lost])

    assert dealer.next("right") == lost


def test_no_worker_is_given_more_of_a_long_archive_than_a_stretch() -> None:
    whole = pieces("a.warc", 3 * STRETCH)
    dealer = Dealer(whole)

    assert dealer.next("left") == whole[0]
    assert dealer.next("right") == whole[STRETCH]


def test_without_work_nothing_is_left() -> None:
    dealer = Dealer([])

    assert not dealer.is_left
    assert dealer.next("left") is None


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 80)), max_size=5),
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=400),
)
def test_every_piece_is_done_once_whoever_asks_and_whatever_comes_back(
    files: list[tuple[str, int]], weeks: int, asks: list[tuple[int, bool]]
) -> None:
    units = [unit for nth, (name, many) in enumerate(files) for unit in pieces(f"{nth}{name}", many)]
    units += [Week(monday=f"2024-01-{day + 1:02d}", of="", inputs="") for day in range(weeks)]
    dealer, done = Dealer(units), []
    for worker, is_lost in asks:
        unit = dealer.next(worker)
        if unit is not None and is_lost:
            dealer.give_back([unit])
        elif unit is not None:
            done.append(unit.key)
    while dealer.is_left:
        unit = dealer.next("last")
        assert unit is not None
        done.append(unit.key)

    assert sorted(done) == sorted(unit.key for unit in units)
    assert dealer.next("last") is None
