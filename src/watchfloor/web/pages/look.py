"""How pages look to one browser: light or dark, and in which language; and the help."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from watchfloor.web.address import safe_next
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.messages import languages
from watchfloor.web.rendering import page
from watchfloor.web.visit import THEMES

YEAR = 365 * 24 * 3600


@post("/look", sync_to_thread=False)
def look(visit: Visiting, form: Sent) -> Response[Any]:
    """Keep how pages are to look in this browser, and go back."""
    form.only("theme", "language", "tips", "next")
    theme = form.one_of("theme", THEMES) or visit.theme
    language = form.one_of("language", languages()) or visit.words.language
    tips = form.one_of("tips", ("on", "off")) or ("on" if visit.tips else "off")
    done: Response[Any] = Redirect(safe_next(form.text("next")), status_code=303)
    done.set_cookie(
        key="look", value=f"{theme}.{language}.{tips}", max_age=YEAR, path="/", secure=visit.node.https, samesite="lax"
    )
    return done


@get("/help", sync_to_thread=False)
def help_(visit: Visiting) -> Response[bytes]:
    """Say what the keys do."""
    return page(visit, "help.html", title=visit.words.gettext("Help"))


HANDLERS = [look, help_]
