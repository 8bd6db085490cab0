"""What pages call kinds of work and its states, how feeds answered and of which kind they are: words, not data."""

from watchfloor.core.exchange import Outcome
from watchfloor.core.feed import FeedKind
from watchfloor.core.job import JobKind, JobState

JOB_KINDS: dict[JobKind, str] = {
    "read": "read a capture",
    "feed": "ask the feeds",
    "watch": "look with the indicators",
    "deliver": "send alerts",
    "reread": "read a report again",
}
JOB_STATES: dict[JobState, str] = {"waiting": "waits", "running": "under way", "done": "done", "aside": "set aside"}
OUTCOMES: dict[Outcome, str] = {
    "got": "answered",
    "not-modified": "unchanged",
    "gone": "not there",
    "denied": "not allowed by robots.txt",
    "refused": "not asked",
    "blocked": "turned us away",
    "busy": "busy",
    "broken": "of no use",
    "failed": "did not answer",
}
FEED_KINDS: dict[FeedKind, str] = {
    "file": "file",
    "folder": "folder",
    "page": "page",
    "feed": "feed",
    "sitemap": "sitemap",
    "warc": "web archive",
    "partner": "partner",
}
WORK_WORDS: dict[str, str] = {
    **{f"job {name}": words for name, words in JOB_KINDS.items()},
    **{f"state {name}": words for name, words in JOB_STATES.items()},
    **{f"outcome {name}": words for name, words in OUTCOMES.items()},
    **{f"kind {name}": words for name, words in FEED_KINDS.items()},
}
"""By the family and the name, as templates ask for them."""
