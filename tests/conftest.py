"""What tests stand on: a migrated database of either kind, an application, its clients.

A test that asks for `db`, `app` or `client` runs on SQLite and on PostgreSQL; with the mark
`one_database` on SQLite alone: for what does not depend on the data.
"""

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from uuid import uuid4

import peewee as pw
import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql
from werkzeug.serving import make_server

from pmo import db as pmo_db
from pmo import migrations
from pmo.app import create_app
from pmo.config import Settings
from pmo.http import charts, fragments
from pmo.services import passwords
from tests.cast import Cast, assemble
from tests.stage import PostgresqlStage

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = {
    "PMO_LANGUAGE": "en",
    "PMO_SECRET_KEY": "only for tests, of no use to anybody else",
}
DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@dataclass(frozen=True, slots=True)
class Staged:
    """The database of one test; the cast is in it if the test asked for it."""

    url: str
    cast: Cast


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "one_database: does not depend on the data; SQLite only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        one = metafunc.definition.get_closest_marker("one_database")
        metafunc.parametrize("database_kind", DATABASES[:1] if one else DATABASES, indirect=True)


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """Return `sqlite` or `postgresql`: the kind of database of this test."""
    return str(request.param)


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Hash with Argon2's least: the tests are about what is done with the outcome."""
    kept = passwords.hasher
    passwords.hasher = PasswordHasher(1, 8, 1)
    yield
    passwords.hasher = kept


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file; each test gets a copy."""
    path = tmp_path_factory.mktemp("template") / "pmo.sqlite3"
    with _bound(f"sqlite:///{path}"):
        migrations.upgrade()
        with pmo_db.connection():
            pmo_db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgresql_url(worker_id: str) -> Iterator[str]:
    """Migrate one PostgreSQL database for this worker; each test finds it empty."""
    with contextlib.ExitStack() as stack:
        server = os.environ.get("PMO_TEST_POSTGRES_URL") or stack.enter_context(_own_server())
        name = f"pmo_test_{worker_id}_{os.getpid()}"
        _administer(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        url = _with_database(server, name)
        with _bound(url):
            migrations.upgrade()
        yield url
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        _administer(server, drop)


@pytest.fixture(scope="session")
def sqlite_stage(sqlite_template: Path) -> tuple[Path, Cast]:
    """Return a SQLite file with the cast in it; each test with the cast gets a copy."""
    path = sqlite_template.with_name("stage.sqlite3")
    shutil.copy(sqlite_template, path)
    with _bound(f"sqlite:///{path}"), pmo_db.connection():
        cast = assemble()
        pmo_db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path, cast


@pytest.fixture(scope="session")
def postgresql_stage(postgresql_url: str) -> tuple[PostgresqlStage, Cast]:
    """Return what brings the cast back into this worker's PostgreSQL database."""
    stage = PostgresqlStage(postgresql_url)
    stage.empty()
    with _bound(postgresql_url), pmo_db.connection():
        cast = assemble()
    stage.keep()
    return stage, cast


@pytest.fixture
def staged(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Staged:
    """Lay out a migrated database: with the cast for a test that asks for it, empty for another."""
    with_cast = "cast" in request.fixturenames
    if database_kind == "sqlite":
        template, cast = request.getfixturevalue("sqlite_stage")
        if not with_cast:
            template = request.getfixturevalue("sqlite_template")
        path = tmp_path / "pmo.sqlite3"
        shutil.copy(template, path)
        return Staged(f"sqlite:///{path}", cast)
    stage, cast = request.getfixturevalue("postgresql_stage")
    if with_cast:
        stage.restore()
    else:
        stage.empty()
    return Staged(stage.url, cast)


@pytest.fixture
def database_url(staged: Staged) -> str:
    """Return the address of a migrated database: empty, or with the cast if the test has it."""
    return staged.url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Return the settings of an office that speaks English, for assertions on texts."""
    env = {
        **ENGLISH,
        "PMO_DATA_DIR": str(tmp_path / "data"),
        "PMO_DATABASE_URL": database_url,
    }
    return Settings.from_env(env, testing=True)


@pytest.fixture
def db(database_url: str) -> Iterator[pw.Database]:
    """Bind the database and hold a connection for the test itself."""
    with _bound(database_url) as bound, pmo_db.connection():
        yield bound


@pytest.fixture(scope="session")
def made_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Make the application of this test process: that takes longer than most tests."""
    path = tmp_path_factory.mktemp("app") / "nothing.sqlite3"
    env = {**ENGLISH, "PMO_DATABASE_URL": f"sqlite:///{path}"}
    made = create_app(Settings.from_env(env, testing=True))
    made._got_first_request = True  # whatever a test would plant here, others would meet
    return made


@pytest.fixture
def app(made_app: Flask, db: pw.Database, settings: Settings) -> Flask:
    """Return the application on the test's database; the test's own connection stays open.

    Nothing can be planted in it: `fresh_app` is for that.
    """
    made_app.extensions["pmo_settings"] = settings
    pmo_db.database.initialize(db)
    fragments.forget()
    charts.forget()
    return made_app


@pytest.fixture
def fresh_app(db: pw.Database, settings: Settings) -> Flask:
    """Make an application for this test alone."""
    made = create_app(settings)
    pmo_db.database.initialize(db)
    fragments.forget()
    charts.forget()
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client whose every request has a context of its own, as in the world."""
    return app.test_client()


@pytest.fixture
def cast(staged: Staged, db: pw.Database) -> Cast:
    """Return who is on stage: people, a project with a board, and a stranger's project."""
    return staged.cast


@pytest.fixture
def live_url(app: Flask) -> Iterator[str]:
    """Serve the application on a free port, for tests with a browser."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Switch off pytest-flask's own: with it all requests of a test would share one `g`."""


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Name the test process; also without pytest-xdist."""
    given: dict[str, Any] = getattr(request.config, "workerinput", {})
    return str(given.get("workerid", "main"))


@contextlib.contextmanager
def _bound(url: str) -> Iterator[pw.Database]:
    """Bind a database for a while and close all its connections afterwards."""
    pmo_db.bind(url)
    bound = pmo_db.database.obj
    try:
        yield bound
    finally:
        pmo_db.database.initialize(bound)
        pmo_db.close()
        bound.close_all()


def _own_server() -> contextlib.AbstractContextManager[str]:
    """Start a server for this process; `make test` starts one for all."""
    specification = spec_from_file_location("postgres", ROOT / "tools" / "postgres.py")
    assert specification is not None
    assert specification.loader is not None
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    server: contextlib.AbstractContextManager[str] = module.server()
    return server


def _administer(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _with_database(url: str, name: str) -> str:
    address, _, options = url.partition("?")
    base = address.rpartition("/")[0]
    return f"{base}/{name}" + (f"?{options}" if options else "")


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Iterator[str]:
    """Return the address of a database without tables."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    url = str(request.getfixturevalue("postgresql_url"))
    name = sql.Identifier(f"empty_{uuid4().hex}")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
    mark = "&" if "?" in url else "?"
    yield f"{url}{mark}options=-csearch_path%3D{name.as_string().strip(chr(34))}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(name))


@pytest.fixture
def empty(empty_url: str) -> Iterator[pw.Database]:
    """Bind the database without tables."""
    pmo_db.bind(empty_url)
    yield pmo_db.database.obj
    pmo_db.close()
    pmo_db.database.close_all()
