"""Why an alert fired, and why it had not before, in words."""

from collections.abc import Collection, Sequence

from watchfloor.core.indicator import Indicator
from watchfloor.core.seen import Seen
from watchfloor.watch.days import short
from watchfloor.watch.things import Thing, Value
from watchfloor.watch.wording import between, capital, count, listed, number, publishers

MOST = 4  # origins named in one sentence; assumed
HELD = "It was held back by the cool-down of an earlier alert."
_PAST = {
    "asserts": "had asserted it",
    "confirms": "had confirmed it",
    "repeats": "had repeated it",
    "justifies": "had justified it",
    "doubts": "had doubted it",
    "declines to comment": "had declined to comment",
    "silent": "had been silent",
    "denies": "had denied it",
    "revises": "had revised it",
    "withdraws": "had withdrawn it",
}
_STATUS = {
    "actual": "told as having taken place",
    "planned": "planned",
    "alleged": "alleged",
    "denied": "denied",
    "hypothetical": "said to be possible",
}


def carried(thing: Thing) -> str:
    """Return how widely a thing is carried and from where it comes."""
    reports = f"{count(len(thing.reports), 'report')} of {publishers(thing.outlets)}"
    return f"{capital(reports)}, {origins(thing.low, thing.high)}{_named(thing.origins)}."


def origins(low: int, high: int) -> str:
    """Return the range of independent origins in words."""
    return between(low, high, "independent origin")


def another(thing: Thing, names: Sequence[str]) -> str:
    """Return that an origin is new, by name where it has one, and how many there are now."""
    who = f"A new origin: {listed(names, most=MOST)}" if names else "A new origin"
    return f"{who}. Now {carried(thing)[:1].lower()}{carried(thing)[1:]}"


def reached(thing: Thing, indicator: Indicator) -> str:
    """Return that there are as many origins as were asked for."""
    sure = "certain " if indicator.certain else "possible "
    return f"{count(indicator.at_least, f'{sure}origin')} asked for are reached. {carried(thing)}"


def many(thing: Thing, indicator: Indicator) -> str:
    """Return that a search finds as many reports as were asked for."""
    return f"The {count(indicator.at_least, 'report')} asked for are found. {carried(thing)}"


def too_few_reports(before: Seen | None, indicator: Indicator) -> str:
    """Return that the search found fewer reports before."""
    if before is None:
        return "Nothing had been found before."
    return f"At the look before {count(before.reports, 'report')} had been found. Asked for: {indicator.at_least}."


def above(value: Value, indicator: Indicator) -> str:
    """Return that a figure lies above the one watched for."""
    who = value.party or "Nobody named"
    how = "surely" if indicator.certain else "possibly"
    return f"{who} gives {value.verbatim}: {how} above {number(indicator.above or 0)}."


def stance(party: str, new: str, held: Collection[str]) -> str:
    """Return what a party does now, and did before."""
    return f"{party} {new if new != 'silent' else 'is silent on'} it{_before(held)}."


def status(thing: Thing, new: str, held: str) -> str:
    """Return what a thing is told as now, and was before."""
    was_so = listed([_STATUS.get(one, one) for one in held.split("|") if one])
    before = f"; before, {was_so}" if was_so else ""
    return f"{thing.said} is {_STATUS.get(new, new)}{before}."


def unseen(before: Seen | None, others: Sequence[Seen], indicator: Indicator) -> str:
    """Return why a thing had not been seen before."""
    if before is not None:
        return f"It was last seen on {short(before.last.date())}, longer ago than the window of the indicator."
    if indicator.over == "reports":
        return "The search had found no report with this text before."
    if not others:
        return f"No {indicator.over[:-1]} in any report before was what the indicator asks for."
    return f"{capital(count(len(others), 'other thing'))} that the indicator asks for had been seen, this one not."


def same_origins(before: Seen) -> str:
    """Return that all before rested on fewer origins: copies and repetitions raise nothing."""
    reports = f"{count(before.reports, 'report')} of {publishers(before.outlets)}"
    return (
        f"Until then {reports} carried it, from {origins(before.origins_min, before.origins_max)}"
        f"{_named(before.parties)}; a copy or a repetition raises no alert."
    )


def too_few(before: Seen | None, indicator: Indicator) -> str:
    """Return that there were too few origins before."""
    if before is None:
        return "No report before carried it."
    return f"{same_origins(before)} Asked for: {indicator.at_least}."


def not_above(before: Seen | None, indicator: Indicator) -> str:
    """Return that no figure lay above before."""
    if before is None or before.highest is None:
        return "No figure for it had been given before."
    limit = number(indicator.above or 0)
    if any(before.above.values()):
        who = listed([name or "nobody named" for name, is_so in before.above.items() if is_so], most=MOST)
        return f"Above {limit} it had only been given by {who}."
    return f"The highest figure before was {number(before.highest)}, not above {limit}."


def held(party: str, stances: Collection[str], before: Seen) -> str:
    """Return what a party had held before."""
    if not stances:
        return f"{party} had taken no position on it in {count(before.reports, 'report')}."
    return f"Until then {party} {_past(stances)}."


def was(before: Seen, statuses: str) -> str:
    """Return what a thing had been told as before."""
    told = listed([_STATUS.get(one, one) for one in statuses.split("|") if one]) or "not told of"
    return f"Until {short(before.last.date())} it was {told} in {count(before.reports, 'report')}."


def _before(stances: Collection[str]) -> str:
    return f", having {_past(stances).replace('had ', '')} before" if stances else ""


def _past(stances: Collection[str]) -> str:
    return listed([_PAST.get(one, one) for one in sorted(stances)])


def _named(names: Sequence[str]) -> str:
    return f" ({listed(names, most=MOST)})" if names else ""
