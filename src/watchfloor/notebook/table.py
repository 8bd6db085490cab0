"""A table: rows of one kind, read when they are first wanted, never changed."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking
from watchfloor.notebook.conditions import conditions
from watchfloor.notebook.row import Row, cells, columns
from watchfloor.share.release import banner, effective

if TYPE_CHECKING:
    from types import ModuleType

R = TypeVar("R", bound=Row)


class Table(Generic[R]):
    """Rows of one kind: iterate, `len`, slice, `filter`; hand it to polars, pandas or DuckDB as it is.

    name: what the rows are. kind: the kind of row, whose docstring says what each column means.
    shown: the columns that a notebook shows of a wide table. note: a line to show with it.
    """

    def __init__(
        self, name: str, kind: type[R], read: Callable[[], Iterable[R]], shown: tuple[str, ...] = (), note: str = ""
    ) -> None:
        self.name = name
        self.kind = kind
        self.shown = shown or tuple(columns(kind))
        self.note = note
        self._read = read

    @cached_property
    def rows(self) -> tuple[R, ...]:
        """The rows, in the table's order."""
        return tuple(self._read())

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(columns(self.kind))

    @property
    def marking(self) -> Marking | None:
        """The effective marking of all rows together; None when any is unmarked, or there is none."""
        return effective(row.marking for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    @overload
    def __getitem__(self, at: slice) -> "Table[R]": ...

    @overload
    def __getitem__(self, at: int | str) -> R: ...

    def __getitem__(self, at: int | str | slice) -> "R | Table[R]":
        """Return the row at a place or of an id (or how it begins), or a table of some rows."""
        if isinstance(at, slice):
            return self._of(lambda: self.rows[at])
        return self._named(at) if isinstance(at, str) else self.rows[at]

    def filter(self, **wanted: Any) -> "Table[R]":
        """Return the rows that fit: `filter(parties="NATO", origins_min__ge=2)`; see notebook.conditions."""
        tests = conditions(self.kind, wanted)
        return self._of(lambda: (row for row in self.rows if all(fits(row) for fits in tests)))

    def to_arrow(self) -> Any:
        """Return an arro3 Table."""
        from watchfloor.notebook.arrow import arrow_table

        return arrow_table(self.rows, self.kind)

    def to_polars(self) -> Any:
        """Return a polars DataFrame."""
        return _installed("polars").DataFrame(self)

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame; needs no pyarrow."""
        pandas: Any = _installed("pandas")
        made = {}
        for name, holds in columns(self.kind).items():
            values = cells(list(self.rows), name, holds)
            made[name] = pandas.Series(values, dtype=_PANDAS.get(holds, "object"))
        return pandas.DataFrame(made, columns=list(made))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows as an Arrow stream (the PyCapsule protocol), by which other libraries read them."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Return the schema alone."""
        from watchfloor.notebook.arrow import arrow_table

        return arrow_table((), self.kind).schema.__arrow_c_schema__()

    def __repr__(self) -> str:
        marked = f"; {banner(self.marking)}" if self.rows else ""
        return f"<{self.name}: {len(self):,} row{'' if len(self) == 1 else 's'}{marked}>"

    def _repr_html_(self) -> str:
        from watchfloor.notebook.html import of_table

        return of_table(self)

    def _of(self, read: Callable[[], Iterable[R]]) -> "Table[R]":
        return Table(self.name, self.kind, read, self.shown, self.note)

    def _named(self, id: str) -> R:
        if "id" not in self.columns:
            raise ConfigError(f"{self.name} have no ids; take a number, or filter(...)")
        fitting = [row for row in self.rows if getattr(row, "id").startswith(id)]  # noqa: B009 - not every row has one
        if len(fitting) != 1:
            raise ConfigError(f"{len(fitting)} {self.name} have an id that begins with {id!r}; expected one")
        return fitting[0]


_PANDAS = {
    "number": "Int64",
    "share": "Float64",
    "truth": "boolean",
    "day": "datetime64[s]",
    "instant": "datetime64[us, UTC]",
}


def _installed(name: str) -> "ModuleType":
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise ConfigError(f"{name} is not installed; pip install {name}") from None
