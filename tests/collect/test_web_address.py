from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect.allowed import Allowed, read_allowed
from watchfloor.collect.web_address import read_address
from watchfloor.core.errors import SetAside

HERE = read_address("http://news.example/a/b?c", Allowed())


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://news.example", "http://news.example/"),
        (" HTTPS://News.Example:443/A?b#c ", "https://news.example/A?b"),
        ("http://news.example./a", "http://news.example/a"),
        ("http://münchen.example/größe?q=ü", "http://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe?q=%C3%BC"),
        ("http://news.example/a b", "http://news.example/a%20b"),
        ("http://news.example/a%2Fb%0d", "http://news.example/a%2Fb%0d"),
        ("http://9.9.9.9/", "http://9.9.9.9/"),
        ("http://[2620:fe::9]/", "http://[2620:fe::9]/"),
        ("http://a_b.news.example/", "http://a_b.news.example/"),
        ("http://3com.example/", "http://3com.example/"),
    ],
)
def test_an_address_has_a_normal_form(text: str, url: str) -> None:
    assert read_address(text, Allowed()).url == url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("/d", "http://news.example/d"),
        ("d", "http://news.example/a/d"),
        ("?d", "http://news.example/a/b?d"),
        ("//other.example/d", "http://other.example/d"),
        ("https://other.example", "https://other.example/"),
        ("../../../d", "http://news.example/d"),
    ],
)
def test_the_target_of_a_redirect_is_seen_from_where_it_stood(text: str, url: str) -> None:
    assert read_address(text, Allowed(), HERE).url == url


def test_an_allowed_endpoint_may_be_asked_for_by_its_inside_name() -> None:
    assert read_address("http://wiki.corp:8080/", read_allowed(["wiki.corp:8080"])).port == 8080
    assert read_address("http://wiki/", read_allowed(["10.0.0.0/8"])).host == "wiki"


@pytest.mark.parametrize("text", ["http://a\udc80.example/", "http://news.example/\udc80", "http://\ud800/"])
def test_half_a_character_is_refused(text: str) -> None:
    with pytest.raises(SetAside):
        read_address(text, Allowed())


@given(st.one_of(st.text(), st.text().map("http://".__add__), st.from_regex(r"https?://[^/]{0,30}/.{0,10}")))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for seen_from in (None, HERE):
        with suppress(SetAside):
            address = read_address(text, Allowed(), seen_from)
            assert (address.scheme, address.port) in {("http", 80), ("http", 443), ("https", 443), ("https", 80)}
            assert address.url.isascii()
            assert address.url.isprintable()
            assert not set(" @") & set(address.origin)
            assert read_address(address.url, Allowed()) == address
