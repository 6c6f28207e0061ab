"""Taking boards of other programs in."""

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from playhouse.test_utils import count_queries

from pmo.documents import board_reader
from pmo.errors import Forbidden, Invalid, NotFound, PmoError, WipLimitReached
from pmo.models import (
    BoardDraft,
    ChecklistItem,
    Column,
    Comment,
    Event,
    Label,
    Notification,
    Task,
    TaskAssignee,
    TaskLabel,
)
from pmo.queries import board_drafts
from pmo.queries.search import search
from pmo.services import board_imports, undo
from pmo.services.board_imports import Choices
from tests.cast import NOW, Cast
from tests.outside import CSV, TRELLO, trello

OFFICE = ZoneInfo("Europe/Moscow")


def keep(cast: Cast, data: bytes | None = None, name: str = "b.json", who: str = "lev") -> int:
    kind, content = board_reader.content_of(data or trello(), name, office=OFFICE)
    return board_imports.keep(
        cast.orchard.board, content, format=kind, name=name, actor=cast.actor(who), at=NOW
    )


def plan_of(draft: board_drafts.Draft) -> board_reader.Plan:
    return board_reader.plan_of(draft.format, draft.content)


def confirm(
    cast: Cast, draft_id: int, choices: Choices | None = None, who: str = "lev"
) -> board_imports.Imported:
    return board_imports.confirm(
        draft_id, choices or Choices(), plan_of=plan_of, actor=cast.actor(who), at=NOW
    )


def new_tasks(cast: Cast) -> list[Task]:
    return list(
        Task.select()
        .where((Task.project == cast.orchard.project) & (Task.number > 3))
        .order_by(Task.number)
    )


def test_a_board_of_trello_is_taken_in(cast: Cast) -> None:
    done = confirm(cast, keep(cast))

    made = new_tasks(cast)
    assert (done.tasks, done.columns, done.labels) == (5, 1, 1)
    names = {column.id: (column.name, column.meaning) for column in Column.select()}
    by_title = {task.title[:6]: task for task in made}
    assert names[by_title["First"].column_id][0] == "Queue"
    assert names[by_title["xxxxxx"].column_id] == ("Готово", "done")
    assert by_title["Closed"].archived_at == by_title["Of a c"].archived_at == NOW
    assert by_title["Second"].due_on == date(2025, 3, 2)
    assert by_title["First"].checklist_total == 2
    assert by_title["First"].checklist_done == 1
    assert by_title["First"].comment_count == 2
    [assigned] = TaskAssignee.select().where(TaskAssignee.task == by_title["Second"])
    assert assigned.user_id == cast.mila.user_id
    labels = TaskLabel.select(Label.name).join(Label).where(TaskLabel.task == by_title["Second"])
    assert sorted(name for (name,) in labels.tuples()) == ["", "Urgent"]
    assert ChecklistItem.select().count() == Comment.select().count() == 2


def test_the_journal_tells_every_card_and_the_whole(cast: Cast) -> None:
    confirm(cast, keep(cast))

    kinds = [event.kind for event in Event.select()]
    whole = Event.get(Event.kind == "board.imported")
    assert kinds.count("task.created") == 5
    assert kinds.count("task.archived") == 2
    assert whole.data == {"board": "b1", "format": "trello", "name": "b.json", "tasks": 5}


def test_a_table_is_taken_in(cast: Cast) -> None:
    confirm(cast, keep(cast, CSV.encode(), "b.csv"))

    assert [(task.title, task.weight) for task in new_tasks(cast)] == [
        ("Семинар", 3),
        ("=1+1", 1),
        ("Встреча", 1),
        ("Лишнее", 1),
    ]


def test_the_owner_decides(cast: Cast) -> None:
    target = str(cast.orchard.columns[2])
    choices = Choices(lists=[target, "skip", "skip"], people=[0, cast.lev.user_id, 0])

    done = confirm(cast, keep(cast), choices)

    assert done.tasks == 2
    assert {task.column_id for task in new_tasks(cast)} == {cast.orchard.columns[2]}
    assert not TaskAssignee.select().where(TaskAssignee.task.in_(new_tasks(cast))).exists()


@pytest.mark.parametrize(
    ("choices", "error"),
    [
        (Choices(lists=["skip", "skip", "skip"]), Invalid),
        (Choices(lists=["skip"]), Invalid),
        (Choices(lists=["new_nothing", "skip", "skip"]), NotFound),
        (Choices(people=[1]), Invalid),
        (Choices(people=[0, 0, 999_999]), NotFound),
        (Choices(labels=["new"]), Invalid),
        (Choices(labels=["new", "999999"]), NotFound),
        (Choices(complete=999_999), NotFound),
    ],
)
def test_choices_without_sense_are_refused(
    cast: Cast, choices: Choices, error: type[PmoError]
) -> None:
    draft_id = keep(cast)

    with pytest.raises(error):
        confirm(cast, draft_id, choices)

    assert new_tasks(cast) == []
    assert BoardDraft.select().exists()


