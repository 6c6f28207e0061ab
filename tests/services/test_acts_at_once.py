"""Several people act on the same cards at the same moment, on both databases."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pmo import db as pmo_db
from pmo.domain.acts import Acted
from pmo.domain.bulk import Bulk, BulkAct
from pmo.errors import Archived, Conflict, NoLongerFits, NotUndoable
from pmo.models import ChecklistItem, Event, Task
from pmo.queries import doctor
from pmo.services import archive, bulk, checklists, merges, tasks, transfers, undo
from tests.cast import NOW, Cast
from tests.files import ROOM

PEOPLE = 6


def together(work: Callable[[int], Any]) -> list[Any]:
    start = threading.Barrier(PEOPLE)

    def one(number: int) -> Any:
        with pmo_db.connection():
            start.wait()
            try:
                return work(number)
            except Conflict as refusal:
                return refusal

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


def wrong() -> list[str]:
    return [check for check, _fault, sql in doctor.COUNTS if doctor._value(sql)]


def move(cast: Cast, column: int, numbers: tuple[int, ...] = (0, 1, 2)) -> Acted:
    ids = [cast.orchard.tasks[number] for number in numbers]
    wanted = Bulk(BulkAct.MOVE, cast.orchard.columns[column])
    return bulk.bulk(cast.orchard.board, ids, wanted, actor=cast.mila, at=NOW)


def test_cards_that_many_move_at_once_stay_together(cast: Cast) -> None:
    """Each finds all of them in one place and takes all of them on; no count is lost."""

    def push(number: int) -> Acted:
        order = (0, 1, 2) if number % 2 else (2, 1, 0)
        return move(cast, 2 + number % 2, order)

    results = together(push)

    assert not [it for it in results if isinstance(it, Conflict)]
    standing = Task.select(Task.column).where(Task.project == cast.orchard.project)
    assert len(set(standing.tuples())) == 1
    assert {len(it.task_ids) for it in results} <= {0, 3}
    assert Event.select().where(Event.kind == "task.moved").count() == sum(
        len(it.task_ids) for it in results
    )
    assert wrong() == []


def test_an_act_is_taken_back_once_however_many_try(cast: Cast) -> None:
    acted = move(cast, 3)
    assert acted.event_id is not None
    event_id = acted.event_id

    results = together(lambda _number: undo.undo(event_id, actor=cast.mila, at=NOW))

    refused = [it for it in results if isinstance(it, NotUndoable | NoLongerFits)]
    assert len(refused) == PEOPLE - 1
    assert Event.select().where(Event.undoes.is_null(False)).count() == 3
    assert wrong() == []


def test_a_removed_item_is_put_back_once_however_many_try(cast: Cast) -> None:
    who: dict[str, Any] = {"actor": cast.mila, "at": NOW}
    item = checklists.add(cast.orchard.tasks[0], text="Hall", **who)
    removed = checklists.remove(item.item_id, **who).event_id or 0

    results = together(lambda _number: undo.undo(removed, **who))

    assert sum(isinstance(it, NotUndoable) for it in results) == PEOPLE - 1
    assert [it.text for it in ChecklistItem.select()] == ["Hall"]
    assert wrong() == []


def test_moving_on_and_taking_back_never_mix(cast: Cast) -> None:
    """Whoever comes first wins as a whole: the cards are all back, or all but what moved on."""
    acted = move(cast, 3)
    assert acted.event_id is not None
    event_id = acted.event_id

    def work(number: int) -> Any:
        if number == 0:
            return undo.undo(event_id, actor=cast.mila, at=NOW)
        if number == 1:
            task, column = cast.orchard.tasks[1], cast.orchard.columns[2]
            return tasks.place(task, column_id=column, actor=cast.lev, at=NOW)
        return archive.archive(cast.orchard.tasks[2], actor=cast.lev, at=NOW)

    undone, *_others = together(work)

    first = Task.get_by_id(cast.orchard.tasks[0]).column_id
    assert first == cast.orchard.columns[3 if isinstance(undone, Conflict) else 0]
    back = Event.select().where(Event.undoes.is_null(False)).count()
    assert back == (0 if isinstance(undone, Conflict) else 3)
    assert wrong() == []


def test_a_card_that_many_take_on_goes_one_way(cast: Cast) -> None:
    """Merged by some and moved to another project by others: it has one successor."""
    task, other, third = cast.orchard.tasks

    def work(number: int) -> Any:
        who = {"actor": cast.ada, "at": NOW}
        if number % 2:
            return transfers.transfer(task, column_id=cast.harbour.columns[0], room=ROOM, **who)
        return merges.merge(task, into_id=(other, third)[number // 2 % 2], **who)

    results = together(work)

    assert len([it for it in results if isinstance(it, Archived)]) == PEOPLE - 1
    assert Event.select().where(Event.kind.in_(["task.merged", "task.transferred"])).count() == 2
    assert wrong() == []


def test_what_goes_into_the_archive_is_not_moved_or_weighed_there(cast: Cast) -> None:
    task, column = cast.orchard.tasks[0], cast.orchard.columns[2]

    def work(number: int) -> Any:
        who = {"actor": cast.mila, "at": NOW}
        if number == 0:
            return archive.archive(task, **who)
        if number % 2:
            return tasks.place(task, column_id=column, **who)
        return tasks.edit(task, {"weight": number}, base_version=1, **who)

    together(work)

    assert Task.get_by_id(task).archived_at == NOW
    assert wrong() == []
