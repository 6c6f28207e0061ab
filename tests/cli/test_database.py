"""`pmo db`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pmo import migrations

Run = Callable[..., Result]

NAMES = sorted(path.stem for path in migrations.DIRECTORY.glob("0*.py"))


@pytest.fixture
def new_office(monkeypatch: pytest.MonkeyPatch, office: Path, tmp_path: Path) -> None:
    """Point the office to a database without tables."""
    monkeypatch.setenv("PMO_DATABASE_URL", f"sqlite:///{tmp_path}/new.sqlite3")


@pytest.mark.one_database
def test_upgrade_applies_what_is_pending(pmo: Run, new_office: None) -> None:
    before, done, again, after = (
        pmo("db", "status"),
        pmo("db", "upgrade"),
        pmo("db", "upgrade"),
        pmo("db", "status"),
    )

    assert (before.exit_code, before.stdout) == (1, "".join(f"[ ] {name}\n" for name in NAMES))
    assert (done.exit_code, done.stdout) == (0, "".join(f"Applied: {name}\n" for name in NAMES))
    assert (again.exit_code, again.stdout) == (0, "")
    assert after.exit_code == 0
    assert after.stdout.startswith("[x] 0001_initial  20")


@pytest.mark.one_database
def test_the_database_and_its_folder_are_their_owners_alone(
    pmo: Run, monkeypatch: pytest.MonkeyPatch, office: Path
) -> None:
    folder = office.parent / "private"
    monkeypatch.setenv("PMO_DATA_DIR", str(folder))
    monkeypatch.delenv("PMO_DATABASE_URL")

    pmo("db", "upgrade")

    for path in (folder, folder / "pmo.sqlite3", folder / "secret_key"):
        assert path.stat().st_mode & 0o077 == 0


def test_check_finds_the_models_and_the_migrations_alike(pmo: Run) -> None:
    result = pmo("db", "check")

    assert (result.exit_code, result.stdout) == (0, "The migrations match the models.\n")


@pytest.mark.one_database
@pytest.mark.parametrize(
    "arguments",
    [
        ("doctor",),
        ("serve",),
        ("export", "-"),
        ("import", "-"),
        ("demo", "load"),
        ("user", "add", "anna", "--name", "Anna", "--role", "observer"),
    ],
)
def test_nothing_works_on_a_database_that_is_behind(
    pmo: Run, new_office: None, arguments: tuple[str, ...]
) -> None:
    result = pmo(*arguments)

    assert result.exit_code == 1
    assert result.stderr == "Error: The database is not up to date. Run “pmo db upgrade” first.\n"


@pytest.mark.one_database
def test_a_database_that_does_not_answer_is_a_sentence(
    pmo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMO_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")

    result = pmo("db", "status")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The database does not do its work: ")
    assert "Traceback" not in result.output


@pytest.mark.one_database
def test_a_file_that_is_no_database_is_a_sentence(
    pmo: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada, " * 200)
    monkeypatch.setenv("PMO_DATABASE_URL", f"sqlite:///{path}")

    result = pmo("db", "upgrade")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The database does not do its work: ")
