"""Whether something happened, is planned, possible, alleged or denied, by the words around its trigger."""

import re

from watchfloor.core.annotation import Status

_WINDOW = 70  # characters before a trigger in which its auxiliaries stand (assumed)

_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)\s(?:that\s|any\s|having\s)?|did\snot|has\snot|have\snot|had\snot|never|no\splans?\sto|not\s(?:to|been))\b"
    r"(?:\W+\w+){0,4}\W*$",
    re.I,
)
_POSSIBLE = re.compile(
    r"\b(?:could|may|might|possib(?:le|ly|ility)|if|whether|likely\sto|potential(?:ly)?|speculation|rumou?rs?"
    r"|can't\srule\sout|cannot\srule\sout|hint(?:s|ed|ing)?)\b(?!\s(?:not\s)?have\sbeen)",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:will|would|shall|'ll|plan(?:s|ned|ning)?|schedul(?:ed|ing)|(?<!than\s)expect(?:s|ed|ing)?|decided?|decision|intends?|intention"
    r"|intended|due|slated|set|going|agree(?:d|s)|promis(?:ed|es)|pledg(?:ed|es)|propos(?:ed|es|al)|prepar(?:es|ed|ing)"
    r"|hopes?|seeks?|wants?|vow(?:ed|s)|offer(?:ed|s)|pursuing|consider(?:s|ing)|arrang(?:ed|ing)|upcoming|forthcoming"
    r"|is\sto|are\sto|aims?|ready|look(?:s|ing)?\sforward|before\shis|ahead\sof)\b",
    re.I,
)
_ALLEGED = re.compile(
    r"\b(?:reportedly|allegedly|alleged(?:ly)?|claim(?:s|ed|ing)?|believed|purported(?:ly)?|accus(?:ed|es|ing)|suspected"
    r"|unconfirmed|apparently)\b",
    re.I,
)
_ONCE = re.compile(r"\b(?:when|once|as\ssoon\sas)\b[^,.;]{0,60}$", re.I)  # with a present tense: "when he visits"
_WITHIN = re.compile(r"(?:in|during)\s", re.I)  # "agreed in a phone call": what was agreed is ahead, the call is not
_HOLDS = re.compile(
    r"[;:“”\"]|\b(?:during|after|when|while)\b|\b(?:said|says|added|told|confirmed|announced|noted)\b,?(?!\s(?:plans?|that\s\w+\s(?:will|would)))"
)


def status(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> Status:
    """Return the status of what the trigger tells.

    >>> said = "The minister is expected to visit Oslo."
    >>> status(said, (0, len(said)), (28, 33))
    'planned'
    """
    before = text[max(sentence[0], trigger[0] - _WINDOW) : trigger[0]]
    if _ONCE.search(before) and re.match(r"\w+[^e]s\b", text[trigger[0] : trigger[1]]):
        return "planned"
    if _WITHIN.match(text, trigger[0], trigger[1]) and not _POSSIBLE.search(before):
        return "actual"
    held = _HOLDS.split(before)[-1]
    after = text[trigger[1] : min(sentence[1], trigger[1] + _WINDOW)]
    if _DENIED.search(held):
        return "denied"
    if _POSSIBLE.search(held):
        return "hypothetical"
    if _PLANNED.search(held):
        return "planned"
    if re.match(r"[^.;]{0,40}\b(?:is|are|was)\s(?:scheduled|planned|expected|due|set)\b", after):
        return "planned"
    if re.match(r"[^.;]{0,30}\b(?:could|might|may)\s(?:also\s)?(?:be|take|happen|include)\b", after):
        return "hypothetical"
    return "alleged" if _ALLEGED.search(text[sentence[0] : trigger[0]]) else "actual"
