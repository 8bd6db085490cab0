"""Addresses that lead inside, by every way we know: none gets through, and no connection is even tried."""

from collections.abc import Callable, Sequence

import pytest
from tests.collect.site import Site, names, redirect

from watchfloor.collect.fetching import Fetcher

Making = Callable[..., Fetcher]

# What the names below are said to be by a resolver that an attacker has in hand.
BESIDE: dict[str, Sequence[str]] = {
    "inside.attack.test": ["10.0.0.5"],
    "loop.attack.test": ["127.0.0.1"],
    "loop6.attack.test": ["::1"],
    "meta.attack.test": ["169.254.169.254"],
    "mixed.attack.test": ["93.184.215.14", "192.168.1.1"],
    "mixed6.attack.test": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "fe80::1%eth0"],
    "mapped.attack.test": ["::ffff:10.0.0.1"],
    "nat64.attack.test": ["64:ff9b::a9fe:a9fe"],
    "broken.attack.test": ["not-an-address"],
    "127.0.0.1.attack.test": ["127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "xn--80ak6aa92e.attack.test": ["172.16.3.4"],
}

INSIDE = [
    # metadata services of clouds
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/machine",
    "http://192.0.0.192/opc/v2/",
    "http://metadata.google.internal/computeMetadata/v1/",
    # loopback, in all its spellings
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://00000127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.255.255.254/",
    "http://0.0.0.0/",
    "http://0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[0000::1]/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://a.localhost/",
    "http://localhost.localdomain/",
    # private, shared, reserved
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://192.0.0.8/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.7/",
    "http://203.0.113.9/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[fc00::1]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[100::1]/",
    # version 4 inside version 6
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://[2001:0:53aa:64c:0:0:80ff:fffe]/",
    "http://[2a00:1450:4001:80b::200:5efe:7f00:1]/",
    # zones
    "http://[fe80::1%eth0]/",
    "http://[fe80::1%25eth0]/",
    "http://[::1%25lo]/",
    # names that are said to lie inside
    "http://inside.attack.test/",
    "http://loop.attack.test/",
    "http://loop6.attack.test/",
    "http://meta.attack.test/",
    "http://mixed.attack.test/",
    "http://mixed6.attack.test/",
    "http://mapped.attack.test/",
    "http://nat64.attack.test/",
    "http://broken.attack.test/",
    "http://127.0.0.1.attack.test/",
    "http://xn--80ak6aa92e.attack.test/",
    "http://intranet/",
    "http://printer.local/",
    "http://wiki.corp/",
    # other schemes
    "file:///etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "dict://127.0.0.1:11211/stat",
    "ldap://127.0.0.1/",
    "ws://127.0.0.1/",
    "data:text/html,<p>hello",
    "javascript:alert(1)",
    "jar:http://127.0.0.1!/",
    "unix:///var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    # names and passwords, and what they hide
    "http://user:secret@news.test/",
    "http://user@news.test/",
    "http://news.test@127.0.0.1/",
    "http://news.test:80@127.0.0.1/",
    "http://@127.0.0.1/",
    "http://news.test%40127.0.0.1/",
    "http://news.test\\@127.0.0.1/",
    "http://127.0.0.1\\@news.test/",
    # ports
    "http://news.test:22/",
    "http://news.test:6379/",
    "http://news.test:0/",
    "http://news.test:65536/",
    "http://news.test:-1/",
    "http://news.test:80:22/",
    "https://news.test:8443/",
    # letters that turn into others
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://127．0．0．1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://ｌｏｃａｌｈｏｓｔ/",
    "http://loc\u00adalhost/",
    "http://local\u200bhost/",
    "http://%6c%6f%63%61%6c%68%6f%73%74/",
    "http://%31%32%37.0.0.1/",
    # no host, no address, and what smuggles a second line in
    "",
    "http://",
    "http:///etc/passwd",
    "http:127.0.0.1",
    "//127.0.0.1/",
    "http://?x",
    "http://.../",
    "http://[::1",
    "http://[]/",
    "http://[v1.x]/",
    "http://news.test\r\nX-Evil: 1/",
    "http://news.test/\r\nHost: 127.0.0.1",
    "http://news.test/\tx",
    "http://news.test\x00.127.0.0.1/",
    "http://127.0.0.1\n/",
    "http://news.test/" + "a" * 9_000,
    "http://" + "a" * 64 + ".test/",
    "http://" + "a." * 130 + "test/",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_leads_inside_is_refused_before_any_connection(
    fetcher: Making, connections: list[tuple[str, int]], address: str
) -> None:
    made = fetcher(allow=(), ports=(), robots=True, resolve=names(beside=BESIDE))

    fetch = made.fetch(address)

    assert (fetch.outcome, fetch.exchanges, connections) == ("refused", (), []), fetch.detail
    assert fetch.detail


@pytest.mark.parametrize("address", [each for each in INSIDE if each])
def test_a_redirect_that_leads_inside_is_not_followed(
    site: Site, fetcher: Making, connections: list[tuple[str, int]], address: str
) -> None:
    host, port = "news.example", site.server_port
    site.pages["/away"] = lambda visit: visit.raw(
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + address.encode("utf-8", "replace") + b"\r\n\r\n"
    )
    made = fetcher(allow=(f"{host}:{port}",), ports=(), resolve=names(beside=BESIDE))

    fetch = made.fetch(site.url("/away"))

    assert set(connections) == {("127.0.0.1", port)}
    assert fetch.outcome in {"refused", "broken", "gone", "failed"}
    assert not any(seen.host != host for seen in site.requests)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_checked(
    site: Site, fetcher: Making, connections: list[tuple[str, int]], status: int
) -> None:
    site.pages["/away"] = redirect("http://169.254.169.254/latest/meta-data/", status)

    fetch = fetcher(allow=(f"news.example:{site.server_port}",), ports=()).fetch(site.url("/away"))

    assert (fetch.outcome, len(fetch.exchanges), len(connections)) == ("refused", 1, 1)


def test_the_loopback_by_its_own_address_is_not_allowed_by_a_name_that_leads_there(site: Site, fetcher: Making) -> None:
    site.pages["/away"] = redirect(f"http://127.0.0.1:{site.server_port}/story")

    fetch = fetcher(allow=(f"news.example:{site.server_port}",), ports=()).fetch(site.url("/away"))

    assert (fetch.outcome, site.paths()) == ("refused", ["/away"])


def test_a_name_that_changes_its_address_between_check_and_call_gains_nothing(
    site: Site, fetcher: Making, connections: list[tuple[str, int]]
) -> None:
    answers: list[Sequence[str]] = []

    def resolve(host: str, port: int, seconds: float) -> Sequence[str]:
        answers.append(["127.0.0.2"] if not answers else ["10.0.0.1"])
        return answers[-1]

    made = fetcher(allow=("127.0.0.0/8",), ports=(site.server_port,), resolve=resolve)
    first = made.fetch(site.url())
    second = made.fetch(site.url())

    assert connections == [("127.0.0.2", site.server_port)]
    assert len(answers) == 2
    assert (first.outcome, second.outcome) == ("failed", "refused")


def test_a_name_that_turns_to_the_loopback_after_a_redirect_is_refused(
    site: Site, fetcher: Making, connections: list[tuple[str, int]]
) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, seconds: float) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.3"]

    site.pages["/away"] = redirect("/story")
    made = fetcher(allow=("127.0.0.1/32",), ports=(site.server_port,), resolve=resolve)

    fetch = made.fetch(site.url("/away"))

    assert (fetch.outcome, fetch.detail) == ("refused", "news.example is 127.0.0.3: loopback")
    assert connections == [("127.0.0.1", site.server_port)]


def test_the_environment_names_no_proxy(
    site: Site, fetcher: Making, connections: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:1")

    fetch = fetcher().fetch(site.url())

    assert (fetch.outcome, connections) == ("got", [("127.0.0.1", site.server_port)])
