"""`pmo import` and `pmo export`."""

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pmo.documents import portfolio_file
from tests.documents.portfolios import good

Run = Callable[..., Result]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Write the good portfolio to a file."""
    path = tmp_path / "portfolio.yaml"
    path.write_bytes(portfolio_file.dump(good(), "yaml"))
    return path


def test_what_is_imported_is_exported_the_same(pmo: Run, written: Path, tmp_path: Path) -> None:
    taken = pmo("import", written)
    given = pmo("export", tmp_path / "again.yaml")

    assert taken.exit_code == given.exit_code == 0
    lines = taken.stdout.splitlines()
    assert lines[0].startswith("Imported: people 2, programmes 1, projects 1, tasks 4, events ")
    assert "Files of cards: brought 0, listed but not brought 2." in lines
    assert lines[-1] == "The people have no passwords yet: an administrator gives them."
    assert (tmp_path / "again.yaml").read_bytes() == written.read_bytes()
    assert stat.S_IMODE((tmp_path / "again.yaml").stat().st_mode) == 0o600


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "options"), [("again.zip", ()), ("again", ("--attachments",))])
def test_the_files_of_cards_travel_in_a_zip(
    pmo: Run, written: Path, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    pmo("import", written)
    given = pmo("export", tmp_path / name, *options)

    assert given.exit_code == 0
    assert "not in the store any more: 2" in given.stderr
    with zipfile.ZipFile(tmp_path / name) as archive:
        assert archive.read("portfolio.yaml") == written.read_bytes()


@pytest.mark.one_database
def test_a_zip_is_taken_in(pmo: Run, tmp_path: Path) -> None:
    path = tmp_path / "portfolio.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("portfolio.yaml", portfolio_file.dump(good(), "yaml"))

    taken = pmo("import", path)

    assert taken.exit_code == 0
    assert "listed but not brought 2" in taken.stdout


@pytest.mark.one_database
def test_json_goes_through_the_standard_streams(pmo: Run) -> None:
    data = portfolio_file.dump(good(), "json")

    taken = pmo("import", "-", "--format", "json", input=data)
    given = pmo("export", "-", "--format", "json")

    assert taken.exit_code == 0
    assert given.stdout_bytes == data


@pytest.mark.one_database
def test_every_fault_is_told_by_its_place(pmo: Run, tmp_path: Path) -> None:
    content = good()
    content["projects"][0]["tasks"][1]["weight"] = "heavy"
    content["people"][0]["role"] = "boss"
    path = tmp_path / "bad.json"
    path.write_bytes(portfolio_file.dump(content, "json"))

    result = pmo("import", path)

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "Error: The file does not fit; nothing was imported.",
        "  people[0].role: This is none of: administrator, director, project_lead, methodist,"
        " observer.",
        "  projects[0].tasks[1].weight: A whole number is expected.",
    ]


@pytest.mark.one_database
def test_a_second_import_is_refused(pmo: Run, written: Path) -> None:
    pmo("import", written)

    result = pmo("import", written)

    assert result.exit_code == 1
    assert "There is a portfolio here already: programmes 1, projects 1." in result.stderr


@pytest.mark.one_database
def test_a_name_that_tells_no_format_is_wrong_use(pmo: Run, tmp_path: Path) -> None:
    result = pmo("export", tmp_path / "portfolio.txt")

    assert result.exit_code == 2
    assert "does not tell the format" in result.stderr


@pytest.mark.one_database
def test_an_export_that_fails_leaves_the_old_file(
    pmo: Run, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError("no space left on device")

    before = written.read_bytes()
    monkeypatch.setattr("os.fsync", fail)

    result = pmo("export", written)

    assert result.exit_code == 1
    assert "no space left" in result.stderr
    assert written.read_bytes() == before
    assert [path.name for path in written.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.one_database
def test_a_file_larger_than_uploads_may_be_is_refused(
    pmo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMO_MAX_UPLOAD_MB", "1")
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (1024 * 1024 + 1))

    result = pmo("import", path)

    assert result.exit_code == 1
    assert "The file is larger than 1 MB (PMO_MAX_UPLOAD_MB)." in result.stderr
