"""Coming in by an identity provider: OpenID Connect, authorization code with PKCE, deny by default.

The provider says who somebody is and in which groups; this node's settings say what a group opens, and what they do not
name opens nothing. Keys come from the provider's own host; no other host is asked. Needs joserfc, the extra
`watchfloor[oidc]`, which is loaded only here.
"""

import hmac
import importlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NoReturn, Protocol, TypeGuard
from urllib.parse import urlencode

from msgspec import Struct, structs

from watchfloor.collect.issuer_wire import IssuerWire
from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ConfigError, SourceError
from watchfloor.core.issuer import Grant, Issuer
from watchfloor.core.marking import LEVELS
from watchfloor.core.person import Person
from watchfloor.flow.admission import DOOR, Admitted, admitted, open_session
from watchfloor.flow.egress import CountedWire
from watchfloor.flow.patience import Patience
from watchfloor.store.store import Store

LASTS = timedelta(minutes=10)  # from going to the provider until coming back (assumed)
LEFT_ALONE = timedelta(seconds=30)
"""After the provider did not say where its ways are, or its keys, nobody asks it for so long (assumed)."""

KEYS_LAST = timedelta(hours=1)  # before the provider's keys are asked again (assumed)
LEEWAY = 60  # seconds by which two clocks may differ (assumed)
TOKEN_LASTS = timedelta(minutes=10)  # an older token was not made for this visit (assumed)
ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "RS384", "RS512", "PS384", "PS512", "Ed25519", "EdDSA")
"""Signatures with the provider's own key; never "none", never a key that both sides share."""
_KINDS = ("RSA", "EC", "OKP")  # never "oct": a key that both sides share
_REFUSED = "not let in: what the identity provider said does not hold, or opens nothing here"


class Wire(Protocol):
    """Asks the provider's host and no other (collect.issuer_wire)."""

    def is_theirs(self, address: str) -> bool:
        """Return whether an address lies at the provider's host."""
        ...

    def get(self, address: str) -> dict[str, Any]:
        """Return the JSON object at an address; raises SourceError."""
        ...

    def post(self, address: str, form: Mapping[str, str], secret: tuple[str, str] | None) -> dict[str, Any]:
        """Send a form; return the JSON object that comes back; raises SourceError."""
        ...


class Begun(Struct, frozen=True, kw_only=True):
    """A visit to the provider that has begun: what the browser carries until it is back. address: where it goes."""

    address: str
    state: str
    nonce: str
    verifier: str
    at: datetime


class _Metadata(Struct, frozen=True, kw_only=True):
    authorization: str
    token: str
    keys: str


