"""Commands on templates of projects: save, replace, rename, remove."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import transaction
from pmo.domain import project_templates as domain
from pmo.domain.folding import fold
from pmo.domain.permissions import Actor, Capability, office_may
from pmo.domain.project_templates import MOST_TASKS, MOST_TEMPLATES, Content
from pmo.errors import AlreadyTaken, Forbidden, InUse, Invalid, NotFound, Sentence, StaleVersion, _
from pmo.models import ProjectTemplate
from pmo.queries import access
from pmo.queries.project_template_contents import Choices, content_of
from pmo.services import journal

TOO_MANY_TASKS = _("A template holds at most {most} cards; the project has {count}.")
TOO_LONG = _("There is too much text in it. Leave the descriptions out.")


def save(project_id: int, choices: Choices, *, name: str, actor: Actor, at: datetime) -> int:
    """Keep a project's plan, without people and facts, as a template of the office.

    Raises NotFound, Forbidden, AlreadyTaken (name), InUse at the most templates, Invalid (too
    much for one).
    """
    with transaction():
        found = access.project(project_id, actor, Capability.PROJECT_EDIT)
        count = ProjectTemplate.select().count()
        if count >= MOST_TEMPLATES:
            raise InUse(count=count)
        made = ProjectTemplate(name=name, folded=fold(name), version=1)
        _fill(made, found, choices, at)
        _written(made)
        _record("project_template.saved", {"template": name, "source": found.code}, actor, at)
    return int(made.id)


def replace(
    template_id: int,
    project_id: int,
    choices: Choices,
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Save a project over a template; projects started from it stay as they are.

    Over one that was saved from the same project, or any if the actor heads the office.
    Raises NotFound, Forbidden, StaleVersion, Invalid (too much for one).
    """
    with transaction():
        found = access.project(project_id, actor, Capability.PROJECT_EDIT)
        template = _loaded(template_id)
        if template.source != found.code and not office_may(actor, Capability.PROGRAMMES_EDIT):
            raise Forbidden(capability=Capability.PROGRAMMES_EDIT.value)
        _check_version(template, expected_version)
        _fill(template, found, choices, at)
        template.version += 1
        template.save()
        data = {"template": template.name, "source": found.code}
        _record("project_template.replaced", data, actor, at)


def rename(
    template_id: int, *, name: str, expected_version: int | None, actor: Actor, at: datetime
) -> None:
    """Give a template another name. Raises NotFound, Forbidden, StaleVersion, AlreadyTaken."""
    with transaction():
        access.require(actor, Capability.PROGRAMMES_EDIT)
        template = _loaded(template_id)
        _check_version(template, expected_version)
        if template.name != name:
            data = {"template": template.name, "changes": {"name": [template.name, name]}}
            template.name, template.folded = name, fold(name)
            template.version += 1
            _written(template)
            _record("project_template.renamed", data, actor, at)


def remove(template_id: int, *, expected_version: int | None, actor: Actor, at: datetime) -> None:
    """Remove a template; what began with it stays. Raises NotFound, Forbidden, StaleVersion."""
    with transaction():
        access.require(actor, Capability.PROGRAMMES_EDIT)
        template = _loaded(template_id)
        _check_version(template, expected_version)
        template.delete_instance()
        _record("project_template.removed", {"template": template.name}, actor, at)


def held(content: Content) -> dict[str, Any]:
    """Return what a row tells of its content without it."""
    return {**asdict(domain.holdings(content)), "academic_year": content["academic_year"]}


def _fill(
    template: ProjectTemplate, found: access.ProjectAccess, choices: Choices, at: datetime
) -> None:
    """Give a template what a project holds now."""
    content = content_of(found.project_id, choices)
    count = len(content["tasks"])
    if count > MOST_TASKS:
        raise Invalid({"_form": [Sentence(TOO_MANY_TASKS, most=MOST_TASKS, count=count)]})
    if len(json.dumps(content, ensure_ascii=False).encode()) > domain.MOST_BYTES:
        raise Invalid({"_form": [TOO_LONG]})
    template.source, template.saved_at = found.code, at
    template.saved_by_id = found.actor.user_id
    template.content, template.holds = content, held(content)


def _loaded(template_id: int) -> ProjectTemplate:
    template: ProjectTemplate | None = ProjectTemplate.get_or_none(
        ProjectTemplate.id == template_id
    )
    if template is None:
        raise NotFound(kind="project_template")
    return template


def _check_version(template: ProjectTemplate, expected: int | None) -> None:
    if expected is not None and expected != template.version:
        raise StaleVersion(version=template.version)


def _written(template: ProjectTemplate) -> None:
    try:
        with transaction():
            template.save()
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="name") from error


def _record(kind: str, data: dict[str, Any], actor: Actor, at: datetime) -> None:
    journal.append(kind, actor=actor, at=at, data=data)
