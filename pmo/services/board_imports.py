"""Commands on boards of other programs: keep one as a draft, take it in, forget it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmo.db import transaction
from pmo.domain import board_plans as plans
from pmo.domain.board_plans import Plan
from pmo.domain.board_templates import ColumnPlan
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning, LabelColour
from pmo.errors import Invalid, NotFound, Sentence, _
from pmo.models import BoardDraft, Column
from pmo.queries import access, board_drafts
from pmo.services import archive, boards, checklists, comments, journal, labels, tasks

MOST_DRAFTS = 5
"""Of one person; the oldest gives way."""

MOST_BYTES = 8 * 1024 * 1024
"""Of a draft's content, as JSON."""

SKIP = "skip"
NEW = "new_"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the owner of a draft decided; None is as guessed.

    lists: for each list of the plan the id of a column, `new_<meaning>`, or `skip`.
    people: for each person the id of a member, 0 for nobody.
    """

    lists: Sequence[str] | None = None
    people: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in."""

    board_id: int
    tasks: int
    columns: int
    labels: int


def check(board_id: int, actor: Actor) -> None:
    """Check before a file is even read. Raises NotFound, Forbidden."""
    access.board(board_id, actor, Capability.BOARD_CONFIGURE)


def keep(
    board_id: int, content: Mapping[str, Any], *, format: str, name: str, actor: Actor, at: datetime
) -> int:
    """Keep what was read of a file until its owner confirms; return the draft's id.

    Raises NotFound, Forbidden, Invalid (too large).
    """
    if len(json.dumps(content, ensure_ascii=False).encode()) > MOST_BYTES:
        raise Invalid({"file": [_("There is too much text in it.")]})
    with transaction():
        access.board(board_id, actor, Capability.BOARD_CONFIGURE)
        BoardDraft.delete().where(BoardDraft.created_at < at - board_drafts.KEPT).execute()
        mine = BoardDraft.select(BoardDraft.id).where(BoardDraft.owner == actor.user_id)
        spare = mine.order_by(BoardDraft.id.desc()).offset(MOST_DRAFTS - 1).limit(100)
        BoardDraft.delete().where(BoardDraft.id.in_([row.id for row in spare])).execute()
        row = BoardDraft.create(
            board=board_id,
            owner=actor.user_id,
            created_at=at,
            name=name,
            format=format,
            content=content,
        )
    return int(row.id)


def forget(draft_id: int, *, actor: Actor) -> int:
    """Remove a draft of one's own; return its board's id. Raises NotFound, Forbidden."""
    with transaction():
        found = access.board_draft(draft_id, actor, Capability.BOARD_CONFIGURE)
        BoardDraft.delete().where(BoardDraft.id == draft_id).execute()
    return found.board_id


def confirm(
    draft_id: int,
    choices: Choices,
    *,
    plan_of: Callable[[board_drafts.Draft], Plan],
    actor: Actor,
    at: datetime,
) -> Imported:
    """Take a draft into its board, all or nothing; the draft is gone then.

    Every card is made as a person would make it, by the same rules. plan_of: reads the plan of
    the draft. Raises NotFound, Forbidden, Invalid, WipLimitReached and the like.
    """
    with transaction():
        found = access.board_draft(draft_id, actor, Capability.BOARD_CONFIGURE)
        draft = board_drafts.draft(draft_id, actor, now=at)
        if not BoardDraft.delete().where(BoardDraft.id == draft_id).execute():
            raise NotFound(kind="board_draft")
        plan = plan_of(draft)
        known = board_drafts.surroundings(found.board_id, found.project_id)
        lists = _lists(choices.lists or board_drafts.guessed_lists(plan, known), plan, known)
        people = _people(choices.people or board_drafts.guessed_people(plan, known), plan, known)
        used = _used(plan, lists)
        label_ids, new_labels = _labels(plan, used, known, found.project_id, actor, at)
        column_ids, new_columns = _columns(plan, lists, used, found.board_id, actor, at)
        for card in used:
            _card(card, column_ids[card["list"]], label_ids, people, actor, at)
        journal.append(
            "board.imported",
            actor=actor,
            at=at,
            project_id=found.project_id,
            data={
                "board": found.board_key,
                "format": draft.format,
                "name": draft.name,
                "tasks": len(used),
            },
        )
    return Imported(found.board_id, len(used), new_columns, new_labels)


