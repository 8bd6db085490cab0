"""What a search must know of every report that fits, read from an index that has nothing else.

A row of `reports` carries its text, so that looking at many rows reads the whole disk. `reports_at_a_glance` has the
few columns by which a search decides who may see a report and whether it is current. SQLite would go by row number to
the rows themselves, so it is told to use the index; PostgreSQL finds it alone.
"""

from typing import Any

from sqlalchemy import Boolean, Integer, TableClause, Text, column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Glance(TableClause):
    inherit_cache = True


glance = _Glance(
    "reports",
    column("seq", Integer),
    column("id", Text),
    column("tlp", Integer),
    column("sole", Boolean),
    column("known_on", Text),
    column("language", Text),
)
"""`reports`, by what stands in the index."""


class position(FunctionElement[int]):  # noqa: N801 - a function of SQL
    """Where a text has another one, 0 where it has not: half the time of LIKE."""

    type = Integer()
    inherit_cache = True


@compiles(position)
def _strpos(element: position, compiler: Any, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


@compiles(position, "sqlite")
def _instr(element: position, compiler: Any, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(_Glance)
def _plain(element: _Glance, compiler: Any, **options: Any) -> str:
    return str(compiler.visit_table(element, **options))


@compiles(_Glance, "sqlite")
def _indexed(element: _Glance, compiler: Any, **options: Any) -> str:
    written = str(compiler.visit_table(element, **options))
    return f"{written} INDEXED BY reports_at_a_glance" if options.get("asfrom") else written
