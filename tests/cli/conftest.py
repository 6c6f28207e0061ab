"""Running the `pmo` command as its users do, within the test's process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pmo import db as pmo_db
from pmo.cli import program

Run = Callable[..., Result]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> Path:
    """Set the environment of an office with a migrated, empty database; return its data folder."""
    data = tmp_path / "data"
    monkeypatch.setenv("PMO_DATA_DIR", str(data))
    monkeypatch.setenv("PMO_DATABASE_URL", database_url)
    monkeypatch.setenv("PMO_LANGUAGE", "en")
    return data


@pytest.fixture
def pmo(office: Path) -> Iterator[Run]:
    """Return the command: arguments in, result out."""

    def run(*arguments: object, **options: object) -> Result:
        _let_go()
        given = [str(argument) for argument in arguments]
        return CliRunner().invoke(program, given, **options)  # type: ignore[arg-type]

    yield run
    _let_go()


def _let_go() -> None:
    """Close what the test itself has opened: the command binds a database of its own."""
    if pmo_db.database.obj is not None:
        pmo_db.close()
        pmo_db.database.close_all()
