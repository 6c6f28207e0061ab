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
from pmo.services import boards, imported_cards, journal, labels, task_fields, tasks
from pmo.services.imported_cards import Card

MOST_DRAFTS = 5
"""Of one person; the oldest gives way."""

MOST_BYTES = 8 * 1024 * 1024
"""Of a draft's content, as JSON."""

SKIP = "skip"
NEW = "new_"
NEW_LABEL = "new"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the owner of a draft decided; None is as guessed.

    lists: for each list of the plan the id of a column, `new_<meaning>`, or `skip`.
    people: for each person the id of a member, 0 for nobody.
    labels: for each label the id of one of the project, `new`, or `skip`.
    complete: a column that means done, for cards marked as complete; 0 for that of their list.
    """

    lists: Sequence[str] | None = None
    people: Sequence[int] | None = None
    labels: Sequence[str] | None = None
    complete: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in. event_id: the first one of the act, which can be undone."""

    board_id: int
    tasks: int
    columns: int
    labels: int
    event_id: int


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

    By the rules that hold for a card of a person's. plan_of: reads the plan of the draft. Raises
    NotFound, Forbidden, Invalid, WipLimitReached and the like.
    """
    with transaction():
        found = access.board_draft(draft_id, actor, Capability.BOARD_CONFIGURE)
        board = access.board(found.board_id, actor, Capability.TASK_EDIT)
        draft = board_drafts.draft(draft_id, actor, now=at)
        if not BoardDraft.delete().where(BoardDraft.id == draft_id).execute():
            raise NotFound(kind="board_draft")
        plan = plan_of(draft)
        known = board_drafts.surroundings(found.board_id, found.project_id)
        mapping = _Mapping.of(choices, plan, known)
        used = _used(plan, mapping.lists)
        first_number = tasks.next_number(found.project_id, len(used))  # the first of all locks
        label_ids, new_labels = _labels(plan, used, mapping.labels, known, found, actor, at)
        column_ids, new_columns = _columns(plan, mapping.lists, used, found.board_id, actor, at)
        cards = [_card(card, mapping, column_ids, label_ids, found, at) for card in used]
        event_id = imported_cards.write(
            cards, found, rules=board.rules, first_number=first_number, actor=actor, at=at
        )
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
    return Imported(found.board_id, len(used), new_columns, new_labels, event_id)


@dataclass(frozen=True, slots=True)
class _Mapping:
    """What lists, people and labels of a plan become, checked. people: id and login, or None.

    complete: the column of cards that are marked as complete; None for that of their list.
    """

    lists: list[str]
    people: list[tuple[int, str] | None]
    labels: list[str]
    complete: int | None

    @classmethod
    def of(cls, given: Choices, plan: Plan, known: board_drafts.Surroundings) -> "_Mapping":
        """Return what was chosen, else what is guessed. Raises NotFound, Invalid."""
        return cls(
            _lists(given.lists or board_drafts.guessed_lists(plan, known), plan, known),
            _people(given.people or board_drafts.guessed_people(plan, known), plan, known),
            _chosen_labels(given.labels or board_drafts.guessed_labels(plan, known), plan, known),
            _complete(given.complete, known),
        )


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


def _people(
    given: Sequence[int], plan: Plan, known: board_drafts.Surroundings
) -> list[tuple[int, str] | None]:
    if len(given) != len(plan["people"]):
        raise Invalid({"people": [_("Choose for each of them.")]})
    members = {user_id: (user_id, login) for user_id, login, _name in known.people}
    if set(given) - members.keys() - {0}:
        raise NotFound(kind="user")
    return [members.get(user_id) for user_id in given]


def _chosen_labels(given: Sequence[str], plan: Plan, known: board_drafts.Surroundings) -> list[str]:
    if len(given) != len(plan["labels"]):
        raise Invalid({"labels": [_("Choose for each of them.")]})
    if set(given) - {str(label_id) for _name, label_id in known.labels} - {SKIP, NEW_LABEL}:
        raise NotFound(kind="label")
    return list(given)


def _complete(given: int, known: board_drafts.Surroundings) -> int | None:
    if given and given not in known.done:
        raise NotFound(kind="column")
    return given or None


def _used(plan: Plan, lists: list[str]) -> list[dict[str, Any]]:
    used = [card for card in plan["cards"] if lists[card["list"]] != SKIP]
    if not used:
        raise Invalid({"lists": [_("No card would be left.")]})
    if len(used) > plans.MOST_CARDS:
        most = plans.MOST_CARDS
        raise Invalid({"lists": [Sentence(_("There may be at most {max} of them."), max=most)]})
    return used


def _labels(  # noqa: PLR0913, PLR0917 - what is wanted, what is there, who and when
    plan: Plan,
    used: list[dict[str, Any]],
    chosen: list[str],
    known: board_drafts.Surroundings,
    found: access.ProjectAccess,
    actor: Actor,
    at: datetime,
) -> tuple[dict[int, int], int]:
    """Return the ids of the plan's labels that cards use; new ones are made, each name once."""
    ids: dict[int, int] = {}
    made = 0
    there = dict(known.labels)
    for place in sorted({place for card in used for place in card["labels"]}):
        if chosen[place] == SKIP:
            continue
        if chosen[place] != NEW_LABEL:
            ids[place] = int(chosen[place])
            continue
        name, colour = plan["labels"][place]
        label_id = next((id_ for other, id_ in there.items() if plans.same(other, name)), None)
        if label_id is None:
            wanted = LabelColour(colour) if colour else LabelColour.SLATE
            label_id = labels.add(found.project_id, name=name, colour=wanted, actor=actor, at=at)
            there[name] = label_id
            made += 1
        ids[place] = label_id
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
    mapping: _Mapping,
    column_ids: Mapping[int, int],
    label_ids: Mapping[int, int],
    found: access.ProjectAccess,
    at: datetime,
) -> Card:
    column_id = mapping.complete if card["is_complete"] else None
    people = (mapping.people[place] for place in card["people"])
    fields = {name: card[name] for name in ("title", "description", "weight", "period")}
    if card["due_on"]:
        fields["due_on"] = date.fromisoformat(card["due_on"])
    return Card(
        column_id=column_id or column_ids[card["list"]],
        values=task_fields.wanted(found.project_id, fields, at=at),
        label_ids=sorted({label_ids[place] for place in card["labels"] if place in label_ids}),
        people=dict(person for person in people if person is not None),
        checklist=card["checklist"],
        comments=card["comments"],
        is_archived=card["is_archived"],
    )
