"""Where one can go: each page with its letter. A page is listed as soon as the application has its address."""

from typing import Literal

from msgspec import Struct

from watchfloor.core.permission import Verb
from watchfloor.web.messages import marked

Group = Literal["situation", "reports", "work", "node"]


class Entry(Struct, frozen=True, kw_only=True):
    """One line of the navigation: pressing g and the letter goes there. verb: the right it takes."""

    path: str
    letter: str
    word: str
    group: Group = "situation"
    verb: Verb = "see"


ENTRIES = (
    Entry(path="/", letter="o", word=marked("Overview")),
    Entry(path="/claims", letter="c", word=marked("Claims")),
    Entry(path="/timeline", letter="t", word=marked("Timeline")),
    Entry(path="/contacts", letter="n", word=marked("Contacts")),
    Entry(path="/map", letter="m", word=marked("Map")),
    Entry(path="/brief", letter="b", word=marked("Brief")),
    Entry(path="/watch", letter="w", word=marked("Watch")),
    Entry(path="/reports", letter="r", word=marked("Reports"), group="reports"),
    Entry(path="/search", letter="s", word=marked("Search"), group="reports"),
    Entry(path="/setaside", letter="a", word=marked("Set aside"), group="reports"),
    Entry(path="/feeds", letter="f", word=marked("Feeds"), group="reports"),
    Entry(path="/review", letter="q", word=marked("Review queue"), group="work", verb="judge"),
    Entry(path="/jobs", letter="j", word=marked("Jobs"), group="work"),
    Entry(path="/sharing", letter="h", word=marked("Sharing"), group="work"),
    Entry(path="/users", letter="u", word=marked("Users"), group="node", verb="people"),
    Entry(path="/audit", letter="l", word=marked("Audit log"), group="node", verb="audit"),
    Entry(path="/health", letter="e", word=marked("Health"), group="node", verb="audit"),
)
