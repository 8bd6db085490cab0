"""The words that pages look up though no template has them: stances, kinds, grades and labels that the data holds."""

from typing import get_args

from watchfloor.core.alert import Trigger
from watchfloor.core.assessment import CREDIBILITY, LIKELIHOOD, Confidence
from watchfloor.core.claim import Stance
from watchfloor.core.egress import Purpose
from watchfloor.core.indicator import When
from watchfloor.core.measure import MeasureStatus
from watchfloor.core.permission import ROLES
from watchfloor.core.route import RouteReason
from watchfloor.flow import questions
from watchfloor.flow.finding_forms import FIELDS
from watchfloor.watch.contact_log import STATUS_WORDS, TYPE_WORDS
from watchfloor.web.board import TOPICS
from watchfloor.web.claims_table import OWN_HEADINGS
from watchfloor.web.map_svg import EXTENT_WORDS, STANDING_WORDS
from watchfloor.web.pages.reader import GROUPS
from watchfloor.web.work_words import WORK_WORDS

INDICATOR_STATES = ("seen", "not seen", "below", "spoken", "silent")
NOT_MOVED = "not moved yet"  # of a measure


def data_words() -> tuple[str, ...]:
    """Return every such word once, for translators and for the test that catalogues have them all."""
    fields = [one for some in FIELDS.values() for one in some]
    return tuple(
        dict.fromkeys(
            (
                *get_args(Stance),
                *TOPICS,
                *OWN_HEADINGS,
                *CREDIBILITY.values(),
                *LIKELIHOOD,
                *get_args(Confidence),
                *get_args(RouteReason),
                *get_args(When),
                *get_args(Trigger),
                *get_args(Purpose),
                *INDICATOR_STATES,
                NOT_MOVED,
                *get_args(MeasureStatus),
                *TYPE_WORDS.values(),
                *STATUS_WORDS.values(),
                *STANDING_WORDS.values(),
                *EXTENT_WORDS.values(),
                *questions.ASKS.values(),
                *questions.LIKELY,
                *(one.label for one in fields),
                *(one.hint for one in fields if one.hint),
                *(words for words, _ in GROUPS.values()),
                *WORK_WORDS.values(),
                *ROLES,
            )
        )
    )