def test_a_column_or_a_person_of_elsewhere_does_not_exist(cast: Cast) -> None:
    foreign = Choices(lists=[str(cast.harbour.columns[0]), "skip", "skip"])
    stranger = Choices(people=[cast.clea.user_id, 0, 0])
    label = Choices(labels=[str(cast.harbour.labels[0]), "new"])
    done = [
        Choices(complete=of.columns[place]) for of, place in ((cast.harbour, 3), (cast.orchard, 0))
    ]

    for choices in (foreign, stranger, label, *done):
        with pytest.raises(NotFound):
            confirm(cast, keep(cast), choices)

    assert new_tasks(cast) == []


def test_labels_and_what_is_complete_go_where_the_owner_says(cast: Cast) -> None:
    done = cast.orchard.columns[3]
    choices = Choices(labels=[str(cast.orchard.labels[0]), "skip"], complete=done)

    confirm(cast, keep(cast), choices)

    first, second = (task for task in new_tasks(cast) if task.title in {"First", "Second"})
    assert (first.column_id, second.column_id) == (done, cast.orchard.columns[0])
    assert [row.label_id for row in TaskLabel.select().where(TaskLabel.task == second)] == [
        cast.orchard.labels[0]
    ]


def test_nobody_is_told_and_the_words_are_found(cast: Cast) -> None:
    confirm(cast, keep(cast))

    assert not Notification.select().exists()
    assert [hit.kind.value for hit in search("later", cast.lev).items] == ["comment"]
    assert [hit.kind.value for hit in search("bold", cast.lev).items] == ["task"]


def test_the_whole_is_undone_at_once(cast: Cast) -> None:
    sums = Column.select(Column.id, Column.task_count, Column.task_weight)
    before = {row[0]: row[1:] for row in sums.tuples()}
    done = confirm(cast, keep(cast))

    undo.undo(done.event_id, actor=cast.lev, at=NOW)

    assert {task.archived_at for task in new_tasks(cast)} == {NOW}
    after = {row[0]: row[1:] for row in sums.tuples()}
    assert {column_id: after.pop(column_id) for column_id in before} == before
    assert set(after.values()) == {(0, 0)}


def test_statements_do_not_grow_with_cards(cast: Cast) -> None:
    def counted(cards: int) -> int:
        parts = {"cards": [], "checklists": [], "actions": []}
        for card in (str(number) for number in range(cards)):
            parts["cards"].append({"id": card, "name": card, "idList": "l1", "idMembers": ["m1"]})
            parts["checklists"].append({"idCard": card, "checkItems": [{"name": "Step"}]})
            said = {"text": "Said", "card": {"id": card}}
            parts["actions"].append({"type": "commentCard", "data": said})
        draft_id = keep(cast, json.dumps({**TRELLO, **parts}).encode())
        with count_queries() as found:
            confirm(cast, draft_id)
        return int(found.count)

    assert counted(3) == counted(100)


def test_all_or_nothing(cast: Cast) -> None:
    """The column “In progress” takes three at most."""
    lines = "title;column\n" + "".join(f"Card {number};In progress\n" for number in range(4))
    draft_id = keep(cast, lines.encode(), "b.csv")

    with pytest.raises(WipLimitReached):
        confirm(cast, draft_id)

    assert new_tasks(cast) == []
    assert not Event.select().exists()
    assert BoardDraft.select().exists()


def test_a_draft_is_taken_once(cast: Cast) -> None:
    draft_id = keep(cast)
    confirm(cast, draft_id)

    with pytest.raises(NotFound):
        confirm(cast, draft_id)


def test_a_draft_is_its_owners_and_not_for_long(cast: Cast) -> None:
    draft_id = keep(cast)

    for who, error in (("dina", NotFound), ("mila", Forbidden), ("clea", NotFound)):
        with pytest.raises(error):
            confirm(cast, draft_id, who=who)
    with pytest.raises(NotFound):
        board_drafts.draft(draft_id, cast.lev, now=NOW + timedelta(days=2))


@pytest.mark.parametrize(("who", "error"), [("mila", Forbidden), ("clea", NotFound)])
def test_others_keep_no_draft(cast: Cast, who: str, error: type[PmoError]) -> None:
    with pytest.raises(error):
        keep(cast, who=who)


def test_a_person_has_few_drafts_and_small_ones(cast: Cast) -> None:
    for _number in range(board_imports.MOST_DRAFTS + 2):
        last = keep(cast)
    assert BoardDraft.select().count() == board_imports.MOST_DRAFTS
    assert BoardDraft.select().where(BoardDraft.id == last).exists()

    with pytest.raises(Invalid):
        board_imports.keep(
            cast.orchard.board,
            {"text": "x" * (board_imports.MOST_BYTES + 1)},
            format="csv",
            name="x",
            actor=cast.lev,
            at=NOW,
        )


def test_a_draft_is_plain_json(cast: Cast) -> None:
    draft = board_drafts.draft(keep(cast), cast.lev, now=NOW)

    assert json.loads(json.dumps(draft.content)) == draft.content
