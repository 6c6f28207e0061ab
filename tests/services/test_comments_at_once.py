"""Several people comment on one task at the same moment, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor

from pmo import db as pmo_db
from pmo.models import Board, Comment, Notification, Task
from pmo.services import comments, notifications, tasks
from tests.cast import NOW, Cast

PEOPLE = 8


def test_no_number_is_given_twice_and_none_is_lost(cast: Cast) -> None:
    task, start = cast.orchard.tasks[0], threading.Barrier(PEOPLE)
    revision = Board.get_by_id(cast.orchard.board).revision

    def say(number: int) -> None:
        with pmo_db.connection():
            start.wait()
            if number == 0:
                column = cast.orchard.columns[2]
                tasks.place(task, column_id=column, actor=cast.lev, at=NOW)
            comments.add(task, text=f"No. {number}, @lev", actor=cast.mila, at=NOW)

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(say, range(PEOPLE)))

    numbers = sorted(it.number for it in Comment.select(Comment.number))
    assert numbers == list(range(1, PEOPLE + 1))
    assert Task.get_by_id(task).comment_count == PEOPLE
    assert Notification.select().count() == PEOPLE
    assert Board.get_by_id(cast.orchard.board).revision == revision + PEOPLE + 1


def test_many_clocks_remind_once(cast: Cast) -> None:
    start = threading.Barrier(PEOPLE)
    Task.update(due_on=NOW.date()).execute()

    def remind(_number: int) -> None:
        with pmo_db.connection():
            start.wait()
            notifications.remind(NOW, NOW.date())

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(remind, range(PEOPLE)))

    assert Notification.select().count() == 1
