"""`pmo db`: the schema of the database."""

import click

from pmo import migrations
from pmo.cli import search
from pmo.cli.language import _
from pmo.cli.program import Refused, office, say


@click.group("db", help=_("The schema of the database."))
def group() -> None:
    """Gather the sub-commands."""


@group.command(help=_("Apply the migrations that are pending; two at once take turns."))
def upgrade() -> None:
    """Bring the database up to date."""
    with office(current=False):
        if migrations.unknown():
            raise Refused(_("The database was made by a newer version; install that one."))
        for name in migrations.upgrade():
            say(_("Applied: {name}"), name=name)
        search.refresh()


@group.command(help=_("List all migrations; exit code 1 when one is pending."))
@click.pass_context
def status(context: click.Context) -> None:
    """Tell what is applied."""
    with office(current=False):
        rows = migrations.status()
    for row in rows:
        mark = "?" if not row.has_file else "x" if row.applied_at else " "
        at = f"{row.applied_at:%Y-%m-%d %H:%M:%S}" if row.applied_at else ""
        click.echo(f"[{mark}] {row.name}  {at}".rstrip())
    if any(row.applied_at is None or not row.has_file for row in rows):
        context.exit(1)


@group.command(
    help=_("Compare an empty database that is migrated now with the models of this version.")
)
def check() -> None:
    """Check that the migrations make what the models expect; needs no database of an office."""
    if found := migrations.differences_of_a_new_database():
        raise Refused("\n".join([_("The migrations do not match the models:"), *found]))
    say(_("The migrations match the models."))
