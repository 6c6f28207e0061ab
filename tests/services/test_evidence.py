"""Evidence: a link that may be followed, counted on the card."""

import pytest

from pmo.errors import InUse, Invalid, NotFound, StaleVersion, TooMany
from pmo.models import Attachment, Event, Evidence, Task
from pmo.queries import cards
from pmo.queries import evidence as queries
from pmo.services import attachments, evidence
from tests.cast import NOW

REPORT = {"title": "Report", "url": "https://example.org/r", "presentation": "отчёт", "note": "n"}


@pytest.fixture
def task(cast):
    return cast.orchard.tasks[0]


def add(cast, task, **fields):
    return evidence.add(task, {**REPORT, **fields}, actor=cast.mila, at=NOW).evidence_id


def count(task):
    return cards.card(task, today=NOW.date()).counts.evidence


def last_event():
    event = Event.select().order_by(Event.id.desc()).get()
    return event.kind, event.data


def test_a_piece_says_what_where_who_and_when(cast, task):
    piece = queries.piece(add(cast, task), cast.olga)

    assert (piece.title, piece.url, piece.presentation) == ("Report", REPORT["url"], "отчёт")
    assert (piece.added_by, piece.added_at) == ("Mila", NOW)
    assert count(task) == 1
    assert last_event() == ("task.evidence_added", {**REPORT, "file": ""})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", "https://a@b.example/"])
def test_an_address_that_is_none_is_refused(cast, task, url):
    made = add(cast, task)

    with pytest.raises(Invalid):
        add(cast, task, url=url)
    with pytest.raises(Invalid):
        evidence.edit(made, {"url": url}, expected_version=1, actor=cast.mila, at=NOW)

    assert Evidence.select().count() == count(task) == 1


def test_a_piece_is_edited_over_the_version_that_was_seen(cast, task):
    made = add(cast, task)
    evidence.edit(made, {"title": "Photos"}, expected_version=1, actor=cast.lev, at=NOW)

    with pytest.raises(StaleVersion):
        evidence.edit(made, {"title": "Film"}, expected_version=1, actor=cast.mila, at=NOW)

    changes = {"title": ["Report", "Photos"]}
    assert last_event() == ("task.evidence_edited", {"title": "Report", "changes": changes})


def test_a_removed_piece_is_counted_no_more_and_kept_in_the_journal(cast, task):
    evidence.remove(add(cast, task), actor=cast.mila, at=NOW)

    assert count(task) == 0
    assert last_event() == ("task.evidence_removed", {**REPORT, "file": ""})


def test_fifty_pieces_are_enough(cast, task):
    row = {"task": task, "added_by": cast.mila.user_id, "added_at": NOW, **REPORT}
    Evidence.insert_many([row] * 50).execute()

    with pytest.raises(TooMany):
        add(cast, task)

    assert count(task) == 0


@pytest.fixture
def attached(cast, task):
    return file_of(task, cast, "photos.zip")


def file_of(task, cast, name):
    row = {
        "task": task,
        "name": name,
        "sha256": f"{task:064x}",
        "size": 1,
        "media_type": "application/zip",
        "added_by": cast.mila.user_id,
        "added_at": NOW,
    }
    return Attachment.create(**row).id


def test_a_file_of_the_task_is_evidence_too(cast, task, attached):
    made = add(cast, task, url="", attachment_id=attached)

    piece = queries.piece(made, cast.olga)
    assert (piece.url, piece.file.id, piece.file.name) == ("", attached, "photos.zip")
    told = {**REPORT, "url": "", "file": "photos.zip"}
    assert last_event() == ("task.evidence_added", told)


def test_a_file_of_another_task_does_not_exist(cast, task):
    for other in (cast.orchard.tasks[1], cast.harbour.tasks[0]):
        with pytest.raises(NotFound):
            add(cast, task, url="", attachment_id=file_of(other, cast, "theirs.zip"))

    assert count(task) == 0


def test_evidence_is_an_address_or_a_file(cast, task, attached):
    made = add(cast, task)
    for fields in ({"url": ""}, {"attachment_id": attached}):
        with pytest.raises(Invalid):
            add(cast, task, **fields)
        with pytest.raises(Invalid):
            evidence.edit(made, fields, expected_version=1, actor=cast.mila, at=NOW)

    changes = {"url": "", "attachment_id": attached}
    evidence.edit(made, changes, expected_version=1, actor=cast.mila, at=NOW)

    told = {"url": [REPORT["url"], ""], "file": ["", "photos.zip"]}
    assert last_event() == ("task.evidence_edited", {"title": "Report", "changes": told})


def test_a_file_stays_while_it_is_evidence(cast, task, attached):
    made = add(cast, task, url="", attachment_id=attached)

    with pytest.raises(InUse):
        attachments.remove(attached, actor=cast.mila, at=NOW)

    evidence.remove(made, actor=cast.mila, at=NOW)
    Task.update(attachment_count=1).where(Task.id == task).execute()
    attachments.remove(attached, actor=cast.mila, at=NOW)
    assert Attachment.select().count() == 0
