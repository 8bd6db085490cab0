"""Text made harmless for Markdown: what a report says can never become a heading, a link, markup or a direction."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$@])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_OPENS_BLOCK = re.compile(r"^([#+\-=]|\d{1,9}(?=[.)]))")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|javascript|data):|\bwww\.")
_CONTROL = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """Return the text so that Markdown shows it letter by letter, on one line, without control or direction marks.

    >>> print(plain("<script>alert(1)</script>"))
    \\<script\\>alert(1)\\</script\\>
    >>> print(plain("# see [this](https://example.org)"))
    \\# see \\[this\\](https\\://example.org)
    """
    text = " ".join(_CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text)).split())
    text = _SPECIAL.sub(r"\\\1", text)
    text = _ENTITY.sub("&amp;", text)
    text = _ADDRESS.sub(lambda match: match[0][:-1] + "\\" + match[0][-1], text)
    if text[:1].isdigit():
        return re.sub(r"^(\d{1,9})([.)])", r"\1\\\2", text)
    return _OPENS_BLOCK.sub(r"\\\1", text)
