"""Taking a whole portfolio in and out, on both databases."""

import contextlib
import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import peewee as pw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import count_queries

from pmo import db as pmo_db
from pmo import demo, migrations
from pmo.blobs import Store
from pmo.documents import portfolio_file
from pmo.domain import ordering, periods
from pmo.domain.permissions import Actor
from pmo.errors import FileRefused, Forbidden, PortfolioNotEmpty
from pmo.models import ALL, Board, Column, Event, Project, Task, User
from pmo.queries import doctor
from pmo.queries import portfolio_files as queries
from pmo.services import boards, tasks
from pmo.services.portfolio_files import Imported
from tests.cast import NOW, Cast
from tests.documents.portfolios import CREATED, PATHS, event, good, junk, spoil, task


def take(content: dict[str, Any]) -> Imported:
    data = portfolio_file.dump(content, "yaml")
    return portfolio_file.import_file(data, format="yaml", actor=None, at=NOW)


def counts() -> dict[str, int]:
    return {model.__name__: model.select().count() for model in ALL}


@pytest.mark.parametrize("form", portfolio_file.FORMATS)
def test_what_came_in_goes_out_the_same_byte_for_byte(db: pw.Database, form: str) -> None:
    data = portfolio_file.dump(good(), form)
    portfolio_file.import_file(data, format=form, actor=None, at=NOW)

    assert portfolio_file.export_file(format=form, actor=None, at=NOW) == data


def test_an_export_of_the_demo_comes_back_byte_for_byte_and_is_alike_on_both_databases(
    db: pw.Database, tmp_path: Path
) -> None:
    demo.load(today=NOW.date(), at=NOW, data_dir=tmp_path, store=Store(tmp_path / "attachments"))
    exported = portfolio_file.export_file(format="yaml", actor=None, at=NOW)

    again, alone = exported_by_a_new_sqlite(exported, tmp_path), demo_on_a_new_sqlite(tmp_path)

    assert again == exported
    assert alone == exported


def test_counts_tell_what_was_taken(db: pw.Database) -> None:
    events = len(good()["journal"])

    assert take(good()) == Imported(2, 1, 1, tasks=4, events=events, files_missing=2)


def test_sums_and_ranks_of_columns_are_right(db: pw.Database) -> None:
    take(good())

    columns = {column.key: (column.task_count, column.task_weight) for column in Column.select()}
    first = Task.select(Task.number, Task.rank).join(Column).where(Column.key == "c1")
    assert columns == {"c1": (2, 6), "c3": (1, 3)}
    assert list(first.order_by(Task.rank).tuples()) == list(
        zip((2, 1), ordering.even(2), strict=True)
    )


def test_a_doctor_finds_nothing_after_an_import(db: pw.Database, tmp_path: Path) -> None:
    take(good())

    found = {
        finding.check
        for finding in doctor.findings(now=NOW, data_dir=tmp_path)
        if not finding.is_well
    }
    assert found <= {"durability"}  # the tests' own server does not wait for the disk


def test_numbers_that_were_used_are_never_used_again(db: pw.Database) -> None:
    take(good())

    assert Project.get().next_task_number == 6
    assert Board.get().next_column_number == 8


def test_versions_go_on_where_the_journal_left_them(db: pw.Database) -> None:
    take(good())

    assert dict(Task.select(Task.number, Task.version).tuples()) == {1: 1, 2: 1, 3: 1, 5: 2}


def test_derived_values_are_filled(db: pw.Database) -> None:
    take(good())

    taken = Task.get(Task.number == 2)
    assert (taken.period_text, taken.starts_on.isoformat(), taken.ends_on.isoformat()) == (
        "сентябрь – октябрь 2021 г.",
        "2021-09-01",
        "2021-10-31",
    )
    assert "школа" in Project.get().search


def test_people_have_no_password_and_nobody_known_is_changed(cast_of_one: User) -> None:
    take(good())

    known, new = User.get(User.login == "ada"), User.get(User.login == "lev")
    assert (known.name, known.password_hash) == ("Somebody else", "kept")
    assert (new.name, new.password_hash, new.is_demo) == ("Лев", "", False)


