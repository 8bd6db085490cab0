"""Products, requests for their release and who got them, in the database; every change with its entry in the log."""

from collections.abc import Callable, Iterable

import msgspec
from msgspec import structs
from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from watchfloor.core.audit import Note
from watchfloor.core.marking import LEVELS, Reader
from watchfloor.core.product import Dissemination, Product, Request, Way
from watchfloor.store import audit, markings, turns
from watchfloor.store.markings import at_home, in_standing, lasts, visible
from watchfloor.store.schema import reports
from watchfloor.store.schema_sharing import citations, disseminations, products, requests
from watchfloor.store.text import is_storable, moment, storable, written
from watchfloor.store.write_records import has


class Products:
    """What leaves. A partner's reader sees a product only once a request for it and them was approved, and only as long
    as it and every report that it cites may be shown to them, but for a release officer's override.
    """

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def keep_product(self, product: Product, data: bytes, note: Note) -> Product:
        """Keep a product with its bytes; return it with its version: the next of its series.

        The same bytes as the last version are that version: nothing new is kept.
        """
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "products")
            last = _last(connection, product.series)
            if last is not None and (last.sha256, last.cites) == (product.sha256, product.cites):
                return last
            if has(connection, products, product.id):  # made at the same moment, and another one since
                return _kept(connection, product.id)
            made = structs.replace(product, version=last.version + 1 if last else 1)
            connection.execute(insert(products), {"data": data, **_columns(made)})
            markings.release(connection, made.id, made.marking)
            if made.cites:
                rows = [{"product": made.id, "report": report} for report in made.cites]
                connection.execute(insert(citations), rows)
            audit.keep(connection, note)
            return made

    def products(self, reader: Reader, *, way: Way = "show") -> tuple[Product, ...]:
        """Return the products that the reader may see, in the order in which they were made.

        way: for a partner's reader, "release" only those of which they may keep a copy.
        """
        with self._transaction(writes=False) as connection:
            rows = connection.execute(
                select(products.c.document, products.c.marking)
                .where(_seen(reader, way))
                .order_by(products.c.made, products.c.id)
            )
            return tuple(_product(row.document, row.marking, reader) for row in rows)

    def product(self, reader: Reader, id: str) -> Product | None:
        """Return one product; None when there is none for this reader."""
        with self._transaction(writes=False) as connection:
            row = connection.execute(
                select(products.c.document, products.c.marking).where(
                    products.c.id == storable(id), _seen(reader, "show")
                )
            ).one_or_none()
            return None if row is None else _product(row.document, row.marking, reader)

    def data(self, reader: Reader, id: str, way: Way) -> bytes | None:
        """Return the bytes of a product to be shown or to be kept; None when the reader may not have them that way."""
        with self._transaction(writes=False) as connection:
            found: bytes | None = connection.execute(
                select(products.c.data).where(products.c.id == storable(id), _seen(reader, way))
            ).scalar()
            return found

    def citing(self, reader: Reader, reports: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return which of these reports which products cite, as (report, product); a partner's reader gets none."""
        with self._transaction(writes=False) as connection:
            rows = connection.execute(
                select(citations.c.report, citations.c.product)
                .join(products, products.c.id == citations.c.product)
                .where(
                    citations.c.report.in_([storable(id) for id in reports]), at_home(reader), visible(products, reader)
                )
                .order_by(citations.c.report, products.c.made, products.c.id)
            )
            return tuple((row.report, row.product) for row in rows)

    def keep_request(self, request: Request, note: Note) -> bool:
        """Keep a request; False, and nothing is changed, when the same is open or approved already."""
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "products")
            same = select(1).where(
                requests.c.product == request.product,
                requests.c.partner == storable(request.partner),
                requests.c.way == request.way,
                requests.c.state.in_(("asked", "approved")),
            )
            if connection.execute(same.limit(1)).first() or has(connection, requests, request.id):
                return False
            connection.execute(insert(requests), _request_columns(request))
            audit.keep(connection, note)
            return True

    def requests(self, reader: Reader) -> tuple[Request, ...]:
        """Return the requests, the oldest first; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            rows = connection.execute(
                select(requests.c.document)
                .join(products, products.c.id == requests.c.product)
                .where(at_home(reader), visible(products, reader))
                .order_by(requests.c.asked, requests.c.id)
            )
            return tuple(msgspec.json.decode(row.document, type=Request) for row in rows)

    def change_request(
        self, reader: Reader, id: str, change: Callable[[Request], Request], note: Note
    ) -> Request | None:
        """Change a request as it is kept now; return how it is then, None when there is none for this reader."""
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "products")
            row = connection.execute(
                select(requests.c.document).where(requests.c.id == storable(id), at_home(reader))
            ).one_or_none()
            if row is None:
                return None
            changed = change(msgspec.json.decode(row.document, type=Request))
            connection.execute(update(requests).where(requests.c.id == changed.id).values(**_request_columns(changed)))
            audit.keep(connection, note)
            return changed

    def keep_dissemination(self, made: Dissemination, note: Note) -> None:
        """Keep that a partner got a product; the same delivery again changes nothing."""
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "products")
            if has(connection, disseminations, made.id):
                return
            row = {"id": made.id, "product": made.product, "partner": storable(made.partner), "at": moment(made.at)}
            connection.execute(insert(disseminations), {**row, "document": written(made)})
            audit.keep(connection, note)

    def disseminations(self, reader: Reader) -> tuple[Dissemination, ...]:
        """Return who got what, in the order of time; to a partner's reader only what it got itself."""
        with self._transaction(writes=False) as connection:
            rows = connection.execute(
                select(disseminations.c.document)
                .join(products, products.c.id == disseminations.c.product)
                .where(_of_reader(reader))
                .order_by(disseminations.c.at, disseminations.c.id)
            )
            return tuple(_as_told(msgspec.json.decode(row.document, type=Dissemination), reader) for row in rows)

    def change_dissemination(
        self, reader: Reader, id: str, change: Callable[[Dissemination], Dissemination], note: Note
    ) -> Dissemination | None:
        """Change what is kept of a delivery: that it has arrived; None when there is none for this reader."""
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "products")
            row = connection.execute(
                select(disseminations.c.document)
                .join(products, products.c.id == disseminations.c.product)
                .where(disseminations.c.id == storable(id), _of_reader(reader))
            ).one_or_none()
            if row is None:
                return None
            changed = change(msgspec.json.decode(row.document, type=Dissemination))
            connection.execute(
                update(disseminations).where(disseminations.c.id == changed.id).values(document=written(changed))
            )
            audit.keep(connection, note)
            return _as_told(changed, reader)


