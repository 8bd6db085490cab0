"""Now, once and some day: the references of TimeML that no calendar holds."""

import re

from watchfloor.annotate.time_words import folded

_UNITS = r"(?:hours|days|weeks|months|quarters|years|decades|centuries|times)"
_SHAPES = (
    (
        "PRESENT_REF",
        r"(?:right\s|just\s|until\s|till\s)?now|(?:the\s)?current(?:ly)?(?:\s(?:time|moment))?|at\spresent"
        r"|(?:the\s)?present(?:ly)?(?:\s(?:day|time|moment))?"
        r"|nowadays|these\sdays|(?:at\s)?(?:the|this)(?:\s\w+)?\s(?:moment|point|juncture|hour)|this\stime"
        r"|at\sthe\stime\sof\swriting|the\stime\sof\swriting|to\sdate",
    ),
    (
        "PAST_REF",
        r"(?:more\s|most\s|only\s|until\s)?recent(?:ly)?|lately|(?:then\s)?previous(?:ly)?|former(?:ly)?|once"
        r"|(?:in\s)?(?:the\s)?(?:recent\s|distant\s|not\stoo\sdistant\s)?past|earlier|then\scurrent"
        r"|(?:at\s)?(?:the|that)\stime|long\sago|(?:quite\s)?(?:a\s(?:long\s)?(?:while|time)|some\stime)\sago"
        rf"|(?:in\s|over\s)?(?:the\s)?(?:past|recent|previous|prior|earlier|bygone)\s{_UNITS}(?:\sand\s\w+s)?"
        rf"|(?:a\sfew|several|many|some|a\snumber\sof)\s{_UNITS}\s(?:ago|earlier|before)|{_UNITS}\sago"
        r"|(?:in\s)?(?:ancient|olden|former)\s(?:days|times)",
    ),
    (
        "FUTURE_REF",
        r"(?:very\s|sometime\s|some\stime\s)?soon|shortly|(?:in\s)?(?:the\s)?(?:\w+\s)?future|upcoming|coming"
        r"|as\ssoon\sas\spossible|(?:a|some)\s(?:later|future)\s(?:date|time|stage|point)|some\s?day|before\slong"
        r"|later(?:\son)?|eventually|(?:in\s)?the\s(?:short|near|long|medium|longer)(?:er)?[\s-](?:run|term)"
        rf"|(?:in\s)?(?:the\s)?(?:coming|future|upcoming)\s{_UNITS}(?:\sand\s\w+s)?|(?:the\s)?{_UNITS}\sto\scome",
    ),
)
_COMPILED = tuple((value, re.compile(shape)) for value, shape in _SHAPES)


def reference(words: str) -> str | None:
    """Return PRESENT_REF, PAST_REF or FUTURE_REF for a vague reference, None when the words are none.

    >>> reference("currently"), reference("in recent weeks"), reference("the near future"), reference("Monday")
    ('PRESENT_REF', 'PAST_REF', 'FUTURE_REF', None)
    """
    plain = folded(words.replace("-", " "))
    return next((value for value, shape in _COMPILED if shape.fullmatch(plain)), None)
