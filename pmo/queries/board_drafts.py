"""Drafts of boards from outside, and what stands around them: columns, people, labels."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pmo.db import rows
from pmo.domain import board_plans as plans
from pmo.domain.board_plans import Plan
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning
from pmo.errors import NotFound
from pmo.models import BoardDraft, Column, Label, Membership, User
from pmo.queries import access

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is kept."""

    id: int
    board_id: int
    project_id: int
    name: str
    format: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lists, people and labels can become. columns: id, name. people: id, login, name.

    done: ids of columns that mean done.
    """

    columns: tuple[tuple[int, str], ...]
    people: tuple[tuple[int, str, str], ...]
    labels: tuple[tuple[str, int], ...]
    done: tuple[int, ...]


def draft(draft_id: int, actor: Actor, *, now: datetime) -> Draft:
    """Return a draft of one's own. Raises NotFound (also when it has expired), Forbidden."""
    found = access.board_draft(draft_id, actor, Capability.BOARD_CONFIGURE)
    row = BoardDraft.get_or_none(BoardDraft.id == draft_id)
    if row is None or row.created_at < now - KEPT:
        raise NotFound(kind="board_draft")
    return Draft(row.id, found.board_id, found.project_id, row.name, row.format, row.content)


def surroundings(board_id: int, project_id: int) -> Surroundings:
    """Return what is there already; three statements. The caller has checked the actor."""
    columns = Column.select(Column.id, Column.name, Column.meaning).where(Column.board == board_id)
    people = User.select(User.id, User.login, User.name).join(Membership)
    people = people.where((Membership.project == project_id) & User.is_active)
    labels = Label.select(Label.name, Label.id).where(Label.project == project_id)
    there = rows(columns.order_by(Column.position, Column.id))
    return Surroundings(
        tuple((column_id, name) for column_id, name, _meaning in there),
        tuple(rows(people.order_by(User.name, User.id))),
        tuple(rows(labels.order_by(Label.name))),
        tuple(it for it, _name, meaning in there if meaning is ColumnMeaning.DONE),
    )


def guessed_lists(plan: Plan, known: Surroundings) -> list[str]:
    """Return for each list the column of its name, else a new one of the meaning it seems to have.

    Cards without any list go to the first column, and so do those of a closed list, which all
    go to the archive.
    """
    found: list[str] = []
    for place, name in enumerate(plan["lists"]):
        is_needless = not name or place in plan["closed"]
        first = str(known.columns[0][0]) if known.columns and is_needless else None
        same = (str(id_) for id_, column in known.columns if plans.same(column, name))
        found.append(next(same, None) or first or f"new_{plans.meaning_of(name).value}")
    return found


def guessed_labels(plan: Plan, known: Surroundings) -> list[str]:
    """Return for each label the one of its name, else `new`."""
    return [
        next((str(id_) for other, id_ in known.labels if plans.same(other, name)), "new")
        for name, _colour in plan["labels"]
    ]


def guessed_people(plan: Plan, known: Surroundings) -> list[int]:
    """Return for each person the member of that login or name, 0 for nobody."""
    found: list[int] = []
    for name, login in plan["people"]:
        fits = (
            user_id
            for user_id, known_login, known_name in known.people
            if known_login in {login.lower(), name.lower()} or plans.same(known_name, name)
        )
        found.append(next(fits, 0))
    return found
