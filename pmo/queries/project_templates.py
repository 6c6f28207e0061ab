"""Templates of projects: the office's own, those built in, and what one becomes in a year."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmo.db import rows
from pmo.domain import project_templates as domain
from pmo.domain.permissions import Actor, Capability, office_may
from pmo.domain.project_plan_parts import BuiltIn
from pmo.domain.project_plans import BUILT_IN
from pmo.domain.project_templates import Content, Holdings, Plan
from pmo.errors import NotFound
from pmo.models import ProjectTemplate, User
from pmo.queries import access
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
class ProjectTemplateDetail:
    """A template with all that it holds."""

    head: ProjectTemplateView
    content: Content


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be made of a template."""

    head: ProjectTemplateView
    content: Content
    plan: Plan


@dataclass(frozen=True, slots=True)
class Savable:
    """What a template of a project would hold, and those of it that could be replaced."""

    holds: Holdings
    academic_year: int
    replaceable: tuple[ProjectTemplateView, ...]


SATURDAY = 5

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


def detail(key: str, actor: Actor) -> ProjectTemplateDetail:
    """Return one template with its content. Raises NotFound, Forbidden."""
    access.require(actor, Capability.PORTFOLIO_READ)
    return _detail(key)


def preview(key: str, academic_year: int, actor: Actor) -> Preview:
    """Return what a project of a template would hold in an academic year; writes nothing.

    Raises NotFound, Forbidden.
    """
    access.require(actor, Capability.INITIATIVE_PROPOSE)
    found = _detail(key)
    return Preview(found.head, found.content, plan_of(found.content, academic_year))


def plan_of(content: Content, academic_year: int) -> Plan:
    """Return what a content becomes in an academic year, by the office's working days."""
    return domain.plan(content, academic_year, is_working=_is_working)


def savable(project_id: int, actor: Actor) -> Savable:
    """Return what could be saved of a project. Raises NotFound, Forbidden."""
    found = access.project(project_id, actor, Capability.PROJECT_EDIT)
    content = content_of(project_id, Choices())
    whole = office_may(actor, Capability.PROGRAMMES_EDIT)
    replaceable = tuple(it for it in _own() if whole or it.source == found.code)
    return Savable(domain.holdings(content), content["academic_year"], replaceable)


def exported(logins: dict[int, str]) -> list[dict[str, Any]]:
    """Return all templates as a portfolio file holds them."""
    return [
        {
            "name": row.name,
            "source": row.source,
            "saved_by": logins[row.saved_by_id],
            "saved_at": moment_text(row.saved_at),
            "content": row.content,
        }
        for row in sorted(ProjectTemplate.select(), key=lambda row: str(row.name))
    ]


def _own() -> list[ProjectTemplateView]:
    query = ProjectTemplate.select(*HEAD).join(User).order_by(ProjectTemplate.folded)
    return [_view(row) for row in rows(query)]


def _detail(key: str) -> ProjectTemplateDetail:
    if key in BUILT_IN:
        return ProjectTemplateDetail(_built_in(key, BUILT_IN[key]), BUILT_IN[key].content)
    if key.isdecimal() and key.isascii() and len(key) <= LONGEST_NUMBER:
        query = ProjectTemplate.select(*HEAD, ProjectTemplate.content).join(User)
        for *head, content in rows(query.where(ProjectTemplate.id == int(key))):
            return ProjectTemplateDetail(_view(tuple(head)), content)
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


def _is_working(day: date) -> bool:
    return day.weekday() < SATURDAY
