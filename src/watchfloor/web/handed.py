"""What handlers are handed when they ask for it by name: `visit: Visiting`, and of a form `form: Sent`."""

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from watchfloor.web.form import Form
from watchfloor.web.visit import Visit

Visiting = NamedDependency[SkipValidation[Visit]]
Sent = NamedDependency[SkipValidation[Form]]
