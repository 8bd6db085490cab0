from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect.allowed import Allowed, read_allowed, why_not_connect
from watchfloor.collect.public import why_not_public
from watchfloor.core.errors import ConfigError


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "192.0.1.1", "100.128.0.1", "172.32.0.1", "2620:fe::9", "2a00:1450::1", "64:ff9b::909:909"]
)
def test_a_public_address_is_public(address: str) -> None:
    assert why_not_public(address) is None


@given(st.ip_addresses())
def test_what_the_standard_library_calls_private_is_never_public(address: IPv4Address | IPv6Address) -> None:
    if why_not_public(str(address)) is None and ip_address("64:ff9b::") != address:
        assert address.is_global or str(address).startswith("64:ff9b:")
        assert not (address.is_multicast)
        assert not (address.is_loopback)
        assert not (address.is_link_local)
        assert not (address.is_unspecified)


@given(st.ip_addresses(v=4))
def test_an_address_reached_through_nat64_is_judged_like_itself(inner: IPv4Address) -> None:
    outer = str(IPv6Address(int(IPv6Address("64:ff9b::")) + int(inner)))

    assert (why_not_public(outer) is None) == (why_not_public(str(inner)) is None)


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert why_not_public(text) is None or isinstance(why_not_public(text), str)


def test_an_allowed_network_is_open_on_the_ports_of_the_web() -> None:
    allowed = read_allowed(["10.2.0.0/16"])

    assert why_not_connect("10.2.3.4", "wiki.corp", 443, allowed) is None
    assert why_not_connect("10.2.3.4", "wiki.corp", 8080, allowed) == "port 8080; expected 80 or 443"
    assert why_not_connect("10.3.3.4", "wiki.corp", 443, allowed) == "private"


def test_an_allowed_host_is_open_on_its_port_only() -> None:
    allowed = read_allowed(["wiki.corp:8080", "[fd00::5]:8000"])

    assert why_not_connect("10.2.3.4", "wiki.corp", 8080, allowed) is None
    assert why_not_connect("10.2.3.4", "wiki.corp", 80, allowed) == "private"
    assert why_not_connect("10.2.3.4", "other.corp", 8080, allowed) is not None
    assert why_not_connect("fd00::5", "fd00::5", 8000, allowed) is None


@pytest.mark.parametrize(
    "entry", ["", "wiki.corp", "10.2.0.1/16", "wiki.corp:99999", "http://wiki.corp:80", "10.2.0.0/33"]
)
def test_an_exception_that_cannot_be_read_stops(entry: str) -> None:
    with pytest.raises(ConfigError, match="allowed address"):
        read_allowed([entry])


@given(st.ip_addresses(), st.text(max_size=20), st.integers(0, 65535))
def test_nothing_inside_is_open_without_an_exception(address: IPv4Address | IPv6Address, host: str, port: int) -> None:
    if why_not_public(str(address)) is not None:
        assert why_not_connect(str(address), host, port, Allowed()) is not None
