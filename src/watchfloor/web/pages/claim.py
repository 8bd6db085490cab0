"""One claim: who stands where, the wordings side by side, from whom it comes and why, and what people hold of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from watchfloor.core.assessment import CREDIBILITY, LIKELIHOOD, Assessment
from watchfloor.core.claim import Claim, Position
from watchfloor.core.errors import ConfigError
from watchfloor.core.judgement import Verdict
from watchfloor.core.marking import LEVELS, Marking
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.flow import assessing, at_hand, claiming, wire
from watchfloor.flow.claiming import Decision
from watchfloor.flow.dossier import Dossier, Edge, dossier
from watchfloor.flow.picture import assessed
from watchfloor.fuse.claim_decisions import place, places
from watchfloor.watch.days import said
from watchfloor.watch.naming import called
from watchfloor.watch.stances import STANCE_ORDER, verb, who
from watchfloor.watch.voices import headed, stated, worded
from watchfloor.web import figures_svg, origin_svg
from watchfloor.web.answering import there
from watchfloor.web.claims_table import LETTERS
from watchfloor.web.differences import Stretch, against
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.inert import shown
from watchfloor.web.messages import marked as message
from watchfloor.web.rendering import marked, page
from watchfloor.web.sentence import around
from watchfloor.web.visit import Visit

MOST_WORDINGS = 24  # wordings side by side; the rest is counted (assumed)
MOST_OTHERS = 100  # claims to merge with in one list (assumed)
LONGEST = 600  # characters of a wording
AROUND = 160  # characters of the sentence before and after it
CONFIDENCE = ("low", "moderate", "high")
VERDICTS = {"cut": "different", "add": "same", "leave": "unsure"}
VERDICT_OF: dict[str, Verdict] = {"yes": "same", "unsure": "unsure", "no": "different", "split": "different"}
NOTICES = {
    "yes": message("Kept: these words belong to the claim."),
    "unsure": message("Kept: you are unsure, so the machine's finding stands."),
    "no": message("These words are a claim of their own now; the counts follow."),
    "split": message("The words you chose are a claim of their own now; the counts follow."),
    "merge": message("The two claims are one now; the counts follow."),
    "undo": message("Your decision is taken back; what held before holds again."),
    "assessed": message("Your assessment is kept."),
    "taken-back": message("The last assessment was taken back; the one before it holds again."),
    "cut": message("That route no longer counts; the numbers below follow."),
    "add": message("That route counts from now on; the numbers below follow."),
    "leave": message("Your word about that route is taken back; the machine's finding holds again."),
}


class Wording(Struct, frozen=True, kw_only=True):
    """One position with its words, compared with the first wording. party: who, in words.

    key: where its words stand, for decisions; says: the last thing that somebody decided about them.
    """

    position: Position
    letter: str
    does: str
    party: str
    outlet: str
    day: str
    before: str
    stretches: tuple[Stretch, ...]
    after: str
    language: str | None
    key: str
    says: Decision | None


@get("/claims/{id:str}", sync_to_thread=True)
def claim(visit: Visiting, id: FromPath[str]) -> Response[bytes]:
    """Show one claim."""
    return _shown(visit, id)


def _shown(visit: Visit, id: str, problem: str = "", status: int = 200) -> Response[bytes]:
    picture = visit.picture()
    found = _found(visit, picture, id)
    made, names = found.claim, at_hand.names(picture)
    reports = at_hand.reports_by_id(picture)
    decided = claiming.decisions(visit.node.store, picture, made)
    wordings = _wordings(made, names, reports, decided)
    return page(
        visit,
        "claim.html",
        title=shown(worded(made), 240),
        status=status,
        marking=marked([made.marking]),
        data=lambda: _data(found, picture, reports),
        found=found,
        claim=made,
        wordings=wordings,
        more=sum(one.span.report in reports for one in made.positions) - len(wordings),
        decided=[one for one in decided if _stands(one)],
        others=list(islice(_others(picture, made), MOST_OTHERS)),
        graph=origin_svg.draw(made, found.edges, reports, picture.outlets),
        charts=figures_svg.charts([made]) if made.topic == "figure" else (),
        reports=reports,
        outlets=picture.outlets,
        grades={name: grades[-1].reliability for name, grades in picture.grades.items() if grades},
        headed=lambda one: shown(headed(one), 160),
        stated=stated,
        called=lambda name: called(name, names),
        credibility=CREDIBILITY,
        likelihood=LIKELIHOOD,
        confidence=CONFIDENCE,
        current=assessed([made], visit.node.store.assessments(visit.reader), visit.as_of).get(made.id),
        levels=LEVELS,
        problem=problem,
        notice=visit.words.gettext(NOTICES[visit.value("done")]) if visit.value("done") in NOTICES else "",
    )


def _others(picture: Picture, made: Claim) -> Iterator[Claim]:
    """Yield the claims of the same kind, the widest carried first."""
    return (one for one in at_hand.weighed(picture) if one.topic == made.topic and one.id != made.id)


def _found(visit: Visit, picture: Picture, id: str) -> Dossier:
    """Return the dossier; a claim that is not there and one that is not to be seen are answered alike."""
    return there(dossier(visit.node.store, picture, id))


def _wordings(
    claim: Claim, names: Mapping[str, str], reports: Mapping[str, Report], decided: Sequence[Decision]
) -> list[Wording]:
    """Return the first positions in order of stance and of the reports, each compared with the first."""
    order = {id: at for at, id in enumerate(reports)}
    ordered = sorted(
        (one for one in claim.positions if one.span.report in reports),
        key=lambda one: (STANCE_ORDER.index(one.stance), order[one.span.report], one.span.start),
    )
    base = _words(ordered[0], reports) if ordered else ""
    said_of = {key: one for one in reversed(decided) if _stands(one) for key in one.places}
    made = []
    for one in ordered[:MOST_WORDINGS]:
        key = place(claim, one)
        made.append(_wording(one, base, names, reports[one.span.report], key, said_of.get(key)))
    return made


def _stands(one: Decision) -> bool:
    return not one.undone and one.kind != "taken back"


def _wording(
    one: Position, base: str, names: Mapping[str, str], report: Report, key: str, says: Decision | None
) -> Wording:
    start, end = around(report, one.span)
    quote = report.text[one.span.start : one.span.end][:LONGEST]
    return Wording(
        position=one,
        letter=LETTERS[one.stance],
        does=verb(one),
        party=shown(who(one, names).rstrip(","), 120),
        outlet=one.outlet or "",
        day=said(one.date or report.published),
        before=_one_line(report.text[start : one.span.start])[-AROUND:],
        stretches=against(" ".join(quote.split()), base),
        after=_one_line(report.text[one.span.end : end])[:AROUND],
        language=report.language,
        key=key,
        says=says,
    )


def _one_line(text: str) -> str:
    """Return the text on one line, the blank at its beginning and end kept where there is one."""
    return re.sub(r"\s+", " ", text)


def _words(one: Position, reports: Mapping[str, Report]) -> str:
    return " ".join(reports[one.span.report].text[one.span.start : one.span.end][:LONGEST].split())


def _data(found: Dossier, picture: Picture, reports: Mapping[str, Report]) -> dict[str, Any]:
    made = found.claim
    return {
        **wire.claim(made, picture.assessments.get(made.id)),
        "edges": [_edge(one, reports) for one in found.edges],
        "parts": [one.id for one in found.parts],
        "revised_by": [one.id for one in found.later],
        "assessments": [_held(one, made) for one in found.held],
        "places": list(places(made)),
    }


def _edge(one: Edge, reports: Mapping[str, Report]) -> dict[str, Any]:
    route = one.route
    return {
        "number": one.number,
        "child": route.child,
        "parent": route.parent,
        "reason": route.reason,
        "detail": route.detail,
        "partly": route.partly,
        "said_by": one.said.by if one.said else None,
        "evidence": [wire.citation(span, reports) for span in route.spans],
    }


def _held(one: Assessment, made: Claim) -> wire.Shape | None:
    return wire.assessment(one, made)


@post("/claims/{id:str}/assess", sync_to_thread=True)
def assess(visit: Visiting, id: FromPath[str], form: Sent) -> Response[Any]:
    """Keep what somebody holds of the claim, or take the last of it back."""
    form.only("credibility", "likelihood", "confidence", "reason", "level", "undo")
    picture = visit.picture()
    _found(visit, picture, id)
    store, kept = visit.node.store, {"by": visit.admitted.name, "at": visit.node.now()}
    holds = (
        form.one_of("credibility", tuple(CREDIBILITY)),
        form.one_of("likelihood", tuple(LIKELIHOOD)),
        form.one_of("confidence", CONFIDENCE),
    )
    done = "taken-back" if form.text("undo") else "assessed"
    try:
        if form.text("undo"):
            assessing.take_back(store, picture, id, **kept)  # type: ignore[arg-type]
        else:
            level = form.one_of("level", LEVELS)
            marking = Marking(level=level) if level else None  # type: ignore[arg-type]
            assessing.assess(
                store,
                picture,
                id,
                holds,  # type: ignore[arg-type]
                reason=form.text("reason") or None,
                marking=marking,
                **kept,  # type: ignore[arg-type]
            )
    except ConfigError as wrong:
        return _shown(visit, id, problem=str(wrong), status=400)
    visit.picture(fresh=True)
    return Redirect(visit.to(f"/claims/{id}", done=done), status_code=303)


@post("/claims/{id:str}/route", sync_to_thread=True)
def route(visit: Visiting, id: FromPath[str], form: Sent) -> Response[Any]:
    """Keep somebody's word on whether one report of the claim rests on another."""
    form.only("child", "parent", "do", "reason")
    found = _found(visit, visit.picture(), id)
    carrying = {one.span.report for one in found.claim.positions}
    child, parent = form.text("child", 100), form.text("parent", 100)
    done = form.one_of("do", tuple(VERDICTS))
    if done is None or not {child, parent} <= carrying:
        raise NotFoundException
    visit.opened.judge_route(
        child,
        parent,
        VERDICTS[done],  # type: ignore[arg-type]  # the values are verdicts
        by=visit.admitted.name,
        reason=form.text("reason") or None,
    )
    visit.noted({"child": child, "parent": parent, "verdict": VERDICTS[done]})
    return Redirect(visit.to(f"/claims/{_now(visit, found.claim)}", done=done) + "#origins", status_code=303)


