"""Write what was fetched to web archives: WARC 1.1, each record packed by itself, one writer to a file.

What `write` returned for is on the disk. The files of one node lie in one folder; their names sort by time, a file
that is full is followed by a new one, and a file that another process writes to is left to it.
"""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from io import FileIO
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from watchfloor.collect.http_message import recorded_url
from watchfloor.collect.warc_group import group_of, info_record
from watchfloor.collect.warc_tail import Repair, cut_off, sync_folder, tail_of
from watchfloor.core.capture import Capture
from watchfloor.core.errors import StoreError
from watchfloor.core.evidence import Evidence
from watchfloor.core.exchange import Fetch

try:
    import fcntl
except ImportError:  # no locks there: every writer then makes a file of its own
    fcntl = None  # type: ignore[assignment]

ROTATE = 1_000_000_000
"""Bytes after which a file is full: what the WARC guidelines recommend."""

NAME = re.compile(r"watchfloor-\d{8}T\d{6}Z-\d{5}\.warc\.gz")
"""The files that this writer makes."""

_SERIALS = 100_000  # files of one second that have names
_STANDARD = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def archives_in(folder: Path) -> list[Path]:
    """Return the node's own archives, the oldest first."""
    return sorted(path for path in folder.glob("watchfloor-*.warc.gz") if NAME.fullmatch(path.name))


class WarcWriter:
    """Appends fetches to the archives of a folder; `with` closes it.

    repairs: torn tails that were cut off when it was opened. troubles: files that are not as they should be, in words,
    by name; they are left as they are. Threads may share it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        now: datetime,
        most: int = ROTATE,
        sound: Mapping[str, int] | None = None,
        durable: bool = True,
    ) -> None:
        """Make the folder, mend what was torn, and go on with the newest file unless it is full.

        most: bytes after which a file is full. sound: by file name an offset at which a whole record is known to end,
        so that only what follows is looked at. durable: wait for the disk, so that a loss of power loses nothing; a
        killed process loses nothing without it either.
        """
        self._folder, self._now, self._most, self._durable = folder, now, most, durable
        self._lock = Lock()
        self._file: FileIO | None = None
        self.repairs: list[Repair] = []
        self.troubles: dict[str, str] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._look_through(sound or {})
        except OSError as error:
            raise _cannot(folder, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, which lets go of it for others; closing twice is no error."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def write(self, fetch: Fetch, capture: Capture | None = None, original: Evidence | None = None) -> Evidence | None:
        """Write what passed in a fetch; return where the capture's record lies, None without a capture.

        original: the record that already holds the very payload, as far as one is known; the new one then refers to it.
        Raises StoreError when the disk does not take it; the file is then as it was before.
        """
        if not fetch.exchanges:
            return None
        with self._lock:
            try:
                return self._append(fetch, capture, original)
            except OSError as error:
                raise _cannot(self._folder, error) from error

    def _append(self, fetch: Fetch, capture: Capture | None, original: Evidence | None) -> Evidence | None:
        file = self._ready(fetch.exchanges[0].asked)
        path, size = Path(file.name), os.fstat(file.fileno()).st_size
        lead = b"" if size else info_record(path.name, fetch.exchanges[0].asked, conformsTo=_STANDARD).data
        records = group_of(fetch, capture, original)
        self._put(file, lead + b"".join(record.data for record in records), size)
        if capture is None:
            return None
        last, page = records[-1], fetch.exchanges[-1]
        return Evidence(
            capture=capture.id,
            file=path.name,
            start=size + len(lead),
            offset=size + len(lead) + sum(len(record.data) for record in records[:-1]),
            length=len(last.data),
            kind="response" if original is None else "revisit",
            record=last.id,
            digest=sha256(page.body).hexdigest(),
            url=recorded_url(page.url),
            date=page.asked,
        )

    def _put(self, file: FileIO, data: bytes, size: int) -> None:
        """Write at the end of the file; when that fails, the file gets its size back."""
        try:
            file.seek(size)
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
            if self._durable:
                os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):  # else the next writer finds a torn tail
                os.ftruncate(file.fileno(), size)
            raise

    def _ready(self, at: datetime) -> FileIO:
        """Return the file to append to, a new one when there is none or it is full."""
        if self._file is not None and os.fstat(self._file.fileno()).st_size >= self._most:
            self.close()
        if self._file is None:
            self._file = self._new(max(at, self._now))
        return self._file

    def _new(self, at: datetime) -> FileIO:
        stamp = f"watchfloor-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        newest = max((path.name for path in archives_in(self._folder)), default="")
        first = int(newest[len(stamp) + 1 :][:5]) + 1 if newest.startswith(stamp) else 0
        for serial in range(first, _SERIALS):
            try:
                file = (self._folder / f"{stamp}-{serial:05d}.warc.gz").open("x+b", buffering=0)
            except FileExistsError:
                continue
            if _is_locked(file):
                sync_folder(self._folder)
                return file
            file.close()
        raise StoreError(f"{self._folder} holds {_SERIALS} archives of one second; name another folder")

    def _look_through(self, sound: Mapping[str, int]) -> None:
        """Mend what was torn; keep the newest file open when it can be gone on with."""
        paths = archives_in(self._folder)
        for path in paths:
            file = path.open("r+b", buffering=0)
            is_sound = False
            try:
                if _is_locked(file):
                    is_sound = self._is_sound(path, file, sound.get(path.name, 0))
                    if is_sound and path == paths[-1] and os.fstat(file.fileno()).st_size < self._most:
                        self._file = file
            finally:
                if self._file is not file:
                    file.close()

    def _is_sound(self, path: Path, file: FileIO, sound: int) -> bool:
        """Mend a torn tail; return whether the file can be gone on with."""
        size = os.fstat(file.fileno()).st_size
        if size < sound:
            self.troubles[path.name] = f"{sound - size} bytes are gone that were there before"
            return False
        tail = tail_of(file, size, sound)
        if tail.torn:
            self.repairs.append(cut_off(path, file, tail, durable=self._durable))
        if tail.damage is not None:
            self.troubles[path.name] = f"damaged {tail.damage}"
        return tail.damage is None


def _is_locked(file: FileIO) -> bool:
    """Take the file for this writer alone; False when another one has it."""
    if fcntl is None:
        return os.fstat(file.fileno()).st_size == 0
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _cannot(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"evidence cannot be written to {folder}: {error.strerror or error}; make room or mend the permissions, "
        "and run the same command again: what was acknowledged is kept"
    )
