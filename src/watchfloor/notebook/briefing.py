"""A brief in a notebook: to read, and to write out through the release gate."""

from pathlib import Path

from watchfloor.core.marking import Marking
from watchfloor.flow.release import Prepared
from watchfloor.share import export_docx, export_markdown
from watchfloor.share.release import banner


class Briefing:
    """A brief with the picture that it tells of; every sentence cites what it rests on."""

    def __init__(self, ready: Prepared) -> None:
        self._ready = ready
        self.brief = ready.brief

    @property
    def marking(self) -> Marking | None:
        """The effective marking of everything in it, None for this node only."""
        return self.brief.marking

    def __str__(self) -> str:
        return self.to_markdown()

    def __repr__(self) -> str:
        lines = sum(len(section.lines) for section in self.brief.sections)
        return f"<brief: {self.brief.title}, {lines} sentences; {banner(self.marking)}>"

    def _repr_html_(self) -> str:
        from watchfloor.notebook.html import of_brief

        return of_brief(self.brief, self._ready.picture)

    def to_markdown(self) -> str:
        """Return it as Markdown, with its marking and a footnote for every citation."""
        return export_markdown.export(self._ready.picture, self.brief, reader=self._ready.reader).text

    def to_html(self) -> str:
        """Return it as one HTML page that needs nothing else."""
        from watchfloor.web.brief_page import render

        return render(self.brief, self._ready.picture)

    def to_docx(self, path: Path | str) -> Path:
        """Write it for a word processor; return where. Raises ConfigError without the extra `docx`."""
        made = export_docx.export(self._ready.picture, self.brief, reader=self._ready.reader)
        Path(path).write_bytes(made.data)
        return Path(path)