@post("/claims/{id:str}/words", sync_to_thread=True)
def words(visit: Visiting, id: FromPath[str], form: Sent) -> Response[Any]:
    """Keep whether words belong to the claim, make words a claim of their own, make two claims one, or take it back."""
    form.only("do", "words", "other", "reason", "decision")
    picture = visit.picture()
    found = _found(visit, picture, id)
    done = form.one_of("do", ("yes", "unsure", "no", "split", "merge", "undo"))
    store, by = visit.node.store, visit.admitted.name
    kept: dict[str, Any] = {"by": by, "at": visit.node.now(), "reason": form.text("reason", 2_000) or None}
    try:
        if done == "merge":
            claiming.merge(store, picture, id, form.text("other", 100), **kept)
        elif done == "undo":
            claiming.undo(store, picture, form.text("decision", 100), **kept)
        else:
            claiming.judge(store, picture, id, form.texts("words"), VERDICT_OF.get(done or "", "unsure"), **kept)
    except ConfigError as wrong:
        return _shown(visit, id, problem=str(wrong), status=400)
    visit.noted({"do": str(done)})
    return Redirect(visit.to(f"/claims/{_now(visit, found.claim)}", done=done), status_code=303)


def _now(visit: Visit, before: Claim) -> str:
    """Return the id by which the claim is known after something about it was decided: ids come from content."""
    spans = {one.span for one in before.positions}
    made: Sequence[Claim] = visit.picture(fresh=True).claims
    if any(one.id == before.id for one in made):
        return before.id
    return max(made, key=lambda one: len(spans & {position.span for position in one.positions})).id


HANDLERS = [claim, assess, route, words]
