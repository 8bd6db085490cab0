"""What somebody does by saying something: from the word of saying, and where it is neutral from what is said."""

import re

from watchfloor.core.annotation import Act

_OWN = r"(?:\b(?:we|i|he|she|it|they|[\w-]+ government|[\w-]+ administration)\b|'ll|’ll)"
_WILL = r"(?:\s+also)?\s+(?:will|would|shall|['’]ll|won['’]t|plans? to|intends? to|is going to|are going to)\b"
_PROMISE = re.compile(_OWN + _WILL, re.I)
_PROMISE_QUOTED = re.compile(r"(?:\b(?:we|i|[\w-]+ government|[\w-]+ administration)\b|'ll|’ll)" + _WILL, re.I)
"""In somebody's own words "he will" is said of somebody else."""
_PLANS = re.compile(
    r"^\W*(?:(?:his|her|its|their|the|a)\s+)?(?:\w+['’]s?\s+)?(?:plans?|intentions?|decision|readiness)\s+to\b", re.I
)
_DEMAND = re.compile(
    r"\b(?:must|should(?! (?:soon|be able))|need(?:s|ed)? to|ha(?:s|ve) to|ought to|calls? (?:for|on)|urges?|demands?|"
    r"let['’]s|let us|"
    r"it is (?:time|necessary|essential) to)\b",
    re.I,
)
_PREDICT = re.compile(
    r"\b(?:will|would|could|may|might|likely|unlikely|probably|possib(?:le|ly|ility)|is going to|are going to|"
    r"expects? (?!that)|(?:is|are) expected to|soon|appears? to be heading|can['’]t rule out)\b",
    re.I,
)
_CONDEMN = re.compile(
    r"\b(?:illegal|unlawful|reckless|irresponsible|unacceptable|outrageous|barbaric|criminal|shameful|disgraceful|"
    r"provocati(?:on|ons|ve)|aggression|violat(?:es?|ed|ing|ion|ions)|condemn\w*|denounce\w*|deplor\w*|dangerous|"
    r"atroci\w+|unprovoked|blatant|flagrant|war crimes?|responsible for|to blame|escalates?|undermin\w+)\b",
    re.I,
)
_DENY = re.compile(
    r"\b(?:not (?:true|directed|aimed|involved|the case|responsible)|no (?:such|truth|evidence|plans?)|"
    r"never (?:did|sent|said|ordered|happened)|(?:false|fake|baseless|groundless|unfounded|fabricat\w+|a hoax|untrue)|"
    r"(?:is|are|was|were) not (?:against|sending|behind)|denie[sd]|nothing to do with|should not worry)\b",
    re.I,
)
_WISH = re.compile(
    r"\b(?:we|i|he|she|it|they)\s+(?:\w+\s+)?(?:hopes?|wish(?:es)?|looks? forward)\b|^\W*(?:i|we) hope\b", re.I
)
_THANK = re.compile(r"\b(?:thank(?:s|ed|ful)?|grateful|gratitude|appreciat(?:es?|ed|ion))\b", re.I)
_CONFIRM = re.compile(
    r"(?P<not>\b(?:not|never|cannot|can['’]t|unable|refus\w+|declin\w+)\b[^.;]{0,20})?\bconfirm(?:s|ed)? that\b", re.I
)
_MUST = re.compile(r"^\W*(?!(?:we|i)\b)(?:[\w'’-]+\s){1,6}must\b", re.I)
_ASKING = re.compile(
    r"^\W*(?:why|how|what|who|if|whether)\b", re.I
)  # a question and a condition neither demand nor promise
_ASKED = re.compile(
    r"\b(?:why|how|what|who|which|where|when|if|whether|until|once|unless)\b[^.;]*$", re.I
)  # "it remains to be seen what they will do", "how it would be paid for": nobody says that he will
_QUESTION = re.compile(
    r"^\W*(?:(?:and|but|so|then)\s)?(?:why|how|what|who|whom|whose|which|where|when|if|whether)\b|\?[\s\"”’']*$"
    r"|\b(?:why|how)\s(?:should|would|must|can|could|is|are|was|were|do|does|did|has|have|had|will)\b",
    re.I,
)  # not "who have" and "what is": those are also in "to let in those who have fled", "to say what is wrong"
_REASON = re.compile(
    r"\b(?:because|due to|in order to|so that|owing to|since|the reason|was meant to|to protect)\b", re.I
)
_NEGATIVE = re.compile(
    r"\b(?:reckless|illegal|wrong|disgrace\w*|shame\w*|lie|lies|liar|racist|threat\w*|crime\w*|criminal|terroris\w+|"
    r"dangerous|unfit|crooked|fraud\w*|failure|disaster\w*|stupid|weak|corrupt\w*|hypocri\w+|outrag\w+|irresponsible|"
    r"unacceptable|barbaric|aggress\w+|provocat\w+|absurd|deplorable\w*|bigot\w*|mistake|terrible)\b",
    re.I,
)
_NOUNS: tuple[tuple[re.Pattern[str], Act], ...] = (
    (re.compile(r"\b(?:gratitude|thanks|appreciation)\b", re.I), "thank"),
    (re.compile(r"\b(?:hopes?|wish(?:es)?|desire|optimism)\b", re.I), "wish"),
    (
        re.compile(r"\b(?:intentions?|readiness|willingness|commitment|determination|resolve|plans?|pledges?)\b", re.I),
        "promise",
    ),
    (
        re.compile(
            r"\b(?:regrets?|concerns?|alarm|outrage|anger|condemnation|disgust|dismay|displeasure|protests?|criticism|denunciation)\b",
            re.I,
        ),
        "condemn",
    ),
    (
        re.compile(
            r"\b(?:doubts?|skepticism|scepticism|opposition|support|sympathy|condolences?|interest|surprise|sadness)\b",
            re.I,
        ),
        "other",
    ),
    (re.compile(r"\b(?:confidence|fears?|worry|worries|belief)\b", re.I), "predict"),
    (re.compile(r"\b(?:demands?|calls?|request|wish that)\b", re.I), "demand"),
)


