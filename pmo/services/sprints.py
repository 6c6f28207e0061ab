"""Commands on the sprints of a project: lay them out, edit one, choose the policy, start one.

What they hold is in `sprint_scope`, how they end in `sprint_closing`. Everybody locks the project
first, so that of two people only one starts a sprint.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmo.db import locked, rows, transaction
from pmo.domain import sprints as rules
from pmo.domain.permissions import Actor, Capability
from pmo.domain.sprints import Span, Standing
from pmo.domain.vocabulary import SprintPolicy, SprintState, WeightUnit
from pmo.errors import InUse, NotFound, SprintFrozen
from pmo.models import Membership, Project, Sprint, SprintPerson, Task, User
from pmo.queries import access
from pmo.services import board_locks, journal, sprint_results, versions

FIELDS = ("goal", "starts_on", "ends_on", "people")
"""Of a sprint. people: `Share`s, all of them."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a person a sprint has. percent: of a working day. days_off: working days."""

    user_id: int
    percent: int = 100
    days_off: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """The sprints of a project, by number, under the lock of the project."""

    project: Project
    sprints: Mapping[int, Sprint]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Return them as the rules see them, in order."""
        return tuple(
            Standing(it.number, it.state, it.starts_on, it.ends_on) for it in self.sprints.values()
        )


def lay_out(  # noqa: PLR0913 - what, who and when
    project_id: int,
    *,
    count: int,
    starts_on: date,
    weeks: int,
    trial_weeks: int,
    policy: SprintPolicy,
    weight_unit: WeightUnit | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Give a project its trial sprint and `count` others, one right after another.

    Until the first has started it can be laid out anew; goals and cards stay with their number.
    From then on a free project may add more behind the last, of the same length.
    weight_unit: None leaves what it counts weights in.
    Raises NotFound, Forbidden, Invalid, SprintCountFixed, InUse if a sprint that would go has
    cards.
    """
    with transaction():
        access.project(project_id, actor, Capability.SPRINT_PLAN)
        held = hold(project_id)
        board_locks.touch(project_id)
        present = held.project.sprint_count
        rules.check_count(held.standings, count=present, wanted=count, policy=policy)
        wanted = rules.laid_out(
            count, starts_on=starts_on, weeks=weeks, trial_weeks=trial_weeks, policy=policy
        )
        kept = {
            number
            for number, sprint in held.sprints.items()
            if sprint.state is not SprintState.PLANNED
        }
        spans = _behind(wanted, [held.sprints[number] for number in sorted(kept)])
        _drop(held, set(held.sprints) - kept - set(spans))
        for number, span in spans.items():
            _put(held, number, span)
        Project.update(sprint_count=count, sprint_policy=policy).where(
            Project.id == project_id
        ).execute()
        days = [
            {"number": number, "starts_on": _iso(it.starts_on), "ends_on": _iso(it.ends_on)}
            for number, it in spans.items()
        ]
        data = {"policy": policy.value, "count": count, "sprints": days}
        journal.append("sprint.laid_out", actor=actor, at=at, project_id=project_id, data=data)
        _set_unit(held.project, weight_unit, actor=actor, at=at)


