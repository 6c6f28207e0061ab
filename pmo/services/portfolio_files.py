"""Commands on the portfolio as one file: take a whole one in, note that one went out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import peewee as pw

from pmo.db import take_turns, transaction
from pmo.domain.permissions import Actor, Capability
from pmo.errors import Conflict, Fault, FileRefused, PortfolioNotEmpty, _
from pmo.models import Programme, Project
from pmo.queries import access
from pmo.services import journal, portfolio_task_parts, portfolio_writing
from pmo.services.portfolio_writing import Imported

__all__ = ["Imported", "check_is_empty", "check_may_import", "import_content", "record_export"]

CLOCKS_APART = timedelta(minutes=1)
"""How far a moment may lie ahead: clocks of two machines are never quite the same."""

TURN = 0x706F7274
"""Key of the lock that lets one import go on at a time."""

Part = dict[str, Any]


def check_may_import(actor: Actor | None) -> None:
    """Check before a file is even read. actor: None for the command line. Raises Forbidden."""
    if actor is not None:
        access.require(actor, Capability.PORTFOLIO_IMPORT)


def import_content(content: Part, *, actor: Actor | None, at: datetime) -> Imported:
    """Take checked content (`documents.portfolio_file.load`) into an empty portfolio.

    People whose login is known here stay as they are; new ones have no password yet.
    A task without `task.created` in the file's journal gets it.
    Raises Forbidden, PortfolioNotEmpty, FileRefused for moments that have not come yet,
    Conflict if somebody took a code or a login of the file while it was written.
    """
    check_may_import(actor)
    if ahead := list(_moments_ahead(content, at + CLOCKS_APART)):
        raise FileRefused(ahead)
    try:
        with transaction():
            _check_empty()
            imported = portfolio_writing.write(content, actor=actor, at=at)
            counts = {
                "programmes": imported.programmes,
                "projects": imported.projects,
                "tasks": imported.tasks,
            }
            journal.append("portfolio.imported", actor=actor, at=at, data=counts)
    except pw.IntegrityError as error:
        raise Conflict from error
    return imported


def record_export(*, actor: Actor | None, at: datetime) -> None:
    """Note in the journal that the portfolio went out as a file."""
    with transaction():
        journal.append("portfolio.exported", actor=actor, at=at, data={})


def _check_empty() -> None:
    """Refuse a portfolio that holds anything; two imports at once take turns."""
    take_turns(TURN)
    check_is_empty()


def check_is_empty() -> None:
    """Raise PortfolioNotEmpty if there is anything: also before much work is done in vain."""
    programmes, found = Programme.select().count(), Project.select().count()
    if programmes or found:
        raise PortfolioNotEmpty(programmes=programmes, projects=found)


def _moments_ahead(content: Part, limit: datetime) -> Iterator[Fault]:
    for place, moment in _moments(content):
        if moment > limit:
            yield Fault(place, _("This moment has not come yet."))


def _moments(content: Part) -> Iterator[tuple[str, datetime]]:
    for index, project in enumerate(content["projects"]):
        place = f"projects[{index}]"
        yield f"{place}.proposed_at", project["proposed_at"]
        for inner, decision in enumerate(project["gate_decisions"]):
            yield f"{place}.gate_decisions[{inner}].decided_at", decision["decided_at"]
        for inner, task in enumerate(project["tasks"]):
            yield from _moments_of_task(f"{place}.tasks[{inner}]", task)
    for index, event in enumerate(content["journal"]):
        yield f"journal[{index}].at", event["at"]


def _moments_of_task(place: str, task: Part) -> Iterator[tuple[str, datetime]]:
    yield f"{place}.created_at", task["created_at"]
    yield from portfolio_task_parts.moments(place, task)
    for index, file in enumerate(task["attachments"]):
        yield f"{place}.attachments[{index}].added_at", file["added_at"]
    for index, comment in enumerate(task["comments"]):
        for name in ("written_at", "edited_at", "removed_at"):
            if comment[name] is not None:
                yield f"{place}.comments[{index}].{name}", comment[name]
