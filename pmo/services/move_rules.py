"""Commands on the rules that say who may move cards where, and their check at every move."""

from datetime import datetime

from pmo.db import rows, transaction
from pmo.domain import move_rules
from pmo.domain.board_rules import Rules
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import MemberRole
from pmo.errors import AlreadyTaken, EntryNotAllowed, InUse, Invalid, MoveNotAllowed, NotFound
from pmo.models import Column, MoveRule
from pmo.queries import access
from pmo.queries.move_rules import of_boards
from pmo.services import board_locks, journal
from pmo.services.board_locks import LockedColumn

MOST_RULES = 50


def add(
    board_id: int,
    *,
    source_id: int | None,
    target_id: int | None,
    least_role: MemberRole,
    actor: Actor,
    at: datetime,
) -> int:
    """Add a rule; None stands for any column. Returns its id.

    Raises NotFound (also for a column of another board), Forbidden, Invalid, InUse at the most
    rules, AlreadyTaken if there is one for this way.
    """
    with transaction():
        found = access.board(board_id, actor, Capability.BOARD_CONFIGURE)
        [board] = board_locks.lock_layout([board_id])
        check_role(least_role)
        if source_id is not None and source_id == target_id:
            raise Invalid({"target_id": ["A move leads to another column."]})
        names = _names(board_id, source_id, target_id)
        ways = MoveRule.select(MoveRule.source, MoveRule.target).where(MoveRule.board == board_id)
        present = rows(ways)
        if (source_id, target_id) in present:
            raise AlreadyTaken(field="target_id")
        if len(present) >= MOST_RULES:
            raise InUse(count=len(present))
        rule = MoveRule.create(
            board=board, source=source_id, target=target_id, least_role=least_role
        )
        data = {
            "board": board.key,
            "from": names.get(source_id),
            "to": names.get(target_id),
            "least_role": least_role.value,
        }
        journal.append(
            "board.move_rule_added", actor=actor, at=at, project_id=found.project_id, data=data
        )
        note(board_id)
        board_locks.relayout(board_id)
    return int(rule.id)


def remove(rule_id: int, *, actor: Actor, at: datetime) -> int:
    """Remove a rule and return its board. Raises NotFound, Forbidden."""
    with transaction():
        found = access.move_rule(rule_id, actor, Capability.BOARD_CONFIGURE)
        [board] = board_locks.lock_layout([found.board_id])
        rule = MoveRule.get_or_none(MoveRule.id == rule_id)
        if rule is None:
            raise NotFound(kind="move_rule")
        data = {
            "board": board.key,
            "from": rule.source and rule.source.key,
            "to": rule.target and rule.target.key,
            "least_role": rule.least_role.value,
        }
        rule.delete_instance()
        journal.append(
            "board.move_rule_removed", actor=actor, at=at, project_id=found.project_id, data=data
        )
        note(found.board_id)
        board_locks.relayout(found.board_id)
    return found.board_id


def check_role(least_role: MemberRole) -> None:
    """Refuse a role that could not move cards anyway. Raises Invalid."""
    if least_role is MemberRole.OBSERVER:
        raise Invalid({"least_role": ["An observer moves no cards."]})


def note(board_id: int) -> None:
    """Write down what the rules of a board, whose layout is locked, say of its columns."""
    present = of_boards(board_id)
    for column in Column.select(Column.id, Column.guard).where(Column.board == board_id):
        guard = move_rules.guard(present, column.id)
        if guard != column.guard:
            Column.update(guard=int(guard)).where(Column.id == column.id).execute()
    board_locks.set_rules(board_id, Rules.MOVE, present=bool(present))


def check_entry(found: access.ProjectAccess, rules_there: int, column: LockedColumn) -> None:
    """Check that a new card may be put into a locked column. Raises EntryNotAllowed.

    rules_there: kinds of rules that its board has.
    """
    if not rules_there & Rules.MOVE:
        return
    is_lead = found.may(Capability.BOARD_CONFIGURE)
    rules = of_boards(column.board_id)
    if not move_rules.allows(rules, source=None, target=column.id, is_lead=is_lead):
        raise EntryNotAllowed(target=column.name)


def check_move(
    found: access.TaskAccess,
    target: access.ColumnAccess,
    source: LockedColumn,
    column: LockedColumn,
) -> None:
    """Check that a card may be moved between two locked columns. Raises MoveNotAllowed."""
    if not (found.rules | target.rules) & Rules.MOVE:
        return
    is_lead = found.may(Capability.BOARD_CONFIGURE)
    rules = of_boards(source.board_id, column.board_id)
    if not move_rules.allows(rules, source=source.id, target=column.id, is_lead=is_lead):
        raise MoveNotAllowed(source=source.name, target=column.name)


def _names(board_id: int, *column_ids: int | None) -> dict[int | None, str]:
    """Return the keys of some columns. Raises NotFound for one of another board."""
    wanted = {column_id for column_id in column_ids if column_id is not None}
    own = (Column.board == board_id) & Column.id.in_(wanted)
    found: dict[int | None, str] = dict(rows(Column.select(Column.id, Column.key).where(own)))
    if set(found) != wanted:
        raise NotFound(kind="column")
    return found