def set_policy(
    project_id: int,
    policy: SprintPolicy,
    *,
    weight_unit: WeightUnit | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Choose whether the next sprint waits for the previous one, and what weights are counted in.

    weight_unit: None leaves it. Raises NotFound, Forbidden.
    """
    with transaction():
        access.project(project_id, actor, Capability.SPRINT_PLAN)
        project = hold(project_id).project
        _set_unit(project, weight_unit, actor=actor, at=at)
        was = project.sprint_policy
        if was is policy:
            return
        Project.update(sprint_policy=policy).where(Project.id == project_id).execute()
        data = {"policy": policy.value, "was": was.value}
        journal.append("sprint.policy_set", actor=actor, at=at, project_id=project_id, data=data)


def edit(
    sprint_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the given `FIELDS` of a sprint that is not closed.

    Raises NotFound (a person outside the project as well), Forbidden, StaleVersion, SprintFrozen,
    Invalid for days that do not fit.
    """
    versions.check_names(changes, FIELDS)
    with transaction():
        found = access.sprint(sprint_id, actor, Capability.SPRINT_PLAN)
        held, sprint = held_sprint(found.project_id, sprint_id)
        if sprint.state is SprintState.CLOSED:
            raise SprintFrozen(sprint.number)
        values = {name: changes[name] for name in FIELDS if name in changes and name != "people"}
        _check_span(held, sprint, values)
        told = versions.portable(versions.write(sprint, values, expected_version))
        if "people" in changes:
            told |= _set_people(sprint, changes["people"], raised=bool(told))
        if told:
            data = {"sprint": sprint.number, "changes": told}
            _append("sprint.edited", sprint, data, actor=actor, at=at)


def start(sprint_id: int, *, expected_version: int | None, actor: Actor, at: datetime) -> None:
    """Start a sprint: what it holds now is what was committed to.

    Raises NotFound, Forbidden, StaleVersion, SprintNotPlanned, StartsAfterPrevious,
    AnotherIsActive, SprintEmpty, ResultsMissing.
    """
    with transaction():
        found = access.sprint(sprint_id, actor, Capability.SPRINT_PLAN)
        held, sprint = held_sprint(found.project_id, sprint_id)
        # Its columns are locked: nobody edits a card of it until its start is written.
        board_locks.touch(found.project_id)
        cards = committed(sprint_id)
        without = [f"{found.code}-{number}" for number, _weight, result in cards if not result]
        rules.check_start(
            sprint.number,
            held.standings,
            held.project.sprint_policy,
            cards=len(cards),
            without_result=without,
        )
        sprint_results.leave_archived(sprint, actor=actor, at=at)
        values = {"state": SprintState.ACTIVE, "started_at": at}
        versions.write(sprint, values, expected_version)
        weights = [{"task": number, "weight": weight} for number, weight, _result in cards]
        data = {"sprint": sprint.number, "committed": weights}
        _append("sprint.started", sprint, data, actor=actor, at=at)


def hold(project_id: int) -> Held:
    """Lock a project and return its sprints, in order."""
    project = locked(Project.select().where(Project.id == project_id)).get()
    found = Sprint.select().where(Sprint.project == project_id).order_by(Sprint.number)
    return Held(project, {sprint.number: sprint for sprint in found})


def held_sprint(project_id: int, sprint_id: int) -> tuple[Held, Sprint]:
    """Lock a project and return its sprints, and the one that is asked for. Raises NotFound."""
    held = hold(project_id)
    for sprint in held.sprints.values():
        if sprint.id == sprint_id:
            return held, sprint
    raise NotFound(kind="sprint")


def committed(sprint_id: int) -> list[tuple[int, int, str]]:
    """Return number, weight and expected result of what stands in a sprint, by number."""
    mine = (Task.sprint == sprint_id) & Task.archived_at.is_null()
    query = Task.select(Task.number, Task.weight, Task.expected_result).where(mine)
    return [tuple(row) for row in rows(query.order_by(Task.number))]


def _set_unit(project: Project, unit: WeightUnit | None, *, actor: Actor, at: datetime) -> None:
    was = project.weight_unit
    if unit is None or unit is was:
        return
    Project.update(weight_unit=unit).where(Project.id == project.id).execute()
    data = {"changes": {"weight_unit": [was.value, unit.value]}}
    journal.append("project.edited", actor=actor, at=at, project_id=project.id, data=data)


def _behind(wanted: Iterable[tuple[int, Span]], kept: Sequence[Sprint]) -> dict[int, Span]:
    """Return the wanted sprints that have not started, moved behind those that have."""
    numbers = {sprint.number for sprint in kept}
    new = [(number, span) for number, span in wanted if number not in numbers]
    if not kept or not new:
        return dict(new)
    late = max(sprint.ends_on for sprint in kept) - new[0][1].starts_on
    days = late + rules.NEXT_DAY if late >= rules.SAME_DAY else rules.SAME_DAY
    return {number: Span(it.starts_on + days, it.ends_on + days) for number, it in new}


def _put(held: Held, number: int, span: Span) -> None:
    days = {"starts_on": span.starts_on, "ends_on": span.ends_on}
    if number in held.sprints:
        versions.write(held.sprints[number], days, None)
    else:
        Sprint.create(project=held.project, number=number, **days)


def _drop(held: Held, numbers: set[int]) -> None:
    gone = [held.sprints[number].id for number in numbers]
    count = Task.select().where(Task.sprint.in_(gone)).count()
    if count:
        raise InUse(count=count)
    Sprint.delete().where(Sprint.id.in_(gone)).execute()


def _check_span(held: Held, sprint: Sprint, values: Mapping[str, Any]) -> None:
    span = Span(
        values.get("starts_on", sprint.starts_on),
        values.get("ends_on", sprint.ends_on),
    )
    if (span.starts_on, span.ends_on) == (sprint.starts_on, sprint.ends_on):
        return
    others = [it for it in held.standings if it.number != sprint.number]
    rules.check_span(sprint.number, span, others, held.project.sprint_policy)


def _set_people(sprint: Sprint, shares: Sequence[Share], *, raised: bool) -> dict[str, list[Any]]:
    """Replace the people of a sprint; return the change, {} if there is none."""
    logins = _logins(sprint, [share.user_id for share in shares])
    before = [
        {"login": login, "percent": percent, "days_off": days_off}
        for login, percent, days_off in rows(
            SprintPerson.select(User.login, SprintPerson.percent, SprintPerson.days_off)
            .join(User)
            .where(SprintPerson.sprint == sprint.id)
            .order_by(User.login)
        )
    ]
    after = sorted(
        (
            {"login": logins[it.user_id], "percent": it.percent, "days_off": it.days_off}
            for it in shares
        ),
        key=lambda person: str(person["login"]),
    )
    if before == after:
        return {}
    SprintPerson.delete().where(SprintPerson.sprint == sprint.id).execute()
    for it in shares:
        SprintPerson.insert(
            sprint=sprint.id, user=it.user_id, percent=it.percent, days_off=it.days_off
        ).execute()
    if not raised:
        Sprint.update(version=Sprint.version + 1).where(Sprint.id == sprint.id).execute()
    return {"people": [before, after]}


def _logins(sprint: Sprint, ids: Sequence[int]) -> dict[int, str]:
    members = Membership.select(User.id, User.login).join(User)
    in_project = (Membership.project == sprint.project_id) & User.id.in_(ids)
    found = dict(rows(members.where(in_project)))
    if set(found) != set(ids):
        raise NotFound(kind="member")
    return found


def _iso(day: date) -> str:
    return day.isoformat()


def _append(kind: str, sprint: Sprint, data: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    journal.append(kind, actor=actor, at=at, project_id=sprint.project_id, data=data)
