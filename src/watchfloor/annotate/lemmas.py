"""Dictionary forms, made from a word by the script that the network chose."""


def lemma(form: str, script: str) -> str:
    """Return the dictionary form: "=" as it is; "l3|be" lower case, three letters off, "be" on; "k…" keeps the case.

    >>> lemma("Troops", "l1|"), lemma("was", "l3|be"), lemma("Seoul", "=")
    ('troop', 'be', 'Seoul')
    """
    if script == "=":
        return form
    cut, _, added = script[1:].partition("|")
    held = form if script[0] == "k" else form.lower()
    kept = held[: max(0, len(held) - int(cut))]
    return kept + added or form
