"""Review queue: what is not sure, with reasons and scores in words; y, h, n; and taking back."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Struct

from watchfloor.core.errors import ConfigError
from watchfloor.core.judgement import VERDICTS
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.flow import at_hand, questions, reviewing
from watchfloor.share.citations import LONGEST_QUOTE
from watchfloor.share.release import effective
from watchfloor.watch.wording import quoted
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.rendering import NOTHING, page
from watchfloor.web.sentence import around
from watchfloor.web.visit import Visit

MOST = 25  # questions on a page (assumed: an hour's work)
MOST_DECIDED = 30
KINDS = ("entity", "claim", "story", "route")


class Quote(Struct, frozen=True, kw_only=True):
    """The sentence around a place, and where it stands."""

    text: str
    report: str
    outlet: str
    language: str | None


@get("/review", sync_to_thread=True)
def review(visit: Visiting) -> Response[bytes]:
    """Show what waits for a person, and what people decided."""
    return _queue(visit)


@post("/review", sync_to_thread=True)
def decide(visit: Visiting, form: Sent) -> Response[Any]:
    """Keep a person's word about two things."""
    form.only("kind", "left", "right", "verdict", "reason", "back")
    kind, verdict = form.one_of("kind", KINDS), form.one_of("verdict", VERDICTS)
    if kind is None or verdict is None:
        raise ConfigError("expected a kind and a verdict: same, different or unsure")
    made = reviewing.decide(
        visit.node.store,
        visit.admitted,
        visit.picture(),
        kind,  # type: ignore[arg-type]  # one of KINDS
        (form.text("left", 300), form.text("right", 300)),
        verdict,  # type: ignore[arg-type]  # one of VERDICTS
        visit.node.now(),
        reason=form.text("reason", 500) or None,
    )
    visit.noted({"judgement": made.id, "verdict": verdict})
    return Redirect(visit.to("/review", kind=form.one_of("back", KINDS), done=made.id), status_code=303)


@post("/review/change", sync_to_thread=True)
def change(visit: Visiting, form: Sent) -> Response[Any]:
    """Decide anew, or take back what was decided."""
    form.only("id", "verdict", "back")
    verdict = form.one_of("verdict", VERDICTS)
    if verdict is None:
        raise ConfigError("expected a verdict: same, different or unsure")
    made = reviewing.change_mind(
        visit.node.store,
        visit.admitted,
        visit.picture(),
        form.text("id", 60),
        verdict,  # type: ignore[arg-type]  # one of VERDICTS
        visit.node.now(),
    )
    visit.noted({"judgement": made.id if made else form.text("id", 60), "verdict": verdict})
    return Redirect(visit.to("/review", kind=form.one_of("back", KINDS)), status_code=303)


def _queue(visit: Visit) -> Response[bytes]:
    picture = visit.picture()
    found = reviewing.questions(visit.node.store, visit.admitted, picture)
    kind = visit.value("kind")
    chosen = [one for one in found if one.kind == kind] if kind in KINDS else list(found)
    known = at_hand.marks(picture)
    decided = reviewing.decided(visit.node.store, visit.admitted, picture)
    done = next((one for one in decided if one.judgement.id == visit.value("done")), None)
    shown = chosen[:MOST]
    spans = [span for one in shown for side in (one.one, one.other) for span in side.places]
    return page(
        visit,
        "review.html",
        title=visit.words.gettext("Review queue"),
        data=lambda: [
            {
                "kind": q.kind,
                "left": q.left,
                "right": q.right,
                "one": q.one.name,
                "other": q.other.name,
                "score": q.score,
                "why": q.why,
            }
            for q in chosen
        ],
        marking=effective(known.get(span.report) for span in spans) if spans else NOTHING,
        questions=[(one, _quotes(one.one.places, picture), _quotes(one.other.places, picture)) for one in shown],
        waiting=questions.waiting(found),
        total=len(found),
        chosen=len(chosen),
        kind=kind if kind in KINDS else "",
        decided=decided[:MOST_DECIDED],
        done=done,
        likely=questions.likely,
    )


def _quotes(places: tuple[Span, ...], picture: Picture) -> list[Quote]:
    by_id = at_hand.reports_by_id(picture)
    made = []
    for span in places:
        if (report := by_id.get(span.report)) is not None:
            start, end = around(report, span)
            made.append(
                Quote(
                    text=quoted(report.text[start:end], LONGEST_QUOTE),
                    report=report.id,
                    outlet=report.outlet or "outlet not known",
                    language=report.language,
                )
            )
    return made


HANDLERS = [review, decide, change]
