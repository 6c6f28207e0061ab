"""`pmo import` and `pmo export`: the portfolio as one file."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

import click

from pmo import clock
from pmo.cli.language import _
from pmo.cli.program import office, say
from pmo.documents import portfolio_file

FORMAT = click.Choice(portfolio_file.FORMATS)
FORMAT_HELP = _("By default the suffix of the file tells it; yaml for “-”.")


@click.command(
    "import",
    help=_(
        "Take a portfolio FILE (YAML or JSON, “-” for standard input) into an empty portfolio, "
        "whole or not at all. Every fault of the file is listed by place."
    ),
)
@click.argument("file", type=click.File("rb"))
@click.option("--format", "form", type=FORMAT, help=FORMAT_HELP)
def import_(file: BinaryIO, form: str | None) -> None:
    """Take a portfolio file in."""
    chosen = _chosen(getattr(file, "name", "-"), form)
    with office() as settings:
        data = file.read(settings.max_upload_mb * 1024 * 1024 + 1)
        done = portfolio_file.import_file(
            data, format=chosen, actor=None, at=clock.now(), max_mb=settings.max_upload_mb
        )
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
    if done.people:
        say(_("The people have no passwords yet: an administrator gives them."))


@click.command(
    help=_(
        "Write the whole portfolio to FILE (YAML or JSON, “-” for standard output). "
        "A file that is there already is replaced when the new one is complete."
    )
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--format", "form", type=FORMAT, help=FORMAT_HELP)
def export(file: str, form: str | None) -> None:
    """Write the portfolio file."""
    chosen = _chosen(file, form)
    with office():
        data = portfolio_file.export_file(format=chosen, actor=None, at=clock.now())
    if file == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        _replace(Path(file), data)


def _chosen(name: str, form: str | None) -> str:
    if form is not None or name in {"-", "<stdin>"}:
        return form or "yaml"
    told = portfolio_file.format_of(name)
    if told is None:
        message = _("The name “{name}” does not tell the format; give --format.")
        raise click.UsageError(message.format(name=name))
    return told


def _replace(path: Path, data: bytes) -> None:
    """Write beside and rename, readable to the owner alone: there are people in it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
