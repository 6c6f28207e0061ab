"""The search index follows the journal; whatever it holds can be made anew from the tables.

Called by reactions alone, inside the transaction of an event, and by `pmo search rebuild`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import peewee as pw

from pmo.db import database, rows, take_turns, transaction
from pmo.domain.happenings import Happening
from pmo.domain.search_kinds import SearchKind, entry_id
from pmo.domain.search_words import VERSION
from pmo.models import Attachment, Comment, SearchEntry, SearchState, Task
from pmo.queries import search_engine
from pmo.queries.search_sources import SOURCES, Document

BATCH = 500
"""Entries of one INSERT."""

TURN = 0x736561
"""Key of the lock that lets one rebuild go on at a time."""

TASK_FIELDS = frozenset({"title", "description", "expected_result", "responsible", "plan_number"})
"""Of a task's edit, those whose texts are in the index."""

PROJECT_FIELDS = frozenset({"code", "name", "short_name"})


def put(kind: SearchKind, ids: Sequence[int]) -> None:
    """Write things of a kind into the index as they are now; what is gone leaves it."""
    for batch in pw.chunked(ids, BATCH):
        found = list(SOURCES[kind].documents(batch))
        _write(found)
        there = {document.object_id for document in found}
        remove(kind, [one for one in batch if one not in there])


def remove(kind: SearchKind, ids: Sequence[int]) -> None:
    """Take things of a kind out of the index."""
    gone = [entry_id(kind, one) for one in ids]
    if gone:
        search_engine.remove(gone)
        SearchEntry.delete().where(SearchEntry.id.in_(gone)).execute()


def rebuild() -> int:
    """Make the whole index anew; return how many entries it has."""
    with transaction():
        take_turns(TURN)
        search_engine.clear()
        SearchEntry.delete().execute()
        count = sum(_write_all(kind) for kind in SOURCES)
        search_engine.tidy()
        SearchState.delete().execute()
        SearchState.create(id=1, version=VERSION)
    return count


def refresh() -> int | None:
    """Make the index anew if it was never built, or by other rules; None if there is no need."""
    return None if SearchState.select(SearchState.version).scalar() == VERSION else rebuild()


def _write_all(kind: SearchKind) -> int:
    count = 0
    for batch in _batches(kind):
        found = list(SOURCES[kind].documents(batch))
        _write(found)
        count += len(found)
    return count


def _batches(kind: SearchKind) -> Iterator[list[int]]:
    """Yield the numbers of all things of a kind, some at a time."""
    source, last = SOURCES[kind], 0
    while True:
        query = source.numbers().where(source.key > last).order_by(source.key).limit(BATCH)
        if not (ids := [one for (one,) in rows(query)]):
            return
        yield ids
        last = ids[-1]


def _write(documents: Sequence[Document]) -> None:
    if not documents:
        return
    values = [
        (it.entry_id, it.kind.value, it.object_id, it.project_id, it.task_id) for it in documents
    ]
    marks = ", ".join([f"({', '.join([database.param] * 5)})"] * len(values))
    sql = f"INSERT INTO search_entries (id, kind, object_id, project_id, task_id) VALUES {marks}"  # noqa: S608
    sql += " ON CONFLICT (id) DO UPDATE SET project_id = excluded.project_id"
    sql += ", task_id = excluded.task_id"
    database.execute_sql(sql, [value for row in values for value in row])
    search_engine.put(documents)


def follow(happenings: Sequence[Happening]) -> None:
    """Write anew what events have changed: all of one kind at once."""
    if any(happening.kind == "portfolio.imported" for happening in happenings):
        rebuild()
        return
    touched: dict[SearchKind, dict[int, None]] = defaultdict(dict)
    for happening in happenings:
        for kind, object_id in TOUCHED.get(happening.kind, _nothing)(happening):
            touched[kind][object_id] = None
    talked = [it.task_id for it in happenings if _brings_comments(it)]
    if talked:
        said = rows(Comment.select(Comment.id).where(Comment.task.in_(talked)))
        touched[SearchKind.COMMENT] |= {comment_id: None for (comment_id,) in said}
    for kind, ids in touched.items():
        put(kind, list(ids))


def _brings_comments(happening: Happening) -> bool:
    return happening.kind == "task.created" and "comments" in happening.data


# What an event may have changed. Every event of a task has one, every event of a project too.

Things = Iterator[tuple[SearchKind, Any]]


def _nothing(_happening: Happening) -> Things:
    yield from ()


def _task(happening: Happening) -> Things:
    yield SearchKind.TASK, happening.task_id


def _edited_task(happening: Happening) -> Things:
    if TASK_FIELDS & happening.data["changes"].keys():
        yield from _task(happening)


def _proposed(happening: Happening) -> Things:
    yield SearchKind.PROJECT, happening.project_id
    yield SearchKind.PASSPORT, happening.project_id


def _edited_project(happening: Happening) -> Things:
    changed = happening.data["changes"].keys()
    if PROJECT_FIELDS & changed:
        yield SearchKind.PROJECT, happening.project_id
    if "code" in changed:  # every card's number begins with it
        query = Task.select(Task.id).where(Task.project == happening.project_id)
        yield from ((SearchKind.TASK, task_id) for (task_id,) in rows(query))


def _passport(happening: Happening) -> Things:
    yield SearchKind.PASSPORT, happening.project_id


def _comment(happening: Happening) -> Things:
    yield from _comments(happening, Comment.number == happening.data["comment"])


def _comments(happening: Happening, *which: Any) -> Things:
    query = Comment.select(Comment.id).where(Comment.task == happening.task_id, *which)
    yield from ((SearchKind.COMMENT, comment_id) for (comment_id,) in rows(query))


def _attachments(happening: Happening) -> Things:
    """Look at all files of the task: the event of one that is gone does not tell its number."""
    yield from _kept(happening, SearchKind.ATTACHMENT)
    there = Attachment.select(Attachment.id).where(Attachment.task == happening.task_id)
    yield from ((SearchKind.ATTACHMENT, one) for (one,) in rows(there))


def _kept(happening: Happening, kind: SearchKind) -> Things:
    """Yield what the index holds of a task, though it may be gone."""
    kept = SearchEntry.select(SearchEntry.object_id)
    kept = kept.where((SearchEntry.task == happening.task_id) & (SearchEntry.kind == kind))
    yield from ((kind, one) for (one,) in rows(kept))


def _came(happening: Happening) -> Things:
    """Look at all that hangs on a task: another one's came to it, or went."""
    yield from _task(happening)
    yield from _attachments(happening)
    yield from _kept(happening, SearchKind.COMMENT)
    yield from _comments(happening)


TOUCHED: Mapping[str, Callable[[Happening], Things]] = {
    "attachment.added": _attachments,
    "attachment.removed": _attachments,
    "comment.added": _comment,
    "comment.edited": _comment,
    "comment.removed": _comment,
    "project.edited": _edited_project,
    "project.passport_edited": _passport,
    "project.proposed": _proposed,
    "task.checklist_added": _task,
    "task.checklist_converted": _task,
    "task.checklist_edited": _task,
    "task.checklist_removed": _task,
    "task.created": _task,
    "task.edited": _edited_task,
    "task.evidence_added": _task,
    "task.evidence_edited": _task,
    "task.evidence_removed": _task,
    "task.merged": _came,
    "task.parted": _came,
    "task.transferred": _came,
}
"""By kind of event."""
