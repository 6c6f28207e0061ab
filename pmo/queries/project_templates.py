"""Templates of projects: the office's own, those built in, and what one becomes in a year."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import rows
from pmo.domain import project_templates as domain
from pmo.domain.permissions import Actor, Capability, office_may
from pmo.domain.project_plan_parts import BuiltIn
from pmo.domain.project_plans import BUILT_IN
from pmo.domain.project_templates import Content, Holdings, Plan
from pmo.errors import NotFound
from pmo.models import ProjectTemplate, User
from pmo.queries import access, workdays
from pmo.queries.portfolio_values import moment_text
from pmo.queries.project_template_contents import Choices, content_of


@dataclass(frozen=True, slots=True)
class ProjectTemplateView:
    """A template as a line of the list.

    key: what a project is started from it by. id, version, saved_at: None of one that is built in.
    source: code of the project that it was saved from; '' of one that is built in.
    """

    key: str
    id: int | None
    name: str
    source: str
    saved_by: str
    saved_at: datetime | None
    academic_year: int
    holds: Holdings
    version: int | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A template with all that it holds, as it is in an academic year."""

    head: ProjectTemplateView
    content: Content
    plan: Plan


@dataclass(frozen=True, slots=True)
class Savable:
    """What a template of a project would hold, and those of it that could be replaced."""

    holds: Holdings
    academic_year: int
    replaceable: tuple[ProjectTemplateView, ...]


LONGEST_NUMBER = 18
"""Digits of a key that is a number."""

HEAD = (
    ProjectTemplate.id,
    ProjectTemplate.name,
    ProjectTemplate.source,
    User.name,
    ProjectTemplate.saved_at,
    ProjectTemplate.holds,
    ProjectTemplate.version,
)


def every(actor: Actor) -> tuple[ProjectTemplateView, ...]:
    """Return the templates built in, then those of the office by name. Raises Forbidden."""
    access.require(actor, Capability.PORTFOLIO_READ)
    built_in = (_built_in(key, it) for key, it in BUILT_IN.items())
    return (*built_in, *_own())


def planned(key: str, actor: Actor, academic_year: int | None = None) -> Planned:
    """Return one template: as it was saved, or moved to an academic year; writes nothing.

    Raises NotFound, Forbidden.
    """
    access.require(actor, Capability.PORTFOLIO_READ)
    head, content = _found(key)
    year = content["academic_year"] if academic_year is None else academic_year
    return Planned(
        head, content, domain.plan(content, year, is_working=workdays.calendar().is_working)
    )


def savable(project_id: int, actor: Actor) -> Savable:
    """Return what could be saved of a project. Raises NotFound, Forbidden."""
    found = access.project(project_id, actor, Capability.PROJECT_EDIT)
    content = content_of(project_id, Choices())
    whole = office_may(actor, Capability.PROGRAMMES_EDIT)
    own = sorted(_own(), key=lambda it: it.source != found.code)
    replaceable = tuple(it for it in own if whole or it.source == found.code)
    return Savable(domain.holdings(content), content["academic_year"], replaceable)


def built_in(key: str, actor: Actor, academic_year: int | None = None) -> Planned:
    """Return one that is built in, as `planned` does; one of the office is not found here."""
    if key not in BUILT_IN:
        access.require(actor, Capability.PORTFOLIO_READ)
        raise NotFound(kind="project_template")
    return planned(key, actor, academic_year)


def template(template_id: int, actor: Actor) -> ProjectTemplateView:
    """Return the head of one of the office's own. Raises NotFound, Forbidden."""
    access.require(actor, Capability.PORTFOLIO_READ)
    for row in rows(ProjectTemplate.select(*HEAD).join(User).where(_is(template_id))):
        return _view(row)
    raise NotFound(kind="project_template")


def exported(logins: dict[int, str]) -> list[dict[str, Any]]:
    """Return all templates as a portfolio file holds them."""
    return [
        {
            "name": row.name,
            "source": row.source,
            "saved_by": logins[row.saved_by_id],
            "saved_at": moment_text(row.saved_at),
            "content": domain.whole(row.content),
        }
        for row in sorted(ProjectTemplate.select(), key=lambda row: str(row.name))
    ]


def _is(template_id: int) -> Any:
    return ProjectTemplate.id == template_id


def _own() -> list[ProjectTemplateView]:
    query = ProjectTemplate.select(*HEAD).join(User).order_by(ProjectTemplate.folded)
    return [_view(row) for row in rows(query)]


def _found(key: str) -> tuple[ProjectTemplateView, Content]:
    if key in BUILT_IN:
        return _built_in(key, BUILT_IN[key]), BUILT_IN[key].content
    if key.isdecimal() and key.isascii() and len(key) <= LONGEST_NUMBER:
        query = ProjectTemplate.select(*HEAD, ProjectTemplate.content).join(User)
        for *head, content in rows(query.where(ProjectTemplate.id == int(key))):
            return _view(tuple(head)), domain.whole(content)
    raise NotFound(kind="project_template")


def _built_in(key: str, found: BuiltIn) -> ProjectTemplateView:
    holds = domain.holdings(found.content)
    year = found.content["academic_year"]
    return ProjectTemplateView(key, None, found.name, "", "", None, year, holds, None)


def _view(row: tuple[Any, ...]) -> ProjectTemplateView:
    own_id, name, source, saved_by, saved_at, holds, version = row
    year = holds["academic_year"]
    counts = Holdings(**{name: it for name, it in holds.items() if name != "academic_year"})
    return ProjectTemplateView(
        str(own_id), own_id, name, source, saved_by, saved_at, year, counts, version
    )
