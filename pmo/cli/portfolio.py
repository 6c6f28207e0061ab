"""`pmo import` and `pmo export`: the portfolio as one file."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

import click

from pmo import clock
from pmo.blobs import Store
from pmo.cli.language import _
from pmo.cli.program import office, say
from pmo.config import Settings
from pmo.documents import portfolio_file, portfolio_zip
from pmo.services.portfolio_files import Imported

FORMAT = click.Choice(portfolio_file.FORMATS)
FORMAT_HELP = _("By default the suffix of the file tells it; yaml for “-”.")


@click.command(
    "import",
    help=_(
        "Take a portfolio FILE (YAML or JSON, “-” for standard input; or a ZIP with the files of "
        "cards) into an empty portfolio, whole or not at all. Every fault is listed by place."
    ),
)
@click.argument("file", type=click.File("rb"))
@click.option("--format", "form", type=FORMAT, help=FORMAT_HELP)
def import_(file: BinaryIO, form: str | None) -> None:
    """Take a portfolio file in."""
    name = getattr(file, "name", "-")
    chosen = "zip" if form is None and _is_zip(name) else _chosen(name, form)
    with office() as settings:
        done = _taken(file, chosen, settings)
    say(
        _(
            "Imported: people {people}, programmes {programmes}, projects {projects}, "
            "tasks {tasks}, events {events}."
        ),
        people=done.people,
        programmes=done.programmes,
        projects=done.projects,
        tasks=done.tasks,
        events=done.events,
    )
    if done.files or done.files_missing:
        say(
            _("Files of cards: brought {files}, listed but not brought {missing}."),
            files=done.files,
            missing=done.files_missing,
        )
    if done.people:
        say(_("The people have no passwords yet: an administrator gives them."))


@click.command(
    help=_(
        "Write the whole portfolio to FILE (YAML or JSON, “-” for standard output; a ZIP with the "
        "files of cards if its name ends in .zip). "
        "A file that is there already is replaced when the new one is complete."
    )
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--format", "form", type=FORMAT, help=FORMAT_HELP)
@click.option("--attachments", is_flag=True, help=_("A ZIP with the files of cards."))
def export(file: str, form: str | None, *, attachments: bool) -> None:
    """Write the portfolio file."""
    if attachments or (form is None and _is_zip(file)):
        _export_zip(file)
        return
    chosen = _chosen(file, form)
    with office():
        data = portfolio_file.export_file(format=chosen, actor=None, at=clock.now())
    if file == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        _replace(Path(file), data)


def _export_zip(file: str) -> None:
    """Write the portfolio with the files of its cards."""
    with office() as settings:
        store = Store(settings.attachments_dir)
        with _target(file) as target:
            lost = portfolio_zip.write(target, store=store, actor=None, at=clock.now())
    if lost:
        click.echo(
            _("Files that are not in the store any more: {lost}.").format(lost=lost), err=True
        )


def _taken(file: BinaryIO, form: str, settings: Settings) -> Imported:
    if form == "zip":
        return portfolio_zip.read(
            file,
            store=Store(settings.attachments_dir),
            most_mb=settings.office_quota_mb,
            actor=None,
            at=clock.now(),
        )
    most = settings.max_upload_mb
    data = file.read(most * 1024 * 1024 + 1)
    return portfolio_file.import_file(data, format=form, actor=None, at=clock.now(), max_mb=most)


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _chosen(name: str, form: str | None) -> str:
    if form is not None or name in {"-", "<stdin>"}:
        return form or "yaml"
    told = portfolio_file.format_of(name)
    if told is None:
        message = _("The name “{name}” does not tell the format; give --format.")
        raise click.UsageError(message.format(name=name))
    return told


@contextmanager
def _target(file: str) -> Iterator[IO[bytes]]:
    """Give the file to write to; a named one takes its place when all is written."""
    if file == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with _replacing(Path(file)) as target:
        yield target


def _replace(path: Path, data: bytes) -> None:
    with _replacing(path) as target:
        target.write(data)


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write beside and rename, readable to the owner alone: there are people in it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
