"""The whole way: a feed on a web server of the loopback becomes reports."""

from pathlib import Path

import pytest
from tests.collect.site import Visit, open_site

from watchfloor.core.errors import ConfigError
from watchfloor.core.feed import Feed
from watchfloor.flow import clock
from watchfloor.flow.configuration import configuration
from watchfloor.flow.situation import situation

STORY = (
    "<!doctype html><html><head><title>Report {0} from Lund</title></head><body><article><h1>Report {0} from Lund</h1>"
    "<p>Ships left the port of Lund on Monday, the ministry said in its report number {0}. The mayor denied that any "
    "ship had carried grain, and a spokesman for the port declined to comment on what he called a rumour.</p></article>"
    "</body></html>"
)


def news(visit: Visit) -> None:
    items = "".join(f"<item><title>Report {n}</title><link>/{n}</link></item>" for n in (1, 2))
    feed = f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>"
    visit.say(200, feed.encode(), kind="application/rss+xml")


def story(visit: Visit) -> None:
    visit.say(200, STORY.format(visit.path.strip("/")).encode())


def test_a_feed_that_is_run_puts_its_pages_into_the_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_site() as served:
        served.pages |= {"/feed": news, "/1": story, "/2": story}
        here = f"127.0.0.1:{served.server_port}"
        Path("watchfloor.toml").write_text(f'[fetch]\nallow = ["{here}"]\ngap = 0\n', encoding="utf-8")
        with situation(create=True) as opened:
            feed = Feed(name="courier", kind="feed", address=f"http://{here}/feed", every=600, added=clock.now())
            opened.store.keep_feed(feed)
            opened.run_feeds()
            opened.run_feeds(["courier"])

            assert opened.store.counts(opened.reader)["reports"] == 2
            (state,) = opened.store.feed_states(opened.reader).values()
            assert state.outcome in ("got", "not-modified")
            for report in opened.store.reports(opened.reader):
                (place,) = opened.store.evidence(opened.reader, report.id)
                assert (opened.evidence / place.file).is_file()


def test_a_setting_of_fetching_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "watchfloor.toml").write_text("[fetch]\npause = 3\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="pause"):
        configuration(tmp_path)
