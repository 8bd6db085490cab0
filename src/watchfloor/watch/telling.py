"""An alert, or several, as a message: subject and text. What is in them was cited before."""

from collections.abc import Mapping, Sequence

from watchfloor.core.alert import Alert
from watchfloor.core.measure import Measure
from watchfloor.watch.wording import between, count, publishers, shorten

LONGEST_SUBJECT = 120  # characters; assumed


def subject(alerts: Sequence[Alert]) -> str:
    """Return the subject: of one alert its title, of several how many of what; on one line."""
    if len(alerts) == 1:
        text = f"{alerts[0].title}: {alerts[0].trigger}"
    else:
        titles = dict.fromkeys(one.title for one in alerts)
        text = f"{count(len(alerts), 'alert')}: {', '.join(titles)}"
    return shorten(" ".join(text.split()), LONGEST_SUBJECT)


def text(
    alerts: Sequence[Alert], outlets: Mapping[str, str], calls: Sequence[Measure] = (), link: str | None = None
) -> str:
    """Return the message; outlets: by report id who published it; calls: the measures that these alerts call for."""
    parts = [_one(alert, outlets, link) for alert in alerts]
    if calls:
        parts.append("Called for by this: " + "; ".join(f"step {one.step}, {one.title} ({one.owner})" for one in calls))
    return "\n\n".join(parts) + "\n"


def _one(alert: Alert, outlets: Mapping[str, str], link: str | None) -> str:
    cited = ", ".join(
        f"[{number}] {outlets.get(span.report, 'outlet unknown')} ({span.report}, {span.start}-{span.end})"
        for number, span in enumerate(alert.evidence, 1)
    )
    lines = [
        f"{alert.title} ({alert.trigger})" + (" URGENT" if alert.urgency == "urgent" else ""),
        f"“{alert.sentence}” [1]",
        f"Why now: {alert.because}",
        f"Why not before: {alert.not_before}",
        f"{count(alert.reports, 'report')}, {publishers(alert.outlets)}, "
        f"{between(alert.origins_min, alert.origins_max, 'independent origin')}",
        f"Rests on: {cited}",
        f"Alert {alert.id}, {alert.at:%Y-%m-%d %H:%M} UTC",
    ]
    if link is not None:
        lines.append(f"{link.rstrip('/')}/watch?alert={alert.id}")
    return "\n".join(lines)