class Provider:
    """A provider with its metadata and keys, as long as they hold."""

    def __init__(self, issuer: Issuer, wire: Wire) -> None:
        if not issuer.grants:
            raise ConfigError("the issuer has no grants, so nobody could come in; name what a group opens: [[grants]]")
        try:
            self._jose = (importlib.import_module("joserfc.jwt"), importlib.import_module("joserfc.jwk"))
            self._wrong: type[Exception] = importlib.import_module("joserfc.errors").JoseError
        except ImportError:
            raise ConfigError("joserfc is not installed; pip install 'watchfloor[oidc]'") from None
        self._issuer, self._wire = issuer, wire
        self._metadata: _Metadata | None = None
        self._keys: Any = None
        self._keys_at: datetime | None = None
        self._patience = Patience(LEFT_ALONE)

    def left_alone(self, now: datetime) -> int:
        """Return the seconds until the provider is asked again after it failed, 0 when it is asked."""
        return self._patience.left(now)

    def begin(self, now: datetime) -> Begun:
        """Return where the browser is to go, and what it must bring back; raises SourceError."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = {
            "response_type": "code",
            "client_id": self._issuer.client,
            "redirect_uri": self._issuer.redirect,
            "scope": " ".join(dict.fromkeys(("openid", *self._issuer.scopes))),
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        way = self._told(now).authorization
        address = f"{way}{'&' if '?' in way else '?'}{urlencode(asked)}"
        return Begun(address=address, state=state, nonce=nonce, verifier=verifier, at=now)

    def claims(self, begun: Begun, back: Mapping[str, str], now: datetime) -> dict[str, Any]:
        """Return what the provider says of whoever came back; raises AccessDenied, and SourceError for the provider.

        back: the parameters of the address at which the browser came back.
        """
        if not begun.at <= now < begun.at + LASTS:
            raise AccessDenied("the visit to the identity provider took too long; begin again")
        if not hmac.compare_digest(begun.state.encode(), back.get("state", "").encode("utf-8", "replace")):
            raise AccessDenied("the browser came back from a visit that was not begun here; begin again")
        if back.get("iss", self._issuer.address) != self._issuer.address:
            raise AccessDenied("somebody else than the identity provider sent the browser back")
        if "error" in back or not back.get("code"):
            raise AccessDenied("the identity provider let nobody in")
        form = {
            "grant_type": "authorization_code",
            "code": back["code"],
            "redirect_uri": self._issuer.redirect,
            "code_verifier": begun.verifier,
        }
        secret = None if self._issuer.secret is None else (self._issuer.client, self._issuer.secret)
        answer = self._wire.post(
            self._told(now).token, form | ({} if secret else {"client_id": self._issuer.client}), secret
        )
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise SourceError("the issuer sent no id_token")
        return self._checked(self._read(token, now), begun, now)

    def _told(self, now: datetime) -> _Metadata:
        if self._metadata is None:
            self._metadata = self._patience.ask(now, self._fetched_metadata)
        return self._metadata

    def _fetched_metadata(self) -> _Metadata:
        if self._metadata is None:  # else somebody has asked while we waited for our turn
            found = self._wire.get(f"{self._issuer.address.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self._issuer.address:
                raise SourceError(f"the issuer calls itself {found.get('issuer')!r}, expected {self._issuer.address!r}")
            ways = [found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
            if not all(isinstance(way, str) and self._wire.is_theirs(way) for way in ways):
                raise SourceError("the issuer names addresses that do not lie at its own host; none of them is asked")
            authorization, token, keys = map(str, ways)
            self._metadata = _Metadata(authorization=authorization, token=token, keys=keys)
        return self._metadata

    def _read(self, token: str, now: datetime) -> dict[str, Any]:
        """Return the claims of a token whose signature holds; keys are asked again once when none of them fits."""
        jwt, _ = self._jose
        is_fresh = self._keys is None or self._keys_at is None or now >= self._keys_at + KEYS_LAST
        where = self._told(now).keys
        for again in (is_fresh, True):
            if again:
                self._patience.ask(now, lambda: self._fetch_keys(where, now))
            try:
                claims: dict[str, Any] = jwt.decode(token, self._keys, algorithms=list(ALGORITHMS)).claims
            except (self._wrong, ValueError, TypeError, KeyError):
                if again:
                    break
                continue
            return claims
        raise AccessDenied(_REFUSED)

    def _fetch_keys(self, where: str, now: datetime) -> None:
        found = self._wire.get(where).get("keys")
        kept = (
            [one for one in found if isinstance(one, dict) and one.get("kty") in ("RSA", "EC", "OKP")] if found else []
        )
        usable = [one for one in kept if one.get("use", "sig") == "sig"]
        try:
            self._keys = self._jose[1].KeySet.import_key_set({"keys": usable})
        except (self._wrong, ValueError, TypeError, KeyError):
            raise SourceError("the issuer's keys cannot be read") from None
        self._keys_at = now

    def _checked(self, claims: dict[str, Any], begun: Begun, now: datetime) -> dict[str, Any]:
        """Return the claims if they are of this provider, for this node, of this visit and of now."""
        audience = claims.get("aud")
        named = [audience] if isinstance(audience, str) else audience if isinstance(audience, list) else []
        seconds = now.timestamp()
        expires, made, begins = (claims.get(name) for name in ("exp", "iat", "nbf"))
        nonce = claims.get("nonce")
        holds = (
            claims.get("iss") == self._issuer.address,
            self._issuer.client in named,
            claims.get("azp", self._issuer.client) == self._issuer.client,
            len(named) == 1 or "azp" in claims,
            _is_number(expires) and seconds < expires + LEEWAY,
            _is_number(made) and seconds - TOKEN_LASTS.total_seconds() - LEEWAY <= made <= seconds + LEEWAY,
            begins is None or (_is_number(begins) and begins <= seconds + LEEWAY),
            isinstance(nonce, str) and hmac.compare_digest(nonce.encode(), begun.nonce.encode()),
            isinstance(claims.get("sub"), str) and claims.get("sub"),
        )
        if not all(holds):
            raise AccessDenied(_REFUSED)
        return claims


def provider_of(issuer: Issuer | None, store: Store, now: Callable[[], datetime]) -> Provider | None:
    """Return the provider of the settings, None for none; nothing is asked of it yet, and what is will be counted."""
    if issuer is None:
        return None
    return Provider(issuer, CountedWire(IssuerWire(issuer.address, ca_file=issuer.ca_file), store, now))


def vouched(
    store: Store, issuer: Issuer, claims: Mapping[str, Any], now: datetime, *, address: str | None = None
) -> tuple[str, Admitted]:
    """Return a new session's token and who came in, by checked claims of the provider.

    Whoever comes for the first time is added with what the grants open; later visits bring roles up to date. A name
    that somebody else has here is not taken over. Raises AccessDenied.
    """
    who = person_of(store, issuer, claims, now)
    return open_session(store, admitted(store, who, now, how="vouched"), now, address=address)


def person_of(store: Store, issuer: Issuer, claims: Mapping[str, Any], now: datetime) -> Person:
    """Return the person whom the claims are about, kept with what the grants open to them now; raises AccessDenied."""
    people = store.people.people(DOOR)
    if not people:
        raise AccessDenied("no people are registered here; begin with: watchfloor people add")
    grants = granted(issuer, claims)
    name = claims.get(issuer.name)
    subject = f"{issuer.address} {claims['sub']}"
    known = next((one for one in people if one.subject == subject), None)
    if known is not None and not grants:  # keys and sessions of before end with the grants
        note = Note(at=now, who=known.name, verb="people", what=known.name, detail={"roles": "", "by": issuer.address})
        store.people.change_person(DOOR, known.name, lambda kept: structs.replace(kept, roles=frozenset()), note)
    if not grants or not isinstance(name, str) or not _is_name(name):
        _refuse(store, subject, now)
    full = claims.get("name")
    made = Person(
        name=known.name if known else str(name).strip().lower(),
        roles=frozenset(role for grant in grants for role in grant.roles),
        clearance=min((grant.clearance for grant in grants), key=LEVELS.index),
        added=known.added if known else now,
        full_name=full if isinstance(full, str) and full.isprintable() and len(full) <= 200 else None,
        team=next((grant.team for grant in grants if grant.team), None),
        login=known.login if known else None,
        subject=subject,
    )
    detail = {"roles": ", ".join(sorted(made.roles)), "clearance": made.clearance, "by": issuer.address}
    note = Note(at=now, who=made.name, verb="people", what=made.name, detail=detail)
    if known is None:
        if not store.people.keep_person(made, note):
            _refuse(store, subject, now)
        return made
    if known.disabled or known.partner is not None:
        _refuse(store, subject, now)
    if made == known:
        return known
    return (
        store.people.change_person(DOOR, known.name, lambda kept: structs.replace(made, disabled=kept.disabled), note)
        or made
    )


def granted(issuer: Issuer, claims: Mapping[str, Any]) -> tuple[Grant, ...]:
    """Return the grants whose value the claim has; none for a claim that is not there or of another form."""
    told = claims.get(issuer.claim)
    values = [told] if isinstance(told, str) else told if isinstance(told, list) else []
    return tuple(grant for grant in issuer.grants if grant.value in values)


def _refuse(store: Store, subject: str, now: datetime) -> NoReturn:
    detail = {"by": "identity provider", "subject": sha256(subject.encode("utf-8", "replace")).hexdigest()[:16]}
    note = Note(at=now, who="somebody", verb="sign in", what="somebody", outcome="refused", detail=detail)
    store.audit.keep_note(note)
    raise AccessDenied(_REFUSED)


def _challenge(verifier: str) -> str:
    """Return what PKCE sends ahead of the verifier (RFC 7636, section 4.2).

    >>> _challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_name(name: str) -> bool:
    return 0 < len(name.strip()) <= 200 and name.isprintable()
