"""A creation asked for twice with one key is made once."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from pmo import db as pmo_db
from pmo.errors import IdempotencyMismatch
from pmo.models import Event, IdempotencyKey, Task
from pmo.services import idempotency, tasks
from pmo.services.idempotency import Asked
from tests.cast import NOW, Cast

AT_ONCE = 8


def ask(cast: Cast, key: str = "k", payload: Any = None, at: Any = NOW) -> tuple[int, bool]:
    """Ask for a task with a key."""
    column = cast.orchard.columns[0]
    return idempotency.once(
        Asked(key, f"POST /columns/{column}/tasks", payload or {"title": "Once"}),
        actor=cast.lev,
        at=at,
        create=lambda: (
            tasks.create(column, fields={"title": "Once"}, actor=cast.lev, at=NOW).task_id
        ),
    )


def made() -> int:
    return Task.select().where(Task.title == "Once").count()


def test_second_request_finds_what_the_first_made(cast: Cast) -> None:
    first, second = ask(cast), ask(cast)

    assert (first[1], second[1]) == (False, True)
    assert first[0] == second[0]
    assert (made(), Event.select().count()) == (1, 1)


def test_same_key_with_another_payload_is_refused(cast: Cast) -> None:
    ask(cast, payload={"title": "Once"})

    with pytest.raises(IdempotencyMismatch):
        ask(cast, payload={"title": "Twice"})
    assert made() == 1


def test_order_of_keys_and_spaces_do_not_make_another_payload() -> None:
    assert idempotency.fingerprint_of({"a": 1, "b": 2}) == idempotency.fingerprint_of(
        {"b": 2, "a": 1}
    )


def test_key_is_its_owners_and_its_routes(cast: Cast) -> None:
    ask(cast)

    other = idempotency.once(
        Asked("k", "POST /elsewhere", {"title": "Once"}), actor=cast.lev, at=NOW, create=lambda: 7
    )
    theirs = idempotency.once(
        Asked("k", "POST /elsewhere", {"title": "Once"}), actor=cast.mila, at=NOW, create=lambda: 8
    )

    assert (other, theirs) == ((7, False), (8, False))


def test_failure_leaves_the_key_free(cast: Cast) -> None:
    def fail() -> int:
        Task.update(title="half done").execute()
        raise RuntimeError

    asked = Asked("k", "POST /elsewhere", {})
    with pytest.raises(RuntimeError):
        idempotency.once(asked, actor=cast.lev, at=NOW, create=fail)

    again = idempotency.once(asked, actor=cast.lev, at=NOW, create=lambda: 7)
    assert again == (7, False)
    assert Task.select().where(Task.title == "half done").count() == 0


def test_key_is_forgotten_after_a_day(cast: Cast) -> None:
    ask(cast)

    _, is_replay = ask(cast, at=NOW + timedelta(hours=24, seconds=1))

    assert not is_replay
    assert IdempotencyKey.select().count() == 1


def test_many_at_once_make_one(cast: Cast) -> None:
    answers: list[tuple[int, bool]] = []
    start = threading.Barrier(AT_ONCE)

    def run() -> None:
        with pmo_db.connection():
            start.wait()
            answers.append(ask(cast))

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == AT_ONCE
    assert len({task_id for task_id, _ in answers}) == 1
    assert sorted(is_replay for _, is_replay in answers) == [False] + [True] * (AT_ONCE - 1)
    assert made() == 1
