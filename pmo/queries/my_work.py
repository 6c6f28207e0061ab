"""A person's open tasks from all projects, by urgency."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

import peewee as pw

from pmo.domain import move_rules, permissions
from pmo.domain.move_rules import MoveRule
from pmo.domain.permissions import Actor, Capability
from pmo.domain.urgency import Urgency, urgency
from pmo.domain.vocabulary import ColumnMeaning, MemberRole
from pmo.models import Board, Column, Membership, Project, Task, TaskAssignee
from pmo.models import MoveRule as Rule
from pmo.queries import cards
from pmo.queries.cards import CardView
from pmo.statements import Statement

MOST = 200
"""Cards on the page: what one person can hold in view, and more."""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A card of mine, with its project and column.

    is_waiting: others have to do something first. can_complete: its board keeps what is done
    somewhere, and I may move it there.
    """

    card: CardView
    project_id: int
    project_name: str
    board_id: int
    column_name: str
    is_waiting: bool
    can_complete: bool


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """Cards of one urgency, the soonest first."""

    urgency: Urgency
    items: tuple[WorkItem, ...]


@dataclass(frozen=True, slots=True)
class MyWork:
    """My cards that are not done. total: all of them; groups hold the most urgent `shown`.

    waiting: how many of the shown ones wait for others.
    """

    groups: tuple[WorkGroup, ...]
    total: int
    shown: int
    waiting: int

    def of_waiting(self) -> "MyWork":
        """Return the cards alone that wait for others."""
        groups = (
            WorkGroup(group.urgency, tuple(item for item in group.items if item.is_waiting))
            for group in self.groups
        )
        return replace(self, groups=tuple(group for group in groups if group.items))


State = tuple[tuple[Any, ...], ...]


def state(actor: Actor) -> State:
    """Return what changes whenever the actor's work does; one statement.

    The revisions of all boards that they see, and what they are in each project.
    """
    mine = OFFICE if permissions.office_may(actor, Capability.PROJECT_READ) else MEMBER
    return tuple(mine.state(user_id=actor.user_id))


def my_work(actor: Actor, *, today: date) -> MyWork:
    """Return the actor's open tasks; seven statements, however many tasks and projects."""
    mine = OFFICE if permissions.office_may(actor, Capability.PROJECT_READ) else MEMBER
    who = {"user_id": actor.user_id}
    by_column = mine.cards.by_column(today=today, **who)
    found = {card.id: card for column in by_column.values() for card in column}
    finish = _Finish(mine, actor)
    items = [
        _item(found[task_id], finish, *place)
        for task_id, *place in mine.places(**who)
        if task_id in found  # not what was assigned between the two statements
    ]
    groups = groupby(items, key=lambda item: urgency(item.card.due_on, today))
    total = len(items) if len(items) < MOST else int(mine.count(**who)[0][0])
    return MyWork(
        groups=tuple(WorkGroup(kind, tuple(group)) for kind, group in groups),
        total=total,
        shown=len(items),
        waiting=sum(item.is_waiting for item in items),
    )


def _item(  # noqa: PLR0913, PLR0917 - a row
    card: CardView,
    finish: "_Finish",
    project_id: int,
    project_name: str,
    board_id: int,
    column_id: int,
    column_name: str,
    meaning: str,
    role: str | None,
) -> WorkItem:
    membership = None if role is None else MemberRole(role)
    return WorkItem(
        card=card,
        project_id=project_id,
        project_name=project_name,
        board_id=board_id,
        column_name=column_name,
        is_waiting=card.is_blocked or bool(card.waits_for) or meaning == ColumnMeaning.WAITING,
        can_complete=finish.is_open(board_id, column_id, membership),
    )


class _Finish:
    """Whether a card can go to where its board keeps what is done, as `completion` moves it."""

    def __init__(self, mine: "_Mine", actor: Actor) -> None:
        self._actor = actor
        self._targets: dict[int, int] = {}
        for board_id, column_id in mine.done_columns(user_id=actor.user_id):
            self._targets.setdefault(board_id, column_id)
        self._rules: dict[int, list[MoveRule]] = {}
        for board_id, source, target, role in mine.move_rules(user_id=actor.user_id):
            rule = MoveRule(source, target, MemberRole(role))
            self._rules.setdefault(board_id, []).append(rule)

    def is_open(self, board_id: int, column_id: int, membership: MemberRole | None) -> bool:
        """Tell whether the actor may take a card from a column to the board's last one."""
        target = self._targets.get(board_id)
        may_edit = permissions.may(self._actor, Capability.TASK_EDIT, membership)
        if target is None or not may_edit:
            return False
        is_lead = permissions.may(self._actor, Capability.BOARD_CONFIGURE, membership)
        rules = self._rules.get(board_id, ())
        return move_rules.allows(rules, source=column_id, target=target, is_lead=is_lead)


class _Mine:
    """The statements for one kind of actor. visible: a condition on `Project`, by user id."""

    def __init__(self, visible: Callable[[Any], Any]) -> None:
        def soonest(user_id: Any, *columns: Any) -> Any:
            query = _open_tasks(user_id, visible(user_id), *columns)
            return query.order_by(Task.due_on.asc(nulls="last"), Task.id).limit(MOST)

        def places(user_id: Any) -> Any:
            columns = (Task.id, Project.id, Project.short_name, Board.id, Column.id, Column.name)
            query = soonest(user_id, *columns, Column.meaning, Membership.role)
            return query.join_from(Project, Membership, pw.JOIN.LEFT_OUTER, on=_is_in(user_id))

        def count(user_id: Any) -> Any:
            return _open_tasks(user_id, visible(user_id), pw.fn.COUNT(Task.id))

        def boards(user_id: Any) -> Any:
            return _open_tasks(user_id, visible(user_id), Board.id)

        def done_columns(user_id: Any) -> Any:
            is_done = (Column.meaning == ColumnMeaning.DONE) & Column.board.in_(boards(user_id))
            return Column.select(Column.board, Column.id).where(is_done).order_by(Column.position)

        def rules(user_id: Any) -> Any:
            columns = (Rule.board, Rule.source, Rule.target, Rule.least_role)
            return Rule.select(*columns).where(Rule.board.in_(boards(user_id)))

        def state(user_id: Any) -> Any:
            query = Board.select(Board.id, Board.revision, Membership.role).join(Project)
            query = query.join(Membership, pw.JOIN.LEFT_OUTER, on=_is_in(user_id))
            return query.where(visible(user_id)).order_by(Board.id)

        self.state = Statement(state)
        self.places = Statement(places)
        self.count = Statement(count)
        self.done_columns = Statement(done_columns)
        self.move_rules = Statement(rules)
        self.cards = cards.Cards(lambda user_id: Task.id.in_(soonest(user_id, Task.id)))


def _open_tasks(user_id: Any, visible: Any, *columns: Any) -> Any:
    """Select from a person's tasks that are not done, in projects they may see."""
    query = Task.select(*columns).join_from(Task, TaskAssignee).join_from(Task, Column)
    query = query.join(Board).join_from(Task, Project)
    is_open = Column.meaning != ColumnMeaning.DONE
    return query.where((TaskAssignee.user == user_id) & is_open & cards.LIVE & visible)


def _is_in(user_id: Any) -> Any:
    return (Membership.project == Project.id) & (Membership.user == user_id)


def _of_member(user_id: Any) -> Any:
    return Project.id.in_(Membership.select(Membership.project).where(Membership.user == user_id))


OFFICE = _Mine(lambda _: pw.SQL("1 = 1"))
MEMBER = _Mine(_of_member)
