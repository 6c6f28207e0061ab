"""What files refuse, and are refused for."""

from dataclasses import dataclass, field
from typing import Any

from pmo.errors.base import Conflict, PmoError, _


class QuotaReached(Conflict):
    """There is no room for more files. most: MB."""

    code = "quota_reached"


class ProjectQuotaReached(QuotaReached):
    """The project keeps as many files as it may."""

    template = _("There is no room for this: a project may keep {most} MB of files.")


class OfficeQuotaReached(QuotaReached):
    """The office keeps as many files as it may."""

    template = _("There is no room for this: the office may keep {most} MB of files.")


class AlreadyAttached(Conflict):
    """The card has a file of this content. name: of the new one. known: of the one there."""

    code = "already_attached"
    template = _("“{name}” is attached already, as “{known}”.")


class PortfolioNotEmpty(Conflict):
    """A portfolio file is taken by an empty portfolio only. projects, programmes: how many."""

    code = "portfolio_not_empty"
    template = _(
        "There is a portfolio here already: programmes {programmes}, projects {projects}. "
        "A portfolio file is taken by an empty portfolio only; nothing was imported."
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file: where (`projects[2].tasks[5].due_on`) and what.

    place: '' for the file as a whole. template: message id, with `{named}` facts.
    """

    place: str
    template: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English; where it is shown, the template is translated first."""
        return self.template.format(**self.facts)


class FileRefused(PmoError):
    """A file does not fit; nothing of it was taken. faults: every one that was found."""

    code = "file_refused"
    template = _("The file does not fit; nothing was imported.")

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults
