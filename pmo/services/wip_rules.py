"""Commands on limits of work in progress by person, stage and label, and their check."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from pmo.db import rows, transaction
from pmo.domain import wip_rules
from pmo.domain.board_rules import Rules
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning, WipBy, WipKind
from pmo.domain.wip_rules import Overload
from pmo.errors import AlreadyTaken, InUse, Invalid, NotFound
from pmo.models import Label, Membership, Stage, User, WipRule
from pmo.queries import access
from pmo.queries.wip_rules import limits, loads_of_task, loads_of_tasks
from pmo.services import board_locks, journal
from pmo.services.board_locks import LockedColumn

MOST_RULES = 50

FIELDS = {WipBy.PERSON: "user", WipBy.STAGE: "stage", WipBy.LABEL: "label"}

GROWING = {"assignees": WipBy.PERSON, "stage": WipBy.STAGE, "labels": WipBy.LABEL}
"""Which edited field adds to which loads."""


def add(  # noqa: PLR0913 - whose, how many, who and when
    board_id: int,
    *,
    by: WipBy,
    subject_id: int | None,
    limit: int,
    kind: WipKind,
    actor: Actor,
    at: datetime,
) -> int:
    """Add a limit for a person, a stage or a label, or for each of them; return its id.

    Raises NotFound (also for who or what is not of the project), Forbidden, Invalid, InUse at the
    most limits, AlreadyTaken if there is one for the same.
    """
    with transaction():
        found = access.board(board_id, actor, Capability.BOARD_CONFIGURE)
        [board] = board_locks.lock_layout([board_id])
        if kind is WipKind.NONE:
            raise Invalid({"kind": ["A limit warns or refuses."]})
        key = _key(found.project_id, by, subject_id)
        present = [(it.by, it.subject) for it in limits(board_id)]
        if (by, subject_id) in present:
            raise AlreadyTaken(field="subject_id")
        if len(present) >= MOST_RULES:
            raise InUse(count=len(present))
        rule = WipRule.create(board=board, by=by, most=limit, kind=kind, **{FIELDS[by]: subject_id})
        data = _data(board.key, by, key, limit, kind)
        journal.append(
            "board.wip_rule_added", actor=actor, at=at, project_id=found.project_id, data=data
        )
        note(board_id)
        board_locks.mark_all(board_id)
    return int(rule.id)


def remove(rule_id: int, *, actor: Actor, at: datetime) -> int:
    """Remove a limit and return its board. Raises NotFound, Forbidden."""
    with transaction():
        found = access.wip_rule(rule_id, actor, Capability.BOARD_CONFIGURE)
        [board] = board_locks.lock_layout([found.board_id])
        rule = WipRule.get_or_none(WipRule.id == rule_id)
        if rule is None:
            raise NotFound(kind="wip_rule")
        key = _key_of(rule)
        rule.delete_instance()
        data = _data(board.key, rule.by, key, rule.most, rule.kind)
        journal.append(
            "board.wip_rule_removed", actor=actor, at=at, project_id=found.project_id, data=data
        )
        note(found.board_id)
        board_locks.mark_all(found.board_id)
    return found.board_id


def note(board_id: int) -> None:
    """Write down whether a board, whose layout is locked, has limits."""
    present = WipRule.select().where(WipRule.board == board_id).exists()
    board_locks.set_rules(board_id, Rules.WIP, present=present)


def check_entry(
    rules: int, task_id: int, column: LockedColumn, source: LockedColumn | None = None
) -> tuple[Overload, ...]:
    """Check a card that was just written into a column; the board's row is locked by now.

    rules: of the board. source: where it came from. Returns what is beyond soft limits.
    Raises WipRuleReached.
    """
    if not rules & Rules.WIP or not begins(column, source):
        return ()
    present = limits(column.board_id)
    return wip_rules.check(present, loads_of_task(present, column.board_id, task_id))


def check_edit(
    rules: int, task_id: int, column: LockedColumn, changes: Mapping[str, Collection[Any]]
) -> tuple[Overload, ...]:
    """Check a card whose fields were just written; the board's row is locked by now.

    changes: field → old and new value, portable; only whom or what it newly belongs to counts.
    Returns what is beyond soft limits. Raises WipRuleReached.
    """
    if not rules & Rules.WIP or not counts(column):
        return ()
    grew = grown(changes)
    if not grew:
        return ()
    present = limits(column.board_id)
    loads = loads_of_task(present, column.board_id, task_id)
    return wip_rules.check(present, [load for load in loads if (load.by, load.key) in grew])


def check_many(
    board_id: int, entered: Collection[int], grew: Mapping[int, Collection[tuple[WipBy, str]]]
) -> tuple[Overload, ...]:
    """Check many cards of a board that has limits; its row is locked by now.

    entered: those that came into work. grew: what others in work newly belong to, by card.
    Returns what is beyond soft limits. Raises WipRuleReached.
    """
    if not entered and not grew:
        return ()
    present = limits(board_id)
    loads = {(it.by, it.key): it for it in loads_of_tasks(present, board_id, entered)}
    keys = {key for its in grew.values() for key in its}
    for load in loads_of_tasks(present, board_id, grew):
        if (load.by, load.key) in keys:
            loads[load.by, load.key] = load
    return wip_rules.check(present, list(loads.values()))


def begins(column: LockedColumn, source: LockedColumn | None) -> bool:
    """Tell whether a card that came into a column is in work from now on."""
    was_counted = source is not None and source.board_id == column.board_id and counts(source)
    return counts(column) and not was_counted


def grown(changes: Mapping[str, Collection[Any]]) -> set[tuple[WipBy, Any]]:
    """Return whom and what a changed card newly belongs to."""
    return {
        (by, key)
        for field, by in GROWING.items()
        if field in changes
        for key in _added(*changes[field])
    }


def _added(old: Any, new: Any) -> Iterable[Any]:
    if isinstance(new, list):
        return set(new) - set(old)
    return () if new is None else (new,)


def counts(column: LockedColumn) -> bool:
    """Tell whether the cards of a column are in work."""
    return column.meaning is ColumnMeaning.IN_PROGRESS


def _key(project_id: int, by: WipBy, subject_id: int | None) -> str | None:
    """Return the portable name of whom or what a limit is for. Raises NotFound."""
    if subject_id is None:
        return None
    queries = {
        WipBy.PERSON: User.select(User.login)
        .join(Membership)
        .where((Membership.project == project_id) & (User.id == subject_id)),
        WipBy.STAGE: Stage.select(Stage.key).where(
            (Stage.project == project_id) & (Stage.id == subject_id)
        ),
        WipBy.LABEL: Label.select(Label.name).where(
            (Label.project == project_id) & (Label.id == subject_id)
        ),
    }
    found = rows(queries[by])
    if not found:
        raise NotFound(kind="member" if by is WipBy.PERSON else by.value)
    return str(found[0][0])


def _key_of(rule: WipRule) -> str | None:
    keys = {
        WipBy.PERSON: rule.user and rule.user.login,
        WipBy.STAGE: rule.stage and rule.stage.key,
        WipBy.LABEL: rule.label and rule.label.name,
    }
    key = keys[rule.by]
    return None if key is None else str(key)


def _data(board: str, by: WipBy, key: str | None, limit: int, kind: WipKind) -> dict[str, Any]:
    return {"board": board, "by": by.value, "of": key, "limit": limit, "kind": kind.value}
