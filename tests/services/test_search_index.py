"""The index follows every act: whatever is done, it is what a rebuild would make."""

import contextlib
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import peewee as pw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import count_queries

from pmo.blobs import Store
from pmo.db import database, is_postgresql, transaction
from pmo.domain.search_kinds import SearchKind
from pmo.errors import AlreadyTaken, Conflict, PmoError
from pmo.models import Attachment, ChecklistItem, Comment, SearchEntry, Task
from pmo.queries.search import search
from pmo.services import (
    attachments,
    checklists,
    comments,
    evidence,
    passports,
    projects,
    search_index,
    tasks,
)
from pmo.services.attachments import Upload
from tests.cast import NOW, Cast
from tests.files import ROOM

TEXTS = st.text(alphabet="абвгё АБВ-1", max_size=12).map(str.strip)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), TEXTS),
        st.tuples(st.just("title"), TEXTS),
        st.tuples(st.just("description"), TEXTS),
        st.tuples(st.just("responsible"), TEXTS),
        st.tuples(st.just("weight"), st.integers(0, 9)),
        st.tuples(st.just("place"), st.integers(0, 3)),
        st.tuples(st.just("code"), st.sampled_from(["АБ", "ВГ", "Ш1"])),
        st.tuples(st.just("name"), TEXTS),
        st.tuples(st.just("goal"), TEXTS),
        st.tuples(st.just("risks"), TEXTS),
        st.tuples(st.just("propose"), st.sampled_from(["ЭЭ", "ЮЮ"])),
        st.tuples(st.just("comment"), TEXTS),
        st.tuples(st.just("reword"), TEXTS),
        st.tuples(st.just("retract"), st.none()),
        st.tuples(st.just("attach"), TEXTS),
        st.tuples(st.just("detach"), st.none()),
        st.tuples(st.just("item"), TEXTS),
        st.tuples(st.just("reword item"), TEXTS),
        st.tuples(st.just("convert item"), st.none()),
        st.tuples(st.just("remove item"), st.none()),
        st.tuples(st.just("prove"), TEXTS),
        st.tuples(st.just("undone"), TEXTS),
    ),
    max_size=12,
)


def content() -> tuple[list[Any], list[Any]]:
    """Return everything that the index holds, word by word."""
    entries = sorted(SearchEntry.select().tuples())
    if is_postgresql():
        return entries, sorted(database.execute_sql("SELECT id, words::text FROM search_index"))
    database.execute_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words"
        " USING fts5vocab(main, search_index, instance)"
    )
    found = database.execute_sql("SELECT doc, col, term, offset FROM temp.words")
    return entries, sorted(found)


def do(cast: Cast, act: str, value: Any) -> None:
    """Do one thing to “Orchard”, as Lev."""
    who: dict[str, Any] = {"actor": cast.lev, "at": NOW}
    DOING.get(act, _edit)(cast, act, value, who)


def _create(cast: Cast, _act: str, value: str, who: dict[str, Any]) -> None:
    tasks.create(cast.orchard.columns[0], fields={"title": value or "x"}, **who)


def _edit(cast: Cast, act: str, value: Any, who: dict[str, Any]) -> None:
    task = cast.orchard.tasks[0]
    changes = {act: (value or "x") if act == "title" else value}
    tasks.edit(task, changes, base_version=version(task), **who)


def _place(cast: Cast, _act: str, value: int, who: dict[str, Any]) -> None:
    tasks.place(cast.orchard.tasks[0], column_id=cast.orchard.columns[value], **who)


def _head(cast: Cast, act: str, value: str, who: dict[str, Any]) -> None:
    projects.edit(cast.orchard.project, {act: value or "x"}, expected_version=None, **who)


def _passport(cast: Cast, act: str, value: str, who: dict[str, Any]) -> None:
    values = {act: [value] if act == "risks" else value}
    passports.edit(cast.orchard.project, values, expected_version=None, **who)


def _propose(_cast: Cast, _act: str, value: str, who: dict[str, Any]) -> None:
    with contextlib.suppress(AlreadyTaken):
        projects.propose(projects.Proposal(code=value, name="Новый"), **who)


def _comment(cast: Cast, _act: str, value: str, who: dict[str, Any]) -> None:
    comments.add(cast.orchard.tasks[0], text=value or "x", **who)


def _change_comment(_cast: Cast, act: str, value: str, who: dict[str, Any]) -> None:
    last = Comment.select().where(Comment.removed_at.is_null()).order_by(Comment.id).first()
    if last is not None and act == "reword":
        comments.edit(last.id, text=value or "x", expected_version=None, **who)
    elif last is not None:
        comments.remove(last.id, **who)
        if value:
            comments.restore(last.id, **who)


def _attach(cast: Cast, _act: str, value: str, who: dict[str, Any]) -> None:
    upload = Upload(f"{value or 'x'}.bin", BytesIO(value.encode() or b"x"))
    with TemporaryDirectory() as folder, contextlib.suppress(PmoError):
        store = Store(Path(folder))
        attachments.attach(cast.orchard.tasks[0], [upload], store=store, room=ROOM, **who)