_WITHHELD = re.compile(
    r"^\W*(?:(?:i|we|he|she|they|it)(?: have|['’]ve| has| had| do| did)?(?: not|n['’]t)? )?"
    r"(?:no (?:further )?(?:comment|information (?:on|about)|details)|"
    r"(?:there(?: is|['’]s) )?nothing (?:to (?:add|say|announce|comment)|further)|"
    r"(?:cannot|can['’]t|could not|won['’]t|will not|would not) (?:comment|discuss|speculate|go into|elaborate)|"
    r"(?:not )?(?:going to )?comment(?: on)?\b)",
    re.I,
)
"""What is said to say nothing: "I have no information on that"."""


def of_content(content: str) -> Act:
    """Return the act of a neutral word of saying, by the mood and words of what is said.

    >>> of_content("it will send aid"), of_content("the attack was illegal"), of_content("the talks ended")
    ('promise', 'condemn', 'assert')
    >>> of_content("“Both sides agree, and he will begin on Monday”")
    'predict'
    """
    if content.startswith("to "):
        return "demand"
    if _WITHHELD.match(content):
        return "decline-to-comment"
    if _ASKING.match(content):
        return "assert"
    if _MUST.match(content):
        return "demand"
    if _DENY.search(content):
        return "deny"
    if (confirmed := _CONFIRM.search(content[:60])) is not None:
        return "assert" if confirmed["not"] else "confirm"
    if _THANK.search(content[:80]):
        return "thank"
    own = _PROMISE_QUOTED if content[:1] in '“"„«' else _PROMISE
    if any(not _ASKED.search(content[: one.start()]) for one in own.finditer(content[:160])):
        return "promise"
    if _CONDEMN.search(content):
        return "condemn"
    if _WISH.search(content):
        return "wish"
    if _DEMAND.search(content):
        return "demand"
    return "predict" if _PREDICT.search(content[:200]) else "assert"


def of_asking(content: str) -> Act:
    """Return the act of asking: a question asks nobody to do anything.

    >>> of_asking("the firm to open the gates"), of_asking("why the port had been closed")
    ('demand', 'other')
    >>> of_asking("Even if it were true why should it be free to help?"), of_asking("that the gates should be opened")
    ('other', 'demand')
    >>> of_asking("the town to let in those who have fled"), of_asking("the firm to say what is wrong")
    ('demand', 'demand')
    """
    return "other" if _QUESTION.search(content) else "demand"


def of_reason(content: str) -> Act:
    """Return the act of explaining: with a reason it justifies."""
    return "justify" if _REASON.search(content) else of_content(content)


def of_plan(content: str) -> Act:
    """Return the act of announcing: a plan or intention is a promise."""
    return "promise" if _PLANS.search(content) else of_content(content)


def of_naming(content: str) -> Act:
    """Return the act of calling something by a name: a hard name condemns."""
    return "condemn" if _NEGATIVE.search(content) else "assert"


def of_noun(words: str) -> Act | None:
    """Return the act of expressing or conveying what the noun says ("gratitude"), None for an unknown noun."""
    found = [(match.start(), act) for pattern, act in _NOUNS if (match := pattern.search(words))]
    return min(found)[1] if found else None
