"""The small grammar that a brief is written with: numbers, lists, quotations, plurals."""

import re
from collections.abc import Sequence

LONGEST_QUOTE = 160  # characters of a quotation inside a sentence that is read aloud; assumed
LONGEST_READ = 20_000  # characters; what comes after is never told, so an endless text costs nothing; assumed
LONGEST_NAME = 80  # characters of a name; a longer one is an accident of the text; assumed

_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children"}
_UNCHANGED = frozenset({"aircraft", "personnel", "percent", "%", "won", "yen", "yuan", "artillery", "infantry"})
_ADJECTIVES = frozenset({"dead", "injured", "wounded", "missing"})
"""Units that are said of people: "14 injured", "2 dead"."""
_QUOTES = '"“”„«»'
_LED = re.compile(r"^that, (?:according to|by|as) [^,]{2,90}, ", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"(?<![\d.,:/#-])\d{5,12}(?![\d.,:/-]*\d)")


def number(value: int) -> str:
    """Return the number with its thousands set apart.

    >>> number(12000)
    '12,000'
    """
    return f"{value:,}"


def plural(noun: str) -> str:
    """Return the English plural of a lower-case noun.

    >>> plural("troop"), plural("body"), plural("person"), plural("aircraft"), plural("injured")
    ('troops', 'bodies', 'people', 'aircraft', 'injured')
    """
    if noun in _UNCHANGED or noun in _ADJECTIVES or not noun:
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def count(value: int, noun: str) -> str:
    """Return the number with its noun.

    >>> count(1, "report"), count(3, "report"), count(0, "report")
    ('1 report', '3 reports', 'no reports')
    """
    if value == 0:
        return f"no {plural(noun)}"
    return f"{number(value)} {noun if value == 1 else plural(noun)}"


def publishers(value: int) -> str:
    """Return how many outlets there are: a report whose outlet is not known is not one of nobody.

    >>> publishers(0), publishers(1)
    ('no known outlet', '1 outlet')
    """
    return count(value, "outlet") if value else "no known outlet"


def listed(items: Sequence[str], *, most: int | None = None, mark: str = ",") -> str:
    """Return the items as one English list; with more than `most` the rest is counted.

    >>> listed(["Seoul", "Kyiv", "Paris"]), listed(["Seoul", "Kyiv", "Paris"], most=1)
    ('Seoul, Kyiv and Paris', 'Seoul and 2 more')
    """
    kept = list(items)
    if most is not None and len(kept) > most:
        kept = [*kept[:most], f"{number(len(kept) - most)} more"]
    if len(kept) < 2:
        return "".join(kept)
    return f"{f'{mark} '.join(kept[:-1])} and {kept[-1]}"


def plain(text: str) -> str:
    """Return the text on one line with single spaces, no more of it than could ever be told."""
    return " ".join(text[:LONGEST_READ].split())