def _seen(reader: Reader, way: Way) -> ColumnElement[bool]:
    """Return the condition under which a product may be shown to a reader; `release` asks for more than `show`."""
    if reader.partner is None or not is_storable(reader.partner):
        return and_(visible(products, reader), at_home(reader))
    ways = ("release",) if way == "release" else ("show", "release")
    approved = and_(
        requests.c.product == products.c.id,
        requests.c.partner == reader.partner,
        requests.c.way.in_(ways),
        requests.c.state == "approved",
    )
    hidden = exists().where(
        citations.c.product == products.c.id, reports.c.id == citations.c.report, ~visible(reports, reader)
    )
    by_rule = and_(visible(products, reader), ~hidden, exists().where(approved))
    by_override = and_(
        exists().where(approved, requests.c.override.is_(True)),
        products.c.tlp <= LEVELS.index(reader.clearance),
        lasts(products.c.expires, reader),
        in_standing(reader, products.c.tlp),
    )
    return or_(by_rule, by_override)


def _of_reader(reader: Reader) -> ColumnElement[bool]:
    """Return the condition for deliveries: at home those of products that may be seen; a partner's own, now as then."""
    if reader.partner is None:
        return visible(products, reader)
    return and_(disseminations.c.partner == storable(reader.partner), in_standing(reader, products.c.tlp))


def _as_told(made: Dissemination, reader: Reader) -> Dissemination:
    """Return a delivery as its reader may read it: who of this node handled it is no partner's to know."""
    return made if reader.partner is None else structs.replace(made, by="")


def _last(connection: Connection, series: str) -> Product | None:
    newest = select(func.max(products.c.version)).where(products.c.series == series).scalar_subquery()
    row = connection.execute(
        select(products.c.document, products.c.marking).where(products.c.series == series, products.c.version == newest)
    ).one_or_none()
    return None if row is None else _product(row.document, row.marking, None)


def _kept(connection: Connection, id: str) -> Product:
    row = connection.execute(select(products.c.document, products.c.marking).where(products.c.id == id)).one()
    return _product(row.document, row.marking, None)


def _product(document: str, marking: str | None, reader: Reader | None) -> Product:
    """Return the product as its reader may read it: a partner is not told who made it and for whom else it is."""
    made = structs.replace(msgspec.json.decode(document, type=Product), marking=markings.read(marking, reader))
    if reader is None or reader.partner is None:
        return made
    return structs.replace(made, made_by="", prepared_for=reader.partner, cites=())


def _columns(product: Product) -> dict[str, object]:
    return {
        "id": product.id,
        "series": product.series,
        "version": product.version,
        "made": moment(product.made),
        "document": written(structs.replace(product, marking=None)),
        "expires": moment(product.marking.expires) if product.marking and product.marking.expires else None,
        **markings.columns(product.marking),
    }


def _request_columns(request: Request) -> dict[str, object]:
    return {
        "id": request.id,
        "product": request.product,
        "partner": storable(request.partner),
        "way": request.way,
        "state": request.state,
        "override": request.override,
        "asked": moment(request.asked),
        "document": written(request),
    }
