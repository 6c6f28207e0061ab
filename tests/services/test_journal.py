"""Appending to the journal."""

import re
from pathlib import Path

import peewee as pw
import pytest

from pmo import services
from pmo.db import database, transaction
from pmo.domain import event_kinds
from pmo.models import Event
from pmo.services import journal
from tests.cast import NOW, Cast


def test_an_event_keeps_what_it_was_given(cast: Cast) -> None:
    with transaction():
        event_id = journal.append(
            "project.edited",
            actor=cast.lev,
            at=NOW,
            project_id=cast.orchard.project,
            data={"changes": {"name": ["Сад", "Orchard"]}},
        )

    event = Event.get_by_id(event_id)
    assert (event.at, event.actor.login, event.project.code) == (NOW, "lev", "ШШ")
    assert event.data == {"changes": {"name": ["Сад", "Orchard"]}}


def test_an_event_outside_a_transaction_is_refused(db: pw.Database) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        journal.append("portfolio.exported", actor=None, at=NOW, data={})


def test_an_event_of_an_unknown_kind_is_refused(db: pw.Database) -> None:
    with transaction(), pytest.raises(ValueError, match="no kind of event"):
        journal.append("task.exploded", actor=None, at=NOW, data={})


def test_an_event_falls_with_its_change(db: pw.Database) -> None:
    with transaction() as _, database.atomic() as change:
        journal.append("portfolio.exported", actor=None, at=NOW, data={})
        change.rollback()

    assert Event.select().count() == 0


def test_every_kind_that_services_name_is_in_the_closed_list() -> None:
    folder = Path(services.__file__).parent
    named = set()
    for path in folder.glob("*.py"):
        nouns = {kind.partition(".")[0] for kind in event_kinds.ALL}
        pattern = rf'"((?:{"|".join(nouns)})\.[a-z_]+)"'
        named |= set(re.findall(pattern, path.read_text(encoding="utf-8")))

    assert named <= event_kinds.ALL
