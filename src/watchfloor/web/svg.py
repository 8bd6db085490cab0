"""The parts of a picture: its frame with title and description, links, and signs; every text is escaped and inert."""

from collections.abc import Iterable

from markupsafe import Markup

from watchfloor.web.inert import shown


def picture(name: str, title: str, description: str, width: float, height: float, parts: Iterable[Markup]) -> Markup:
    """Return the whole picture. name: of its kind, before its ids; title and description are read aloud."""
    head = Markup(
        '<svg class="drawing {name}" role="group" aria-labelledby="{name}-title" aria-describedby="{name}-desc" '
        'xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>'
    ).format(
        name=name, width=number(width), height=number(height), title=shown(title), description=shown(description, 1200)
    )
    return head + Markup("").join(parts) + Markup("</svg>")


def link(href: str, title: str, inside: Markup, *, column: int | None = None, row: int | None = None) -> Markup:
    """Return parts of a picture that lead somewhere; the title is what a screen reader says.

    column, row: where it stands among the marks, for the arrow keys.
    """
    at = Markup(' data-column="{}" data-row="{}"').format(column, row) if column is not None else Markup("")
    return Markup('<a class="mark" href="{}" aria-label="{}"{}><title>{}</title>{}</a>').format(
        href, shown(title, 300), at, shown(title, 300), inside
    )


def number(value: float) -> str:
    """Return a length in pixels, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def circle(x: float, y: float, radius: float, css: str) -> Markup:
    """Return a circle."""
    return Markup('<circle cx="{}" cy="{}" r="{}" class="{}"/>').format(number(x), number(y), number(radius), css)


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> Markup:
    """Return a straight line."""
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>').format(
        number(x1), number(y1), number(x2), number(y2), css
    )


def rectangle(x: float, y: float, width: float, height: float, css: str, round_: float = 0) -> Markup:
    """Return a rectangle, its corners round where it is said so."""
    corners = Markup(' rx="{}"').format(number(round_)) if round_ else Markup("")
    return Markup('<rect x="{}" y="{}" width="{}" height="{}"{} class="{}"/>').format(
        number(x), number(y), number(width), number(height), corners, css
    )


def path(data: str, css: str) -> Markup:
    """Return a path."""
    return Markup('<path d="{}" class="{}"/>').format(data, css)