def _lists(given: Sequence[str], plan: Plan, known: board_drafts.Surroundings) -> list[str]:
    """Check the choices of lists; a column of another board does not exist."""
    if len(given) != len(plan["lists"]):
        raise Invalid({"lists": [_("Choose for each of them.")]})
    columns = {str(column_id) for column_id, _name in known.columns}
    new = {NEW + meaning.value for meaning in ColumnMeaning}
    for choice in given:
        if choice != SKIP and choice not in new and choice not in columns:
            raise NotFound(kind="column")
    return list(given)


def _people(given: Sequence[int], plan: Plan, known: board_drafts.Surroundings) -> list[int]:
    if len(given) != len(plan["people"]):
        raise Invalid({"people": [_("Choose for each of them.")]})
    members = {user_id for user_id, _login, _name in known.people}
    if set(given) - members - {0}:
        raise NotFound(kind="user")
    return list(given)


def _used(plan: Plan, lists: list[str]) -> list[dict[str, Any]]:
    used = [card for card in plan["cards"] if lists[card["list"]] != SKIP]
    if not used:
        raise Invalid({"lists": [_("No card would be left.")]})
    if len(used) > plans.MOST_CARDS:
        most = plans.MOST_CARDS
        raise Invalid({"lists": [Sentence(_("There may be at most {max} of them."), max=most)]})
    return used


def _labels(  # noqa: PLR0917 - what is wanted, what is there, who and when
    plan: Plan,
    used: list[dict[str, Any]],
    known: board_drafts.Surroundings,
    project_id: int,
    actor: Actor,
    at: datetime,
) -> tuple[dict[int, int], int]:
    """Return the ids of the plan's labels that cards use; those that are not there are made."""
    ids: dict[int, int] = {}
    made = 0
    there = dict(known.labels)
    for place in sorted({place for card in used for place in card["labels"]}):
        name, colour = plan["labels"][place]
        found = next((id_ for other, id_ in there.items() if plans.same(other, name)), None)
        if found is None:
            wanted = LabelColour(colour) if colour else LabelColour.SLATE
            found = labels.add(project_id, name=name, colour=wanted, actor=actor, at=at)
            there[name] = found
            made += 1
        ids[place] = found
    return ids, made


def _columns(  # noqa: PLR0917
    plan: Plan,
    lists: list[str],
    used: list[dict[str, Any]],
    board_id: int,
    actor: Actor,
    at: datetime,
) -> tuple[dict[int, int], int]:
    """Return the columns of the lists that cards use; new ones come at the right end."""
    ids: dict[int, int] = {}
    made = 0
    for place in sorted({card["list"] for card in used}):
        choice = lists[place]
        if choice.startswith(NEW):
            meaning = ColumnMeaning(choice.removeprefix(NEW))
            name = plan["lists"][place] or meaning.value
            column = ColumnPlan(name, meaning)
            added = boards.add_column(board_id, plan=column, actor=actor, at=at)
            ids[place] = added.column_id or _last(board_id)
            made += 1
        else:
            ids[place] = int(choice)
    return ids, made


def _last(board_id: int) -> int:
    query = Column.select(Column.id).where(Column.board == board_id)
    return int(query.order_by(Column.position.desc()).limit(1).scalar())


def _card(  # noqa: PLR0917
    card: dict[str, Any],
    column_id: int,
    label_ids: Mapping[int, int],
    people: Sequence[int],
    actor: Actor,
    at: datetime,
) -> None:
    fields = {
        "title": card["title"],
        "description": card["description"],
        "weight": card["weight"],
        "due_on": date.fromisoformat(card["due_on"]) if card["due_on"] else None,
        "label_ids": sorted({label_ids[place] for place in card["labels"]}),
        "assignee_ids": sorted({people[place] for place in card["people"]} - {0}),
        **({"period": card["period"]} if card["period"] else {}),
    }
    made = tasks.create(column_id, fields=fields, confirmed=True, actor=actor, at=at)
    for text, is_done in card["checklist"]:
        item = checklists.add(made.task_id, text=text, actor=actor, at=at)
        if is_done:
            done = {"is_done": True}
            checklists.edit(item.item_id, done, expected_version=None, actor=actor, at=at)
    for text in card["comments"]:
        comments.add(made.task_id, text=text, actor=actor, at=at)
    if card["is_archived"]:
        archive.archive(made.task_id, actor=actor, at=at)
