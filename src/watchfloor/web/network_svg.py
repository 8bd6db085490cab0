"""Who was in contact with whom, as a graph: a sign for each party, a line for each pair, as thick as it is often."""

from collections.abc import Callable
from math import log2, sqrt

from markupsafe import Markup
from msgspec import Struct

from watchfloor.watch.pairs import Network, Node, Pair
from watchfloor.watch.wording import count
from watchfloor.web import svg
from watchfloor.web.inert import shown
from watchfloor.web.lettering import label, wrapped
from watchfloor.web.network_layout import Places, layout
from watchfloor.web.placing import Box, Name, Set, placed

WIDTH = 960.0  # pixels
LEGEND = 40  # pixels below the graph
SIZE = 12.5  # pixels
MOST_LINES = 120  # lines that names keep clear of; among more there is no clear place; assumed
LONGEST = 160.0  # pixels of a name; the list has all of it

SOLIDITY_WORDS = {"held": "held", "planned": "planned only", "denied": "denied"}
_EDGES = {"held": "d-edge", "planned": "d-edge d-edge-planned", "denied": "d-edge d-edge-denied"}


class Graph(Struct, frozen=True, kw_only=True):
    """The graph, and how many names found no room in it."""

    picture: Markup
    unnamed: int


def draw(network: Network, of_party: Callable[[Node], str], of_pair: Callable[[Pair], str]) -> Graph:
    """Return the picture. of_party, of_pair: give the address of what is behind a sign and a line."""
    strength = {(pair.left, pair.right): float(len(pair.contacts)) for pair in network.pairs}
    places, tall = layout([node.name for node in network.nodes], strength, WIDTH)
    height = max(60.0, tall) + LEGEND
    nodes = list(network.nodes)
    names = [_name(node, places) for node in nodes]
    signs = [Box(n.x - n.reach, n.y - n.reach, n.x + n.reach, n.y + n.reach) for n in names]
    lines = [(*places[pair.left], *places[pair.right]) for pair in network.pairs[:MOST_LINES]]
    found = placed(names, signs, Box(2, 2, WIDTH - 2, height - LEGEND), lines)
    parts = [svg.rectangle(0, 0, WIDTH, height, "d-paper")]
    parts += [_edge(pair, places, of_pair) for pair in network.pairs]
    for at, (node, name, where) in enumerate(zip(nodes, names, found, strict=True)):
        parts.append(_node(node, name, where, of_party(node), at))
    parts.append(_legend(height - LEGEND))
    unnamed = sum(where is None for where in found)
    words = _described(network, unnamed)
    return Graph(
        picture=svg.picture("network", "Who was in contact with whom", words, WIDTH, height, parts), unnamed=unnamed
    )


def _described(network: Network, unnamed: int) -> str:
    text = f"{count(len(network.nodes), 'party')}, {count(len(network.pairs), 'pair')} of them"
    text += f"; {network.hidden} hidden" if network.hidden else ""
    text += f"; {count(unnamed, 'name')} without room" if unnamed else ""
    return f"{text}. The log and the matrix say the same."


def _radius(node: Node) -> float:
    return min(16.0, 5.0 + 1.6 * sqrt(node.contacts))


def _name(node: Node, places: Places) -> Name:
    x, y = places[node.name]
    lines = wrapped(node.name, LONGEST, SIZE, 1)
    return Name(text=lines[0] if lines else "", x=x, y=y, reach=_radius(node), size=SIZE)


def _edge(pair: Pair, places: Places, of_pair: Callable[[Pair], str]) -> Markup:
    (x1, y1), (x2, y2) = places[pair.left], places[pair.right]
    line = Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="{}" class="{}"/>').format(
        svg.number(x1), svg.number(y1), svg.number(x2), svg.number(y2), svg.number(_thick(pair)), _EDGES[pair.solidity]
    )
    title = f"{shown(pair.left, 80)} and {shown(pair.right, 80)}: {count(len(pair.contacts), 'contact')}"
    title += "" if pair.solidity == "held" else f", {SOLIDITY_WORDS[pair.solidity]}"
    return svg.link(of_pair(pair), title, line)


def _thick(pair: Pair) -> float:
    return 1.4 + 1.5 * log2(len(pair.contacts))


def _node(node: Node, name: Name, where: Set | None, href: str, at: int) -> Markup:
    parts = []
    if where is not None and where.leader:
        box = where.box
        x, y = min(max(name.x, box.left), box.right), min(max(name.y, box.top), box.bottom)
        parts.append(svg.line(name.x, name.y, x, y, "d-leader"))
    parts.append(svg.circle(name.x, name.y, name.reach, "d-node"))
    if where is not None:
        parts.append(label(where.x, where.y, name.text, "d-text d-halo"))
    side = f" ({shown(node.side, 80)})" if node.side != node.name else ""
    others = count(node.others, "other party")
    title = f"{shown(node.name, 80)}{side}: {count(node.contacts, 'contact')} with {others}"
    return svg.link(href, title, Markup("").join(parts), column=at, row=0)


def _legend(top: float) -> Markup:
    parts = []
    x = 14.0
    for solidity, words in SOLIDITY_WORDS.items():
        line = Markup('<line x1="{0}" y1="{2}" x2="{1}" y2="{2}" stroke-width="2" class="{3}"/>')
        parts.append(line.format(svg.number(x), svg.number(x + 34), svg.number(top + 20), _EDGES[solidity]))
        parts.append(label(x + 42, top + 24, words, "d-small"))
        x += 70 + 7 * len(words)
    parts.append(label(x, top + 24, "thicker and larger: more contacts", "d-small"))
    return Markup("").join(parts)
