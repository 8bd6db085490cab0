"""Pages that ask whether we are a person: we are not, and do not pretend; the source has to be read another way."""

from collections.abc import Callable

_LONGEST = 100_000  # bytes; challenge pages are short, an article that quotes one of these marks is mostly longer
_LOOKED_AT = 30_000  # bytes

# Headers by which services that stand before a site say that this is no page of the site.
_HEADERS: tuple[tuple[str, str, str], ...] = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("x-datadome", "protected", "DataDome"),
    ("x-vercel-mitigated", "challenge", "Vercel"),
)
# What only challenge pages carry: no prose has it, nor do the scripts that the same services add to ordinary pages.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"window._cf_chl_opt", "Cloudflare"),
    (b"captcha-delivery.com/c.js", "DataDome"),
    (b"/_Incapsula_Resource?SWUDNSAI", "Imperva"),
    (b'id="px-captcha"', "HUMAN"),
    (b"sucuri_cloudproxy_js", "Sucuri"),
    (b"ddos-guard/js-challenge", "DDoS-Guard"),
    (b"/.within.website/x/cmd/anubis/", "Anubis"),
    (b"window.gokuProps", "AWS WAF"),
    (b"bm-verify=", "Akamai"),
)
_ASIDE = frozenset({"DataDome"})  # set on every page of a protected site, so that only a refusal counts


def challenger(status: int, header: Callable[[str], str | None], content: bytes) -> str | None:
    """Return who stands before the site and asks for a person, None for an ordinary answer."""
    for name, start, who in _HEADERS:
        value = header(name)
        if value is not None and value.lower().startswith(start) and (who not in _ASIDE or status >= 400):
            return who
    if len(content) > _LONGEST:
        return None
    page = content[:_LOOKED_AT]
    return next((who for mark, who in _MARKS if mark in page), None)