def test_a_task_without_a_history_gets_its_beginning(db: pw.Database) -> None:
    content = good()
    content["journal"] = [content["journal"][0], content["journal"][6]]
    take(content)

    events = Event.select(Event.kind, Event.task).where(Event.task.is_null(False))
    of_five = Task.get(Task.number == 5).id
    assert [kind for kind, task_id in events.order_by(Event.id).tuples() if task_id == of_five] == [
        "task.created",
        "task.moved",
    ]
    exported = queries.export(None)
    assert exported["journal"][1]["data"] == {
        "board": "b1",
        "column": "c1",
        "meaning": "queue",
        "column_name": "Бэклог",
        "weight": 3,
        "stage": "s1",
    }
    assert take_again(exported) == exported


def test_work_goes_on_after_an_import(db: pw.Database) -> None:
    take(good())
    lev = User.get(User.login == "lev")
    actor = actor_of(lev)
    column = Column.get(Column.key == "c1")

    made = tasks.create(column.id, fields={"title": "Новая"}, actor=actor, at=NOW)
    boards.add_column(
        made.board_id, plan=boards.ColumnPlan("Ещё", column.meaning), actor=actor, at=NOW
    )

    assert Task.get_by_id(made.task_id).number == 6
    assert {key for (key,) in Column.select(Column.key).tuples()} == {"c1", "c3", "c8"}


def test_an_import_is_told_in_the_journal_and_does_not_travel(db: pw.Database) -> None:
    take(good())

    kinds = {kind for (kind,) in Event.select(Event.kind).distinct().tuples()}
    assert {"portfolio.imported", "account.created"} <= kinds
    assert queries.export(None)["journal"] == good()["journal"]


def test_a_portfolio_that_is_not_empty_is_left_alone(cast: Cast) -> None:
    before = counts()

    with pytest.raises(PortfolioNotEmpty) as refused:
        take(good())

    assert refused.value.facts == {"programmes": 1, "projects": 2}
    assert counts() == before


@pytest.mark.parametrize("login", ["dina", "lev", "mila", "olga"])
def test_only_an_administrator_may_import(cast: Cast, login: str) -> None:
    with pytest.raises(Forbidden):
        portfolio_file.import_file(b"", format="yaml", actor=cast.actor(login), at=NOW)


@pytest.mark.parametrize(("login", "may"), [("ada", True), ("dina", True), ("lev", False)])
def test_the_heads_of_the_office_may_export(cast: Cast, login: str, may: bool) -> None:
    if may:
        assert portfolio_file.export_file(format="yaml", actor=cast.actor(login), at=NOW)
        assert Event.select().where(Event.kind == "portfolio.exported").count() == 1
        return
    with pytest.raises(Forbidden):
        portfolio_file.export_file(format="yaml", actor=cast.actor(login), at=NOW)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content["projects"][0]["tasks"][2].update(column="c9"),
        lambda content: content["journal"][6].update(task=77),
        lambda content: content["people"][1].update(role="boss"),
        lambda content: content["journal"][6].update(at="2099-01-01T00:00:00Z"),
        lambda content: content["projects"][0]["tasks"][0].update(
            created_at="2099-01-01T00:00:00Z"
        ),
    ],
)
def test_a_file_that_does_not_fit_changes_nothing(db: pw.Database, spoil: Any) -> None:
    content = good()
    spoil(content)

    with pytest.raises(FileRefused):
        take(content)

    assert set(counts().values()) == {0}


