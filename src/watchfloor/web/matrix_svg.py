"""Who was in contact with whom, as a matrix: how often, in each square a link to the contacts."""

from collections.abc import Callable

from markupsafe import Markup

from watchfloor.watch.pairs import Network, Pair
from watchfloor.watch.wording import count
from watchfloor.web import svg
from watchfloor.web.inert import shown
from watchfloor.web.lettering import label, width, wrapped

CELL = 30  # pixels of a square
SIZE = 12.5  # pixels
LONGEST = 170.0  # pixels of a name
MOST = 24  # parties in one matrix: 24 squares and the names fit a page; assumed


def draw(network: Network, of_pair: Callable[[Pair], str]) -> Markup:
    """Return the matrix of the first parties of a network; nothing without any. of_pair: the address of a pair."""
    nodes = network.nodes[:MOST]
    if not nodes:
        return Markup("")
    names = [(wrapped(node.name, LONGEST, SIZE, 1) or ("",))[0] for node in nodes]
    left = max(width(name, SIZE) for name in names) + 16
    side = CELL * len(nodes)
    top = left * 0.72 + 10  # names above stand at an angle
    parts = [svg.rectangle(0, 0, left + side + top, top + side + 14, "d-paper")]
    for at, name in enumerate(names):
        middle = at * CELL + CELL / 2
        parts.append(label(left - 8, top + middle + 4, name, "d-text", "end"))
        x, y = left + middle + 4, top - 6
        turned = Markup('<text transform="translate({} {}) rotate(-45)" class="d-text">{}</text>')
        parts.append(turned.format(svg.number(x), svg.number(y), name))
    found = {(pair.left, pair.right): pair for pair in network.pairs}
    most = max((len(pair.contacts) for pair in network.pairs), default=1)
    for row, one in enumerate(nodes):
        for column, other in enumerate(nodes):
            x, y = left + column * CELL, top + row * CELL
            pair = found.get((min(one.name, other.name), max(one.name, other.name)))
            if row == column or pair is None:
                css = "d-self" if row == column else "d-empty"
                parts.append(svg.rectangle(x + 1, y + 1, CELL - 2, CELL - 2, css, 3))
            else:
                parts.append(_cell(pair, (x, y), most, of_pair(pair), (column, row)))
    words = f"{count(len(nodes), 'party')} by contacts with each other. The log says the same."
    return svg.picture("matrix", "Contacts by pair", words, left + side + top, top + side + 14, parts)


def _cell(pair: Pair, at: tuple[float, float], most: int, href: str, where: tuple[int, int]) -> Markup:
    share = len(pair.contacts) / most
    square = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="3" fill-opacity="{:.2f}" class="d-cell"/>').format(
        svg.number(at[0] + 1), svg.number(at[1] + 1), CELL - 2, CELL - 2, 0.12 + 0.28 * share
    )
    if pair.solidity != "held":
        square += svg.rectangle(at[0] + 2.5, at[1] + 2.5, CELL - 5, CELL - 5, f"d-cell-{pair.solidity}", 2)
    number = label(at[0] + CELL / 2, at[1] + CELL / 2 + 4.5, str(len(pair.contacts)), "d-count", "middle")
    told = "" if pair.solidity == "held" else f", {pair.solidity} only"
    title = f"{shown(pair.left, 80)} and {shown(pair.right, 80)}: {count(len(pair.contacts), 'contact')}{told}"
    return svg.link(href, title, square + number, column=where[0], row=where[1])
