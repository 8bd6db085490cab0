"""What the user set: defaults, then watchfloor.toml, then the environment, then the command line."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from watchfloor.collect.fetch_settings import FetchSettings
from watchfloor.core.errors import ConfigError
from watchfloor.core.issuer import Issuer
from watchfloor.core.marking import Level
from watchfloor.core.permission import Role
from watchfloor.share.mail_server import MailServer

FILE = "watchfloor.toml"


class PartnerKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a partner's server knows this node by: a name and a password (HTTP Basic), or a token (Bearer)."""

    name: str | None = None
    password: str | None = None
    token: str | None = None


class ChannelSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way by which alerts leave the page; who edits what is watched for names it, and cannot change it.

    kind: "mail" with `to`, or "webhook" with `address` and `secret` (or WATCHFLOOR_SECRET_ and its name in capitals).
    clearance: the highest TLP level that may go over it. unmarked: whether what carries no marking may.
    person, role: whose it is, for indicators that name a person or a role.
    digest: "none", "hourly", or "daily" at `daily_at`. quiet: hours such as "22:00-06:00". time_zone: of both.
    urgent: whether urgent alerts wait for neither. ca_file: certificates (PEM) trusted beside the system's.
    """

    kind: Literal["mail", "webhook"]
    to: tuple[str, ...] = ()
    address: str | None = None
    secret: str | None = None
    clearance: Level = "CLEAR"
    unmarked: bool = False
    person: str | None = None
    role: Role | None = None
    digest: Literal["none", "hourly", "daily"] = "none"
    daily_at: str = "07:00"
    quiet: str | None = None
    time_zone: str = "UTC"
    urgent: bool = True
    ca_file: str | None = None


class AlertSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How alerts are sent. mail: the server that takes our mail. page: address of the web page, to link to it."""

    mail: MailServer | None = None
    page: str | None = None
    channels: dict[str, ChannelSettings] = {}


class ServiceSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the service works. Times in seconds.

    backlog: units that may wait to be read; above it nothing is collected until half of them are done.
    watch_every: at least so long between two looks with the indicators. lease: after so long without a sign of life a
    worker is held to be dead. page_limit: pages that one run of a feed fetches. reread: whether reports that another
    recipe annotated are annotated again, after everything new.
    """

    backlog: Annotated[int, msgspec.Meta(ge=1)] = 2_000
    watch_every: Annotated[float, msgspec.Meta(ge=0)] = 60.0
    lease: Annotated[float, msgspec.Meta(ge=5)] = 120.0
    page_limit: Annotated[int, msgspec.Meta(ge=1)] = 100
    reread: bool = True


class Configuration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of one node.

    database: path of the SQLite file, or postgresql://USER@HOST/DATABASE.
    clearance: the highest TLP level that this node's own staff see on this machine.
    seconds_per_report: processor time after which one report is set aside as too slow, so that no input can hang
    a batch.
    reports_at_once: how many of the newest reports a picture is put together of, in whole days, unless somebody asks
    for another first day; no more is counted at once.
    gazetteer: path of a full gazetteer made by `watchfloor gazetteer build`, read beside the shipped one.
    evidence: folder of the web archives with what was fetched; default `watchfloor-evidence` beside
    the database, of one on a server in the working folder.
    threads: how many threads read one passage; one is best when several programs run beside each other.
    workers: how many processes read beside each other, None for one a core up to four; with 1 this one reads alone.
    translate: address of a LibreTranslate-compatible service; without one nothing is ever sent anywhere.
    translate_key: its key, if it wants one. translate_to: the language to translate into, ISO 639-1.
    parts: the annotators to run, in order, by entry point name; empty means the built-in order.
    fetch: how the web is asked (collect.fetch_settings): contact, pause between requests, limits, proxy, intranets.
    partners: by name of the feed, what a partner's server knows this node by.
    issuer: the identity provider by which people may come in (core.issuer), None for none.
    watch: path of the file with indicators and measures; default `watch.toml` in the working folder.
    alerts: the ways by which alerts are sent. service: how `watchfloor run` works.
    """

    database: str = "watchfloor.db"
    clearance: Level = "RED"
    seconds_per_report: float = 30.0
    reports_at_once: Annotated[int, msgspec.Meta(ge=1)] = 2000
    gazetteer: str | None = None
    evidence: str | None = None
    threads: Annotated[int, msgspec.Meta(ge=1)] = 1
    workers: Annotated[int, msgspec.Meta(ge=1, le=64)] | None = None
    translate: str | None = None
    translate_key: str | None = None
    translate_to: str = "en"
    parts: tuple[str, ...] = ()
    fetch: FetchSettings = FetchSettings()
    partners: dict[str, PartnerKey] = {}
    issuer: Issuer | None = None
    watch: str = "watch.toml"
    alerts: AlertSettings = AlertSettings()
    service: ServiceSettings = ServiceSettings()


EVIDENCE = "watchfloor-evidence"


def file_of(database: Path | str) -> Path | None:
    """Return the file of a database, None when it is on a server.

    >>> file_of("sqlite:///a.db"), file_of("postgresql://watch@db.example/watchfloor")
    (PosixPath('a.db'), None)
    """
    name = str(database).removeprefix("sqlite:///")
    return None if "://" in name else Path(name)


def evidence_folder(settings: Configuration, database: Path | str) -> Path:
    """Return the folder of the node's web archives."""
    file = file_of(database) or Path()
    return file.parent / EVIDENCE if settings.evidence is None else Path(settings.evidence)


def own_files(settings: Configuration, database: Path | str) -> frozenset[Path]:
    """Return what belongs to the node itself, and is never collected: files, and folders with all that is in them."""
    file = file_of(database)
    beside = [file.with_name(file.name + ending) for ending in ("", "-wal", "-shm", "-journal")] if file else []
    given = (Path(settings.gazetteer),) if settings.gazetteer else ()
    return frozenset(
        path.resolve()
        for path in (*beside, evidence_folder(settings, database), Path(FILE), *given, Path(settings.watch))
    )


def configuration(folder: Path | None = None) -> Configuration:
    """Return the settings that hold in a folder; raise ConfigError naming the file and the field that is wrong."""
    path = (folder or Path.cwd()) / FILE
    settings: dict[str, object] = {}
    if path.is_file():
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise ConfigError(f"{path} cannot be read as TOML ({error}); mend it or remove it") from None
    if database := os.environ.get("WATCHFLOOR_DB"):
        settings["database"] = database
    if gazetteer := os.environ.get("WATCHFLOOR_GAZETTEER"):
        settings["gazetteer"] = gazetteer
    if key := os.environ.get("WATCHFLOOR_TRANSLATE_KEY"):
        settings["translate_key"] = key
    try:
        return msgspec.convert(settings, Configuration)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}; the settings are described in docs/architecture.md") from None
