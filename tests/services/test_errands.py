"""Errands: sent when all is safe, never in the way of who sends them."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import peewee as pw
import pytest

from pmo import db as pmo_db
from pmo.services import errands

Sent = list[tuple[str, dict[str, Any]]]

pytestmark = pytest.mark.one_database


def count(*, number: int) -> None:
    raise RuntimeError(number)


@pytest.fixture
def sent() -> Iterator[Sent]:
    """Carry errands into a list."""
    list_of_them: Sent = []
    errands.carry_by(lambda name, facts: list_of_them.append((name, facts)))
    yield list_of_them
    errands.carry_by(None)


def test_an_errand_is_sent_after_the_commit_and_not_before(db: pw.Database, sent: Sent) -> None:
    with pmo_db.transaction():
        errands.send(count, number=1)
        before = list(sent)

    assert (before, sent) == ([], [("test_errands.count", {"number": 1})])


def test_of_what_is_undone_nothing_is_sent(db: pw.Database, sent: Sent) -> None:
    with suppress(LookupError), pmo_db.transaction():
        errands.send(count, number=1)
        raise LookupError

    assert sent == []


def test_whoever_sends_meets_no_fault_of_it(
    db: pw.Database, caplog: pytest.LogCaptureFixture
) -> None:
    errands.send(count, number=1)  # done at once: nobody carries it

    assert [record.message for record in caplog.records] == [
        "errand not sent name=test_errands.count"
    ]


def test_a_fault_after_the_commit_is_logged_and_keeps_nothing_else_from_following(
    db: pw.Database, sent: Sent, caplog: pytest.LogCaptureFixture
) -> None:
    with pmo_db.transaction():
        pmo_db.after_commit(lambda: count(number=7))
        errands.send(count, number=1)

    assert len(sent) == 1
    assert [record.message for record in caplog.records] == ["failed after the commit"]
