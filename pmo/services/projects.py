"""Commands on a project as a whole: propose it as an initiative, edit its head."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import locked, transaction
from pmo.domain import folding
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import Gate, MemberRole
from pmo.errors import AlreadyTaken, Forbidden, Invalid, _
from pmo.models import Membership, Passport, Project, StrategicProject, User
from pmo.queries import access
from pmo.services import board_locks, board_templates, journal, project_starts, versions
from pmo.services.project_starts import Start, Started

# Content that an office edits, in the language of its documents, as `domain.board_templates`.
FIRST_BOARD = "Доска проекта"

TWO_TEMPLATES = _("The template of the project brings its own boards: choose one of the two.")

NAMES = ("code", "name", "short_name")
SHORT_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Proposal:
    """An initiative as proposed. passport: fields of `Passport` that are filled already.

    template: of its board. start: a template of the whole project, which brings its own boards.
    """

    code: str
    name: str
    short_name: str = ""
    strategic_project_id: int | None = None
    template: str | None = None
    start: Start | None = None
    passport: Mapping[str, Any] = field(default_factory=dict)


HEAD = ("code", "name", "short_name", "strategic_project_id", "lead_id", "weight")
"""What a project's head says. weight: its share in roll-ups."""


def propose(proposal: Proposal, *, actor: Actor, at: datetime) -> int:
    """Propose an initiative: project, passport, membership, board; return the project's id.

    The proposer leads it, under the ceiling of their office role.
    Raises Forbidden, AlreadyTaken(field="code"), Invalid(strategic_project_id, template), NotFound
    for a template that is not there, StaleVersion for one that was saved again meanwhile.
    """
    access.require(actor, Capability.INITIATIVE_PROPOSE)
    check(proposal)
    with transaction():
        strategic = _strategic_key(proposal.strategic_project_id)
        started = project_starts.read(proposal.start, actor) if proposal.start else None
        project = _created(proposal, actor, at)
        Passport.create(project=project, **_passport(proposal, started))
        Membership.create(project=project, user=actor.user_id, role=MemberRole.LEAD)
        if started:
            project_starts.fill(project.id, started, actor=actor, at=at)
        else:
            board_templates.make(
                project.id, name=FIRST_BOARD, template=proposal.template, actor=actor, at=at
            )
        data = {
            "code": proposal.code,
            "name": proposal.name,
            "strategic_project": strategic,
            "lead": actor.login,
            **_started_of(started),
        }
        journal.append("project.proposed", actor=actor, at=at, project_id=project.id, data=data)
    return int(project.id)


def check(proposal: Proposal) -> None:
    """Refuse what `propose` would, as far as it can be told before anything is written.

    Raises AlreadyTaken(field="code"), Invalid(template).
    """
    if proposal.start and proposal.template:
        raise Invalid({"template": [TWO_TEMPLATES]})
    if Project.select().where(Project.code == proposal.code).exists():
        raise AlreadyTaken(field="code")


def edit(
    project_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the given fields of `HEAD`; a new lead becomes a member with that role.

    Raises NotFound, Forbidden (another lead needs the right to staff the project),
    StaleVersion, AlreadyTaken(field="code"), Invalid(strategic_project_id, lead_id).
    """
    versions.check_names(changes, HEAD)
    with transaction():
        allowed = access.project(project_id, actor, Capability.PROJECT_EDIT)
        project = locked(Project.select().where(Project.id == project_id)).get()
        _strategic_key(changes.get("strategic_project_id"))
        if changes.get("lead_id", project.lead_id) != project.lead_id:
            if not allowed.may(Capability.PROJECT_STAFF):
                raise Forbidden(capability=Capability.PROJECT_STAFF.value)
            _make_lead(project_id, changes["lead_id"], actor, at)
        before = _portable(project)
        board_locks.touch(project_id)  # before the write: a new code locks out who notes an event
        if _write(project, changes, expected_version):
            after = _portable(Project.get_by_id(project_id))
            changed = {name: [before[name], after[name]] for name in before}
            data = {"changes": {name: pair for name, pair in changed.items() if pair[0] != pair[1]}}
            journal.append("project.edited", actor=actor, at=at, project_id=project_id, data=data)


def search_text(*, name: str, short_name: str, code: str) -> str:
    """Return what `Project.search` keeps: the name first, so that it also puts in order."""
    return folding.fold(name, short_name, code)


def _passport(proposal: Proposal, started: Started | None) -> dict[str, Any]:
    """Return what the passport begins with: what was typed goes before what the template says."""
    typed = {name: text for name, text in proposal.passport.items() if text}
    return {**(started.passport if started else {}), **typed}


def _started_of(started: Started | None) -> dict[str, Any]:
    if started is None:
        return {}
    return {"template": started.name, "academic_year": started.plan.academic_year}


def _strategic_key(strategic_project_id: int | None) -> str | None:
    if strategic_project_id is None:
        return None
    row = StrategicProject.get_or_none(StrategicProject.id == strategic_project_id)
    if row is None:
        raise Invalid({"strategic_project_id": [_("There is no such strategic project.")]})
    return str(row.key)


def _created(proposal: Proposal, actor: Actor, at: datetime) -> Project:
    short_name = proposal.short_name or proposal.name[:SHORT_LENGTH]
    try:
        with transaction():
            return Project.create(
                code=proposal.code,
                name=proposal.name,
                short_name=short_name,
                strategic_project=proposal.strategic_project_id,
                gate=Gate.INITIATIVE,
                lead=actor.user_id,
                proposed_by=actor.user_id,
                proposed_at=at,
                search=search_text(name=proposal.name, short_name=short_name, code=proposal.code),
            )
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="code") from error


def _write(
    project: Project, changes: Mapping[str, Any], expected_version: int | None
) -> versions.Changes:
    values = dict(changes)
    named = {name: values.get(name, getattr(project, name)) for name in NAMES}
    named["short_name"] = named["short_name"] or named["name"][:SHORT_LENGTH]
    if any(named[name] != getattr(project, name) for name in NAMES):
        values |= {"short_name": named["short_name"], "search": search_text(**named)}
    try:
        with transaction():
            return versions.write(project, values, expected_version)
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="code") from error


def _make_lead(project_id: int, user_id: int | None, actor: Actor, at: datetime) -> None:
    if user_id is None:
        return
    user = User.get_or_none((User.id == user_id) & User.is_active)
    if user is None:
        raise Invalid({"lead_id": [_("There is no such person, or they are disabled.")]})
    Membership.insert(project=project_id, user=user_id, role=MemberRole.LEAD).on_conflict(
        conflict_target=[Membership.project, Membership.user],
        update={Membership.role: MemberRole.LEAD},
    ).execute()
    data = {"login": user.login, "role": MemberRole.LEAD.value}
    journal.append("project.member_set", actor=actor, at=at, project_id=project_id, data=data)


def _portable(project: Project) -> dict[str, Any]:
    return {
        "code": project.code,
        "name": project.name,
        "short_name": project.short_name,
        "strategic_project": project.strategic_project and project.strategic_project.key,
        "lead": project.lead and project.lead.login,
        "weight": project.weight,
    }
