"""A claim and a contact in words for people, as exports for other programs carry them."""

from watchfloor.core.claim import Claim
from watchfloor.core.encounter import Encounter
from watchfloor.share.citations import limited


def claim_words(claim: Claim) -> str:
    """Return the claim for people: its counts, each named for what it is, and who stands where in which words."""
    origins = (
        f"{claim.origins_min} to {claim.origins_max}" if claim.origins_min != claim.origins_max else claim.origins_min
    )
    lines = [f"{claim.reports} reports, {claim.outlets} outlets, {origins} independent origins."]
    for position in claim.positions:
        who = position.party or "nobody named"
        outlet = f" ({position.outlet})" if position.outlet else ""
        lines.append(f"{who} {position.stance}{outlet}: “{limited(position.quote)}”")
    return "\n".join(lines)


def contact_words(contact: Encounter) -> str:
    """Return the contact for people: who, how, when, where, and how far it has come."""
    parties = ", ".join(party.name for party in contact.parties) or "parties not named"
    day = f" on {contact.date.value}" if contact.date and contact.date.value else ""
    place = f" in {contact.place}" if contact.place else ""
    status = "" if contact.status == "actual" else f" ({contact.status})"
    return f"{contact.contact_type}: {parties}{day}{place}{status}"
