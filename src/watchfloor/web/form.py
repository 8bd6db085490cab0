"""What a form sent: the fields that were asked for, and no others."""

from typing import Any

from litestar import Request
from litestar.exceptions import ClientException

from watchfloor.web.door import TOKEN

LONGEST = 4_000  # characters of a field, unless said otherwise (assumed)


class Form:
    """The fields of a form."""

    def __init__(self, fields: list[tuple[str, Any]]) -> None:
        self._fields = [(name, value) for name, value in fields if name != TOKEN]

    def only(self, *names: str) -> "Form":
        """Return the form; a field that the page did not have is refused, so that nothing is changed unseen."""
        strange = sorted({name for name, _ in self._fields} - set(names))
        if strange:
            raise ClientException(f"the form has a field that is not asked for: {strange[0][:40]!r}")
        return self

    def text(self, name: str, longest: int = LONGEST) -> str:
        """Return what was typed, without blanks around it; "" when nothing was. Raises 400 for what is too long."""
        given = next((value for key, value in self._fields if key == name and isinstance(value, str)), "").strip()
        if len(given) > longest:
            raise ClientException(f"{name} has {len(given)} characters; expected at most {longest}")
        return given

    def secret(self, name: str, longest: int) -> str:
        """Return what was typed to the letter; "" for nothing and for what is too long."""
        given = next((value for key, value in self._fields if key == name and isinstance(value, str)), "")
        return given if len(given) <= longest else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all that was chosen under a name."""
        return tuple(value for key, value in self._fields if key == name and isinstance(value, str))

    def one_of(self, name: str, choices: tuple[str, ...]) -> str | None:
        """Return what was chosen, None when nothing was; anything that is no choice is refused."""
        given = self.text(name)
        if given and given not in choices:
            raise ClientException(f"{name} is {given[:40]!r}; expected one of {', '.join(choices)}")
        return given or None

    def files(self, name: str) -> tuple[Any, ...]:
        """Return the files that were sent under a name (litestar's UploadFile)."""
        return tuple(value for key, value in self._fields if key == name and not isinstance(value, str))


async def sent(request: Request[Any, Any, Any]) -> Form:
    """Return what was sent; the guard has seen to it that it is of a page of this node."""
    return Form([(str(name), value) for name, value in (await request.form()).multi_items()])
