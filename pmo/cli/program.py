"""What all commands share: an office to work on, and errors as sentences."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import peewee as pw

from pmo import db, migrations
from pmo.cli.language import _, teach_click
from pmo.config import Settings
from pmo.errors import Fault, FileRefused, Invalid, PmoError, Sentence

PRIVATE = 0o077
"""The database holds password hashes, an export the whole portfolio: files are the owner's."""


class Refused(click.ClickException):
    """The command was understood but cannot be done: a sentence on stderr, exit code 1."""


class Program(click.Group):
    """The command itself: errors of the product and of the database become sentences."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Speak the office's language, also about wrong options; keep files to their owner."""
        teach_click()
        os.umask(PRIVATE)
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except PmoError as error:
            raise Refused("\n".join(sentences(error))) from error
        except pw.PeeweeException as error:
            raise Refused(
                _("The database does not do its work: {error}").format(error=error)
            ) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Refused(str(error)) from error


@contextmanager
def office(*, current: bool = True) -> Iterator[Settings]:
    """Open the office's database for a command.

    current: refuse a database whose migrations are pending.
    """
    settings = Settings.from_env()
    db.bind(settings.database_url)
    try:
        with db.connection():
            if current:
                require_current()
            yield settings
    finally:
        db.database.close_all()


def require_current() -> None:
    """Refuse a database that is behind this version, or ahead of it."""
    if migrations.unknown():
        raise Refused(_("The database was made by a newer version; install that one."))
    if migrations.pending():
        raise Refused(_("The database is not up to date. Run “pmo db upgrade” first."))


def sentences(error: PmoError) -> Iterator[str]:
    """Return what happened, line by line, in the office's language."""
    facts = {
        name: _translated(fact) if isinstance(fact, Sentence) else fact
        for name, fact in error.facts.items()
    }
    yield _(error.template).format(**facts)
    if isinstance(error, FileRefused):
        yield from map(line_of, error.faults)
    if isinstance(error, Invalid):
        for name, messages in error.fields.items():
            yield from (f"  {name}: {_translated(message)}" for message in messages)


def line_of(fault: Fault) -> str:
    """Return a fault of a file as one line."""
    said = _(fault.template).format(**fault.facts)
    return f"  {fault.place}: {said}" if fault.place else f"  {said}"


def _translated(message: str) -> str:
    """Translate a sentence; one with facts keeps its template beside its text."""
    if isinstance(message, Sentence):
        return _(message.template).format(**message.facts)
    return _(message)


def say(message: str, **facts: Any) -> None:
    """Print a sentence, at once: what follows may serve for months."""
    click.echo(message.format(**facts))
    sys.stdout.flush()