def _detach(_cast: Cast, _act: str, _value: None, who: dict[str, Any]) -> None:
    last = Attachment.select().order_by(Attachment.id.desc()).first()
    if last is not None:
        attachments.remove(last.id, **who)


def _item(cast: Cast, act: str, value: str, who: dict[str, Any]) -> None:
    task = cast.orchard.tasks[0]
    last = ChecklistItem.select().where(ChecklistItem.task == task).first()
    with contextlib.suppress(Conflict):
        if act == "item":
            checklists.add(task, text=value or "x", **who)
        elif last and act == "reword item":
            checklists.edit(last.id, {"text": value or "x"}, expected_version=None, **who)
        elif last and act == "convert item":
            checklists.convert(last.id, **who)
        elif last:
            checklists.remove(last.id, **who)


def _prove(cast: Cast, _act: str, value: str, who: dict[str, Any]) -> None:
    fields = {"title": value or "x", "url": "https://example.org"}
    evidence.add(cast.orchard.tasks[0], fields, **who)


def _undone(cast: Cast, _act: str, value: str, _who: dict[str, Any]) -> None:
    with contextlib.suppress(ZeroDivisionError), transaction():
        do(cast, "title", value)
        raise ZeroDivisionError


DOING = {
    "create": _create,
    "place": _place,
    "code": _head,
    "name": _head,
    "goal": _passport,
    "risks": _passport,
    "propose": _propose,
    "comment": _comment,
    "reword": _change_comment,
    "retract": _change_comment,
    "attach": _attach,
    "detach": _detach,
    "item": _item,
    "reword item": _item,
    "convert item": _item,
    "remove item": _item,
    "prove": _prove,
    "undone": _undone,
}


def version(task_id: int) -> int:
    return int(Task.get_by_id(task_id).version)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS)
def test_after_any_acts_the_index_is_what_a_rebuild_makes(cast: Cast, acts: Any) -> None:
    with database.atomic() as outer:
        for act, value in acts:
            do(cast, act, value)
        followed = content()
        search_index.rebuild()
        rebuilt = content()
        outer.rollback()

    assert followed == rebuilt


def test_what_the_acts_change_is_found_at_once(cast: Cast) -> None:
    for act, value in (("title", "Смета"), ("goal", "Смета и план"), ("name", "Смета года")):
        do(cast, act, value)

    kinds = [hit.kind.value for hit in search("сметы", cast.lev).items]

    assert sorted(kinds) == ["passport", "project", "task"]


def test_a_new_code_of_a_project_is_in_the_numbers_of_its_cards(cast: Cast) -> None:
    do(cast, "code", "ЦЦ")

    assert search("ЦЦ-2", cast.lev).items[0].task_id == cast.orchard.tasks[1]
    assert search("ШШ-2 ", cast.lev).total == 0


def test_a_comment_that_was_removed_is_not_found_any_more(cast: Cast) -> None:
    do(cast, "comment", "Смета готова")
    do(cast, "reword", "Сметы ещё нет")
    [hit] = search("сметы нет", cast.olga).items
    do(cast, "retract", None)

    assert (hit.kind, hit.task_id) == (SearchKind.COMMENT, cast.orchard.tasks[0])
    assert search("сметы", cast.olga).total == 0


def test_a_file_is_found_by_its_name_while_it_is_there(cast: Cast) -> None:
    do(cast, "attach", "Смета на год")
    [hit] = search("сметы", cast.olga).items
    do(cast, "detach", None)

    assert (hit.kind, hit.task_id) == (SearchKind.ATTACHMENT, cast.orchard.tasks[0])
    assert [piece.text for piece in hit.name if piece.is_match] == ["Смета"]
    assert search("сметы", cast.olga).total == 0


def test_checklist_and_evidence_are_texts_of_their_card(cast: Cast) -> None:
    do(cast, "item", "Смета проверена")
    do(cast, "prove", "Протокол совещания")

    for asked in ("сметы проверены", "протоколы смета"):
        assert [hit.task_id for hit in search(asked, cast.olga).items] == [cast.orchard.tasks[0]]


def test_a_move_asks_the_index_nothing(cast: Cast) -> None:
    statements = []
    usual = database.obj.execute_sql

    def listen(sql: str, *args: Any, **kwargs: Any) -> Any:
        statements.append(sql)
        return usual(sql, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database.obj, "execute_sql", listen)
        do(cast, "place", 2)
        do(cast, "weight", 7)

    assert [sql for sql in statements if "search" in sql] == []


def test_a_bulk_of_things_takes_few_statements(cast: Cast) -> None:
    for number in range(30):
        do(cast, "create", f"Карточка {number}")

    with count_queries() as counted:
        search_index.rebuild()

    assert counted.count < 25


def test_what_is_gone_from_the_tables_leaves_the_index(cast: Cast, db: pw.Database) -> None:
    search_index.remove(SearchKind.TASK, [cast.orchard.tasks[0]])
    search_index.put(SearchKind.TASK, [10_000])

    assert search("ШШ-1 ", cast.lev).total == 0
    assert SearchEntry.select().count() == 9
