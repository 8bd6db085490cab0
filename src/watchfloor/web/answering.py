"""How a page answers a change, and what is not there."""

from typing import TypeVar

from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from watchfloor.web.visit import Visit

_Found = TypeVar("_Found")


def there(found: _Found | None) -> _Found:
    """Return what was found; raise NotFoundException for None: not there and not to be seen are answered alike."""
    if found is None:
        raise NotFoundException
    return found


def onward(visit: Visit, address: str) -> Redirect:
    """Return the way to where a change is seen. What made the change has written it into the log itself."""
    visit.noted({"said": "itself"})
    return Redirect(address, status_code=303)
