"""Commands on the rules by which a board acts by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows, transaction
from pmo.domain import automation
from pmo.domain.permissions import Actor, Capability
from pmo.errors import AlreadyTaken, InUse, NotFound, StaleVersion
from pmo.models import AutomationRule, Board, Column, Label, Membership, User
from pmo.queries import access
from pmo.services import board_locks, journal

FIELDS = ("name", "is_on", "trigger", "action", *automation.PARTICULARS)
KINDS = ("trigger", "action")


def add(board_id: int, *, values: Mapping[str, Any], actor: Actor, at: datetime) -> int:
    """Add a rule after the others and return its id. values: of `FIELDS`.

    Raises NotFound (also for a column, person or label of another project), Forbidden, Invalid,
    InUse at the most rules, AlreadyTaken (name).
    """
    with transaction():
        found = access.board(board_id, actor, Capability.BOARD_CONFIGURE)
        [board] = board_locks.lock_layout([board_id])
        return append(board, found.project_id, values, actor=actor, at=at)


def append(
    board: Board,
    project_id: int,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
) -> int:
    """Do the same on a locked board, inside the transaction of a command that checked the actor."""
    checked = _checked(board.id, project_id, values)
    places = rows(
        AutomationRule.select(AutomationRule.position).where(AutomationRule.board == board.id)
    )
    if len(places) >= automation.MOST_RULES:
        raise InUse(count=len(places))
    position = max((place for (place,) in places), default=0) + 1
    rule = _written(AutomationRule(board=board.id, position=position, **checked))
    data = {"board": board.key, "rule": rule.name, **portable(rule)}
    _record("automation.rule_added", project_id, data, actor, at)
    return int(rule.id)


def edit(
    rule_id: int,
    *,
    changes: Mapping[str, Any],
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> int:
    """Change a rule and return its board. changes: of `FIELDS`, what is left out stays.

    A rule that is switched on again begins without refusals.
    Raises NotFound, Forbidden, Invalid, StaleVersion, AlreadyTaken (name).
    """
    with transaction():
        found, board, rule = _loaded(rule_id, actor)
        _check_version(rule, expected_version)
        before = {"name": rule.name, **portable(rule)}
        present = {name: getattr(rule, name) for name in FIELDS}
        wanted = {**present, **changes}
        for name, value in _checked(board.id, found.project_id, wanted).items():
            setattr(rule, name, value)
        after = {"name": rule.name, **portable(rule)}
        changed = {name: [before[name], new] for name, new in after.items() if new != before[name]}
        if changed:
            rule.version += 1
            rule.refusals = 0
            _written(rule)
            data = {"board": board.key, "rule": before["name"], "changes": changed}
            _record("automation.rule_edited", found.project_id, data, actor, at)
    return found.board_id


def move(rule_id: int, *, before_id: int | None, actor: Actor, at: datetime) -> int:
    """Put a rule before another of its board, or at the end; return the board.

    Raises NotFound, Forbidden.
    """
    with transaction():
        found, board, rule = _loaded(rule_id, actor)
        order = list(_of_board(board.id))
        rest = [it for it in order if it.id != rule.id]
        ids = [it.id for it in rest]
        if before_id is None:
            place = len(rest)
        elif before_id == rule_id:
            return found.board_id
        elif before_id in ids:
            place = ids.index(before_id)
        else:
            raise NotFound(kind="automation_rule")
        rest.insert(place, rule)
        if [it.id for it in rest] != [it.id for it in order]:
            for position, it in enumerate(rest, start=1):
                moved = AutomationRule.update(position=position)
                moved.where(AutomationRule.id == it.id).execute()
            data = {"board": board.key, "order": [it.name for it in rest]}
            _record("automation.rules_moved", found.project_id, data, actor, at)
    return found.board_id


def remove(rule_id: int, *, expected_version: int | None, actor: Actor, at: datetime) -> int:
    """Remove a rule; its log stays. Returns the board. Raises NotFound, Forbidden, StaleVersion."""
    with transaction():
        found, board, rule = _loaded(rule_id, actor)
        _check_version(rule, expected_version)
        rule.delete_instance()
        data = {"board": board.key, "rule": rule.name}
        _record("automation.rule_removed", found.project_id, data, actor, at)
    return found.board_id


def remove_naming(thing: Column | Label, *, actor: Actor, at: datetime) -> list[str]:
    """Remove the rules that name a column or label that is about to go; return their names.

    Inside the transaction of the command that removes it, which has locked the boards.
    """
    rule = AutomationRule
    if isinstance(thing, Column):
        names_it = (rule.column == thing.id) | (rule.target == thing.id)
        project_id = thing.board.project_id
    else:
        names_it, project_id = rule.label == thing.id, thing.project_id
    gone = list(rule.select().where(names_it).order_by(rule.board, rule.position))
    for it in gone:
        it.delete_instance()
        data = {"board": it.board.key, "rule": it.name}
        _record("automation.rule_removed", project_id, data, actor, at)
    return [it.name for it in gone]


def portable(rule: AutomationRule) -> dict[str, Any]:
    """Return what a rule is made of beside its name, with values that outlive ids."""
    return {
        "is_on": rule.is_on,
        "trigger": rule.trigger.value,
        "column": rule.column and rule.column.key,
        "days": rule.days,
        "action": rule.action.value,
        "target": rule.target and rule.target.key,
        "user": rule.user and rule.user.login,
        "label": rule.label and rule.label.name,
        "text": rule.text,
    }


def _loaded(rule_id: int, actor: Actor) -> tuple[access.BoardPartAccess, Board, AutomationRule]:
    """Load a rule under the lock of its board."""
    found = access.automation_rule(rule_id, actor, Capability.BOARD_CONFIGURE)
    [board] = board_locks.lock_layout([found.board_id])
    rule = AutomationRule.get_or_none(AutomationRule.id == rule_id)
    if rule is None:
        raise NotFound(kind="automation_rule")
    return found, board, rule


def _checked(board_id: int, project_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a rule's row. Raises Invalid, NotFound."""
    kept = automation.particulars(values["trigger"], values["action"], values)
    own: dict[str, Any] = {
        "column_id": Column.select().where(Column.board == board_id),
        "target_id": Column.select().where(Column.board == board_id),
        "label_id": Label.select().where(Label.project == project_id),
        "user_id": User.select().join(Membership).where(Membership.project == project_id),
    }
    for name, query in own.items():
        if kept[name] is not None and not query.where(query.model.id == kept[name]).exists():
            raise NotFound(kind=name.removesuffix("_id"))
    is_on = values.get("is_on")
    return {
        "name": values["name"],
        "is_on": True if is_on is None else is_on,
        **{name: values[name] for name in KINDS},
        **kept,
    }


def _check_version(rule: AutomationRule, expected: int | None) -> None:
    if expected is not None and expected != rule.version:
        raise StaleVersion(version=rule.version)


def _written(rule: AutomationRule) -> AutomationRule:
    try:
        with transaction():
            rule.save()
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="name") from error
    return rule


def _of_board(board_id: int) -> Any:
    query = AutomationRule.select().where(AutomationRule.board == board_id)
    return query.order_by(AutomationRule.position, AutomationRule.id)


def _record(kind: str, project_id: int, data: dict[str, Any], actor: Actor, at: datetime) -> None:
    journal.append(kind, actor=actor, at=at, project_id=project_id, data=data)