def test_an_accident_in_the_middle_changes_nothing(
    db: pw.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_facts: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("pmo.services.portfolio_journal.write", fail)

    with pytest.raises(OSError, match="no space"):
        take(good())

    assert set(counts().values()) == {0}


def test_a_file_that_is_too_large_is_refused(db: pw.Database) -> None:
    data = b" " * (1024 * 1024 + 1)

    with pytest.raises(FileRefused) as refused:
        portfolio_file.import_file(data, format="yaml", actor=None, at=NOW, max_mb=1)

    [fault] = refused.value.faults
    assert fault.message == "The file is larger than 1 MB (PMO_MAX_UPLOAD_MB)."


def test_an_export_needs_as_many_statements_for_many_tasks_as_for_few(db: pw.Database) -> None:
    with count_queries() as of_nothing:
        queries.export(None)
    content = good()
    content["projects"][0]["tasks"] += [task(number) for number in range(6, 300)]
    take(content)

    with count_queries() as of_many:
        queries.export(None)

    assert of_many.count == of_nothing.count


@pytest.mark.one_database
def test_eleven_thousand_tasks_are_taken_in_seconds(db: pw.Database) -> None:
    content = good()
    content["projects"][0]["tasks"] = [task(number) for number in range(1, 11_201)]
    content["journal"] = [
        event("task.created", "2021-06-15T09:00:00Z", number, **CREATED)
        for number in range(1, 11_201)
    ]
    data = portfolio_file.dump(content, "yaml")

    done = portfolio_file.import_file(data, format="yaml", actor=None, at=NOW)

    assert (done.tasks, done.events) == (11_200, 11_200)
    assert portfolio_file.export_file(format="yaml", actor=None, at=NOW) == data


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t:#'\""))
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    str.strip
)
PERIODS = st.none() | st.sampled_from(
    ["ежегодно, октябрь-февраль", "до 08.2024", "по отдельному графику", "2020-2021 учебный год"]
).map(lambda text: periods.to_dict(periods.parse(text, academic_year=2021)))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_any_texts_come_back_byte_for_byte(db: pw.Database, data: st.DataObject) -> None:
    content = good()
    project = content["projects"][0]
    project["name"], project["passport"]["goal"] = data.draw(LINE), data.draw(TEXT)
    project["passport"]["risks"] = data.draw(st.lists(TEXT, max_size=3))
    for one in project["tasks"]:
        one["title"], one["description"] = data.draw(LINE), data.draw(TEXT)
        one["period"] = data.draw(PERIODS)
        one["blocked_reason"] = data.draw(st.none() | LINE)
    content["journal"][0]["data"] = data.draw(st.dictionaries(TEXT, TEXT | st.integers(-9, 9)))
    given_bytes = portfolio_file.dump(content, "yaml")

    with pmo_db.database.atomic() as transaction:
        portfolio_file.import_file(given_bytes, format="yaml", actor=None, at=NOW)
        back = portfolio_file.export_file(format="yaml", actor=None, at=NOW)
        transaction.rollback()

    assert back == given_bytes


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_no_mutation_of_a_good_file_fails_in_the_database(
    db: pw.Database, data: st.DataObject
) -> None:
    content = good()
    for path in data.draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=2)):
        spoil(content, path, data.draw(junk()))
    file = json.dumps(content).encode()

    with pmo_db.database.atomic() as transaction:
        with contextlib.suppress(FileRefused):
            portfolio_file.import_file(file, format="json", actor=None, at=NOW)
            queries.export(None)
        transaction.rollback()

    assert set(counts().values()) == {0}


def test_two_imports_at_once_leave_one_portfolio(db: pw.Database) -> None:
    ends: list[str] = []
    start = threading.Barrier(2)

    def run() -> None:
        with pmo_db.connection():
            start.wait()
            try:
                take(good())
                ends.append("taken")
            except PortfolioNotEmpty:
                ends.append("refused")

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == ["refused", "taken"]
    assert Project.select().count() == 1


@pytest.fixture
def cast_of_one(db: pw.Database) -> User:
    """Make an administrator who is here before the file comes."""
    made: User = User.create(
        login="ada",
        name="Somebody else",
        role="administrator",
        password_hash="kept",
        created_at=NOW - timedelta(days=1),
    )
    return made


def actor_of(user: User) -> Actor:
    return Actor(user_id=user.id, login=user.login, name=user.name, role=user.role)


def take_again(content: dict[str, Any]) -> dict[str, Any]:
    """Take exported content into the same database, emptied for a moment."""
    loaded = portfolio_file.load(portfolio_file.dump(content, "json"), "json")
    assert loaded["format"] == content["format"]
    return portfolio_file.parse(portfolio_file.dump(content, "yaml"), "yaml")


def exported_by_a_new_sqlite(data: bytes, folder: Path) -> bytes:
    """Take a file into a new SQLite database and give it out again."""
    with NewSqlite(folder / "again.sqlite3"):
        portfolio_file.import_file(data, format="yaml", actor=None, at=NOW)
        return portfolio_file.export_file(format="yaml", actor=None, at=NOW)


def demo_on_a_new_sqlite(folder: Path) -> bytes:
    with NewSqlite(folder / "alone.sqlite3"):
        demo.load(today=NOW.date(), at=NOW, data_dir=folder, store=Store(folder / "attachments"))
        return portfolio_file.export_file(format="yaml", actor=None, at=NOW)


class NewSqlite:
    """A new SQLite database for a while; the test's own is bound again after it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.own = pmo_db.database.obj
        pmo_db.bind(f"sqlite:///{self.path}")
        migrations.upgrade()
        pmo_db.connect()

    def __exit__(self, *_args: object) -> None:
        pmo_db.close()
        pmo_db.database.close_all()
        pmo_db.database.initialize(self.own)
