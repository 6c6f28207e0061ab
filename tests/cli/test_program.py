"""What all commands share: help, languages, exit codes, settings."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from pmo.cli import program

Run = Callable[..., Result]

pytestmark = pytest.mark.one_database


def commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield words
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*words, name))
        else:
            yield (*words, name)


@pytest.mark.parametrize("words", list(commands(program)), ids=" ".join)
def test_every_command_explains_itself(pmo: Run, words: tuple[str, ...]) -> None:
    result = pmo(*words, "--help")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 4


@pytest.mark.parametrize(
    "arguments",
    [("nope",), ("db",), ("serve", "--port", "0"), ("export",), ("import", "/no/such/file.yaml")],
)
def test_wrong_use_exits_with_2(pmo: Run, arguments: tuple[str, ...]) -> None:
    assert pmo(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PMO_LANGUAGE", "fr"),
        ("PMO_WORKERS", "many"),
        ("PMO_TIMEZONE", "Mars/Olympus"),
        ("PMO_NONSENSE", "1"),
        ("PMO_DATABASE_URL", "mysql://x/y"),
        ("PMO_SECRET_KEY", "short"),
        ("PMO_HTTPS", "perhaps"),
    ],
)
def test_a_setting_without_sense_is_refused_by_name(
    pmo: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    result = pmo("doctor")

    assert result.exit_code == 1
    assert name in result.stderr


def test_a_folder_that_cannot_be_made_is_a_sentence(
    pmo: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PMO_DATA_DIR", str(tmp_path / "file" / "data"))

    result = pmo("doctor")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")


@pytest.mark.parametrize(("language", "said"), [("ru", "Использование:"), ("en", "Usage:")])
def test_the_command_speaks_the_language_of_the_office(
    tmp_path: Path, language: str, said: str
) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PMO_LANGUAGE": language,
        "PMO_DATA_DIR": str(tmp_path),
    }
    done = subprocess.run(  # noqa: S603 - our own command
        [Path(sys.executable).with_name("pmo"), "--help"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )

    assert done.stdout.startswith(said)