def shorten(text: str, limit: int) -> str:
    """Return the text in at most `limit` characters, cut after a word, with "…" when cut.

    >>> shorten("not directed against anyone", 16)
    'not directed…'
    """
    text = plain(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    if not text[limit - 1].isspace() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–—-(“‘") + "…"


def window(text: str, words: str, limit: int) -> str:
    """Return at most `limit` characters of the text with the words in it, "…" where it is cut.

    >>> window("If the army of the north, more than 1 million soldiers, learns", "1 million soldiers", 36)
    '…than 1 million soldiers, learns'
    """
    text, words = plain(text), plain(words)
    at = text.find(words)
    if at < 0 or at + len(words) < limit - 1:
        return shorten(text, limit)
    start = max(0, at - max(0, limit - len(words) - 2) // 2)
    start = text.find(" ", start, at) + 1 or at
    return "…" + shorten(text[start:], limit - 1)


def quoted(text: str, limit: int = LONGEST_QUOTE) -> str:
    """Return the words as one quotation: marks around it are replaced, marks inside it become single.

    >>> quoted('"We will act," he said')
    '“‘We will act,’ he said”'
    >>> quoted("that he “would wait,”")
    '“he ‘would wait’”'
    >>> quoted('"We will act."')
    '“We will act.”'
    """
    text = plain(text)
    inner = text.strip(_QUOTES + " ") if _is_one_quotation(text) else text
    inner = re.sub(r"^that (?=\S)|[ ,;:]+(?=[\"”’]*$)", "", inner)
    inner = shorten(inner, limit)
    opening = True
    made = []
    for at, mark in enumerate(inner):
        if mark in _QUOTES:
            opening = mark in "“«„" or (mark == '"' and (at == 0 or inner[at - 1] in " (—–"))
            made.append("‘" if opening else "’")
        else:
            made.append(mark)
    return f"“{''.join(made)}”" if inner else ""


def _is_one_quotation(text: str) -> bool:
    marks = [at for at, mark in enumerate(text) if mark in _QUOTES]
    return bool(marks) and (len(marks) == 1 or (marks[0] == 0 and len(marks) == 2 and marks[1] >= len(text) - 1))


def capital(text: str) -> str:
    """Return the text with its first letter large, an address such as "example.org" as it is."""
    if re.match(r"\w[\w-]*\.\w", text):
        return text
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return the text as a sentence: large first letter, one stop, single spaces.

    >>> sentence("he said  “yes.”"), sentence("it stopped")
    ('He said “yes.”', 'It stopped.')
    """
    text = capital(plain(text))
    return text if re.search(r"[.!?…][”’)]*$", text) else f"{text}."


def clause(text: str) -> str:
    """Return the text without the stop that ends it, to go on after it."""
    return plain(text).rstrip(" .;,:")


def unled(text: str) -> str:
    """Return a clause without whose word it is at its head.

    >>> unled("that, according to the agency, some 40 boats had left")
    'some 40 boats had left'
    """
    return _LED.sub("", plain(text))


def grouped(text: str) -> str:
    """Return the text with long numbers set in thousands.

    >>> grouped("about 12000 troops since 2024")
    'about 12,000 troops since 2024'
    """
    return _LONG_NUMBER.sub(lambda match: number(int(match[0])), text[:LONGEST_READ])


def between(low: int, high: int, noun: str) -> str:
    """Return a range of counts with the lower bound first; never one number that hides the other.

    >>> between(1, 2, "independent origin")
    'at least 1 and at most 2 independent origins'
    >>> between(1, 1, "independent origin")
    'exactly 1 independent origin'
    >>> between(0, 1, "independent origin")
    'no independent origin for certain, at most 1'
    """
    if high <= 0:
        return f"no {noun}"
    if low <= 0:
        return f"no {noun} for certain, at most {number(high)}"
    if low == high:
        return f"exactly {count(low, noun)}"
    return f"at least {number(low)} and at most {count(high, noun)}"


_SEVERAL = re.compile(r"\s[a-z]+(?<![su])s$")  # "South Korean parties", not "the press"
COLLECTIVE = frozenset(
    """
    police authorities prosecutors investigators officials rescuers medics doctors residents witnesses rebels survivors
    activists campaigners organisers organizers analysts experts villagers locals lawyers relatives families critics
    protesters workers employees diplomats lawmakers
    """.split()
)
"""Those who speak as many and whom no report introduces: everybody knows what they are."""
_MANY = re.compile(r"(?:both|two|three|several|many|some)\s", re.I)


def agreeing(verb: str, party: str) -> str:
    """Return the third person verb as it agrees with the party: two who speak together "deny" and "are silent".

    >>> agreeing("denies it", "Ann Lee and Bob Roy"), agreeing("is silent", "Ann Lee")
    ('deny it', 'is silent')
    >>> agreeing("confirms it", "Police")
    'confirm it'
    >>> agreeing("condemns it", "Kenyan opposition parties"), agreeing("denies it", "the press")
    ('condemn it', 'denies it')
    """
    together = " and " in party or _MANY.match(party) or _SEVERAL.search(party) or party.casefold() in COLLECTIVE
    if not together:
        return verb
    first, _, rest = verb.partition(" ")
    for ending, plural in (("ies", "y"), ("shes", "sh"), ("ses", "se"), ("s", "")):
        if first == "is":
            plain = "are"
            break
        if first.endswith(ending):
            plain = first.removesuffix(ending) + plural
            break
    else:
        plain = first
    return f"{plain} {rest}".rstrip()
