from watchfloor.core.identity import content_id


def test_the_same_content_has_the_same_id() -> None:
    assert content_id("rep", "a", 1) == content_id("rep", "a", 1)


def test_parts_are_kept_apart() -> None:
    assert content_id("rep", "ab", "c") != content_id("rep", "a", "bc")


def test_none_is_not_the_empty_text() -> None:
    assert content_id("rep", None) != content_id("rep", "")
