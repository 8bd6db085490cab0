"""The receipt of a bulk run."""

from watchfloor.cli.render import terminal
from watchfloor.flow.bulk.opening import is_database
from watchfloor.flow.bulk.run import BulkReceipt
from watchfloor.watch.wording import count as number_of

MOST_GIVEN_UP = 10  # pieces that a receipt lists one by one
MOST_WEEKS = 5


def receipt(done: BulkReceipt, to: str, as_json: bool) -> None:
    """Print what a run has done."""
    if as_json:
        terminal.json(done)
        return
    out = terminal.console()
    out.print(
        terminal.styled(
            f"{done.items:,} pages and files in {number_of(done.pieces, 'piece')}: "
            f"{number_of(done.reports, 'report')}, "
            f"{done.set_aside:,} set aside ({done.seconds:,.1f} s, {done.items_per_second:,.1f} a second)",
            "bold",
        )
    )
    if is_database(to):
        out.print(f"{done.new:,} new, {done.new_versions:,} new versions, {done.unchanged:,} known before")
    else:
        made, copies = number_of(done.annotations, "annotation"), number_of(done.copies, "copy")
        out.print(f"{made}, {copies}, in {number_of(done.weeks, 'week')} under {to}")
        if done.doubled:
            out.print(f"{done.doubled:,} came again, the same text at the same address, and stand there once")
    if done.reasons:
        told = ", ".join(
            f"{count:,} {reason}" for reason, count in sorted(done.reasons.items(), key=lambda one: -one[1])
        )
        out.print(terminal.styled(f"Set aside: {told}", "yellow"))
    if done.untranslated:
        some = ", ".join(done.untranslated[:MOST_WEEKS]) + (" ..." if len(done.untranslated) > MOST_WEEKS else "")
        out.print(
            terminal.styled(
                f"Translations were not looked for in {len(done.untranslated)} large weeks: {some}", "yellow"
            )
        )
    for one in done.given_up[:MOST_GIVEN_UP]:
        out.print(terminal.styled(f"  given up   {terminal.safe(one.locator)}", "yellow"))
        out.print(terminal.indented(f"{one.reason}: {terminal.safe(one.detail)}", 13))
    if done.given_up:
        out.print(terminal.styled(f"{len(done.given_up)} pieces were given up; --resume tries them again", "yellow"))
    if done.read_again or done.restarts:
        out.print(f"{done.read_again} pieces were read again, {done.restarts} times a scheduler was found again")
