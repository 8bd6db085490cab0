"""What classes in our pictures look like without a style sheet: a picture that leaves the page keeps its look.

On a page the style sheet rules (presentation attributes are weaker than any rule), in light and dark. In a file that is
downloaded there is none, and inline styles are forbidden where it may be served; so the attributes are written in.
"""

import re
from collections.abc import Mapping

from markupsafe import Markup

from watchfloor.web.inert import shown

TEXT, SOFT, LINE, PAPER, LAND, SEA, ACCENT = "#1b2430", "#57606c", "#c9ced6", "#ffffff", "#e9e6dd", "#f3f6f9", "#0b5cad"

FAMILY = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Verdana, sans-serif"

_TEXT = f'fill="{TEXT}" font-size="12.5"'
_SOFT = f'fill="{SOFT}" font-size="11.5"'
ATTRIBUTES: Mapping[str, str] = {
    "d-paper": f'fill="{PAPER}"',
    "d-lane": f'fill="{PAPER}"',
    "d-odd": 'fill="#f6f7f9"',
    "d-rule": f'stroke="{LINE}" stroke-width="1"',
    "d-head": f'fill="{TEXT}" font-size="12.5" font-weight="600"',
    "d-lane-name": f'fill="{TEXT}" font-size="12.5" font-weight="600"',
    "d-text": _TEXT,
    "d-small": _SOFT,
    "d-more": f'fill="{ACCENT}" font-size="12.5"',
    "d-sign": f'stroke="{TEXT}" stroke-width="1.6"',
    "d-full": f'fill="{TEXT}"',
    "d-open": f'fill="{PAPER}"',
    "d-dashed": f'fill="{PAPER}" stroke-dasharray="2.6 1.9"',
    "d-span": f'fill="#dbe6f3" stroke="{ACCENT}" stroke-width="1"',
    "d-span-planned": f'fill="{PAPER}" stroke="{ACCENT}" stroke-width="1" stroke-dasharray="4 3"',
    "d-arrow": f'fill="none" stroke="{ACCENT}" stroke-width="1.6"',
    "d-sea": f'fill="{SEA}"',
    "d-land": f'fill="{LAND}" fill-rule="evenodd"',
    "d-border": 'fill="none" stroke="#bdb8a9" stroke-width="0.7"',
    "d-country": f'fill="{ACCENT}" fill-rule="evenodd" fill-opacity="0.09"',
    "d-ring": f'fill="{ACCENT}" fill-opacity="0.07" stroke="{ACCENT}" stroke-width="1" stroke-opacity="0.7"',
    "d-land-name": 'fill="#6d6a5f" font-size="11.5" font-style="italic"',
    "d-area-name": f'fill="{TEXT}" font-size="12.5" font-style="italic"',
    "d-leader": f'stroke="{SOFT}" stroke-width="0.8"',
    "d-mark-confirmed": f'fill="{ACCENT}" stroke="{ACCENT}" stroke-width="2"',
    "d-mark-one": f'fill="{PAPER}" stroke="{ACCENT}" stroke-width="2.2"',
    "d-mark-planned": f'fill="{PAPER}" stroke="{ACCENT}" stroke-width="1.8" stroke-dasharray="2.8 2.2"',
    "d-mark-named": f'fill="{SOFT}" stroke="{PAPER}" stroke-width="0.8"',
    "d-edge": 'stroke="#7b8694" stroke-opacity="0.7"',
    "d-edge-planned": 'stroke="#7b8694" stroke-dasharray="5 4"',
    "d-edge-denied": 'stroke="#7b8694" stroke-dasharray="1.5 3"',
    "d-node": f'fill="{ACCENT}" stroke="{PAPER}" stroke-width="1.5"',
    "d-cell": f'fill="{ACCENT}"',
    "d-empty": 'fill="#f3f5f8"',
    "d-self": 'fill="#e3e6ea"',
    "d-count": f'fill="{TEXT}" font-size="12.5"',
    "d-cell-planned": f'fill="none" stroke="{ACCENT}" stroke-width="1.2" stroke-dasharray="4 3"',
    "d-cell-denied": f'fill="none" stroke="{ACCENT}" stroke-width="1.2" stroke-dasharray="1.5 2.5"',
    "d-halo": f'stroke="{PAPER}" stroke-width="3" stroke-opacity="0.85" stroke-linejoin="round" paint-order="stroke"',
}
"""Every class of a picture, and its look in light. The style sheet has a rule for each in light and dark."""

BAND = 26  # pixels above and below a picture, for its marking

_CLASSES = re.compile(r'class="([^"]*)"')
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="[^"]*"')
_LINK = re.compile(r'<a class="mark" [^>]*>')


def dressed(picture: str, banner: str, credit: str = "") -> str:
    """Return a picture as a file of its own: look written in, marking above and below, no links.

    credit: what else must stand in the file, such as where a map comes from.
    """
    whole = _LINK.sub("<g>", str(picture)).replace("</a>", "</g>")
    size = _SIZE.search(whole)
    if size is None:
        raise ValueError(f"no picture: {whole[:60]}")
    wide, tall = float(size[1]), float(size[2])
    frame = f'width="{wide:g}" height="{tall + 2 * BAND:g}" viewBox="0 {-BAND} {wide:g} {tall + 2 * BAND:g}"'
    whole = whole[: size.start()] + frame + whole[size.end() :]
    marks = Markup('<rect x="0" y="{}" width="{}" height="{}" class="d-paper"/>').format(-BAND, wide, tall + 2 * BAND)
    for y in (-BAND + 17, tall + 17):
        marks += Markup('<text x="{}" y="{}" class="d-head" text-anchor="middle">{}</text>').format(
            wide / 2, y, shown(banner, 200)
        )
    metadata = Markup("<metadata>{}</metadata>").format(shown(" ".join((banner, credit)).strip()))
    whole = whole.replace("</desc>", Markup("</desc>") + metadata + marks, 1)
    whole = _CLASSES.sub(lambda found: _worn(found[1]), whole)
    whole = whole.replace("<svg ", Markup('<svg font-family="{}" ').format(FAMILY), 1)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + whole + "\n"


def _worn(classes: str) -> str:
    """Return a class attribute and the attributes it stands for; a later class of the same element wins."""
    held: dict[str, str] = {}
    for name in classes.split():
        held.update(re.findall(r'([\w-]+)="([^"]*)"', ATTRIBUTES.get(name, "")))
    return " ".join([f'class="{classes}"', *(f'{name}="{value}"' for name, value in held.items())])
