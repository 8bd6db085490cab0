"""What a form is beside the name it stands for: a romanisation, a short form, an acronym, a slip."""

from watchfloor.core.entity import SurfaceKind
from watchfloor.resolve import bodies, names
from watchfloor.resolve.cast import surname, surname_keys
from watchfloor.resolve.roles import is_description
from watchfloor.resolve.romanisation import sound

_SLIP = "one letter away from the surname, taken for a slip"
_KINDS: tuple[tuple[str, SurfaceKind], ...] = (
    ("slip", "slip"),
    ("digits in the place", "slip"),
    ("in another language", "other-language"),
    ("ending of another language", "other-language"),
    ("short form", "nickname"),
    ("an initial", "nickname"),
    ("acronym", "acronym"),
    ("romanisation", "romanisation"),
    ("Chinese name", "romanisation"),
    ("vowels", "romanisation"),
)


def told(name: str, form: str, *, person: bool) -> tuple[SurfaceKind, str]:
    """Return what a form is beside a name, and the rule that says so.

    >>> told("Georgy Zinoviev", "Georgi Zinoviev", person=True)
    ('romanisation', 'romanisations of the same name')
    >>> told("Yoon Suk Yeol", "Yon", person=True)[0], told("National Police Agency", "NPA", person=False)[0]
    ('slip', 'acronym')
    """
    if names.fold(form) == names.fold(name):
        return "name", "the same name"
    if set(names.fold(form).split()) < set(names.fold(name).split()):
        return "part", "a part of the name"
    if not person:
        return _body(name, form)
    if is_description(form):
        return "description", "a description"
    if " " not in form:
        same = set(surname_keys(form)) & set(surname_keys(surname(name))) or _heard(form) == _heard(name)
        return ("romanisation", "romanisation of the same surname") if same else ("slip", _SLIP)
    reason = names.compare(name, form).reason
    return next((kind for words, kind in _KINDS if words in reason), "name"), reason


def _heard(words: str) -> str:
    """Return the sound of the last word, articles left aside."""
    return sound((names.fold(words).split() or [""])[-1])


def _body(name: str, form: str) -> tuple[SurfaceKind, str]:
    """Return what a form is beside the name of a body."""
    if form.replace(".", "").isupper() and " " not in form:
        return "acronym", "an acronym"
    if not bodies.is_name(bodies.bare(form)):
        return "description", "a description"
    reason = names.compare(name, form).reason
    return next((kind for words, kind in _KINDS if words in reason and kind != "nickname"), "name"), reason
